"""`tenken explain`: says why something applies or not, and what another answer would change."""

from typing import Annotated

import typer

from tenken.assessment.explanation import render_changed_headlines, render_finding_explanation
from tenken.assessment.explanation_page import render_explanation_page
from tenken.assessment.findings import assess_all
from tenken.assessment.requirement_search import find_meant_findings
from tenken.assessment.wording import Wording
from tenken.cli.judged_record import assess_record_file
from tenken.cli.shared_options import AsOf, RecordPath, SetAnswers
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.answer_values import parse_answer_settings, read_answer_values
from tenken.terminal.output import print_lines


def run_explain(
    path: RecordPath,
    said: Annotated[
        str,
        typer.Argument(
            metavar="REQUIREMENT", help="Its id, what it cites or a part of its title; a page on all if left out."
        ),
    ] = "",
    what_if: SetAnswers = [],  # noqa: B006 - Typer reads the default and does not keep it
    whole: Annotated[bool, typer.Option("--all", help="A line for every requirement.")] = False,
    as_of: AsOf = "",
) -> None:
    """Say why something applies or not, and with --set what another answer would change."""
    _, assessment = assess_record_file(path, as_of)
    wording = Wording(assessment.library, get_language())
    wanted = find_meant_findings(said, assessment) if said else list(assessment.findings)
    if what_if:
        situation = assessment.situation
        for id, value in read_answer_values(parse_answer_settings(what_if), assessment.library).items():
            situation = situation.with_answer(id, value)
        after = assess_all(assessment.library, situation)
        ids = {finding.requirement.id for finding in wanted}
        changes = list(render_changed_headlines(assessment, after, wording, ids))
        print_lines(changes or [phrase("Nothing would change.")])
    elif said:
        for finding in wanted:
            print_lines((*render_finding_explanation(finding, assessment, wording), ""))
    else:
        print_lines(render_explanation_page(assessment, wording, whole=whole))
