"""Three-valued truth, the conditions a checklist is written in, and the answers that decide them.

A condition never guesses: what was not answered, or answered "not sure", is UNKNOWN, and UNKNOWN travels through
``all``, ``any`` and ``not`` after Kleene (minimum, maximum, mirror) until an answer settles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum

from tenken.files.frozen_classes import Frozen, field

UNSURE = "unsure"
NONE = "none"
NOT_YET = "not_yet"
NEVER = "never"

AnswerValue = tuple[str, ...] | date
"""What was answered: the choices taken (one or several, `unsure` among them) or a day."""


class Truth(IntEnum):
    NO = 0
    UNKNOWN = 1
    YES = 2

    def __invert__(self) -> Truth:
        return _INVERTED_TRUTHS[self]


_NO, _UNKNOWN, _YES = Truth
_INVERTED_TRUTHS = (_YES, _UNKNOWN, _NO)


_KEPT_VERDICT = "kept verdict"


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

    def evaluate(self, situation: Situation) -> Truth:
        value = situation.answers.get(self.question)
        if value is None:
            return _UNKNOWN
        if isinstance(value, date):
            return _NO
        if not self.values.isdisjoint(value):
            return _YES
        if UNSURE not in value or (len(value) > 1 and self.values == {NONE}):
            return _NO
        return _UNKNOWN


class Only(Frozen):
    """Every choice taken is one of `values`."""

    question: str
    values: frozenset[str]
    at: object = field(default=None, compare=False)

    def evaluate(self, situation: Situation) -> Truth:
        value = situation.answers.get(self.question)
        if value is None:
            return _UNKNOWN
        if isinstance(value, date) or any(choice not in self.values and choice != UNSURE for choice in value):
            return _NO
        return _UNKNOWN if UNSURE in value else _YES


class OnOrAfter(Frozen):
    """The day answered is `day` or later."""

    question: str
    day: date
    at: object = field(default=None, compare=False)

    def evaluate(self, situation: Situation) -> Truth:
        """A day that has not come yet lies after the as-of date: on or after `day` for certain only if that is past."""
        value = situation.answers.get(self.question)
        if value is None:
            return _UNKNOWN
        if isinstance(value, date):
            return _YES if value >= self.day else _NO
        if NOT_YET in value:
            return _YES if self.day <= situation.as_of else _UNKNOWN
        return _NO if NEVER in value else _UNKNOWN


class Before(Frozen):
    """The day answered lies before `day`."""

    question: str
    day: date
    at: object = field(default=None, compare=False)

    def evaluate(self, situation: Situation) -> Truth:
        """`never` is neither before a day nor after it."""
        if situation.answers.get(self.question) == (NEVER,):
            return _NO
        return ~OnOrAfter(self.question, self.day).evaluate(situation)


class _Compound(Frozen):
    """A condition made of others; what it came to last is kept, as an assessment asks the same again and again."""

    def evaluate(self, situation: Situation) -> Truth:
        kept: tuple[Situation, Truth] | None = self.__dict__.get(_KEPT_VERDICT)
        if kept is not None and kept[0] is situation:
            return kept[1]
        verdict = self._combine_parts(situation)
        self.__dict__[_KEPT_VERDICT] = (situation, verdict)
        return verdict

    def _combine_parts(self, situation: Situation) -> Truth:
        raise NotImplementedError


class All(_Compound):
    """Every part holds; of none, always."""

    parts: tuple[Condition, ...] = ()

    def _combine_parts(self, situation: Situation) -> Truth:
        lowest = _YES
        for part in self.parts:
            verdict = part.evaluate(situation)
            if verdict is _NO:
                return verdict
            if verdict is _UNKNOWN:
                lowest = verdict
        return lowest


class AnyOf(_Compound):
    """At least one part holds."""

    parts: tuple[Condition, ...] = ()

    def _combine_parts(self, situation: Situation) -> Truth:
        highest = _NO
        for part in self.parts:
            verdict = part.evaluate(situation)
            if verdict is _YES:
                return verdict
            if verdict is _UNKNOWN:
                highest = verdict
        return highest


class Not(Frozen):
    """The part does not hold."""

    part: Condition

    def evaluate(self, situation: Situation) -> Truth:
        return ~self.part.evaluate(situation)


class Term(_Compound):
    """A condition the law itself defines, under the name it is known by."""

    id: str
    when: Condition | None = None
    at: object = field(default=None, compare=False)

    def _combine_parts(self, situation: Situation) -> Truth:
        return _UNKNOWN if self.when is None else self.when.evaluate(situation)


Atom = Is | Only | Before | OnOrAfter
Condition = Atom | All | AnyOf | Not | Term

ALWAYS = All()


def evaluate(condition: Condition, situation: Situation) -> Truth:
    """Whether a condition holds, as far as the answers tell."""
    return condition.evaluate(situation)


def list_deciding_facts(condition: Condition, situation: Situation) -> Sequence[Atom]:
    """The facts that decide a condition or, while it is unknown, the facts that leave it open.

    One part that decides alone (a NO in `all`, a YES in `any`) is enough; the first is taken.
    """
    match condition:
        case All(parts):
            return _list_facts_deciding_parts(parts, _NO, situation)
        case AnyOf(parts):
            return _list_facts_deciding_parts(parts, _YES, situation)
        case Not(part):
            return list_deciding_facts(part, situation)
        case Term(when=when):
            return () if when is None else list_deciding_facts(when, situation)
        case _:
            return (condition,)


def _list_facts_deciding_parts(parts: tuple[Condition, ...], alone: Truth, situation: Situation) -> Sequence[Atom]:
    """What decides several parts of which one that is `alone` would be enough."""
    open_parts = []
    for part in parts:
        verdict = part.evaluate(situation)
        if verdict is alone:
            return list_deciding_facts(part, situation)
        if verdict is _UNKNOWN:
            open_parts.append(part)
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
