"""Conditions as numbers: facts and what is made of them, equal ones once, for a judge that is not written in Python."""

from __future__ import annotations

from tenken.rules.logic import All, AnyOf, Before, Condition, Is, Not, Only, OnOrAfter, Term


class ConditionTable:
    """The facts, numbered from 0 up, and the compounds, from -1 down; these name their parts by their numbers."""

    def __init__(self) -> None:
        self._facts: dict[tuple[object, ...], int] = {}
        self._compounds: dict[tuple[object, ...], int] = {}
        self._known: dict[int, tuple[Condition, int]] = {}

    @property
    def facts(self) -> list[list[object]]:
        """What each fact is: its kind, its question, and the words or the day it is about."""
        return [[kind, question, *about] for kind, question, *about in self._facts]

    @property
    def compounds(self) -> list[list[object]]:
        """What each compound is: its kind and its parts."""
        return [[kind, *parts] for kind, *parts in self._compounds]

    def find_number(self, condition: Condition) -> int:
        """The number of a condition, which is taken in if none like it is there."""
        if id(condition) not in self._known:
            self._known[id(condition)] = (condition, self._take_in(condition))  # kept, so that its id stays its own
        return self._known[id(condition)][1]

    def _take_in(self, condition: Condition) -> int:
        match condition:
            case Is(question, values):
                return self._number_fact("is", question, tuple(sorted(values)))
            case Only(question, values):
                return self._number_fact("only", question, tuple(sorted(values)))
            case Before(question, day):
                return self._number_fact("before", question, day.isoformat())
            case OnOrAfter(question, day):
                return self._number_fact("from", question, day.isoformat())
            case All(parts):
                return self._number_compound("all", *map(self.find_number, parts))
            case AnyOf(parts):
                return self._number_compound("any", *map(self.find_number, parts))
            case Not(part):
                return self._number_compound("not", self.find_number(part))
            case Term(when=when):
                return self._number_compound("open") if when is None else self.find_number(when)

    def _number_fact(self, *fact: object) -> int:
        return self._facts.setdefault(fact, len(self._facts))

    def _number_compound(self, *compound: object) -> int:
        return self._compounds.setdefault(compound, ~len(self._compounds))
