"""Signals to end, SIGTERM and SIGHUP from a terminal that is closed, leave as Ctrl-C does, with everything saved."""

from __future__ import annotations

import _thread
import atexit
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from tenken.terminal.output import silence_closed_terminal

_ENDING_SIGNALS = [number for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)) if number is not None]

_MOMENT = 0.01
"""Seconds."""

_ending_signals_seen: list[int] = []
"""The signal that ended the program, if one did besides Ctrl-C."""


def install_signal_handlers() -> None:
    """From now on Ctrl-C and a signal to end leave in order, with what is unfinished tidied up.

    One that is ignored, as under nohup, stays so. The handler of Ctrl-C is our own: that of Python is replaced by
    libraries, and an interruption between two questions lost.
    """
    handlers = {signal.SIGINT: _interrupt, **dict.fromkeys(_ENDING_SIGNALS, _end_on_signal)}
    for number, handler in handlers.items():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)
    sys.unraisablehook = _repeat_lost_interrupt


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _repeat_lost_interrupt(lost: sys.UnraisableHookArgs) -> None:
    """Python drops what is raised in the midst of its own tidying up; an interruption comes again a moment later."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        threading.Timer(_MOMENT, _thread.interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)


def _end_on_signal(number: int, _: FrameType | None) -> None:
    _ending_signals_seen.append(number)
    for other in _ENDING_SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    silence_closed_terminal()
    raise KeyboardInterrupt


class ImmediateEnd:
    """From now on a signal ends the process at once, and not in order: for who waits in a library that goes on waiting.

    Within `hold` it waits until what is being done is done, so that no file is left half.
    """

    def __init__(self) -> None:
        self._is_held = False
        self._waiting = 0
        for number in (signal.SIGINT, *_ENDING_SIGNALS):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end)

    @contextmanager
    def hold(self) -> Iterator[None]:
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
            if self._waiting:
                self._end(self._waiting, None)

    def _end(self, number: int, _: FrameType | None) -> None:
        if self._is_held:
            self._waiting = number
        else:
            os._exit(128 + number)


def restore_terminal_modes_at_exit() -> None:
    """A signal can come while the modes of the terminal are being set; the shell gets them back as they were."""
    import termios  # noqa: PLC0415 - not there on Windows, where no signal comes this way

    with suppress(termios.error, OSError, ValueError):
        handle = sys.stdin.fileno()
        atexit.register(_set_terminal_modes, handle, termios.tcgetattr(handle))


def _set_terminal_modes(handle: int, modes: list[int | list[bytes | int]]) -> None:
    import termios  # noqa: PLC0415 - as above

    with suppress(termios.error, OSError):
        if os.tcgetpgrp(handle) == os.getpgrp():  # from the background this would stop the process
            termios.tcsetattr(handle, termios.TCSANOW, modes)


def get_interrupted_status() -> int:
    """The exit status of a program that was left, as a shell tells it: 128 and the number of the signal."""
    return 128 + next(iter(_ending_signals_seen), signal.SIGINT)
