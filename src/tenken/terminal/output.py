"""Prints to a terminal or a pipe: data on standard output, talk to the person on standard error; measures the terminal.

No control character of a text reaches the terminal: what could steer it is made visible.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from select import select
from typing import TextIO, TypeVar

from tenken.files.durable_writing import encode_document
from tenken.files.held_signals import hold_back_signals
from tenken.files.problems import NOWHERE, Problem, Problems
from tenken.messages.line_breaking import measure_width, wrap_text
from tenken.messages.message_catalog import phrase, phrase_count

FoundItem = TypeVar("FoundItem")

MAX_TERMINAL_COLUMNS = 100
"""Columns beyond which lines become hard to read."""

_BETWEEN_COUNTS = 0.1
"""Seconds between two counts."""
_TERMINAL_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_HARMLESS_WHITESPACE = str.maketrans("\n\t\u3000", "   ")


def escape_control_characters(text: str) -> str:
    """The text with every character that could steer a terminal made visible."""
    if text.translate(_HARMLESS_WHITESPACE).isprintable():
        return text  # as nearly all is; the pattern takes longer to compile than most that is printed
    return re.sub(_TERMINAL_CONTROL, lambda found: f"<U+{ord(found.group()):04X}>", text)


def print_data(text: str) -> None:
    """Prints what the next program may read, in UTF-8 unless a terminal wants another encoding."""
    _write_standard_output(_encode_for_reader(escape_control_characters(text) + "\n"))


def print_parts(parts: Iterable[str]) -> None:
    """Prints a document part by part as they come; each is there whole or not at all, whenever Ctrl-C comes.

    Where nobody reads on, no more are made.
    """
    reader = os.fstat(sys.stdout.fileno()) if _has_handle(sys.stdout) else None
    for part in parts:
        _wait_for_reader()
        with hold_back_signals():
            print_document(part)
        if reader and not os.path.samestat(reader, os.fstat(sys.stdout.fileno())):
            return  # the null device took its place


def _has_handle(stream: TextIO) -> bool:
    try:
        stream.fileno()
    except (OSError, ValueError):
        return False
    return True


def _wait_for_reader() -> None:
    """Waits, and can be interrupted, until somebody takes what is printed; where nobody can tell, not at all."""
    with suppress(OSError, ValueError):
        select([], [sys.stdout.fileno()], [])


def print_lines(lines: Iterable[str]) -> None:
    """Prints data of which each line stays one, also where a checklist breaks its text; a terminal gets it wrapped."""
    for line in lines:
        text = line.replace("\n", " ")
        is_seen = sys.stdout.isatty()
        print_data("\n".join(wrap_for_terminal(escape_control_characters(text))) if is_seen else text)


def wrap_for_terminal(line: str) -> list[str]:
    """A line as a terminal shows it best: between words, what follows begun a little further in than its beginning."""
    text = line.lstrip(" ")
    begin = " " * (len(line) - len(text))
    return wrap_text(text, measure_terminal_size()[0], begin + "  ", begin)


def print_document(content: str | bytes) -> None:
    """Prints a whole document, byte for byte as its file would hold it; only at a terminal is a text made harmless."""
    if isinstance(content, bytes):
        _write_standard_output(content)
    elif sys.stdout.isatty():
        print_data(content.replace("\r\n", "\n").rstrip("\n"))
    else:
        _write_standard_output(encode_document(content))


def _encode_for_reader(text: str) -> bytes:
    return text.encode(sys.stdout.encoding, "replace") if sys.stdout.isatty() else text.encode()


def _write_standard_output(content: bytes) -> None:
    """Raises `Problems` if the system refuses; that nobody reads on is no mistake, and the command goes on as it would.

    What was not written is forgotten, or Python would try once more at the end.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        silence_stream(sys.stdout)
    except OSError as error:
        if silence_closed_terminal():
            return
        silence_stream(sys.stdout)
        text = "standard output cannot be written: {reason}"
        raise Problems(Problem(NOWHERE, text, {"reason": error.strerror})) from None


def print_talk(text: str = "", end: str = "\n") -> None:
    """Prints what is meant for the person, not for the next program; where it cannot be written, nobody reads it."""
    try:
        sys.stderr.write(escape_control_characters(text) + end)
        sys.stderr.flush()
    except OSError:
        if not silence_closed_terminal():
            silence_stream(sys.stderr)


def print_talk_lines(lines: Iterable[str]) -> None:
    """Prints what is meant for the person, a sentence a line; a terminal gets it wrapped."""
    for line in lines:
        print_talk("\n".join(wrap_for_terminal(escape_control_characters(line))) if sys.stderr.isatty() else line)


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


def show_progress(items: Iterable[FoundItem], one: str, many: str) -> Iterator[FoundItem]:
    """The same items one by one; on a terminal, from the second second on, with a count kept in place."""
    begun, shown = time.monotonic(), 0
    told = begun + 1
    try:
        for number, item in enumerate(items, 1):
            if (now := time.monotonic()) > told and sys.stderr.isatty():
                told = now + _BETWEEN_COUNTS
                text = phrase_count(number, one, many)
                shown = max(shown, measure_width(text))
                sys.stderr.write(f"\r{text}")
                sys.stderr.flush()
            yield item
    finally:
        sys.stderr.write(f"\r{' ' * shown}\r" if shown else "")


def silence_closed_terminal() -> bool:
    """Writes nowhere from now on if the terminal was closed, and says whether it was."""
    closed = [stream for stream in (sys.stdout, sys.stderr) if _is_terminal_closed(stream)]
    for stream in closed:
        silence_stream(stream)
    return bool(closed)


def silence_stream(stream: TextIO) -> None:
    """Writes nowhere from now on, what is still waiting included."""
    _open_nowhere(stream.fileno(), os.O_WRONLY)


def _open_nowhere(number: int, mode: int) -> None:
    """Makes the null device what stands under the number of a stream."""
    handle = os.open(os.devnull, mode)
    if handle != number:
        os.dup2(handle, number)
        os.close(handle)


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


def prepare_standard_streams() -> None:
    """Lets a stream of a narrow encoding replace what it cannot read or show instead of failing.

    Of a stream that was closed before we began the place is taken, or the next file that is opened would be in it:
    there is nothing to read, no talk is heard, and standard output cannot be written.
    """
    if sys.stdin is None:
        sys.stdin = _open_closed_stream(0, os.O_RDONLY)
    if sys.stdout is None:
        sys.stdout = _open_closed_stream(1, os.O_RDONLY)
    if sys.stderr is None:
        sys.stderr = _open_closed_stream(2, os.O_WRONLY)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _open_closed_stream(number: int, mode: int) -> TextIO:
    _open_nowhere(number, mode)
    return open(number, "w" if number else "r", encoding="utf-8", closefd=False)
