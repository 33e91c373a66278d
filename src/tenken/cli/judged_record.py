"""The record a command is given, judged by its rules."""

from __future__ import annotations

from pathlib import Path

from tenken.assessment.findings import Assessment, assess_all
from tenken.cli.clock import parse_day_or_today
from tenken.cli.shared_options import STDIN
from tenken.files.file_names import quote_file_for_shell
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.answer_values import read_answer_values
from tenken.records.record_file import RecordFile, open_record, read_record_from_stdin
from tenken.records.rule_updates import load_updated_rules
from tenken.rules.library import Library
from tenken.rules.logic import Situation
from tenken.terminal.output import print_talk


def open_record_or_stdin(path: Path) -> RecordFile:
    return read_record_from_stdin() if path == STDIN else open_record(path)


def assess_record_file(path: Path, as_of: str) -> tuple[RecordFile, Assessment]:
    record_file = open_record_or_stdin(path)
    return record_file, judge_record_file(record_file, as_of)


def judge_record_file(record_file: RecordFile, as_of: str) -> Assessment:
    return assess_all(*read_record_situation(record_file, as_of))


def read_record_situation(record_file: RecordFile, as_of: str) -> tuple[Library, Situation]:
    """The rules of a record, to which it is carried over, and its answers; says so where the rules moved."""
    library, update = load_updated_rules(record_file, get_language())
    if update.moved or update.is_substantial:
        print_talk(
            phrase(
                "The rules moved since this was answered; see: tenken update {file}",
                file=quote_file_for_shell(record_file.path),
            )
        )
    return library, Situation(read_answer_values(record_file.record.answers, library), parse_day_or_today(as_of))
