"""Three-valued truth, the conditions a checklist is written in, and the answers that decide them.

A condition never guesses: what was not answered, or answered "not sure", is UNKNOWN, and UNKNOWN travels through
``all``, ``any`` and ``not`` after Kleene (minimum, maximum, mirror) until an answer settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import Any

from tenken.files.frozen_classes import Frozen, field
from tenken.rules.answer_kinds import (
    ANY_DAY,
    NONE,
    UNSURE,
    AnswerValue,
    DaySpan,
    DoubtfulChoices,
    find_possible_days,
    is_day,
    list_chosen_words,
)


class Truth(IntEnum):
    NO = 0
    UNKNOWN = 1
    YES = 2

    # Otherwise `~` would be that of a number, and ~YES would be -3.
    def __invert__(self) -> Truth:
        return _INVERTED_TRUTHS[self]


_INVERTED_TRUTHS = (Truth.YES, Truth.UNKNOWN, Truth.NO)


class Situation(Frozen):
    """The answers given so far and the day they are judged on."""

    answers: Mapping[str, AnswerValue]
    as_of: date

    def with_answer(self, question: str, value: AnswerValue) -> Situation:
        """The same situation with one answer changed: a what-if."""
        return Situation({**self.answers, question: value}, self.as_of)


class Is(Frozen):
    """One of `values` is among the choices taken."""

    question: str
    values: frozenset[str]
    at: object = field(default=None, compare=False)


class Only(Frozen):
    """Every choice taken is one of `values`."""

    question: str
    values: frozenset[str]
    at: object = field(default=None, compare=False)


class Before(Frozen):
    """The day answered lies before `day`."""

    question: str
    day: date
    at: object = field(default=None, compare=False)


class OnOrAfter(Frozen):
    """The day answered is `day` or later."""

    question: str
    day: date
    at: object = field(default=None, compare=False)


class All(Frozen):
    """Every part holds; of none, always."""

    parts: tuple[Condition, ...] = ()


class AnyOf(Frozen):
    """At least one part holds."""

    parts: tuple[Condition, ...] = ()


class Not(Frozen):
    """The part does not hold."""

    part: Condition


class Term(Frozen):
    """A condition the law itself defines, under the name it is known by."""

    id: str
    when: Condition | None = None
    at: object = field(default=None, compare=False)


Atom = Is | Only | Before | OnOrAfter
Condition = Atom | All | AnyOf | Not | Term

ALWAYS = All()


def evaluate(condition: Condition, situation: Situation) -> Truth:
    """Whether a condition holds, as far as the answers tell."""
    return _EVALUATORS[type(condition)](condition, situation)


def _evaluate_all(condition: All, situation: Situation) -> Truth:
    lowest = Truth.YES
    for part in condition.parts:  # looked up as `evaluate` does: its calls alone are two million instructions a check
        verdict = _EVALUATORS[type(part)](part, situation)
        if verdict is Truth.NO:
            return verdict
        if verdict is Truth.UNKNOWN:
            lowest = verdict
    return lowest


def _evaluate_any_of(condition: AnyOf, situation: Situation) -> Truth:
    highest = Truth.NO
    for part in condition.parts:
        verdict = _EVALUATORS[type(part)](part, situation)
        if verdict is Truth.YES:
            return verdict
        if verdict is Truth.UNKNOWN:
            highest = verdict
    return highest


def _evaluate_not(condition: Not, situation: Situation) -> Truth:
    return ~evaluate(condition.part, situation)


def _evaluate_term(condition: Term, situation: Situation) -> Truth:
    return Truth.UNKNOWN if condition.when is None else evaluate(condition.when, situation)


def _evaluate_is(fact: Is, situation: Situation) -> Truth:
    return evaluate_choice(situation.answers.get(fact.question), fact.values)


def evaluate_choice(value: AnswerValue | None, wanted: frozenset[str]) -> Truth:
    """Whether one of the words wanted is among the choices taken."""
    if value is None:
        return Truth.UNKNOWN
    if ANY_DAY in wanted and is_day(value):
        return Truth.YES
    # A question for a day can be asked whether it was never; then any day says no.
    words = list_chosen_words(value)
    if not wanted.isdisjoint(words):
        return Truth.YES
    # Who takes something and is unsure of the rest has certainly not taken "none of these".
    if UNSURE not in words or (len(words) > 1 and wanted == {NONE}):
        return Truth.NO
    if isinstance(value, DoubtfulChoices) and wanted.isdisjoint(value.doubted):
        return Truth.NO if len(words) > 1 or NONE not in wanted else Truth.UNKNOWN
    return Truth.UNKNOWN


def _evaluate_only(fact: Only, situation: Situation) -> Truth:
    value = situation.answers.get(fact.question)
    if value is None:
        return Truth.UNKNOWN
    words = list_chosen_words(value)
    if not words or any(word not in fact.values and word != UNSURE for word in words):
        return Truth.NO
    if isinstance(value, DoubtfulChoices) and len(words) > 1 and value.doubted <= fact.values:
        return Truth.YES
    return Truth.UNKNOWN if UNSURE in words else Truth.YES


def _evaluate_on_or_after(fact: OnOrAfter, situation: Situation) -> Truth:
    days = find_possible_days(situation.answers.get(fact.question), situation.as_of)
    return Truth.NO if days is None else _compare_days(days, fact.day)


def _evaluate_before(fact: Before, situation: Situation) -> Truth:
    """What never comes is neither before a day nor after it."""
    days = find_possible_days(situation.answers.get(fact.question), situation.as_of)
    return Truth.NO if days is None else ~_compare_days(days, fact.day)


def _compare_days(days: DaySpan, day: date) -> Truth:
    """Whether something that lies between two days lies on a day or after it."""
    earliest, latest = days
    if earliest is not None and earliest >= day:
        return Truth.YES
    return Truth.NO if latest is not None and latest < day else Truth.UNKNOWN


def _keep_verdict(work: Callable[[Any, Situation], Truth]) -> Callable[[Any, Situation], Truth]:
    """The same work, done once for a condition and a situation: an assessment asks the same again and again."""

    def look_up(condition: All | AnyOf | Term, situation: Situation) -> Truth:
        kept: tuple[Situation, Truth] | None = condition.__dict__.get(_KEPT_VERDICT)
        if kept is not None and kept[0] is situation:
            return kept[1]
        verdict = work(condition, situation)
        condition.__dict__[_KEPT_VERDICT] = (situation, verdict)
        return verdict

    return look_up


_KEPT_VERDICT = "_kept_verdict"
_EVALUATORS: Mapping[type, Callable[[Any, Situation], Truth]] = {
    All: _keep_verdict(_evaluate_all),
    AnyOf: _keep_verdict(_evaluate_any_of),
    Not: _evaluate_not,
    Term: _keep_verdict(_evaluate_term),
    Is: _evaluate_is,
    Only: _evaluate_only,
    OnOrAfter: _evaluate_on_or_after,
    Before: _evaluate_before,
}


def list_deciding_facts(condition: Condition, situation: Situation) -> Sequence[Atom]:
    """The facts that decide a condition or, while it is unknown, the facts that leave it open.

    One part that decides alone (a NO in `all`, a YES in `any`) is enough; the first is taken.
    """
    if isinstance(condition, All):
        return _list_facts_deciding_parts(condition.parts, Truth.NO, situation)
    if isinstance(condition, AnyOf):
        return _list_facts_deciding_parts(condition.parts, Truth.YES, situation)
    if isinstance(condition, Not):
        return list_deciding_facts(condition.part, situation)
    if isinstance(condition, Term):
        return () if condition.when is None else list_deciding_facts(condition.when, situation)
    return (condition,)


def _list_facts_deciding_parts(parts: tuple[Condition, ...], alone: Truth, situation: Situation) -> Sequence[Atom]:
    """What decides several parts of which one that is `alone` would be enough."""
    open_parts = []
    for part in parts:
        verdict = evaluate(part, situation)
        if verdict is alone:
            return list_deciding_facts(part, situation)
        if verdict is Truth.UNKNOWN:
            open_parts.append(part)
    # If nothing is open, the parts decide it together: all of them hold, or none does.
    return [fact for part in open_parts or parts for fact in list_deciding_facts(part, situation)]


def list_atoms(condition: Condition) -> Iterator[Atom]:
    """Every fact a condition mentions, in the order it is written."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from list_atoms(part)
        case Not(part):
            yield from list_atoms(part)
        case Term(when=when):
            if when is not None:
                yield from list_atoms(when)
        case _:
            yield condition


def list_terms(condition: Condition) -> Iterator[Term]:
    """Every term a condition mentions by name, outermost only."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from list_terms(part)
        case Not(part):
            yield from list_terms(part)
        case Term():
            yield condition


def list_parts(condition: Condition) -> Iterator[Condition]:
    """Every condition within a condition, but not what a term means."""
    match condition:
        case All(within) | AnyOf(within):
            for part in within:
                yield part
                yield from list_parts(part)
        case Not(part):
            yield part
            yield from list_parts(part)
