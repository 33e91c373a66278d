"""`tenken check`: passes or fails, for build machines."""

from typing import Annotated

import typer

from tenken.assessment.explanation import render_blocking_finding, render_judged_lines
from tenken.assessment.gate import Gate, parse_day_count
from tenken.assessment.wording import Wording
from tenken.cli.exit_statuses import GATE_FAILED
from tenken.cli.judged_record import assess_record_file, list_record_notes
from tenken.cli.shared_options import AsOf, RecordPath
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase, phrase_problem
from tenken.terminal.output import print_lines, print_talk


def run_check(
    path: RecordPath,
    allow_unknown: Annotated[
        bool, typer.Option("--allow-unknown", help="Pass although something is not known yet.")
    ] = False,
    within: Annotated[
        str, typer.Option("--within", metavar="DAYS", help="Fail for what comes within, say, 30d.")
    ] = "0d",
    as_of: AsOf = "",
    strict: Annotated[bool, typer.Option("--strict", hidden=True)] = False,
) -> None:
    """Pass or fail: fails if an obligation or a prohibition in force is not met, or nobody knows whether it is."""
    if strict:
        text = "what is not known fails without it; --allow-unknown lets it pass"
        raise Problems(Problem(Place("--strict"), text))
    try:
        gate = Gate(allow_unknown, parse_day_count(within))
    except ValueError:
        text = "{said} is not a number of days; write it as 30d"
        raise Problems(Problem(Place("--within"), text, {"said": within})) from None
    record_file, assessment = assess_record_file(path, as_of)
    for note in list_record_notes(record_file.record, assessment.situation.as_of):
        print_talk(phrase_problem(note))
    judged = gate.judge(assessment)
    wording = Wording(assessment.library, get_language())
    for finding in judged.blocking:
        print_lines(render_blocking_finding(finding, assessment, wording))
    for line in render_judged_lines(judged, wording):
        print_talk(line)
    if judged.blocking:
        raise typer.Exit(GATE_FAILED)
    print_talk(phrase("Nothing in the way."))
