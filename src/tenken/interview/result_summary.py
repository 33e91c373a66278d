"""The result in a few lines: what each law says, what is missing, and what to do first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from tenken.assessment.explanation_page import rank_finding
from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.law_answers import LawAnswer, list_law_answers, render_idle_laws
from tenken.assessment.wording import Wording
from tenken.files.file_names import quote_file_for_shell
from tenken.interview.prompt import Prompt
from tenken.messages.line_breaking import split_sentences, wrap_text
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.records.record_file import RecordFile
from tenken.rules.logic import Truth
from tenken.rules.outline import find_helpful_outlines

_COLUMNS = 78
"""The width by which lines are counted."""
_MOST_LAW_LINES, _MOST_GAP_LINES, _MOST_RESULT_LINES = 7, 6, 13
"""How many lines the laws take, the gaps, and both with the first steps, so that a whole result is read at a glance."""
_MOST_STEPS = 3

Paragraph = tuple[str, str]
"""A text and the mark it begins with."""


def show_result_so_far(
    record_file: RecordFile, assessment: Assessment, wording: Wording, prompt: Prompt, report: Path | None
) -> None:
    """What each law says by now, on less than a screen, and where the report is."""
    prompt.say_paragraph()
    prompt.say_paragraph(_render_heading(record_file, assessment, wording))
    _say_paragraphs(limit_paragraphs(_list_law_lines(assessment, wording), _MOST_LAW_LINES), prompt)
    prompt.say_paragraph(render_report_place(record_file, report))


def show_result(
    record_file: RecordFile, assessment: Assessment, wording: Wording, prompt: Prompt, report: Path | None
) -> None:
    """The whole result, on less than a screen: what binds before the rest, gaps with their day, what to do first."""
    prompt.say_paragraph()
    prompt.say_paragraph(_render_heading(record_file, assessment, wording))
    laws = limit_paragraphs(_list_law_lines(assessment, wording), _MOST_LAW_LINES)
    gaps = _list_gaps(assessment)
    shown = limit_paragraphs(_list_gap_lines(gaps, assessment, wording), _MOST_GAP_LINES)
    _say_paragraphs([*laws, *shown], prompt)
    if left := len(gaps) - len(shown):
        prompt.say_paragraph(phrase_count(left, "1 more is in the report", "{count} more are in the report"))
    room = _MOST_RESULT_LINES - _count_lines([*laws, *shown])
    if steps := limit_paragraphs(_list_first_steps(gaps, assessment, wording), room):
        prompt.say_paragraph(phrase("First:"))
        _say_paragraphs(steps, prompt)
    draft = _render_helpful_draft(gaps, record_file, wording)
    if draft and _count_lines([*steps, (draft, "")]) <= room:
        prompt.say_paragraph(draft)
    prompt.say_paragraph(render_report_place(record_file, report))


def render_report_place(record_file: RecordFile, report: Path | None) -> str:
    """Where the report is, or which command writes it; to another folder where this one lets nobody write."""
    if report:
        return phrase("The report is in {path}", path=report)
    html = record_file.path.with_suffix(".html")
    command = f"tenken report {quote_file_for_shell(record_file.path)}"
    if not os.access(html.parent, os.W_OK):
        command = f"{command} -o FOLDER/{quote_file_for_shell(html.name)}"
        return phrase("The whole report, in another folder: {command}", command=command)
    return phrase("The whole report, in {file}: {command}", file=html, command=command)


def limit_paragraphs(paragraphs: Iterable[Paragraph], most_lines: int) -> list[Paragraph]:
    """As many of the first paragraphs as take so many lines, and one at least."""
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        if kept and _count_lines([*kept, paragraph]) > most_lines:
            break
        kept.append(paragraph)
    return kept


def _count_lines(paragraphs: Iterable[Paragraph]) -> int:
    """How many lines of a usual terminal paragraphs take."""
    return sum(len(wrap_text(f"{mark} {text}", _COLUMNS)) for text, mark in paragraphs)


def _say_paragraphs(paragraphs: Iterable[Paragraph], prompt: Prompt) -> None:
    for text, mark in paragraphs:
        prompt.say_paragraph(text, mark=mark)


def _render_heading(record_file: RecordFile, assessment: Assessment, wording: Wording) -> str:
    day = wording.render_day(assessment.situation.as_of)
    return phrase("{system}, as of {day}", system=record_file.record.system, day=day)


def _list_law_lines(assessment: Assessment, wording: Wording) -> Iterator[Paragraph]:
    """A line for each law that binds, one for all that is voluntary, and one for what does not apply; one at least."""
    laws = list_law_answers(assessment, wording)
    telling = [law for law in laws if law.applies is not Truth.NO]
    for law in telling:
        if not law.is_voluntary:
            yield phrase("{law}: {sentence}", law=law.title, sentence=law.sentence), ""
    if soft := _render_voluntary_count([law for law in telling if law.is_voluntary]):
        yield soft, ""
    idle = render_idle_laws(laws, wording)
    if idle or not telling:
        yield idle or str(wording.labels["report"]["nothing_applies"]), ""


def _render_voluntary_count(laws: Iterable[LawAnswer]) -> str:
    """Whatever is voluntary as one count; empty if nothing of it concerns anybody."""
    points = [finding for law in laws for finding in law.findings if finding.applies is Truth.YES]
    if not points:
        return ""
    left = sum(1 for finding in points if finding.status.needs_action or finding.status.needs_answer)
    return phrase_count(
        len(points),
        "Voluntary: 1 point, {left} of it open.",
        "Voluntary: {count} points, {left} of them open.",
        left=left,
    )


def _list_gaps(assessment: Assessment) -> list[Finding]:
    """What the law asks and is missing, the most pressing first."""
    gaps = (each for each in assessment.findings if each.status.needs_action and each.requirement.is_law)
    return sorted(gaps, key=rank_finding)


def _list_gap_lines(gaps: Iterable[Finding], assessment: Assessment, wording: Wording) -> Iterator[Paragraph]:
    for finding in gaps:
        title = render_dated_title(finding, wording, assessment.situation.as_of)
        yield phrase("{status}: {title}", status=wording.render_status(finding), title=title), ""


def render_cited_title(finding: Finding, wording: Wording) -> str:
    """A requirement by its title and where it stands; a citation in the title's own words is not repeated."""
    requirement = finding.requirement
    return wording.add_in_brackets(requirement.title, wording.render_citation(requirement.cites[0]))


def render_dated_title(finding: Finding, wording: Wording, as_of: date) -> str:
    return wording.join_list((render_cited_title(finding, wording), wording.render_timing(finding, as_of)))


def _list_first_steps(gaps: Iterable[Finding], assessment: Assessment, wording: Wording) -> Iterator[Paragraph]:
    """What to do first: a step for each of the earliest gaps, as in the report, then what would settle the rest."""
    steps = [split_sentences(_render_first_step(finding))[0] for finding in gaps]
    steps += [
        phrase("Find out: {question}", question=wording.find_question_heading(id))
        for finding in assessment.findings
        for id in finding.settled_by[:1]
        if finding.requirement.is_law
    ]
    for number, step in enumerate(list(dict.fromkeys(steps))[:_MOST_STEPS], start=1):
        yield step, f"{number}."


def _render_helpful_draft(gaps: Iterable[Finding], record_file: RecordFile, wording: Wording) -> str:
    """The document that helps with the most pressing gap there is one for, and the command that drafts it."""
    for finding in gaps:
        for outline in find_helpful_outlines(finding.requirement.id, wording.library.language):
            command = f"tenken draft {quote_file_for_shell(record_file.path)} {outline.id}"
            return phrase("A draft to begin with: {command}", command=command)
    return ""


def _render_first_step(finding: Finding) -> str:
    remedies = (measure.check.remedy for measure in finding.outstanding if measure.check.remedy)
    return finding.requirement.remedy or next(remedies, finding.requirement.says)
