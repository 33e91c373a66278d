"""`tenken check`: passes or fails, for build machines."""

from typing import Annotated

import typer

from tenken.assessment.explanation import render_finding_headline
from tenken.assessment.gate import Gate, parse_day_count
from tenken.assessment.wording import Wording
from tenken.cli.exit_statuses import GATE_FAILED
from tenken.cli.judged_record import assess_record_file
from tenken.cli.shared_options import AsOf, RecordPath
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase
from tenken.terminal.output import print_data, print_talk


def run_check(
    path: RecordPath,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for what is undetermined or unanswered, too.")] = False,
    within: Annotated[
        str, typer.Option("--within", metavar="DAYS", help="Fail for what comes within, say, 30d.")
    ] = "0d",
    as_of: AsOf = "",
) -> None:
    """Pass or fail: fails if an obligation or a prohibition in force is not met."""
    try:
        rule = Gate(strict, parse_day_count(within))
    except ValueError:
        text = "{said} is not a number of days; write it as 30d"
        raise Problems(Problem(Place("--within"), text, {"said": within})) from None
    _, assessment = assess_record_file(path, as_of)
    stops = list(rule.list_blocking_findings(assessment))
    wording = Wording(assessment.library, get_language())
    for finding in stops:
        print_data(render_finding_headline(finding, assessment, wording))
        for measure in (*finding.outstanding, *finding.house_open):
            print_data("  " + wording.join_heading(measure.check.id, measure.check.ask))
        if finding.settled_by:
            print_data("  " + phrase("open: {ids}", ids=wording.join_list(finding.settled_by)))
    if stops:
        raise typer.Exit(GATE_FAILED)
    print_talk(phrase("Nothing in the way."))
