"""Three-valued truth, the conditions a checklist is written in, and the answers that decide them.

A condition never guesses: what was not answered, or answered "not sure", is UNKNOWN, and UNKNOWN travels through
``all``, ``any`` and ``not`` after Kleene (minimum, maximum, mirror) until an answer settles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

UNSURE = "unsure"
NONE = "none"
NOT_YET = "not_yet"
NEVER = "never"

Value = tuple[str, ...] | date
"""What was answered: the choices taken (one or several, `unsure` among them) or a day."""


class Truth(IntEnum):
    NO = 0
    UNKNOWN = 1
    YES = 2

    def __invert__(self) -> Truth:
        return Truth(2 - self)


@dataclass(frozen=True)
class Situation:
    """The answers given so far and the day they are judged on."""

    answers: Mapping[str, Value]
    as_of: date

    def but(self, question: str, value: Value) -> Situation:
        """The same situation with one answer changed: a what-if."""
        return Situation({**self.answers, question: value}, self.as_of)


@dataclass(frozen=True)
class Is:
    """One of `values` is among the choices taken."""

    question: str
    values: frozenset[str]
    at: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Only:
    """Every choice taken is one of `values`."""

    question: str
    values: frozenset[str]
    at: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Before:
    """The day answered lies before `day`."""

    question: str
    day: date
    at: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class From:
    """The day answered is `day` or later."""

    question: str
    day: date
    at: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Not:
    part: Condition


@dataclass(frozen=True)
class Term:
    """A condition the law itself defines, under the name it is known by."""

    id: str
    when: Condition | None = None
    at: object = field(default=None, compare=False, repr=False)


Atom = Is | Only | Before | From
Condition = Atom | All | AnyOf | Not | Term

ALWAYS = All()


def truth(condition: Condition, situation: Situation) -> Truth:
    """Whether a condition holds, as far as the answers tell."""
    match condition:
        case All(parts):
            return _least(parts, situation)
        case AnyOf(parts):
            return ~_least(tuple(Not(part) for part in parts), situation)
        case Not(part):
            return ~truth(part, situation)
        case Term(when=when):
            return Truth.UNKNOWN if when is None else truth(when, situation)
        case _:
            return _fact(condition, situation)


def _least(parts: tuple[Condition, ...], situation: Situation) -> Truth:
    lowest = Truth.YES
    for part in parts:
        lowest = min(lowest, truth(part, situation))
        if lowest is Truth.NO:
            break
    return lowest


def _fact(atom: Atom, situation: Situation) -> Truth:
    value = situation.answers.get(atom.question)
    if value is None:
        return Truth.UNKNOWN
    match atom:
        case Is(values=values):
            return _is(value, values)
        case Only(values=values):
            return _only(value, values)
        case From(day=day):
            return _from(value, day, situation.as_of)
        case Before(day=day):
            return _before(value, day, situation.as_of)


def _is(value: Value, wanted: frozenset[str]) -> Truth:
    if isinstance(value, date):
        return Truth.NO
    if wanted.intersection(value):
        return Truth.YES
    if UNSURE not in value or (len(value) > 1 and wanted == {NONE}):
        return Truth.NO
    return Truth.UNKNOWN


def _only(value: Value, wanted: frozenset[str]) -> Truth:
    if isinstance(value, date) or any(choice not in wanted and choice != UNSURE for choice in value):
        return Truth.NO
    return Truth.UNKNOWN if UNSURE in value else Truth.YES


def _from(value: Value, day: date, as_of: date) -> Truth:
    """A day that has not come yet lies after the as-of date: on or after `day` for certain only if that is past."""
    if isinstance(value, date):
        return Truth.YES if value >= day else Truth.NO
    if NOT_YET in value:
        return Truth.YES if day <= as_of else Truth.UNKNOWN
    return Truth.NO if NEVER in value else Truth.UNKNOWN


def _before(value: Value, day: date, as_of: date) -> Truth:
    """`never` is neither before a day nor after it."""
    if not isinstance(value, date) and NEVER in value:
        return Truth.NO
    return ~_from(value, day, as_of)


def because(condition: Condition, situation: Situation) -> Iterator[Atom]:
    """The facts that decide a condition or, while it is unknown, the facts that leave it open.

    One part that decides alone (a NO in `all`, a YES in `any`) is enough; the first is taken.
    """
    verdict = truth(condition, situation)
    match condition:
        case All(parts) | AnyOf(parts):
            alike = [part for part in parts if truth(part, situation) is verdict]
            alone = Truth.NO if isinstance(condition, All) else Truth.YES
            for part in alike[:1] if verdict is alone else alike:
                yield from because(part, situation)
        case Not(part):
            yield from because(part, situation)
        case Term(when=when):
            if when is not None:
                yield from because(when, situation)
        case _:
            yield condition


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every fact a condition mentions, in the order it is written."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from atoms(part)
        case Not(part):
            yield from atoms(part)
        case Term(when=when):
            if when is not None:
                yield from atoms(when)
        case _:
            yield condition


def terms(condition: Condition) -> Iterator[Term]:
    """Every term a condition mentions by name, outermost only."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from terms(part)
        case Not(part):
            yield from terms(part)
        case Term():
            yield condition
