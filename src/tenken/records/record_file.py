"""The record of one system: reading its answers against the checklists, changing them, and saving them durably."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenken.files.durable_writing import AlreadyThere, lock_file, write_durably
from tenken.files.file_reading import build_access_problem, read_file_bytes, read_stream
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Phrase, Place, Problem, Problems
from tenken.files.strict_yaml import Node, parse_yaml
from tenken.records.files_beside import list_left_log_lines, refuse_proposals_as_record
from tenken.records.record import Acceptance, GivenAnswer, Record, RecordStage
from tenken.records.record_changes import merge_record_changes
from tenken.records.record_text import build_record_data, change_record_text, load_editor, render_record
from tenken.rules.answer_kinds import is_doubted_word
from tenken.rules.loading import load_library
from tenken.rules.yaml_binding import bind_whole

if TYPE_CHECKING:
    from tenken.records.log_writing import AnswerLog, LogStep

RECORD_FORMAT = "2"
READABLE_FORMATS = ("1", RECORD_FORMAT)
"""Format 1 has no `release`, no `log`, no `at_once`, no `proposed` and no doubt about single choices, and notes only
the first digits of a digest. A record of format 1 stays one until an answer needs more."""


class RecordFile:
    """A record and the file it lives in; what was last seen on disk is never overwritten unseen."""

    def __init__(self, path: Path, record: Record, seen: bytes | None = None) -> None:
        self.path = path
        self.record = record
        self.seen = seen
        self.versions: Mapping[str, str] = {}
        """The state of the rules that answers are given against from now on."""
        self.clock: Callable[[], datetime] | None = None
        """What tells the time of an entry in the log."""
        self.settled: list[Mapping[str, Any]] = []
        """The entries by which this record and its log were made to say the same."""
        self._log: AnswerLog | None = None
        self._held = record if seen is not None else None
        """What the file holds as it was last seen, or nothing."""
        self._tried: bytes | None = None
        """What was written last, even if the system did not confirm it."""

    @property
    def folder(self) -> Path:
        return self.path.parent

    def with_record(self, record: Record) -> RecordFile:
        """The same file with other answers, which are not saved yet."""
        changed = RecordFile(self.path, record, self.seen)
        changed.versions, changed._held, changed.clock = self.versions, self._held, self.clock
        return changed

    def take_answer(self, id: str, given: GivenAnswer) -> None:
        """Takes an answer in, against the rules at hand; what was final is a draft again."""
        answers = {**self.record.answers, id: given}
        self.record = replace_fields(self.record, answers=answers, status=RecordStage.DRAFT, signed_off=())
        if given.at_once or given.proposed or any(map(is_doubted_word, given.answer)):
            self.record = replace_fields(self.record, tenken=RECORD_FORMAT)
        self.stamp_versions()

    def take_evidence(self, answers: Mapping[str, GivenAnswer]) -> None:
        """Takes in the same answers with what is known of their evidence; what was final is a draft again."""
        self._take_draft(replace_fields(self.record, answers=answers))

    def take_acceptance(self, id: str, acceptance: Acceptance | None) -> None:
        """Takes in who answers for a gap, or nobody any more; what was final is a draft again."""
        accepted = {key: kept for key, kept in self.record.accepted.items() if key != id}
        if acceptance:
            accepted[id] = acceptance
        self._take_draft(replace_fields(self.record, accepted=accepted))

    def _take_draft(self, record: Record) -> None:
        """Takes in what only format 2 can hold, against the rules at hand."""
        self.record = replace_fields(record, tenken=RECORD_FORMAT, status=RecordStage.DRAFT, signed_off=())
        self.stamp_versions()

    def stamp_versions(self) -> None:
        """Notes that the answers are given against the rules at hand, or carried over to them, and will be saved."""
        load_editor()
        against = {**self.record.answered_against, **self.versions}
        self.record = replace_fields(self.record, answered_against=against)

    def save(self, event: str = "", by: str = "") -> None:
        """Writes what changed into the file, durably; what somebody else wrote there meanwhile is taken over.

        Of a record with a log, an entry is appended to that in the same save; `event` is what it was for, if not for
        answers. Raises `Problems` if it cannot, if both changed the same, or if what would be written cannot be read
        again as what is meant; then the files are as they were.
        """
        while not self._save_once(event, by):
            pass

    def _save_once(self, event: str, by: str) -> bool:
        """Writes what changed, unless what the record and its log say had to be made the same first."""
        with lock_file(self.path):
            self._take_over_changes()
            if self._held is None or self._held.log is None:
                self.record = replace_fields(self.record, log=None) if self.record.log else self.record
                self._replace(self._prepare(self.record), self.record)
                return True
            if self._settle(self._held):
                return False
            step = self._open_log().build_step(event, self.record, self._tell_time(), by)
            self._write_step(step, self.record)
            return True

    def catch_up_with_log(self) -> list[str]:
        """Completes what an interrupted save left, and logs what was changed outside tenken; says what that was."""
        if self.record.log is None and self.seen is not None:
            return list_left_log_lines(self.path)
        while self.record.log and self._settle_once():
            pass
        if not self.settled:
            return []
        from tenken.records.log_telling import list_settled_lines  # noqa: PLC0415 - few records have a log

        lines = list(list_settled_lines(self.settled))
        self.settled.clear()
        return lines

    def _settle_once(self) -> bool:
        with lock_file(self.path):
            self._take_over_changes()
            return self._held is not None and self._held.log is not None and self._settle(self._held)

    def _settle(self, held: Record) -> bool:
        """Makes a record say what its log says, or the other way round; False if they do already."""
        log = self._open_log()
        log.read_again()
        step = log.find_settling(held, self._tell_time())
        if step is None:
            return False
        settled = held if step.line else parse_record(step.render_record(), str(self.path))
        self._write_step(step, settled)
        self.record = merge_record_changes(held, self.record, settled)
        self.settled.append(step.entry)
        return True

    def begin_log(self, by: str = "") -> None:
        """Begins the log of a record, or goes on with one that lies there; what the record says is its first entry."""
        log = self._open_log()
        with lock_file(self.path):
            self._take_over_changes()
            self.record = replace_fields(self.record, tenken=RECORD_FORMAT)
            step = log.begin(self.record, self._tell_time(), by)
            self._write_step(step, self.record)

    def _write_step(self, step: LogStep, record: Record) -> None:
        """Appends to the log, then replaces the record; a fault in between takes back what was appended."""
        log = self._open_log()
        logged = replace_fields(record, log=step.log)
        content = self._prepare(logged)
        log.append(step)
        try:
            self._replace(content, logged)
        except BaseException:
            if not self._holds(content):
                log.take_back(step)
            raise
        log.note_written(step)

    def _open_log(self) -> AnswerLog:
        from tenken.records.log_writing import AnswerLog  # noqa: PLC0415 - few records have a log

        self._log = self._log or AnswerLog(self.path)
        return self._log

    def _tell_time(self) -> datetime | None:
        return self.clock() if self.clock else None

    def _holds(self, content: bytes) -> bool:
        try:
            return read_file_bytes(self.path) == content
        except Problems:
            return True  # nobody knows; what is behind can be completed, what was cut off cannot

    def _prepare(self, record: Record) -> bytes:
        content = self._encode(record)
        self._read_back(content, record)
        return content

    def _replace(self, content: bytes, record: Record) -> None:
        self._tried = content
        try:
            write_durably(self.path, content, is_new=self.seen is None)
        except AlreadyThere:
            raise Problems(Problem(Place(str(self.path)), "there is a file of that name by now")) from None
        self.seen, self._held = content, record

    def reread(self) -> RecordFile | None:
        """The file as somebody else left it; None if it is as it was seen, gone, or no record any more."""
        try:
            again = open_record(self.path)
        except Problems:
            return None
        again.clock = self.clock
        return None if again.seen in (self.seen, self._tried) else again

    @property
    def text(self) -> str:
        """The record as its file will hold it: the text as it was seen, changed where the record changed."""
        log = self._held.log if self._held else None
        return self._render(replace_fields(self.record, log=log))

    def _render(self, record: Record) -> str:
        if self.seen is None or self._held is None:
            return render_record(record, as_json=self.path.suffix.lower() == ".json")
        return change_record_text(self.seen.decode(), self._held, record)

    def _take_over_changes(self) -> None:
        """Puts our changes upon what the file holds by now; raises `Problems` if it is gone, broken or contradicts."""
        content = self._read_again()
        if content is None or content == self.seen:
            return
        if content == self._tried:
            self.seen, self._held = content, parse_record(content, str(self.path))
            return
        if self._held is None:
            raise Problems(Problem(Place(str(self.path)), "there is a file of that name by now"))
        theirs = parse_record(content, str(self.path))
        merged = merge_record_changes(self._held, self.record, theirs)
        self.record, self.seen, self._held = merged, content, theirs

    def _read_again(self) -> bytes | None:
        """What the file holds by now; None if it is not there yet."""
        try:
            self.path.stat()
        except FileNotFoundError:
            self._note_gone()
            return None
        except OSError as error:
            raise Problems(build_access_problem(self.path, error)) from None
        return read_file_bytes(self.path)

    def _note_gone(self) -> None:
        """Raises `Problems` if the file was there, so that it is made anew only when that is tried again."""
        if self.seen is None:
            return
        self.seen = self._held = None
        text = "this file is gone; what it held is still in memory, and nothing was written"
        raise Problems(Problem(Place(str(self.path)), text))

    def _encode(self, record: Record) -> bytes:
        try:
            return self._render(record).encode()
        except UnicodeEncodeError as error:  # half a character, as a broken file name has it
            facts = {"character": f"U+{ord(error.object[error.start]):04X}"}
            reason = Phrase("the character {character} is not allowed here; delete it", facts)
        raise Problems(self._build_unreadable_problem(reason))

    def _build_unreadable_problem(self, reason: Phrase) -> Problem:
        says = "what would be written cannot be read again ({reason}); nothing was written"
        return Problem(Place(str(self.path)), says, {"reason": reason})

    def _read_back(self, content: bytes, record: Record) -> None:
        try:
            again = parse_record(read_stream(BytesIO(content), str(self.path)), str(self.path))
        except Problems as found:
            first = found.problems[0]
            raise Problems(self._build_unreadable_problem(Phrase(first.text, first.facts))) from None
        if build_record_data(again) != build_record_data(record):
            says = "what would be written reads otherwise than it is meant; nothing was written"
            raise Problems(Problem(Place(str(self.path)), says))


def create_record(path: Path, system: str, *, organisation: str = "", release: str = "") -> RecordFile:
    """An empty record that names the checklists it will be answered against, and their versions."""
    library = load_library()
    checklists, against = tuple(library.checklists), library.versions
    record = Record(
        RECORD_FORMAT,
        system,
        organisation,
        release,
        checklists=checklists,
        answered_against=against,
        at=Place(str(path)),
    )
    return RecordFile(path, record)


def open_record(path: Path) -> RecordFile:
    content = read_file_bytes(path)
    return RecordFile(path, parse_record(content, str(path)), content)


def open_record_to_save(path: Path, clock: Callable[[], datetime], tell: Callable[[str], None]) -> RecordFile:
    """A record that says the same as its log, if it has one; what had to be done for that is told."""
    record_file = open_record(path)
    record_file.clock = clock
    for line in record_file.catch_up_with_log():
        tell(line)
    return record_file


def read_record_from_stdin() -> RecordFile:
    """A record from standard input; it has no file to be saved in."""
    content = read_stream(sys.stdin.buffer, "-")
    return RecordFile(Path("-"), parse_record(content, "-"), content)


def parse_record(content: bytes, path: str) -> Record:
    """A record from the content of a file; raises `Problems` with everything wrong in its form."""
    return bind_record(parse_yaml(content, path), path)


def bind_record(node: Node, path: str) -> Record:
    """A record from what was read of a file already."""
    refuse_proposals_as_record(node, path)
    record = bind_whole(Record, node, path)
    if record.tenken not in READABLE_FORMATS:
        text = "this record is of format {said}; this tenken reads the formats {known}"
        raise Problems(Problem(record.at, text, {"said": record.tenken, "known": ", ".join(READABLE_FORMATS)}))
    return record
