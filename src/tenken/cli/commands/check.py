"""`tenken check`: passes or fails, for build machines."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.accepted_gaps import list_accepted_gaps, render_accepted_gap
from tenken.assessment.explanation import render_blocking_finding, render_judged_lines
from tenken.assessment.findings import Assessment
from tenken.assessment.gate import Gate, Judged, parse_day_count
from tenken.assessment.sign_off_notices import list_sign_off_notices
from tenken.assessment.wording import Wording
from tenken.cli.exit_statuses import FINE, GATE_FAILED
from tenken.cli.judged_record import assess_record_file
from tenken.cli.several_records import run_for_records
from tenken.cli.shared_options import AsOf, RecordPaths
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.record_file import RecordFile
from tenken.terminal.output import print_lines, print_talk


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
    as_of: AsOf = "",
    strict: Annotated[bool, typer.Option("--strict", hidden=True)] = False,
) -> None:
    """Pass or fail: fails if an obligation or a prohibition in force is not met, or nobody knows whether it is."""
    if strict:
        text = "what is not known fails without it; --allow-unknown lets it pass"
        raise Problems(Problem(Place("--strict"), text))
    days = _parse_within(within)
    if status := run_for_records(paths, lambda path: _judge_record(path, as_of, allow_unknown, days, shown)):
        raise typer.Exit(status)


def _judge_record(path: Path, as_of: str, allows_unknown: bool, within: timedelta, wants_shown: bool) -> int:
    record_file, assessment = assess_record_file(path, as_of)
    accepted = list_accepted_gaps(record_file.record, assessment)
    standing = frozenset(gap.finding.requirement.id for gap in accepted if gap.ended is None)
    judged = Gate(allows_unknown, within, standing).judge(assessment)
    wording = Wording(assessment.library, get_language())
    for finding in judged.blocking:
        print_lines(render_blocking_finding(finding, assessment, wording))
    has_unshown = wants_shown and _tell_unshown(judged, assessment, record_file)
    notices = list_sign_off_notices(record_file.record, assessment.situation.as_of, wording)
    for line in (*notices, *render_judged_lines(judged, wording), *map(render_accepted_gap, accepted)):
        print_talk(line)
    if judged.blocking or has_unshown:
        return GATE_FAILED
    print_talk(phrase("Nothing in the way."))
    return FINE


def _parse_within(said: str) -> timedelta:
    try:
        return parse_day_count(said)
    except ValueError:
        text = "{said} is not a number of days; write it as 30d"
        raise Problems(Problem(Place("--within"), text, {"said": said})) from None


def _tell_unshown(judged: Judged, assessment: Assessment, record_file: RecordFile) -> bool:
    """Says which measures of what binds are met by somebody's word alone; whether there are any."""
    from tenken.assessment.shown_measures import list_unshown_measures, render_unshown_measure  # noqa: PLC0415 - it hashes

    unshown = list(list_unshown_measures(judged.due, assessment, record_file))
    print_lines(map(render_unshown_measure, unshown))
    return bool(unshown)
