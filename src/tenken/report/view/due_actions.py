"""What somebody has in hand by a day and has not done yet: for the dates and the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tenken.assessment.findings import Assessment, Finding, Measure
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen
from tenken.records.answer_values import is_doubtful
from tenken.records.record import NO_ANSWER, Record
from tenken.rules.answer_kinds import UNSURE
from tenken.rules.logic import Truth


class DueAction(Frozen):
    """What one person is to do about one requirement, or to find out, by one day; perhaps nobody is named."""

    key: str
    """What a calendar knows it by: its question, or its first measure; that is another once owners or days part."""
    day: date
    owner: str
    id: str
    title: str
    texts: tuple[str, ...]


def list_due_actions(assessment: Assessment, record: Record, wording: Wording) -> list[DueAction]:
    """All that has a day, the earliest first.

    A measure is due no longer once it is done or does not apply; a question is due until it has an answer that nobody
    doubts, whatever it decides.
    """
    found = [*_list_due_questions(assessment, record, wording)]
    for finding in assessment.findings:
        found += _list_due_measures(finding, record, wording)
        found += _list_due_prohibitions(finding, record)
    return sorted(found, key=lambda action: action.day)


def _list_due_questions(assessment: Assessment, record: Record, wording: Wording) -> Iterator[DueAction]:
    for id in assessment.library.questions:
        given = record.answers.get(id, NO_ANSWER)
        if given.due and (is_doubtful(given) or not given.answer):
            heading = wording.find_question_heading(id)
            yield DueAction(id, given.due, given.owner or given.ask, id, heading, (wording.render_to_answer((id,)),))


def _list_due_measures(finding: Finding, record: Record, wording: Wording) -> Iterator[DueAction]:
    """The measures that are missing or not known, those of one owner and day together."""
    together: dict[tuple[date, str], list[Measure]] = {}
    for measure in finding.measures:
        given = record.answers.get(measure.check.id, NO_ANSWER)
        if given.due and measure.outstanding is not Truth.NO:
            together.setdefault((given.due, given.owner or given.ask), []).append(measure)
    for (day, owner), measures in together.items():
        texts = dict.fromkeys(_render_due_text(measure, finding, wording) for measure in measures)
        requirement = finding.requirement
        yield DueAction(measures[0].check.id, day, owner, requirement.id, requirement.title, tuple(texts))


def _render_due_text(measure: Measure, finding: Finding, wording: Wording) -> str:
    if measure.answer in ("", UNSURE):
        return wording.render_to_answer((measure.check.id,))
    return measure.check.remedy or finding.requirement.remedy or finding.requirement.says


def _list_due_prohibitions(finding: Finding, record: Record) -> Iterator[DueAction]:
    """What is forbidden misses no measure of the text: its days stand with the answers that made it so."""
    requirement = finding.requirement
    if finding.outstanding or not finding.status.needs_action:
        return
    text = requirement.remedy or requirement.says
    for question in dict.fromkeys(reason.question for reason in finding.reasons):
        given = record.answers.get(question, NO_ANSWER)
        if given.due:
            key = f"{requirement.id} {question}"
            yield DueAction(key, given.due, given.owner, requirement.id, requirement.title, (text,))
