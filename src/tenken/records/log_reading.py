"""Reads a log from its first line to its last, and finds the first entry that does not hold and how."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from tenken.files.file_reading import build_access_problem
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Phrase, Place, Problem, Problems
from tenken.records.answer_log import FIRST_BEFORE, LogEntry, LogEvent, LogState, apply_log_changes

MOST_LOG_BYTES = 128 << 20
_FOREIGN_END = b"\r\n"
LONGEST_ENTRY = 8 << 20
"""Bytes of one line; what a line of JSON takes in memory is up to twenty times as much."""


class LogTrouble(Frozen):
    """The first entry that does not hold, counted by lines, and what is wrong with it."""

    line: int
    says: Phrase


class LogReading:
    """What a log says as far as it was read: where it ends, what it makes of the record, and what does not hold."""

    def __init__(self) -> None:
        self.digests: list[str] = []
        """Of each whole line."""
        self.numbers: list[int] = []
        self.head, self.number = FIRST_BEFORE, 0
        """The digest and the number of the last line."""
        self.state: LogState = {}
        self.last: LogEntry = {}
        self.open_ends: list[str] = []
        """The last line of each branch that is not joined yet, but for the one that goes on at the end of the file."""
        self.fork: int = 0
        """The line of the first entry that two others follow, where no entry joins them."""
        self.trouble: LogTrouble | None = None
        self.size = 0
        """Bytes of whole lines; what follows them is a line of which the end was never written."""
        self.unfinished = 0
        """Bytes of that line."""
        self._lines_by_digest: dict[str, int] = {}

    def take_lines(self, lines: Iterable[bytes], known_head: str = "") -> Iterator[LogEntry]:
        """Reads lines one after the other, up to the first that does not hold; `known_head` is said to be the last."""
        waiting = iter(lines)
        for line in waiting:
            try:
                entry = _parse_entry(line)
                if not self._take_entry(entry, line):
                    self.trouble = self._find_cause(line, entry, waiting, known_head)
            except _UNREADABLE:
                self.trouble = self._build_unreadable_trouble(line)
            if self.trouble:
                return
            yield entry

    def _take_entry(self, entry: LogEntry, line: bytes) -> bool:
        """Takes an entry in if it follows what was read, and what it changes is what was there."""
        digest = sha256(line).hexdigest()
        follows = entry["before"] == self.head and entry["number"] == self.number + 1
        if not (follows or self._joins_branches(entry) or self._begins_branch(entry, digest)):
            return False
        if not apply_log_changes(self.state, entry["changes"]) and not self.open_ends:
            return False
        if entry["what"] == LogEvent.JOINED and {*entry["joins"]} == {*self.open_ends, self.head}:
            self.open_ends, self.fork = [], 0
        self.head, self.number, self.last = digest, entry["number"], entry
        self.digests.append(digest)
        self.numbers.append(self.number)
        self.size += len(line)
        return True

    def _joins_branches(self, entry: LogEntry) -> bool:
        joins = entry["what"] == LogEvent.JOINED and entry["before"] == self.head
        return joins and bool(entry["number"] == len(self.digests) + 1)

    def _begins_branch(self, entry: LogEntry, digest: str) -> bool:
        """Whether an entry follows one that another follows already, as two copies of a log put together have it.

        One that was put in twice would look the same, so that it must not be there yet.
        """
        where = self.find_line(entry["before"])
        if not where or where == len(self.digests) or entry["number"] != self.numbers[where - 1] + 1:
            return False
        if self.find_line(digest):
            return False
        self.fork = self.fork or where
        self.open_ends.append(self.head)
        return True

    def find_line(self, digest: str) -> int:
        """The line with a digest, counted from 1; 0 if there is none."""
        known = self._lines_by_digest
        if len(known) != len(self.digests):
            known.update((each, line) for line, each in enumerate(self.digests[len(known) :], len(known) + 1))
        return known.get(digest, 0)

    def _build_unreadable_trouble(self, line: bytes) -> LogTrouble:
        at = len(self.digests) + 1
        if line.endswith(_FOREIGN_END):
            text = "its line ends as on Windows (CRLF); bring LF back, and write `-text` for it into .gitattributes"
            return _build_trouble(at, text)
        if line.startswith((b"<<<<<<< ", b"=======", b">>>>>>> ")):
            return _build_trouble(at, "two logs were merged here; keep both, and delete the three marks")
        return _build_trouble(at, "it was edited: it is no entry any more")

    def _find_cause(self, line: bytes, entry: LogEntry, waiting: Iterator[bytes], known_head: str) -> LogTrouble:
        """What became of a log in which an entry does not follow the one before it."""
        at, expected = len(self.digests) + 1, self.number + 1
        if entry["before"] == self.head and entry["number"] == expected:
            return _build_trouble(at, "its changes are not of what was there before")
        if entry["before"] == self.head:
            return _build_trouble(at, "it was edited: its number is {number}", number=entry["number"])
        if entry["number"] == expected:
            following = next(waiting, b"")
            after = _get_digest_before(following) if following else known_head
            if after == sha256(line).hexdigest() and at > 1:
                return _build_trouble(at - 1, "it was edited: the entry after it was written after another")
            if not self._is_out_of_order(entry, chain([following], waiting)):
                return _build_trouble(at, "it names another entry than the one above it; one of the two was edited")
        elif self._is_out_of_order(entry, waiting):
            return _build_trouble(at, "it is out of order: the entry it follows stands below it")
        elif self.find_line(sha256(line).hexdigest()):
            return _build_trouble(at, "it was put in: the same entry stands above it")
        elif entry["number"] > expected:
            removed = {"first": expected, "last": entry["number"] - 1}
            return _build_trouble(at, "what stood before it was removed: entries {first} to {last}", **removed)
        elif where := self.find_line(entry["before"]):
            return _build_trouble(where + 1, "it was put in: another entry follows the one above it")
        return _build_trouble(at, "it is out of order, or was edited: it follows no entry that is there")

    @staticmethod
    def _is_out_of_order(entry: LogEntry, waiting: Iterable[bytes]) -> bool:
        return any(sha256(line).hexdigest() == entry["before"] for line in waiting)


_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def _parse_entry(line: bytes) -> Any:  # noqa: ANN401 - whatever somebody wrote there
    if len(line) > LONGEST_ENTRY or line.endswith(_FOREIGN_END):
        raise ValueError
    return json.loads(line)


def _get_digest_before(line: bytes) -> str:
    """What an entry says of the one before it; nothing if it is none."""
    try:
        return str(_parse_entry(line)["before"])
    except _UNREADABLE:
        return ""


def _build_trouble(line: int, text: str, **facts: object) -> LogTrouble:
    return LogTrouble(line, Phrase(text, facts))


def read_whole_log(path: Path, known_head: str = "") -> LogReading:
    """Everything a log says; raises `Problems` if it cannot be read at all."""
    reading = LogReading()
    for _ in read_log_entries(path, reading, known_head):
        pass
    return reading


def read_log_entries(path: Path, reading: LogReading, known_head: str = "") -> Iterator[LogEntry]:
    """The entries of a log one after the other, taken into a reading."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Problems(Problem(Place(str(path)), "this is no file"))
        if found.st_size > MOST_LOG_BYTES:
            facts = {"limit": MOST_LOG_BYTES >> 20}
            raise Problems(Problem(Place(str(path)), "the log is larger than {limit} MiB", facts))
        with path.open("rb") as file:
            yield from reading.take_lines(_list_whole_lines(file, reading), known_head)
    except OSError as error:
        raise Problems(build_access_problem(path, error)) from None


def _list_whole_lines(lines: Iterable[bytes], reading: LogReading) -> Iterator[bytes]:
    """The lines that have an end; of one without, its length is noted."""
    for line in lines:
        if line.endswith(b"\n"):
            yield line
        else:
            reading.unfinished = len(line)
