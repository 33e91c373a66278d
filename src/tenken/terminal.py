"""Writing to a terminal or a pipe: data on standard output, talk on standard error, never a raw control character."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

WIDEST = 100
"""Columns beyond which lines become hard to read."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    """The text with every character that could steer a terminal made visible."""
    return _CONTROL.sub(lambda found: f"<U+{ord(found.group()):04X}>", text)


def out(text: str) -> None:
    """Prints data."""
    _write(sys.stdout, text)


def deliver(content: str | bytes) -> None:
    """Prints a whole document, or hands over what is no text as it is."""
    if isinstance(content, bytes):
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        out(content.rstrip("\n"))


def say(text: str = "") -> None:
    """Prints what is meant for the person, not for the next program."""
    _write(sys.stderr, text)


def size() -> tuple[int, int]:
    """The columns worth using and the rows of the terminal that is talked to."""
    try:
        columns, rows = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        columns, rows = 0, 0
    return min(columns or 80, WIDEST), rows or 24


def _write(stream: TextIO, text: str) -> None:
    stream.write(safe(text) + "\n")
    stream.flush()


def prepare() -> None:
    """Lets a stream of a narrow encoding replace what it cannot read or show instead of failing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
