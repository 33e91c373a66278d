"""Writes the log of a record in the one save of that record, and sees that the two say the same.

A line is appended before the record is replaced. What a kill leaves is a record that is one entry behind its log, which
the next start completes; what a fault leaves is taken back.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tenken.files.durable_writing import write_durably
from tenken.files.file_names import is_there
from tenken.files.file_reading import build_access_problem, digest_bytes
from tenken.files.problems import Place, Problem, Problems
from tenken.records.answer_log import (
    LogEntry,
    LogEvent,
    LogState,
    build_log_entry,
    build_log_state,
    build_state_data,
    is_well_formed,
    list_log_changes,
    render_log_line,
    revert_log_changes,
)
from tenken.records.files_beside import find_log_path
from tenken.records.log_reading import LONGEST_ENTRY, MOST_LOG_BYTES, LogReading, read_whole_log
from tenken.records.record import LogHead, Record


class LogStep(NamedTuple):
    """One step of a record and its log: the entry, and what the record says of its log afterwards."""

    entry: LogEntry
    line: bytes
    """What is appended; nothing if it stands there already."""
    log: LogHead
    state: LogState
    """What the record says afterwards."""

    def render_record(self) -> bytes:
        """The record it leaves, in JSON, which is YAML as well, and in the order in which things were answered."""
        return json.dumps(build_state_data(self.state), ensure_ascii=False).encode()


class AnswerLog:
    """The log of one record, as it was read last or written by us."""

    def __init__(self, record_path: Path) -> None:
        self.record_path = record_path
        self.path = find_log_path(record_path)
        self.reading = LogReading()
        self._known: tuple[int, ...] = ()
        """Which file the log was when it was read or written last, how long, and when it was changed."""

    def read_again(self) -> None:
        """Reads the log unless it is as we know it; raises `Problems` if it is gone or does not hold."""
        try:
            state = self._describe_file()
        except FileNotFoundError:
            text = "the log of this record is not there; put it back, or take `log` out of {record} to go on without"
            raise Problems(Problem(Place(str(self.path)), text, {"record": self.record_path.name})) from None
        except OSError as error:
            raise Problems(build_access_problem(self.path, error)) from None
        if self.reading.size and state == self._known:
            return
        self.reading = read_whole_log(self.path)
        if trouble := self.reading.trouble:
            text = "this entry of the log does not hold ({says}); nothing was written. Put the log back as it was"
            raise Problems(Problem(Place(str(self.path), trouble.line), text, {"says": trouble.says}))
        self._known = state

    def _describe_file(self) -> tuple[int, ...]:
        state = self.path.stat()
        return state.st_ino, state.st_size, state.st_mtime_ns

    def find_settling(self, held: Record, at: datetime | None) -> LogStep | None:
        """What has to be done first so that a record, as its file holds it, and the log say the same."""
        reading = self.reading
        state = build_log_state(held)
        known = held.log.head if held.log else ""
        if held.log and not reading.digests:
            text = "the log was cut off: its record knows of {entries} entries"
            raise Problems(Problem(Place(str(self.path)), text, {"entries": held.log.entries}))
        if reading.open_ends:
            return self.build_step(LogEvent.JOINED, held, at, joins=[*reading.open_ends, reading.head])
        if known == reading.head:
            return None if state == reading.state else self.build_step(LogEvent.OUTSIDE, held, at)
        if not is_well_formed(reading.last):
            raise Problems(Problem(Place(str(self.path), len(reading.digests)), "tenken writes no such entry"))
        if known == reading.last["before"] and state == revert_log_changes(reading.state, reading.last["changes"]):
            return LogStep(reading.last, b"", self._build_head(), reading.state)
        if held.log and not reading.find_line(known):
            text = "the log was cut off, or is another: the last of the {count} entries its record knows is not there"
            raise Problems(Problem(Place(str(self.path)), text, {"count": held.log.entries}))
        return self.build_step(LogEvent.OUTSIDE, held, at)

    def build_step(self, what: str, record: Record, at: datetime | None, by: str = "", **more: list[str]) -> LogStep:
        """The entry that makes of the log what a record says, none if it is; `more` is what else the entry holds."""
        reading, state = self.reading, build_log_state(record)
        changes = list_log_changes(reading.state, state)
        if not changes and not what:
            return LogStep(reading.last, b"", self._build_head(), state)
        count = len(reading.digests)
        number = count if what == LogEvent.JOINED else reading.number
        entry = build_log_entry(what or LogEvent.SAVED, changes, record, at, by)
        entry |= {"number": number + 1, "before": reading.head, **more}
        line = render_log_line(entry)
        if len(line) > LONGEST_ENTRY:
            text, facts = "an entry of the log would be larger than {limit} MiB", {"limit": LONGEST_ENTRY >> 20}
            raise Problems(Problem(Place(str(self.path)), text, facts))
        return LogStep(entry, line, LogHead(str(count + 1), digest_bytes(line)), state)

    def _build_head(self) -> LogHead:
        return LogHead(str(len(self.reading.digests)), self.reading.head)

    def begin(self, record: Record, at: datetime | None, by: str) -> LogStep:
        """The first entry; of a log that lies there already and holds, the next, which tells what is otherwise."""
        if is_there(self.path):
            self.read_again()
        return self.build_step(LogEvent.OUTSIDE if self.reading.digests else LogEvent.BEGUN, record, at, by)

    def append(self, step: LogStep) -> None:
        """Appends a line durably; raises `Problems` if it cannot, and then the log is as it was."""
        if not step.line:
            return
        if self.reading.size + len(step.line) > MOST_LOG_BYTES:
            text = (
                "the log would exceed {limit} MiB; give it another name, take `log` out of {record}, and begin another"
            )
            facts = {"limit": MOST_LOG_BYTES >> 20, "record": self.record_path.name}
            raise Problems(Problem(Place(str(self.path)), text, facts))
        if not self.reading.digests:
            write_durably(self.path, step.line, like=self.record_path)
            return
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CLOEXEC)
        except OSError as error:
            raise Problems(build_access_problem(self.path, error)) from None
        try:
            self._write_at_end(handle, step.line)
        except OSError as error:
            self._cut_off(handle)
            raise Problems(build_access_problem(self.path, error)) from None
        except BaseException:
            self._cut_off(handle)
            raise
        finally:
            with suppress(OSError):  # what was written is on the disk by now
                os.close(handle)

    def _write_at_end(self, handle: int, line: bytes) -> None:
        """Writes behind the last whole line; what an interrupted save left there goes."""
        if self.reading.unfinished:
            os.ftruncate(handle, self.reading.size)
        os.lseek(handle, self.reading.size, os.SEEK_SET)
        waiting = memoryview(line)
        while waiting:
            waiting = waiting[os.write(handle, waiting) :]
        os.fsync(handle)

    def take_back(self, step: LogStep) -> None:
        """Takes away what was appended, as its record could not be written."""
        with suppress(OSError):  # then the record is one entry behind, which the next start completes
            if not self.reading.digests:
                self.path.unlink()
            elif step.line:
                handle = os.open(self.path, os.O_WRONLY | os.O_CLOEXEC)
                self._cut_off(handle)
                os.close(handle)

    def _cut_off(self, handle: int) -> None:
        with suppress(OSError):
            os.ftruncate(handle, self.reading.size)
            os.fsync(handle)

    def note_written(self, step: LogStep) -> None:
        """Knows of a line that was appended, so that it need not be read again."""
        if step.line:
            list(self.reading.take_lines([step.line]))
            self.reading.unfinished = 0
            with suppress(OSError):  # then it is read again
                self._known = self._describe_file()
