"""Mistakes a user can mend: where, what is wrong, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tenken.files.frozen_classes import Frozen


class Place(NamedTuple):
    """Where something stands in a file; line and column count from 1, and 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part)


NOWHERE = Place("")


class Phrase(Frozen):
    """Words that stand as a fact in a sentence and are translated with it, such as a hint."""

    text: str
    facts: Mapping[str, object] = {}

    def __str__(self) -> str:
        return self.text.format(**self.facts)


class Problem(Frozen):
    """One mistake: where it stands, and a sentence on it with `{names}` for the facts."""

    place: Place
    text: str
    facts: Mapping[str, object] = {}

    def __str__(self) -> str:
        said = self.text.format(**self.facts)
        return f"{self.place}: {said}" if self.place.path else said


class Problems(Exception):  # noqa: N818 - it is not an error of ours, and it carries all of them
    """Everything wrong that a user can mend, at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def raise_problems(found: Iterable[Problem]) -> None:
    """Raises all of them at once, in the order of where they stand; does nothing if there are none."""
    if problems := sorted(found, key=lambda problem: problem.place):
        raise Problems(*problems)


def suggest_instead(said: str, known: Iterable[str]) -> Phrase:
    """What would be right: the nearest known word, or all of them if they are few."""
    names = sorted(known)
    if near := difflib.get_close_matches(said, names, n=1, cutoff=0.6):
        return Phrase("did you mean {name}?", {"name": near[0]})
    if not names:
        return Phrase("none is defined here")
    if len(names) <= 12:
        return Phrase("it can be {names}", {"names": ", ".join(names)})
    return Phrase("nothing known is spelled like it")
