"""Being told to go: a signal to end, or a terminal that is closed, leaves as Ctrl-C does, with everything saved."""

from __future__ import annotations

import signal
from types import FrameType

from tenken import terminal

_SIGNALS = [number for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)) if number is not None]


class Ended(KeyboardInterrupt):
    """Left because the system said so, by the signal of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def heed_signals() -> None:
    """From now on a signal to end leaves in order; one that is ignored, as under nohup, stays so."""
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _: FrameType | None) -> None:
    for other in _SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    terminal.hush_if_closed()
    raise Ended(number)


def status(left: KeyboardInterrupt) -> int:
    """The exit status of a program that was left, as a shell tells it: 128 and the number of the signal."""
    return 128 + (left.number if isinstance(left, Ended) else signal.SIGINT)
