"""Three-valued truth, the conditions a checklist is written in, and the answers that decide them.

A condition never guesses: what was not answered, or answered "not sure", is UNKNOWN, and UNKNOWN travels through
``all``, ``any`` and ``not`` after Kleene (minimum, maximum, mirror) until an answer settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from functools import cached_property, reduce
from operator import or_
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


Split = tuple[int, int]
"""Of situations that are judged at once, those in which something holds and those in which it does not, a bit each."""


class Situation(Frozen):
    """The answers given so far and the day they are judged on."""

    everyone = 1
    answers: Mapping[str, AnswerValue]
    as_of: date

    def with_answer(self, question: str, value: AnswerValue) -> Situation:
        """The same situation with one answer changed: a what-if."""
        return Situation({**self.answers, question: value}, self.as_of)

    @cached_property
    def worked_out(self) -> dict[Any, Any]:
        """What was found of it on the way, by what it was found for."""
        return {}

    def list_values(self, question: str) -> Iterable[tuple[AnswerValue | None, int]]:
        """What was answered, as `Situations` tells it."""
        return ((self.answers.get(question), 1),)


class Situations:
    """Many situations of one day that are judged at once: each is a bit, the first the lowest."""

    def __init__(self, answers: Iterable[Mapping[str, AnswerValue]], as_of: date) -> None:
        self.as_of = as_of
        self.worked_out: dict[Any, Any] = {}
        self.values: dict[str, dict[AnswerValue | None, int]] = {}
        bit = 1
        for given in answers:
            for question, value in given.items():
                known = self.values.setdefault(question, {})
                known[value] = known.get(value, 0) | bit
            bit <<= 1
        self.everyone = bit - 1

    def list_values(self, question: str) -> Iterable[tuple[AnswerValue | None, int]]:
        """Each answer to a question, None where there is none, with the situations in which it was given."""
        known = self.values.setdefault(question, {})
        if None not in known:
            known[None] = self.everyone ^ reduce(or_, known.values(), 0)
        return known.items()


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
    yes, no = _SPLITTERS[type(condition)](condition, situation)
    return _TRUTHS[1 + yes - no]


def build_truth(split: Split) -> Truth:
    """What a split says of the one situation there is."""
    yes, no = split
    return _TRUTHS[1 + yes - no]


_TRUTHS = tuple(Truth)
_SINGLE_SPLITS: Sequence[Split] = ((0, 1), (0, 0), (1, 0))
"""What the truth of a single situation is as a split."""


def split_situations(condition: Condition, situations: Situation | Situations) -> Split:
    """In which situations a condition holds, and in which it does not; in the others the answers do not tell."""
    return _SPLITTERS[type(condition)](condition, situations)


def _split_all(condition: All, situations: Situation | Situations) -> Split:
    yes, no, everyone = situations.everyone, 0, situations.everyone
    for part in condition.parts:  # looked up as `evaluate` does: its calls alone are two million instructions a check
        holds, fails = _SPLITTERS[type(part)](part, situations)
        yes &= holds
        no |= fails
        if no == everyone:
            break
    return yes, no


def _split_any_of(condition: AnyOf, situations: Situation | Situations) -> Split:
    yes, no, everyone = 0, situations.everyone, situations.everyone
    for part in condition.parts:
        holds, fails = _SPLITTERS[type(part)](part, situations)
        yes |= holds
        no &= fails
        if yes == everyone:
            break
    return yes, no


def _split_not(condition: Not, situations: Situation | Situations) -> Split:
    yes, no = _SPLITTERS[type(condition.part)](condition.part, situations)
    return no, yes


def _split_term(condition: Term, situations: Situation | Situations) -> Split:
    return (0, 0) if condition.when is None else split_situations(condition.when, situations)


def _split_fact(fact: Atom, situations: Situation | Situations) -> Split:
    judge = _FACT_JUDGES[type(fact)]
    if type(situations) is Situation:  # which most are, and who asks of one asks most often
        return _SINGLE_SPLITS[judge(fact, situations.answers.get(fact.question), situations.as_of)]
    return _keep_split(_split_fact_among_many)(fact, situations)


def _split_fact_among_many(fact: Atom, situations: Situations) -> Split:
    masks = [0, 0, 0]
    judge = _FACT_JUDGES[type(fact)]
    known = fact.__dict__.setdefault(_KEPT_VERDICTS, {}) if type(fact) in _TIMELESS_FACTS else {}
    for value, mask in situations.list_values(fact.question):
        verdict = known.get(value)
        if verdict is None:
            verdict = known[value] = judge(fact, value, situations.as_of)
        masks[verdict] |= mask
    return masks[Truth.YES], masks[Truth.NO]


def _judge_is(fact: Is, value: AnswerValue | None, _as_of: date) -> Truth:
    return evaluate_choice(value, fact.values)


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


def _judge_only(fact: Only, value: AnswerValue | None, _as_of: date) -> Truth:
    if value is None:
        return Truth.UNKNOWN
    words = list_chosen_words(value)
    if not words or any(word not in fact.values and word != UNSURE for word in words):
        return Truth.NO
    if isinstance(value, DoubtfulChoices) and len(words) > 1 and value.doubted <= fact.values:
        return Truth.YES
    return Truth.UNKNOWN if UNSURE in words else Truth.YES


def _judge_on_or_after(fact: OnOrAfter, value: AnswerValue | None, as_of: date) -> Truth:
    days = find_possible_days(value, as_of)
    return Truth.NO if days is None else _compare_days(days, fact.day)


def _judge_before(fact: Before, value: AnswerValue | None, as_of: date) -> Truth:
    """What never comes is neither before a day nor after it."""
    days = find_possible_days(value, as_of)
    return Truth.NO if days is None else ~_compare_days(days, fact.day)


_FACT_JUDGES: Mapping[type, Callable[[Any, AnswerValue | None, date], Truth]] = {
    Is: _judge_is,
    Only: _judge_only,
    OnOrAfter: _judge_on_or_after,
    Before: _judge_before,
}


def _compare_days(days: DaySpan, day: date) -> Truth:
    """Whether something that lies between two days lies on a day or after it."""
    earliest, latest = days
    if earliest is not None and earliest >= day:
        return Truth.YES
    return Truth.NO if latest is not None and latest < day else Truth.UNKNOWN


def _keep_split(work: Callable[[Any, Any], Split]) -> Callable[[Any, Any], Split]:
    """The same work, done once for a condition and its situations: an assessment asks the same again and again."""

    def look_up(condition: Condition, situations: Situation | Situations) -> Split:
        kept: tuple[object, Split] | None = condition.__dict__.get(_KEPT_SPLIT)
        if kept is not None and kept[0] is situations:
            return kept[1]
        split = work(condition, situations)
        condition.__dict__[_KEPT_SPLIT] = (situations, split)
        return split

    return look_up


_KEPT_SPLIT, _KEPT_VERDICTS = "_kept_split", "_kept_verdicts"
_TIMELESS_FACTS = (Is, Only)
"""Those an answer decides on any day, so that what it decided can be kept."""
_SPLITTERS: Mapping[type, Callable[[Any, Any], Split]] = {
    All: _keep_split(_split_all),
    AnyOf: _keep_split(_split_any_of),
    Not: _split_not,
    Term: _keep_split(_split_term),
    **dict.fromkeys(_FACT_JUDGES, _split_fact),
}


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
