"""`tenken accept`: somebody answers for a gap until a day, or no longer."""

from datetime import date
from typing import Annotated

import typer

from tenken.assessment.accepted_gaps import build_acceptance, list_refusals
from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today, read_clock
from tenken.cli.judged_record import judge_record_file
from tenken.cli.shared_options import STDIN, RecordPath
from tenken.files.problems import Place, Problem, Problems, raise_problems, suggest_instead
from tenken.interview.signed_off_warning import confirm_record_change
from tenken.interview.typed_text import clean_signature, clean_typed_text
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.record_file import RecordFile, open_record_to_save
from tenken.rules.answer_kinds import parse_typed_day
from tenken.terminal.output import print_talk


def run_accept(
    path: RecordPath,
    requirement_id: Annotated[str, typer.Argument(metavar="REQUIREMENT", help="The id of the gap.")],
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers for it.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="The last day; at most a year from now.")] = "",
    because: Annotated[str, typer.Option("--because", metavar="WORDS", help="Why it is accepted.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Nobody answers for it any longer.")] = False,
) -> None:
    """Answer for a gap until a day: it stays a gap, and passes the gate as long as nothing else changes."""
    if path == STDIN:
        raise Problems(Problem(Place("RECORD"), "name the file of the record; what comes from a pipe cannot be saved"))
    record_file = open_record_to_save(path, read_clock, print_talk)
    assessment = judge_record_file(record_file, "")
    was = record_file.record
    if withdraw:
        _refuse_unaccepted(requirement_id, record_file)
        record_file.take_acceptance(requirement_id, None)
    else:
        finding = _find_finding(requirement_id, assessment)
        acceptance = build_acceptance(
            finding,
            record_file.record,
            assessment,
            by=clean_signature(by),
            until=_parse_until(until),
            because=clean_typed_text(because),
            on=parse_day_or_today(""),
        )
        raise_problems(list_refusals(acceptance, finding))
        record_file.take_acceptance(requirement_id, acceptance)
    confirm_record_change(was, Wording(assessment.library, get_language()), prompt=None)
    record_file.save()
    _tell(requirement_id, until, record_file)


def _refuse_unaccepted(id: str, record_file: RecordFile) -> None:
    if id not in record_file.record.accepted:
        raise Problems(Problem(Place("REQUIREMENT"), "nobody answers for {id} in this record", {"id": id}))


def _find_finding(id: str, assessment: Assessment) -> Finding:
    findings = {finding.requirement.id: finding for finding in assessment.findings}
    if id not in findings:
        facts = {"id": id, "hint": suggest_instead(id, findings)}
        raise Problems(Problem(Place("REQUIREMENT"), "{id} is not a requirement here; {hint}", facts))
    return findings[id]


def _parse_until(said: str) -> date:
    day = parse_typed_day(said)
    if day is None:
        raise Problems(Problem(Place("--until"), "say until which day, such as 2027-03-31"))
    return day


def _tell(id: str, until: str, record_file: RecordFile) -> None:
    if id in record_file.record.accepted:
        print_talk(phrase("{id} is accepted until {day}. It stays a gap.", id=id, day=until))
    else:
        print_talk(phrase("Nobody answers for {id} any longer.", id=id))
    print_talk(phrase("Everything is saved in {file}.", file=record_file.path))
