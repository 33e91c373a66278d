"""Signals to end, SIGTERM and SIGHUP from a terminal that is closed, leave as Ctrl-C does, with everything saved."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from tenken.terminal.output import silence_closed_terminal

_ENDING_SIGNALS = [number for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)) if number is not None]


_ending_signals_seen: list[int] = []
"""The signal that ended the program, if one did besides Ctrl-C."""


def install_signal_handlers() -> None:
    """From now on a signal to end leaves in order; one that is ignored, as under nohup, stays so."""
    _restore_terminal_modes_at_exit()
    for number in _ENDING_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end_on_signal)


def _end_on_signal(number: int, _: FrameType | None) -> None:
    _ending_signals_seen.append(number)
    for other in _ENDING_SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    silence_closed_terminal()
    raise KeyboardInterrupt


def _restore_terminal_modes_at_exit() -> None:
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
