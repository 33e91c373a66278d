"""`tenken explain`: says why something applies or not, and what another answer would change."""

from typing import Annotated

import typer

from tenken.assessment.explanation import render_changed_headlines, render_finding_explanation
from tenken.assessment.findings import Assessment, Finding, assess_all
from tenken.assessment.wording import Wording
from tenken.cli.judged_record import assess_record_file
from tenken.cli.shared_options import AsOf, RecordPath, SetAnswers
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.answer_values import parse_answer_settings, read_answer_values
from tenken.terminal.output import print_lines


def run_explain(
    path: RecordPath,
    requirement_id: Annotated[str, typer.Argument(metavar="REQUIREMENT", help="Its id; all of them if left out.")] = "",
    what_if: SetAnswers = [],  # noqa: B006 - Typer reads the default and does not keep it
    as_of: AsOf = "",
) -> None:
    """Say why something applies or not, and with --set what another answer would change."""
    _, assessment = assess_record_file(path, as_of)
    wording = Wording(assessment.library, get_language())
    wanted = _select_findings(requirement_id, assessment)
    if not what_if:
        for finding in wanted:
            print_lines((*render_finding_explanation(finding, assessment, wording), ""))
        return
    situation = assessment.situation
    for id, value in read_answer_values(parse_answer_settings(what_if), assessment.library).items():
        situation = situation.with_answer(id, value)
    after = assess_all(assessment.library, situation)
    ids = {finding.requirement.id for finding in wanted}
    print_lines(list(render_changed_headlines(assessment, after, wording, ids)) or [phrase("Nothing would change.")])


def _select_findings(id: str, assessment: Assessment) -> list[Finding]:
    findings = {finding.requirement.id: finding for finding in assessment.findings}
    if id and id not in findings:
        facts = {"id": id, "hint": suggest_instead(id, findings)}
        raise Problems(Problem(Place("REQUIREMENT"), "{id} is not a requirement here; {hint}", facts))
    return [findings[id]] if id else list(findings.values())
