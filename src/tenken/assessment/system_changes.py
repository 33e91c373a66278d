"""What is different in one system of many: since an earlier record, or if the law, the day or answers were others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tenken.assessment.changes_since import ChangesSince, EarlierState, MovedFinding, find_changes_since
from tenken.assessment.findings import Finding
from tenken.assessment.judging_together import Judging
from tenken.assessment.requirement_rows import render_possible_row_day
from tenken.assessment.system_row_types import (
    Applies,
    ChangesRow,
    MovedBy,
    MovedRequirementRow,
    RequirementRow,
    SystemRow,
    VerdictRow,
)
from tenken.assessment.system_rows import JudgedRecord, judge_system, render_row_day
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.records.record import GivenAnswer, Record
from tenken.rules.library import Library

Step = tuple[MovedBy, list[RequirementRow]]
"""What moved, and where the requirements stand after that."""


class Supposed(Frozen):
    """A day that is supposed instead of `then`, and answers that are supposed in every record."""

    then: date
    as_of: date
    answers: Mapping[str, GivenAnswer] = {}


def judge_supposed(
    file: str, base: JudgedRecord, drafted: JudgedRecord | None, supposed: Supposed
) -> Judging[SystemRow]:
    """The row of a system under what is supposed, with what that changes: first the law, then the day, then answers.

    `drafted` is the record as it is carried over to rules with drafts among them.
    """
    judged = replace_fields(drafted, record=_keep_known_answers(drafted.record, drafted.library)) if drafted else base
    known = {id: given for id, given in supposed.answers.items() if id in judged.library.order}
    answers = {**judged.record.answers, **known}
    changed = replace_fields(judged, record=replace_fields(judged.record, answers=answers), as_of=supposed.as_of)
    row = yield from judge_system(file, changed)
    first = yield base.read()
    steps = yield from _judge_steps(judged, drafted is not None, bool(known), supposed, row["requirements"])
    moved = [each for step in _compare_steps(first, steps) for each in step]
    not_asked = [id for id in supposed.answers if id not in known]
    row["changes"] = _build_changes_row(supposed.then, moved, first, row["requirements"], not_asked)
    return row


def _keep_known_answers(record: Record, library: Library) -> Record:
    """A record without the answers to what its rules no longer ask."""
    return replace_fields(record, answers={id: given for id, given in record.answers.items() if id in library.order})


def _judge_steps(
    judged: JudgedRecord, is_drafted: bool, is_answered: bool, supposed: Supposed, last: list[RequirementRow]
) -> Judging[list[Step]]:
    """Where the requirements stand after each step; only one thing differs between neighbours."""
    later = supposed.as_of != supposed.then
    steps: list[Step] = []
    if is_drafted:
        steps.append((MovedBy.LAW, (yield judged.read()) if later or is_answered else last))
    if later:
        moved = replace_fields(judged, as_of=supposed.as_of)
        steps.append((MovedBy.CALENDAR, (yield moved.read()) if is_answered else last))
    if is_answered:
        steps.append((MovedBy.ANSWERS, last))
    return steps


def _compare_steps(first: list[RequirementRow], steps: Iterable[Step]) -> Iterator[list[MovedRequirementRow]]:
    before = first
    for moved_by, after in steps:
        yield list(_list_moved_rows(before, after, moved_by))
        before = after


def _list_moved_rows(
    before: Iterable[RequirementRow], after: Iterable[RequirementRow], moved_by: MovedBy
) -> Iterator[MovedRequirementRow]:
    """What stands otherwise, what is new and what is gone, each requirement once."""
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}
    for id in dict.fromkeys((*new, *old)):
        was, now = _build_verdict_row(old.get(id)), _build_verdict_row(new.get(id))
        known = new.get(id) or old[id]
        if was != now:
            yield {
                "id": id,
                "law": known["law"],
                "force": known["force"],
                "moved_by": moved_by,
                "before": was,
                "now": now,
                "answers": [],
            }


def _build_verdict_row(row: RequirementRow | None) -> VerdictRow | None:
    if row is None:
        return None
    return {
        "applies": row["applies"],
        "status": row["status"],
        "standing": row["standing"],
        "timing": row["timing"],
        "since": row["since"],
        "since_latest": row["since_latest"],
    }


def _build_changes_row(
    then: date,
    moved: list[MovedRequirementRow],
    before: Iterable[RequirementRow],
    after: Iterable[RequirementRow],
    not_asked: list[str],
) -> ChangesRow:
    settled = {question for row in before for question in row["settled_by"]}
    asked = dict.fromkeys(question for row in after for question in row["settled_by"] if question not in settled)
    return {
        "then": render_row_day(then),
        "is_new": False,
        "moved": moved,
        "ask_again": list(asked),
        "not_asked": not_asked,
    }


def judge_since(file: str, judged: JudgedRecord, earlier: EarlierState | None) -> Judging[SystemRow]:
    """The row of a system with what is different since an earlier record; without one it is new."""
    row = yield from judge_system(file, judged)
    if earlier is None:
        row["changes"] = {**_build_changes_row(judged.as_of, [], [], [], []), "is_new": True}
        return row
    since = find_changes_since(earlier, judged.record, judged.library, judged.as_of)
    then = replace_fields(judged, record=_keep_known_answers(since.update.record, judged.library), as_of=since.then)
    before = yield then.read()
    moved = list(_list_moved_since(since, judged.library))
    row["changes"] = _build_changes_row(since.then, moved, before, row["requirements"], [])
    return row


def _list_moved_since(since: ChangesSince, library: Library) -> Iterator[MovedRequirementRow]:
    parts = ((MovedBy.LAW, since.law), (MovedBy.CALENDAR, since.clock), (MovedBy.ANSWERS, since.you))
    for moved_by, moved in parts:
        yield from (_build_moved_requirement(each, moved_by, library) for each in moved)


def _build_moved_requirement(moved: MovedFinding, moved_by: MovedBy, library: Library) -> MovedRequirementRow:
    requirement = moved.after.requirement
    assert requirement.force is not None
    return {
        "id": requirement.id,
        "law": library.find_law(requirement.id),
        "force": requirement.force,
        "moved_by": moved_by,
        "before": _build_found_verdict(moved.before),
        "now": _build_found_verdict(moved.after),
        "answers": list(moved.answers),
    }


def _build_found_verdict(finding: Finding) -> VerdictRow:
    return {
        "applies": Applies[finding.applies.name],
        "status": finding.status,
        "standing": Wording.find_standing(finding),
        "timing": finding.timing,
        "since": render_possible_row_day(finding.since),
        "since_latest": render_possible_row_day(finding.since_latest),
    }
