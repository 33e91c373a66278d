"""Whether a log holds: in itself, against its record, and against a head that somebody was told."""

from __future__ import annotations

from pathlib import Path

from tenken.files.durable_writing import lock_file
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem, Problems
from tenken.records.answer_log import build_log_state, find_log_path, list_log_changes
from tenken.records.log_reading import LogReading, read_whole_log
from tenken.records.record import Record
from tenken.records.record_file import open_record


class LogVerdict(Frozen):
    """What was found of a log: how many entries it has, where it ends, and each thing that does not hold."""

    path: Path
    entries: int
    head: str
    faults: tuple[Problem, ...] = ()


def verify_log(record_path: Path, head: str = "") -> LogVerdict:
    """Compares a log with its record, read while nobody writes; raises `Problems` if one of them cannot be read."""
    path = find_log_path(record_path)
    with lock_file(record_path):
        record = open_record(record_path).record
        if record.log is None and not path.exists():
            text = "this record has no log; to begin one: tenken log begin {file}"
            raise Problems(Problem(Place(str(record_path)), text, {"file": record_path}))
        reading = read_whole_log(path, record.log.head if record.log else "") if path.exists() else LogReading()
    faults = (*_list_own_faults(reading, path), *_list_record_faults(reading, record, path))
    if not faults:
        faults = tuple(_list_head_faults(reading, head, path))
    return LogVerdict(path, len(reading.digests), reading.head, faults)


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
