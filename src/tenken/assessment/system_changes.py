"""What is different in one system of many: since an earlier record, or if the law, the day or answers were others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tenken.assessment.changes_since import ChangesSince, EarlierState, MovedFinding, find_changes_since
from tenken.assessment.system_row_types import (
    ChangesRow,
    MovedBy,
    MovedRequirementRow,
    RequirementRow,
    SystemRow,
    VerdictRow,
)
from tenken.assessment.system_rows import (
    JudgedRecord,
    build_requirement_row,
    build_system_row,
    judge_requirements,
    render_row_day,
)
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer, Record
from tenken.rules.library import Library
from tenken.rules.logic import Situation

Step = tuple[MovedBy, list[RequirementRow]]
"""What moved, and where the requirements stand after that."""


class Supposed(Frozen):
    """A day that is supposed instead of `then`, and answers that are supposed in every record."""

    then: date
    as_of: date
    answers: Mapping[str, GivenAnswer] = {}


def build_supposed_row(file: str, base: JudgedRecord, drafted: JudgedRecord | None, supposed: Supposed) -> SystemRow:
    """The row of a system under what is supposed, with what that changes: first the law, then the day, then answers.

    `drafted` is the record as it is carried over to rules with drafts among them.
    """
    judged = replace_fields(drafted, record=_keep_known_answers(drafted)) if drafted else base
    known = {id: given for id, given in supposed.answers.items() if id in judged.library.order}
    answers = {**judged.record.answers, **known}
    changed = replace_fields(judged, record=replace_fields(judged.record, answers=answers), as_of=supposed.as_of)
    row = build_system_row(file, changed)
    first = judge_requirements(base.library, base.read_situation())
    steps = list(_list_steps(judged, drafted is not None, bool(known), supposed, row["requirements"]))
    moved = [each for step in _compare_steps(first, steps) for each in step]
    not_asked = [id for id in supposed.answers if id not in known]
    row["changes"] = _build_changes_row(supposed.then, moved, first, row["requirements"], not_asked)
    return row


def _keep_known_answers(judged: JudgedRecord) -> Record:
    """A record without the answers to what a draft no longer asks."""
    known = {id: given for id, given in judged.record.answers.items() if id in judged.library.order}
    return replace_fields(judged.record, answers=known)


def _list_steps(
    judged: JudgedRecord, is_drafted: bool, is_answered: bool, supposed: Supposed, last: list[RequirementRow]
) -> Iterator[Step]:
    """Where the requirements stand after each step; only one thing differs between neighbours."""
    later = supposed.as_of != supposed.then
    if is_drafted:
        rests = not (later or is_answered)
        yield MovedBy.LAW, last if rests else judge_requirements(judged.library, judged.read_situation())
    if later:
        moved = replace_fields(judged, as_of=supposed.as_of)
        yield MovedBy.CALENDAR, judge_requirements(moved.library, moved.read_situation()) if is_answered else last
    if is_answered:
        yield MovedBy.ANSWERS, last


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


def build_row_since(file: str, judged: JudgedRecord, earlier: EarlierState | None) -> SystemRow:
    """The row of a system with what is different since an earlier record; without one it is new."""
    row = build_system_row(file, judged)
    if earlier is None:
        row["changes"] = {**_build_changes_row(judged.as_of, [], [], [], []), "is_new": True}
        return row
    since = find_changes_since(earlier, judged.record, judged.library, judged.as_of)
    values = {id: given for id, given in since.update.record.answers.items() if id in judged.library.order}
    situation = Situation(read_answer_values(values, judged.library), since.then)
    before = judge_requirements(judged.library, situation)
    row["changes"] = _build_changes_row(
        since.then, list(_list_moved_since(since, judged.library)), before, row["requirements"], []
    )
    return row


def _list_moved_since(since: ChangesSince, library: Library) -> Iterator[MovedRequirementRow]:
    parts = ((MovedBy.LAW, since.law), (MovedBy.CALENDAR, since.clock), (MovedBy.ANSWERS, since.you))
    for moved_by, moved in parts:
        yield from (_build_moved_requirement(each, moved_by, library) for each in moved)


def _build_moved_requirement(moved: MovedFinding, moved_by: MovedBy, library: Library) -> MovedRequirementRow:
    law = library.find_law(moved.after.requirement.id)
    before, now = build_requirement_row(moved.before, law), build_requirement_row(moved.after, law)
    return {
        "id": now["id"],
        "law": law,
        "force": now["force"],
        "moved_by": moved_by,
        "before": _build_verdict_row(before),
        "now": _build_verdict_row(now),
        "answers": list(moved.answers),
    }
