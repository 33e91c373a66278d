"""What tenken tells the program that called it."""

from __future__ import annotations

FINE, GATE_FAILED, MISTAKE, INTERRUPTED = 0, 1, 2, 130
