"""Many situations that are judged at once come to what each comes to alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.answer_strategies import as_of_days, conditions, everything, full_answers
from support.paths import SMALL
from support.random_answers import draw_answers, draw_day
from tenken.assessment.findings import Finding, assess_all
from tenken.assessment.judgement import JudgedRequirement, JudgedSituations, group_settling_questions, judge_requirement
from tenken.assessment.requirement_rows import list_requirement_rows, render_possible_row_day
from tenken.assessment.system_row_types import Applies, RequirementRow
from tenken.assessment.wording import Wording
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.deciding_facts import group_deciding_facts, list_deciding_facts
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library, read_library
from tenken.rules.logic import Condition, Situation, Situations, Split, evaluate, split_situations

SMALL_LIBRARY = read_library([SMALL])
SHIPPED = load_library(list_shipped_checklists())
Item = TypeVar("Item")
Told = dict[str, object]


def tell(split: Split, place: int) -> tuple[bool, bool]:
    """Whether it holds there, and whether it does not."""
    yes, no = split
    return bool(yes >> place & 1), bool(no >> place & 1)


def pick(groups: Iterable[tuple[int, Item]], place: int) -> Item:
    (found,) = [item for mask, item in groups if mask >> place & 1]
    return found


@given(conditions, st.lists(full_answers, min_size=1, max_size=5), as_of_days, st.data())
def test_a_condition_holds_among_many_where_it_holds_alone_and_the_same_answers_decide(
    condition: Condition, answers: list[dict[str, AnswerValue]], as_of: date, data: st.DataObject
) -> None:
    asked = [{id: each[id] for id in data.draw(st.sets(st.sampled_from(sorted(each))))} for each in answers]
    many = Situations(asked, as_of)
    yes, no = split_situations(condition, many)
    assert not yes & no
    groups = list(group_deciding_facts(condition, many, many.everyone))
    for place, each in enumerate(asked):
        alone = Situation(each, as_of)
        assert evaluate(condition, alone) == 1 + (yes >> place & 1) - (no >> place & 1)
        assert pick(groups, place) == list_deciding_facts(condition, alone)


def told(judged: JudgedRequirement, library: Library, situations: JudgedSituations, place: int) -> Told:
    return {
        "applies": tell(judged.applies, place),
        "checks": [(tell(split.concerns, place), tell(split.outstanding, place)) for split in judged.checks],
        "status": pick(judged.statuses, place),
        "dating": pick(judged.datings, place),
        "settled_by": pick(group_settling_questions(judged, library, situations), place),
    }


@settings(deadline=None)
@given(st.lists(everything(SMALL_LIBRARY), min_size=1, max_size=6), as_of_days, st.data())
def test_a_requirement_is_judged_among_many_as_alone(
    answers: list[dict[str, AnswerValue]], as_of: date, data: st.DataObject
) -> None:
    ids = st.sets(st.sampled_from(sorted(SMALL_LIBRARY.order)))
    asked = [{id: each[id] for id in each.keys() - data.draw(ids)} for each in answers]
    many = Situations(asked, as_of)
    for requirement in SMALL_LIBRARY.requirements.values():
        judged = judge_requirement(requirement, many)
        for place, each in enumerate(asked):
            alone = Situation(each, as_of)
            judged_alone = judge_requirement(requirement, alone)
            assert told(judged, SMALL_LIBRARY, many, place) == told(judged_alone, SMALL_LIBRARY, alone, 0)


def build_row(finding: Finding, law: str) -> RequirementRow:
    """What a row says, read from a finding."""
    requirement = finding.requirement
    assert requirement.force is not None
    return {
        "id": requirement.id,
        "checklist": requirement.checklist,
        "law": law,
        "force": requirement.force,
        "applies": Applies[finding.applies.name],
        "status": finding.status,
        "set_aside": finding.set_aside,
        "standing": Wording.find_standing(finding),
        "timing": finding.timing,
        "since": render_possible_row_day(finding.since),
        "since_latest": render_possible_row_day(finding.since_latest),
        "until": render_possible_row_day(requirement.last_day),
        "reasons": list(dict.fromkeys(reason.question for reason in finding.reasons)),
        "missing": [measure.check.id for measure in finding.outstanding],
        "house_missing": [measure.check.id for measure in finding.house_open],
        "house_unknown": [measure.check.id for measure in finding.house_unknown],
        "settled_by": list(finding.settled_by),
    }


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1, 20))])
def test_the_rows_of_many_systems_say_what_the_finding_of_each_says(seed: int) -> None:
    random = Random(seed)
    asked, as_of = [draw_answers(SHIPPED, random) for _ in range(20)], draw_day(random)
    many = Situations(asked, as_of)
    columns = [list_requirement_rows(each, SHIPPED, many) for each in SHIPPED.requirements.values()]
    for place, each in enumerate(asked):
        findings = assess_all(SHIPPED, Situation(each, as_of)).findings
        expected = [build_row(item, SHIPPED.find_law(item.requirement.id)) for item in findings]
        assert [rows[place] for rows in columns] == expected
