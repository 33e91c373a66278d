"""`tenken check`: passes or fails, for build machines."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.accepted_gaps import render_accepted_gap
from tenken.assessment.checked_records import CheckedRecord, GateOutcome, GateRun, UnreadableRecord, check_record
from tenken.assessment.explanation import render_blocking_finding, render_judged_lines
from tenken.assessment.gate import Gate, parse_day_count
from tenken.assessment.sign_off_notices import list_sign_off_notices
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today
from tenken.cli.exit_statuses import FINE, GATE_FAILED, MISTAKE
from tenken.cli.judged_record import assess_record_file
from tenken.cli.several_records import render_record_counts, run_for_records
from tenken.cli.shared_options import AsOf, RecordPaths
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase, phrase_problem
from tenken.records.record_paths import list_record_paths
from tenken.report.formats import require_choice
from tenken.report.gate_formats import GATE_WRITERS, WORKFLOW_FORM, render_gate_run
from tenken.terminal.output import print_document, print_lines, print_talk

_ON_SCREEN = "text"
_FORMS = (_ON_SCREEN, *GATE_WRITERS)
RecordCheck = Callable[[Path], CheckedRecord]
_STATUSES = {GateOutcome.PASSED: FINE, GateOutcome.FAILED: GATE_FAILED, GateOutcome.UNREADABLE: MISTAKE}


def run_check(
    paths: RecordPaths,
    *,
    allow_unknown: Annotated[
        bool, typer.Option("--allow-unknown", help="Pass although something is not known yet.")
    ] = False,
    within: Annotated[
        str, typer.Option("--within", metavar="DAYS", help="Fail for what comes within, say, 30d.")
    ] = "0d",
    shown: Annotated[
        bool, typer.Option("--shown", help="Fail for what is only said: without pinned evidence that still holds.")
    ] = False,
    form: Annotated[str, typer.Option("--format", metavar="|".join(_FORMS), help="How to write it.")] = _ON_SCREEN,
    as_of: AsOf = "",
    strict: Annotated[bool, typer.Option("--strict", hidden=True)] = False,
) -> None:
    """Pass or fail: fails if an obligation or a prohibition in force is not met, or nobody knows whether it is."""
    if strict:
        text = "what is not known fails without it; --allow-unknown lets it pass"
        raise Problems(Problem(Place("--strict"), text))
    require_choice("--format", form, dict.fromkeys(_FORMS))
    gate = Gate(allow_unknown, _parse_within(within))
    check = partial(_check_record_file, gate=gate, as_of=as_of, wants_shown=shown)
    status = _tell_person(paths, check) if form == _ON_SCREEN else _print_for_programs(form, paths, check, as_of)
    if status:
        raise typer.Exit(status)


def _parse_within(said: str) -> timedelta:
    try:
        return parse_day_count(said)
    except ValueError:
        text = "{said} is not a number of days; write it as 30d"
        raise Problems(Problem(Place("--within"), text, {"said": said})) from None


def _check_record_file(path: Path, *, gate: Gate, as_of: str, wants_shown: bool) -> CheckedRecord:
    record_file, assessment = assess_record_file(path, as_of)
    wording = Wording(assessment.library, get_language())
    return check_record(record_file, assessment, gate, wording, wants_shown=wants_shown)


def _tell_person(paths: Sequence[Path], check: RecordCheck) -> int:
    return run_for_records(paths, lambda path: _tell_checked_record(check(path)))


def _tell_checked_record(checked: CheckedRecord) -> int:
    """Prints what is missing, then tells the person what was looked at."""
    assessment, judged = checked.assessment, checked.judged
    wording = Wording(assessment.library, get_language())
    for finding in judged.blocking:
        print_lines(render_blocking_finding(finding, assessment, wording))
    if checked.unshown:
        from tenken.assessment.shown_measures import render_unshown_measure  # noqa: PLC0415 - it hashes

        print_lines(map(render_unshown_measure, checked.unshown))
    notices = list_sign_off_notices(checked.record_file.record, assessment.situation.as_of, wording)
    for line in (*notices, *render_judged_lines(judged, wording), *map(render_accepted_gap, checked.accepted)):
        print_talk(line)
    if checked.outcome is GateOutcome.PASSED:
        print_talk(phrase("Nothing in the way."))
    return _STATUSES[checked.outcome]


def _print_for_programs(form: str, paths: Sequence[Path], check: RecordCheck, as_of: str) -> int:
    """Prints all the records as one document, those that cannot be read among them."""
    day = parse_day_or_today(as_of)
    run = GateRun(day, tuple(_check_or_keep_problems(path, check) for path in list_record_paths(paths)))
    print_document(render_gate_run(form, run))
    if form != WORKFLOW_FORM:  # there a line of talk that a file name begins could be a command
        unread = (record for record in run.records if isinstance(record, UnreadableRecord))
        for problem in (problem for record in unread for problem in record.problems):
            print_talk(phrase_problem(problem))
    print_talk(render_record_counts([_STATUSES[record.outcome] for record in run.records]))
    return _STATUSES[run.outcome]


def _check_or_keep_problems(path: Path, check: RecordCheck) -> CheckedRecord | UnreadableRecord:
    try:
        return check(path)
    except Problems as found:
        return UnreadableRecord(path, found.problems)
