"""Where one requirement stands in many situations at once: a row for each; those in which all is the same share one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

from tenken.assessment.judgement import JudgedRequirement, group_settling_questions, judge_requirement
from tenken.assessment.status import name_standing
from tenken.assessment.system_row_types import Applies, Day, RequirementRow
from tenken.assessment.wording import SOFT_FORCES
from tenken.rules.answer_kinds import list_chosen_words
from tenken.rules.deciding_facts import Groups, group_deciding_facts
from tenken.rules.library import Library
from tenken.rules.logic import Situations, Truth, split_situations
from tenken.rules.requirement import MET, PARTLY, Basis, Requirement

RowPart = Mapping[str, Any]
"""Some keys of a row."""


def list_requirement_rows(requirement: Requirement, library: Library, situations: Situations) -> list[RequirementRow]:
    """The row of each situation, in their order."""
    judged = judge_requirement(requirement, situations)
    head = _build_row_head(requirement, library)
    parts: list[RowPart] = []
    columns = [
        _spread_parts(groups, parts, situations)
        for groups in (
            _group_standings(judged, situations),
            _group_days(judged),
            _group_reasons(requirement, situations),
            _group_checks(judged, situations),
            ((mask, {"settled_by": list(ids)}) for mask, ids in group_settling_questions(judged, library, situations)),
        )
    ]
    made: dict[tuple[int, ...], Any] = {}
    rows = []
    for key in zip(*columns, strict=True):
        if key not in made:
            made[key] = reduce(or_, map(parts.__getitem__, key), head)
        rows.append(made[key])
    return rows


def _build_row_head(requirement: Requirement, library: Library) -> dict[str, Any]:
    """The keys of a row in their order, with what is the same in every situation."""
    head = dict.fromkeys(RequirementRow.__annotations__)
    return head | {
        "id": requirement.id,
        "checklist": requirement.checklist,
        "law": library.find_law(requirement.id),
        "force": requirement.force,
        "until": render_possible_row_day(requirement.last_day),
    }


def _spread_parts(groups: Groups[RowPart], parts: list[RowPart], situations: Situations) -> list[int]:
    """For each situation the number of the part that is its own; equal parts are one."""
    numbers: dict[str, int] = {}
    column = [0] * situations.everyone.bit_length()
    for mask, part in groups:
        number = numbers.setdefault(repr(part), len(parts))
        if number == len(parts):
            parts.append(part)
        for place in list_places(mask):
            column[place] = number
    return column


def list_places(mask: int) -> Iterator[int]:
    """The situations of a mask by their places."""
    digits = bin(mask)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def _group_standings(judged: JudgedRequirement, situations: Situations) -> Iterator[tuple[int, RowPart]]:
    yes, no = judged.applies
    everyone = situations.everyone
    known = ((yes, Truth.YES), (no, Truth.NO), (everyone & ~(yes | no), Truth.UNKNOWN))
    claimed = _find_claimed(judged.requirement, situations)
    soft = _find_begun(judged, situations) if judged.requirement.force in SOFT_FORCES else 0
    finer = product(((claimed, True), (everyone & ~claimed, False)), ((soft, True), (everyone & ~soft, False)))
    parts = product(judged.statuses, known, finer)
    for (among, (status, set_aside)), (others, applies), ((claims, is_claimed), (begun, is_begun)) in parts:
        if mask := among & others & claims & begun:
            standing = name_standing(
                status, applies, set_aside=set_aside, is_claimed=is_claimed, is_begun_and_soft=is_begun
            )
            told = {"applies": Applies[applies.name], "status": status, "set_aside": set_aside, "standing": standing}
            yield mask, told


def _find_claimed(requirement: Requirement, situations: Situations) -> int:
    """Where it rests on exceptions of which none is shown as official guidance wants it."""
    relied = shown = 0
    for exception in requirement.exceptions.values():
        holds, _ = split_situations(exception.when, situations)
        relied |= holds
        shown |= holds & split_situations(exception.shown_when, situations)[0]
    _, unconcerned = split_situations(requirement.concern_condition, situations)
    return relied & ~(shown | unconcerned)


def _find_begun(judged: JudgedRequirement, situations: Situations) -> int:
    """Where a measure of the text is in place, or partly."""
    return reduce(
        or_,
        (
            mask
            for split in judged.checks
            if split.check.basis is Basis.TEXT
            for value, mask in situations.list_values(split.check.id)
            if next(iter(list_chosen_words(value)), "") in (MET, PARTLY)
        ),
        0,
    )


def _group_days(judged: JudgedRequirement) -> Iterator[tuple[int, RowPart]]:
    _, never = judged.applies
    if never:
        yield never, {"timing": None, "since": None, "since_latest": None}
    for mask, dating in judged.datings:
        if possible := mask & ~never:
            since, latest = render_possible_row_day(dating.since), render_possible_row_day(dating.since_latest)
            yield possible, {"timing": dating.timing, "since": since, "since_latest": latest}


def _group_reasons(requirement: Requirement, situations: Situations) -> Iterator[tuple[int, RowPart]]:
    if requirement.has_ended(situations.as_of):
        yield situations.everyone, {"reasons": []}
        return
    for mask, facts in group_deciding_facts(requirement.application_condition, situations, situations.everyone):
        yield mask, {"reasons": list(dict.fromkeys(fact.question for fact in facts))}


def _group_checks(judged: JudgedRequirement, situations: Situations) -> Iterator[tuple[int, RowPart]]:
    groups: list[tuple[int, dict[str, list[str]]]] = [
        (situations.everyone, {"missing": [], "house_missing": [], "house_unknown": []})
    ]
    for split in judged.checks:
        yes, no = split.outstanding
        unknown = situations.everyone & ~(yes | no)
        for wanted, key in _CHECK_KEYS.get(split.check.basis, ()):
            groups = list(_name_check(groups, yes if wanted else unknown, key, split.check.id))
    return iter(groups)


_CHECK_KEYS: Mapping[Basis, Iterable[tuple[bool, str]]] = {
    Basis.TEXT: ((True, "missing"),),
    Basis.HOUSE: ((True, "house_missing"), (False, "house_unknown")),
}
"""Under which key a check is named that is outstanding, and under which one that may be."""


def _name_check(
    groups: Iterable[tuple[int, dict[str, list[str]]]], among: int, key: str, id: str
) -> Iterator[tuple[int, dict[str, list[str]]]]:
    for mask, named in groups:
        if within := mask & among:
            yield within, {**named, key: [*named[key], id]}
        if beyond := mask & ~among:
            yield beyond, named


def render_possible_row_day(day: date | None) -> Day | None:
    return Day(day.isoformat()) if day else None
