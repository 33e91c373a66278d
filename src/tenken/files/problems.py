"""Mistakes a user can mend: where, what is wrong, and what would be right."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
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

MOST_PROBLEMS = 50
"""How many problems are told; what follows them is counted."""

MORE_PROBLEMS = "and {count:,} more"
MOST_CHARACTERS = 1000
"""How much of a fact is told, so that a text of many lines in a wrong place does not fill the screen."""

_LINE_BREAKING = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
"""What would break or turn the line a fact is told in, or give a terminal or a build machine commands."""


class Phrase(Frozen):
    """Words that stand as a fact in a sentence and are translated with it, such as a hint."""

    text: str
    facts: Mapping[str, object] = {}

    def __str__(self) -> str:
        return self.text.format(**self.facts)


class NameHint:
    """What would be right instead of a name: looked for only when it is told, as that takes its time."""

    __slots__ = ("names", "said")

    def __init__(self, said: str, names: Collection[str]) -> None:
        self.said = said
        self.names = names

    def __str__(self) -> str:
        return str(self.find_phrase())

    def find_phrase(self) -> Phrase:
        """The nearest known word, or all of them if they are few."""
        names = sorted(self.names)
        if near := find_near_name(self.said, names):
            return Phrase("did you mean {name}?", {"name": near})
        if not names:
            return Phrase("none is defined here")
        if len(names) <= 12:
            return Phrase("it can be {names}", {"names": ", ".join(names)})
        return Phrase("nothing known is spelled like it")


_YAML_TRUTHS = {"yes": ("true", "yes", "on"), "no": ("false", "no", "off")}
"""What other programs read as yes and no."""


def find_near_name(said: str, names: Collection[str]) -> str | None:
    """The known word that is spelled most like another, or means the same to other programs."""
    for word, twins in _YAML_TRUTHS.items():
        if word in names and said.lower() in twins:
            return word
    return next(iter(difflib.get_close_matches(said[:MOST_CHARACTERS], sorted(names), n=1, cutoff=0.6)), None)


class Problem(Frozen):
    """One mistake: where it stands, and a sentence on it with `{names}` for the facts."""

    place: Place
    text: str
    facts: Mapping[str, object] = {}
    is_note: bool = False
    """Whether it is only worth knowing, and nothing fails for it."""

    def __str__(self) -> str:
        return self.tell_as(lambda text, facts: text.format(**facts))

    def tell_as(self, say: Callable[[str, Mapping[str, object]], str]) -> str:
        """The problem in one line, in the words of `say`, whatever stands in the facts."""
        facts = {name: _tell_fact(fact, say) for name, fact in self.facts.items()}
        said = say(self.text, facts)
        return f"{escape_line_breaks(str(self.place))}: {said}" if self.place.path else said


def _tell_fact(fact: object, say: Callable[[str, Mapping[str, object]], str]) -> object:
    if isinstance(fact, NameHint):
        fact = fact.find_phrase()
    if isinstance(fact, Phrase):
        return escape_line_breaks(say(fact.text, fact.facts))
    if isinstance(fact, int):
        return fact
    said = escape_line_breaks(str(fact))
    return said if len(said) <= MOST_CHARACTERS else said[: MOST_CHARACTERS - 1] + "…"


def escape_line_breaks(said: str) -> str:
    """The same text in one line: line breaks and other control characters as one writes them in quotes."""
    if said.isprintable():
        return said  # as nearly all is; the pattern takes as long to compile as a tenth of starting Python
    return re.sub(_LINE_BREAKING, lambda found: found.group().encode("unicode_escape").decode(), said)


class Problems(Exception):  # noqa: N818 - it is not an error of ours, and it carries all of them
    """What is wrong that a user can mend, at once: the first of them, and how many more there are."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = limit_problems(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def limit_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The first problems, then one that counts the others; what was counted before is counted with them."""
    told: list[Problem] = []
    more = 0
    for problem in problems:
        if problem.text == MORE_PROBLEMS:
            more += int(str(problem.facts["count"]))
        elif len(told) < MOST_PROBLEMS:
            told.append(problem)
        else:
            more += 1
    return (*told, *count_more_problems(more))


def count_more_problems(count: int) -> tuple[Problem, ...]:
    """What stands for problems that are not told one by one."""
    return (Problem(NOWHERE, MORE_PROBLEMS, {"count": count}),) if count else ()


def raise_problems(found: Iterable[Problem]) -> None:
    """Raises all of them at once, in the order of where they stand; does nothing if there are none."""
    if problems := sorted(found, key=lambda problem: problem.place):
        raise Problems(*problems)


def suggest_instead(said: str, known: Collection[str]) -> NameHint:
    """What would be right: the nearest known word, or all of them if they are few."""
    return NameHint(said, known)
