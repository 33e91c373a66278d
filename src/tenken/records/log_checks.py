"""Whether a log holds: in itself, against its record, and against a head that somebody was told."""

from __future__ import annotations

from pathlib import Path

from tenken.files.durable_writing import lock_file
from tenken.files.file_names import is_there
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem, Problems
from tenken.records.answer_log import LogEntry, LogEvent, build_log_state, is_well_formed, list_log_changes
from tenken.records.files_beside import find_log_path
from tenken.records.log_reading import LogReading, read_log_entries
from tenken.records.record import Record
from tenken.records.record_file import open_record


class ToldHead(Frozen):
    """What a digest that was told before stands for: so many entries; and the lines above its own that it does not."""

    entries: int
    aside: tuple[int, ...]


class LogVerdict(Frozen):
    """What was found of a log: how many entries it has, where it ends, and each thing that does not hold."""

    path: Path
    entries: int
    head: str
    faults: tuple[Problem, ...] = ()
    told: ToldHead | None = None


def verify_log(record_path: Path, head: str = "") -> LogVerdict:
    """Compares a log with its record, read while nobody writes; raises `Problems` if one of them cannot be read."""
    path = find_log_path(record_path)
    with lock_file(record_path):
        record = open_record(record_path).record
        if record.log is None and not is_there(path):
            text = "this record has no log; to begin one: tenken log begin {file}"
            raise Problems(Problem(Place(str(record_path)), text, {"file": record_path}))
        reading, links = LogReading(), LogLinks()
        if is_there(path):
            for entry in read_log_entries(path, reading, record.log.head if record.log else ""):
                if not is_well_formed(entry):
                    return _build_strange_verdict(reading, path)
                if head:
                    links.take_entry(entry)
    faults = (*_list_own_faults(reading, path), *_list_record_faults(reading, record, path))
    if not faults:
        faults = tuple(_list_head_faults(reading, head, path))
    told = links.find_told(reading, head.lower()) if head and not faults else None
    return LogVerdict(path, len(reading.digests), reading.head, faults, told)


class LogLinks:
    """Which lines each line of a log follows; what a head stands for is what can be reached from it."""

    def __init__(self) -> None:
        self._followed: list[tuple[str, ...]] = []

    def take_entry(self, entry: LogEntry) -> None:
        joined = entry["joins"] if entry["what"] == LogEvent.JOINED else ()
        self._followed.append((entry["before"], *joined))

    def find_told(self, reading: LogReading, head: str) -> ToldHead:
        end = reading.find_line(head)
        reached, waiting = {end}, [end]
        while waiting:
            for line in map(reading.find_line, self._followed[waiting.pop() - 1]):
                if line and line not in reached:
                    reached.add(line)
                    waiting.append(line)
        return ToldHead(len(reached), tuple(line for line in range(1, end) if line not in reached))


def _build_strange_verdict(reading: LogReading, path: Path) -> LogVerdict:
    fault = _build_fault(path, len(reading.digests), "tenken writes no such entry")
    return LogVerdict(path, len(reading.digests), reading.head, (fault,))


def _list_own_faults(reading: LogReading, path: Path) -> list[Problem]:
    if trouble := reading.trouble:
        return [_build_fault(path, trouble.line, "the first entry that does not hold: {says}", says=trouble.says)]
    if reading.open_ends:
        text = "a fork: two entries follow this one, and none joins them; the next answer to the record joins them"
        return [_build_fault(path, reading.fork, text)]
    return []


def _list_record_faults(reading: LogReading, record: Record, path: Path) -> list[Problem]:
    """What of a log that holds in itself its record contradicts."""
    count = len(reading.digests)
    if reading.trouble or reading.open_ends:
        return []
    if record.log is None:
        return [Problem(record.at, "the record says nothing of its log, which is there")]
    facts = {"entries": record.log.entries}
    if not is_there(path):
        return [Problem(Place(str(path)), "there is no such file or folder; the record names {entries} entries", facts)]
    if record.log.head != reading.head:
        return [_find_end_fault(reading, record.log.head, record.log.entries, path)]
    if reading.unfinished:
        return [_build_fault(path, count + 1, "behind the last entry stands what is none")]
    changes = list_log_changes(reading.state, build_log_state(record))
    if changes or record.log.entries != str(count):
        names = ", ".join(str(change["name"]) for change in changes) or "log"
        return [Problem(record.at, "the record was changed outside tenken: {names}", {"names": names})]
    return []


def _find_end_fault(reading: LogReading, head: str, entries: str, path: Path) -> Problem:
    """Why a record knows of another last entry than its log has."""
    count = len(reading.digests)
    if count and head == reading.last["before"]:
        text = "the record is one entry behind, as an interrupted save leaves it; the next `tenken assess` completes it"
        return _build_fault(path, count, text)
    if line := reading.find_line(head):
        return _build_fault(path, line, "the record is as it was after this entry; later ones are not in it")
    if reading.unfinished or (entries.isdecimal() and int(entries) > count):
        text = "the log was cut off: its record knows of {entries} entries"
        return _build_fault(path, count + 1, text, entries=entries)
    return _build_fault(path, count, "the first entry that does not hold: the record knows it by another digest")


def _list_head_faults(reading: LogReading, head: str, path: Path) -> list[Problem]:
    if not head or reading.find_line(head.lower()):
        return []
    text = "no entry has the digest {head}: what it was told of was cut off or written anew"
    return [_build_fault(path, len(reading.digests), text, head=head)]


def _build_fault(path: Path, line: int, text: str, **facts: object) -> Problem:
    return Problem(Place(str(path), line), text, facts)
