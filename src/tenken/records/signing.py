"""Signs a record: the sign-off goes into the record and its log first, then all of it is sealed with a key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tenken.files.file_names import is_there
from tenken.files.problems import Place, Problem, Problems
from tenken.records.answer_log import LogEvent
from tenken.records.answer_values import read_answer_values
from tenken.records.files_beside import find_log_path
from tenken.records.log_reading import LogReading, read_log_entries
from tenken.records.record import SignOff, SignRole
from tenken.records.record_file import RecordFile, open_record
from tenken.records.rule_updates import load_updated_rules
from tenken.records.sign_off import digest_record, has_answered, sign_record_off
from tenken.records.signed_statement import SignedStatement, build_statement, keep_signature
from tenken.records.ssh_signatures import find_ssh_keygen, sign_bytes


class Signatory(NamedTuple):
    """Who signs, for what, as whom, and on which day."""

    by: str
    role: SignRole
    position: str
    on: date


def sign_record(record_file: RecordFile, signatory: Signatory, key: Path, language: str, *, four_eyes: bool) -> Path:
    """Signs a record off and seals it; returns the file of the signature, raises `Problems` with what is in the way."""
    find_ssh_keygen()
    if not is_there(key):
        raise Problems(Problem(Place(str(key)), "there is no such key"))
    library, update = load_updated_rules(record_file, language)
    if update.is_substantial:
        text = "the rules moved since this was answered; carry the answers over first, by `tenken update`"
        raise Problems(Problem(Place(str(record_file.path)), text))
    read_answer_values(record_file.record.answers, library)
    if four_eyes:
        _refuse_own_answers(record_file, signatory.by)
    signed = _build_sign_off(record_file, signatory)
    if signed not in record_file.record.signed_off:
        record_file.record = sign_record_off(record_file.record, signed)
        record_file.save(LogEvent.SIGNED, signatory.by)
    record = open_record(record_file.path).record
    line = build_statement(record, signed, library.versions, record_file.folder)
    try:
        return keep_signature(record_file.path, SignedStatement(line, sign_bytes(line, key)))
    except Problems as found:
        text = "it says that it is signed off, and nothing seals that yet; to seal it, give the same command again"
        raise Problems(*found.problems, Problem(Place(str(record_file.path)), text)) from None


def _build_sign_off(record_file: RecordFile, signatory: Signatory) -> SignOff:
    record = record_file.record
    return SignOff(
        signatory.by, signatory.on, signatory.role, signatory.position, record.release, digest_record(record)
    )


def _refuse_own_answers(record_file: RecordFile, by: str) -> None:
    others = _list_log_authors(record_file) if record_file.record.log else ()
    if has_answered(by, record_file.record, others):
        text = "{by} has answered in this record; with --four-eyes, somebody else signs"
        raise Problems(Problem(Place(str(record_file.path)), text, {"by": by}))


def _list_log_authors(record_file: RecordFile) -> Iterator[str]:
    """Everybody who gave answers that the log knows of, also those that others changed later."""
    for entry in read_log_entries(find_log_path(record_file.path), LogReading()):
        if entry["what"] != LogEvent.SIGNED:
            for change in entry["changes"]:
                given = change.get("to")
                yield str(given.get("by", "")) if isinstance(given, dict) else ""
