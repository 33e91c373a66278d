"""Signals to end wait while something is under way that must not be left half done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def hold_back_signals() -> Iterator[None]:
    """Signals to end wait until what was begun is done, those to a process that is begun meanwhile, too."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    before = mask(signal.SIG_BLOCK, ENDING_SIGNALS)
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)
