"""Crosswalks: how the checklists of two laws relate, topic by topic, and which answer here makes one there likely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from tenken.files.compiled_data import read_compiled_file
from tenken.files.frozen_classes import Frozen, field, replace_fields
from tenken.files.problems import NOWHERE, Place
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.answer_kinds import list_chosen_words
from tenken.rules.compiled_rules import RuleClasses, decode_rules
from tenken.rules.deciding_facts import list_deciding_facts
from tenken.rules.library import Library
from tenken.rules.loading import is_file_name, name_compiled_rules, read_file_as
from tenken.rules.logic import Condition, Is, Only, Situation, Truth, evaluate
from tenken.rules.requirement import MET, Prose
from tenken.rules.translation import BASE_LANGUAGE, translate_item


class Relation(StrEnum):
    """How the right side of a topic stands to the left one."""

    NONE = "none"
    LIGHTER = "lighter"
    PARTIAL = "partial"
    CLOSE = "close"
    WIDER = "wider"


class NamedRule(Frozen):
    """The id of a checklist or a requirement."""

    id: str
    at: Place = NOWHERE

    @classmethod
    def bare(cls, words: tuple[str, ...], at: Place) -> NamedRule:
        return cls(words[0] if words else "", at)


class Topic(Frozen):
    """What both sides ask on one subject; a side that has no counterpart stays empty."""

    title: Prose
    left: tuple[NamedRule, ...]
    right: tuple[NamedRule, ...]
    relation: Relation
    difference: Prose
    one_work: Prose
    id: str = field(default="", derived=True)
    at: Place = NOWHERE


class Cover(Frozen):
    """The checks on the right that a yes to one check on the left makes likely."""

    checks: tuple[str, ...]
    id: str = field(default="", derived=True)
    at: Place = NOWHERE

    @classmethod
    def bare(cls, words: tuple[str, ...], at: Place) -> Cover:
        return cls(words, at=at)


class Suggestion(Frozen):
    """Answers that one law's facts make likely on a question of the other, and why."""

    when: Condition
    likely: Mapping[str, tuple[str, ...]]
    because: Prose
    id: str = field(default="", derived=True)
    at: Place = NOWHERE


class Crosswalk(Frozen):
    """Two groups of checklists side by side."""

    title: Prose
    left: tuple[NamedRule, ...]
    right: tuple[NamedRule, ...]
    topics: Mapping[str, Topic]
    covers: Mapping[str, Cover] = {}
    suggests: Mapping[str, Suggestion] = {}
    at: Place = NOWHERE

    @property
    def suggestions(self) -> Iterator[Suggestion]:
        """What is written under `suggests`, and each yes under `covers`."""
        yield from self.suggests.values()
        for cover in self.covers.values():
            yield Suggestion(Is(cover.id, frozenset({MET})), dict.fromkeys(cover.checks, (MET,)), Prose(""))


CROSSWALK_CLASSES: RuleClasses = (Relation, NamedRule, Topic, Cover, Suggestion, Crosswalk)


class SuggestedAnswer(Frozen):
    """An answer to suggest: its words, the answers that make it likely, and why; it is no answer until confirmed."""

    words: tuple[str, ...]
    given: Mapping[str, tuple[str, ...]]
    because: tuple[str, ...]


def load_crosswalks(library: Library) -> tuple[Crosswalk, ...]:
    """The crosswalks, shipped or named by the record, that have both sides among its checklists, in its language."""
    own = [_name_sides_by_id(read_crosswalk(path, library.language)) for path in library.own_crosswalks]
    several = len({checklist.jurisdiction for checklist in library.checklists.values()}) > 1
    shipped = list_shipped_crosswalks() if several else []
    found = (*own, *(_load_shipped_crosswalk(path, library.language) for path in shipped))
    return tuple(
        crosswalk
        for crosswalk in found
        if all(_is_side_in_library(names, library) for names in list_crosswalk_sides(crosswalk))
    )


def _name_sides_by_id(crosswalk: Crosswalk) -> Crosswalk:
    """The same crosswalk with the id of each checklist that it names by a file."""
    left, right = (
        tuple(NamedRule(Path(name.id).stem if is_file_name(name.id) else name.id, name.at) for name in names)
        for names in list_crosswalk_sides(crosswalk)
    )
    return replace_fields(crosswalk, left=left, right=right)


def list_shipped_crosswalks() -> list[Path]:
    """The files of the crosswalks that ship with tenken."""
    files = sorted((find_shipped_folder("checklists") / "crosswalks").glob("*.yaml"))
    return [path for path in files if "." not in path.stem]


def list_crosswalk_sides(crosswalk: Crosswalk) -> tuple[tuple[NamedRule, ...], tuple[NamedRule, ...]]:
    return crosswalk.left, crosswalk.right


def _is_side_in_library(names: Iterable[NamedRule], library: Library) -> bool:
    return any(name.id in library.checklists for name in names)


@cache
def _load_shipped_crosswalk(path: Path, language: str) -> Crosswalk:
    """A crosswalk that ships with tenken as it was compiled, or from its file."""
    content = read_compiled_file(name_compiled_rules(path, language))
    if content is None:
        return read_crosswalk(path, language)
    crosswalk: Crosswalk = decode_rules(content, path, CROSSWALK_CLASSES)
    return crosswalk


def read_crosswalk(path: Path, language: str = BASE_LANGUAGE) -> Crosswalk:
    """One crosswalk; raises `Problems` with everything wrong in its form. What it names is tried by `check`."""
    crosswalk = translate_item(read_file_as(Crosswalk, path), path, language)
    assert isinstance(crosswalk, Crosswalk)
    return crosswalk


def suggest_answer(id: str, situation: Situation, crosswalks: Iterable[Crosswalk]) -> SuggestedAnswer | None:
    """What is likely the answer to a question or a check, if the answers to others say so; it is never taken as one."""
    fitting = [
        suggestion
        for crosswalk in crosswalks
        for suggestion in crosswalk.suggestions
        if id in suggestion.likely and evaluate(suggestion.when, situation) is Truth.YES
    ]
    if not fitting:
        return None
    words = dict.fromkeys(word for suggestion in fitting for word in suggestion.likely[id])
    why = dict.fromkeys(suggestion.because for suggestion in fitting if suggestion.because)
    return SuggestedAnswer(tuple(words), _find_given_answers(fitting, situation), tuple(why))


def _find_given_answers(fitting: Iterable[Suggestion], situation: Situation) -> dict[str, tuple[str, ...]]:
    """The choices taken that make the suggestions likely, by question."""
    given: dict[str, tuple[str, ...]] = {}
    for fact in (fact for suggestion in fitting for fact in list_deciding_facts(suggestion.when, situation)):
        chosen = list_chosen_words(situation.answers.get(fact.question))
        if isinstance(fact, Is | Only) and (words := fact.values.intersection(chosen)):
            words = words.union(given.get(fact.question, ()))
            given[fact.question] = tuple(word for word in chosen if word in words)
    return given
