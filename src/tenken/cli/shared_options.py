"""What several commands share: how they are called, the clock, and the record that is judged."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase
from tenken.terminal.output import print_talk

if TYPE_CHECKING:
    from tenken.assessment.findings import Assessment
    from tenken.records.record_file import RecordFile

FINE, GATE_FAILED, MISTAKE, INTERRUPTED = 0, 1, 2, 130
STDIN = Path("-")

RecordPath = Annotated[
    Path, typer.Argument(metavar="RECORD", help="The answers file of one system; - reads it from a pipe.")
]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DAY", help="Judge by this day, such as 2026-12-02; today if left out.")
]
SetAnswers = Annotated[
    list[str], typer.Option("--set", metavar="QUESTION=ANSWER", help="Answer a question; may be repeated.")
]
FromRecord = Annotated[
    Path | None, typer.Option("--from", metavar="OTHER", help="Take over what another record says of the organisation.")
]


def assess_record_file(path: Path, as_of: str) -> tuple[RecordFile, Assessment]:
    from tenken.assessment.findings import assess_all
    from tenken.records.answer_values import read_answer_values
    from tenken.records.record_file import open_record, read_record_from_stdin
    from tenken.records.rule_updates import load_updated_rules
    from tenken.rules.logic import Situation

    record_file = read_record_from_stdin() if path == STDIN else open_record(path)
    library, update = load_updated_rules(record_file, get_language())
    if update.is_substantial:
        print_talk(phrase("The rules moved since this was answered; see: tenken update {file}", file=path))
    situation = Situation(read_answer_values(record_file.record.answers, library), parse_day_or_today(as_of))
    return record_file, assess_all(library, situation)


def read_clock() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def parse_day_or_today(said: str) -> date:
    from tenken.rules.answer_kinds import parse_day

    try:
        return parse_day(said) if said else datetime.now(UTC).date()
    except ValueError:
        text = "{said} is not a day; write it as 2026-08-02"
        raise Problems(Problem(Place("--as-of"), text, {"said": said})) from None
