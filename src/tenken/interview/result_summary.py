"""The result in a few lines: the status of each requirement, and what to do first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import SOFT_FORCES, Wording
from tenken.files.file_names import quote_file_for_shell
from tenken.interview.prompt import Prompt
from tenken.messages.line_breaking import measure_width
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.records.record_file import RecordFile
from tenken.rules.requirement import Force


def show_result(
    record_file: RecordFile, running_assessment: RunningAssessment, wording: Wording, prompt: Prompt
) -> None:
    """Shows the result, and which command makes the whole report."""
    day = wording.render_day(running_assessment.situation.as_of)
    prompt.say_paragraph()
    prompt.say_paragraph(phrase("{system}, as of {day}", system=record_file.record.system, day=day))
    _show_assessment(running_assessment.assessment, wording, prompt)
    html = record_file.path.with_suffix(".html")
    command = f"tenken report {quote_file_for_shell(record_file.path)}"
    prompt.say_paragraph(phrase("The whole report, in {file}: {command}", file=html, command=command))


def render_cited_title(finding: Finding, wording: Wording) -> str:
    """A requirement by its title and where it stands; a citation in the title's own words is not repeated."""
    requirement = finding.requirement
    return wording.add_in_brackets(requirement.title, wording.render_citation(requirement.cites[0]))


def render_dated_title(finding: Finding, wording: Wording, as_of: date) -> str:
    return wording.join_list((render_cited_title(finding, wording), wording.render_timing(finding, as_of)))


def _list_result_rows(assessment: Assessment, wording: Wording) -> Iterator[tuple[str, str]]:
    """The outcome as pairs of status and requirement, the most pressing first; what does not apply is counted only."""
    as_of = assessment.situation.as_of
    shown = [each for each in assessment.findings if each.status.meaning.is_told or each.claimed_exceptions]
    for finding in sorted(shown, key=_rank_finding_to_tell):
        yield wording.render_status(finding), render_dated_title(finding, wording, as_of)
    aside = sum(1 for finding in assessment.findings if finding.set_aside)
    if aside:
        yield phrase("Set aside"), phrase_count(aside, "1 requirement, by you", "{count} requirements, by you")
    if ruled_out := len(assessment.findings) - len(shown) - aside:
        yield phrase("Not applicable"), phrase_count(ruled_out, "1 requirement", "{count} requirements")


def _show_assessment(assessment: Assessment, wording: Wording, prompt: Prompt) -> None:
    """The outcome as a narrow table, and what to do first."""
    pairs = list(_list_result_rows(assessment, wording))
    column = max((measure_width(status) for status, _ in pairs), default=0)
    prompt.say_paragraph()
    for status, text in pairs:
        prompt.say_paragraph(text, mark=status + " " * (column - measure_width(status)))
    prompt.say_paragraph()
    if steps := list(_list_first_steps(assessment, wording)):
        prompt.say_paragraph(phrase("First:"))
        for number, step in enumerate(steps, start=1):
            prompt.say_paragraph(step, mark=f"{number}.")
        prompt.say_paragraph()


def _list_first_steps(assessment: Assessment, wording: Wording, most: int = 3) -> Iterator[str]:
    """What to do first: a step for each of the earliest gaps, as in the report, then what would settle the rest."""
    gaps = sorted(
        (finding for finding in assessment.findings if finding.status.needs_action),
        key=_rank_finding_to_tell,
    )
    steps: list[str] = [_render_first_step(finding) for finding in gaps]
    steps += [
        phrase("Find out: {question}", question=wording.find_question_heading(id))
        for finding in assessment.findings
        for id in finding.settled_by[:1]
    ]
    yield from list(dict.fromkeys(steps))[:most]


def _render_first_step(finding: Finding) -> str:
    remedies = (measure.check.remedy for measure in finding.outstanding if measure.check.remedy)
    return finding.requirement.remedy or next(remedies, finding.requirement.says)


def _rank_finding_to_tell(finding: Finding) -> tuple[int, bool, bool, date]:
    """Gaps before the undetermined before the rest; in each, prohibitions, then what binds, then the earliest date."""
    force = finding.requirement.force
    urgency = finding.status.meaning.urgency
    return urgency, force is not Force.PROHIBITION, force in SOFT_FORCES, finding.since or date.max
