"""The laws of three-valued truth, and what an explanation promises."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.answer_strategies import as_of_days, conditions, full_answers
from tenken.files.frozen_classes import list_field_values
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.deciding_facts import list_deciding_facts
from tenken.rules.logic import (
    All,
    AnyOf,
    Before,
    Condition,
    Is,
    Not,
    Only,
    OnOrAfter,
    Situation,
    Term,
    Truth,
    evaluate,
    list_atoms,
    list_parts,
    list_terms,
)

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
MAY, AUGUST = date(2026, 5, 1), date(2026, 8, 2)


def holds(condition: Condition, as_of: date = AUGUST, **answers: AnswerValue) -> Truth:
    return evaluate(condition, Situation(answers, as_of))


@given(conditions, full_answers, full_answers, as_of_days, as_of_days)
def test_a_verdict_that_was_kept_is_of_the_same_situation(
    condition: Condition, answers: Mapping[str, AnswerValue], others: Mapping[str, AnswerValue], day: date, later: date
) -> None:
    situations = [Situation(said, when) for said in (answers, others) for when in (day, later)]
    for situation in (*situations, *reversed(situations)):
        assert evaluate(condition, situation) is evaluate(deepcopy(condition), situation)
    assert "_kept_verdict" not in dict(list_field_values(condition))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (("a",), YES),
        (("b",), NO),
        (("a", "b"), YES),
        (("b", "unsure"), UNKNOWN),
        (("unsure",), UNKNOWN),
        (("none",), NO),
        (AUGUST, NO),
    ],
)
def test_a_choice_is_taken_not_taken_or_unknown(answer: AnswerValue, expected: Truth) -> None:
    assert holds(Is("q", frozenset({"a"})), q=answer) is expected


def test_something_taken_rules_out_none_even_if_the_rest_is_unsure() -> None:
    assert holds(Is("q", frozenset({"none"})), q=("a", "unsure")) is NO
    assert holds(Is("q", frozenset({"none"})), q=("unsure",)) is UNKNOWN


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (("a",), YES),
        (("a", "b"), YES),
        (("a", "c"), NO),
        (("a", "unsure"), UNKNOWN),
        (("c", "unsure"), NO),
        (("none",), NO),
        (AUGUST, NO),
    ],
)
def test_only_holds_if_nothing_else_is_taken(answer: AnswerValue, expected: Truth) -> None:
    assert holds(Only("q", frozenset({"a", "b"})), q=answer) is expected


@pytest.mark.parametrize(
    ("answer", "before", "after"),
    [
        (date(2026, 8, 1), YES, NO),
        (AUGUST, NO, YES),
        (("never",), NO, NO),
        (("unsure",), UNKNOWN, UNKNOWN),
    ],
)
def test_a_day_lies_before_or_after(answer: AnswerValue, before: Truth, after: Truth) -> None:
    assert holds(Before("q", AUGUST), q=answer) is before
    assert holds(OnOrAfter("q", AUGUST), q=answer) is after


def test_what_has_not_happened_yet_lies_after_today_and_only_that() -> None:
    assert holds(Before("q", AUGUST), as_of=MAY, q=("not_yet",)) is UNKNOWN
    assert holds(Before("q", AUGUST), as_of=AUGUST, q=("not_yet",)) is NO
    assert holds(OnOrAfter("q", AUGUST), as_of=AUGUST, q=("not_yet",)) is YES


def test_what_was_not_asked_is_unknown() -> None:
    assert holds(Is("q", frozenset({"a"}))) is UNKNOWN
    assert holds(Only("q", frozenset({"a"}))) is UNKNOWN
    assert holds(Before("q", AUGUST)) is UNKNOWN


def test_a_term_nobody_has_looked_up_is_unknown_and_names_no_fact() -> None:
    bare = Term("chatbot")
    assert (holds(bare), holds(Not(bare)), holds(AnyOf((bare, All())))) == (UNKNOWN, UNKNOWN, YES)
    assert list(list_deciding_facts(bare, Situation({}, AUGUST))) == list(list_atoms(bare)) == []
    assert holds(Term("chatbot", Is("q", frozenset({"a"}))), q=("b",)) is NO


def test_what_a_condition_is_made_of_is_found_behind_any_not() -> None:
    fact, term = Is("q", frozenset({"a"})), Term("chatbot", Is("r", frozenset({"b"})))
    whole = Not(AnyOf((fact, Not(term))))
    assert list(list_terms(whole)) == [term]
    assert list(list_parts(whole)) == [whole.part, fact, Not(term), term]


@pytest.mark.parametrize("cls", [Is, Only, Before, OnOrAfter, Term])
def test_a_condition_is_the_same_wherever_it_is_written(cls: type) -> None:
    assert cls("q", AUGUST, at=1) == cls("q", AUGUST, at=2)
    assert len({cls("q", AUGUST, at=1), cls("q", AUGUST, at=2)}) == 1
    assert cls("q", AUGUST) != cls("r", AUGUST)


@given(st.lists(conditions, min_size=1, max_size=3), full_answers, as_of_days)
def test_all_is_the_minimum_any_the_maximum_not_the_mirror(
    parts: list[Condition], answers: Mapping[str, AnswerValue], as_of: date
) -> None:
    situation = Situation(answers, as_of)
    each = [evaluate(part, situation) for part in parts]
    assert evaluate(All(tuple(parts)), situation) == min(each)
    assert evaluate(AnyOf(tuple(parts)), situation) == max(each)
    assert evaluate(Not(parts[0]), situation) == 2 - each[0]


@given(conditions, full_answers, st.sets(st.sampled_from(("one", "two", "three", "day"))), as_of_days)
def test_learning_more_never_reverses_a_verdict(
    condition: Condition, answers: Mapping[str, AnswerValue], known: set[str], as_of: date
) -> None:
    some = evaluate(condition, Situation({id: answers[id] for id in known}, as_of))
    assert some is UNKNOWN or some is evaluate(condition, Situation(answers, as_of))


@given(conditions, full_answers, as_of_days)
def test_the_reasons_alone_give_the_same_verdict(
    condition: Condition, answers: Mapping[str, AnswerValue], as_of: date
) -> None:
    verdict = evaluate(condition, Situation(answers, as_of))
    named = {atom.question for atom in list_deciding_facts(condition, Situation(answers, as_of))}
    alone = Situation({id: answers[id] for id in named}, as_of)
    assert verdict is UNKNOWN or evaluate(condition, alone) is verdict


@given(conditions, full_answers, as_of_days)
def test_the_reasons_are_facts_of_the_condition(
    condition: Condition, answers: Mapping[str, AnswerValue], as_of: date
) -> None:
    assert set(list_deciding_facts(condition, Situation(answers, as_of))) <= set(list_atoms(condition))
