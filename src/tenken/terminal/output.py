"""Prints to a terminal or a pipe: data on standard output, talk to the person on standard error; measures the terminal.

No control character of a text reaches the terminal: what could steer it is made visible.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

from tenken.messages.line_breaking import measure_width
from tenken.messages.message_catalog import phrase

FoundItem = TypeVar("FoundItem")

MAX_TERMINAL_COLUMNS = 100
"""Columns beyond which lines become hard to read."""

_TERMINAL_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_HARMLESS_WHITESPACE = str.maketrans("\n\t\u3000", "   ")


def escape_control_characters(text: str) -> str:
    """The text with every character that could steer a terminal made visible."""
    if text.translate(_HARMLESS_WHITESPACE).isprintable():
        return text  # as nearly all is; the pattern takes longer to compile than most that is printed
    return re.sub(_TERMINAL_CONTROL, lambda found: f"<U+{ord(found.group()):04X}>", text)


def print_data(text: str) -> None:
    """Prints what the next program may read."""
    _write_escaped_text(sys.stdout, text)


def print_document(content: str | bytes) -> None:
    """Prints a whole document, or hands over what is no text as it is."""
    if isinstance(content, bytes):
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        print_data(content.rstrip("\n"))


def print_talk(text: str = "", end: str = "\n") -> None:
    """Prints what is meant for the person, not for the next program; nobody reads it once the terminal is closed."""
    try:
        _write_escaped_text(sys.stderr, text, end)
    except OSError:
        if not silence_closed_terminal():
            raise


def map_files_with_progress(files: Sequence[Path], work: Callable[[Path], Iterable[FoundItem]]) -> list[FoundItem]:
    """What some work finds in each file; on a terminal, from the second second on, with a count kept in place."""
    found: list[FoundItem] = []
    begun, shown = time.monotonic(), 0
    try:
        for number, file in enumerate(files):
            if sys.stderr.isatty() and time.monotonic() - begun > 1:
                text = phrase("{number} of {count} files", number=number, count=len(files))
                shown = max(shown, measure_width(text))
                sys.stderr.write(f"\r{text}")
                sys.stderr.flush()
            found += work(file)
    finally:
        sys.stderr.write(f"\r{' ' * shown}\r" if shown else "")
    return found


def silence_closed_terminal() -> bool:
    """Writes nowhere from now on if the terminal was closed, and says whether it was."""
    closed = [stream.fileno() for stream in (sys.stdout, sys.stderr) if _is_terminal_closed(stream)]
    for handle in closed:
        os.dup2(os.open(os.devnull, os.O_WRONLY), handle)
    return bool(closed)


def _is_terminal_closed(stream: TextIO) -> bool:
    import termios  # noqa: PLC0415 - not every system has it

    try:
        termios.tcgetattr(stream)
    except termios.error as error:
        return bool(error.args[0] == errno.EIO)
    except (OSError, ValueError):
        return False
    return False


def measure_terminal_size() -> tuple[int, int]:
    """The columns worth using and the rows of the terminal that is talked to."""
    try:
        columns, rows = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        columns, rows = 0, 0
    return min(columns or 80, MAX_TERMINAL_COLUMNS), rows or 24


def _write_escaped_text(stream: TextIO, text: str, end: str = "\n") -> None:
    stream.write(escape_control_characters(text) + end)
    stream.flush()


def prepare_standard_streams() -> None:
    """Lets a stream of a narrow encoding replace what it cannot read or show instead of failing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
