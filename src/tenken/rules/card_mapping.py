"""What the keys of a model card suggest as answers: data that ships; a person decides on all that is proposed by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from tenken.files.frozen_classes import Frozen, field
from tenken.files.problems import NOWHERE, Place, Problem, suggest_instead
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.library import Library
from tenken.rules.loading import read_file_as
from tenken.rules.requirement import Prose
from tenken.rules.translation import BASE_LANGUAGE, translate_item

CARD_KEY = "card"
"""The key by which a mapping is known."""


class CardSuggestion(Frozen):
    """What a key of a model card makes likely if it says one of some words, or anything at all; and why."""

    key: str
    likely: Mapping[str, tuple[str, ...]]
    because: Prose
    says: tuple[str, ...] = ()
    id: str = field(default="", derived=True)
    at: Place = NOWHERE

    def is_met_by(self, words: tuple[str, ...]) -> bool:
        return any(word.lower() in self.says if self.says else word for word in words)


class CardMapping(Frozen):
    """What the keys of one kind of model card suggest; nothing that they do not truly say."""

    card: str
    link: str
    reviewed: date
    proposes: Mapping[str, CardSuggestion]
    at: Place = NOWHERE


@cache
def load_card_mappings(language: str = BASE_LANGUAGE) -> tuple[CardMapping, ...]:
    """The mappings that ship, in a language."""
    paths = sorted(
        path for path in (find_shipped_folder("checklists") / "cards").glob("*.yaml") if "." not in path.stem
    )
    return tuple(read_card_mapping(path, language) for path in paths)


def read_card_mapping(path: Path, language: str = BASE_LANGUAGE) -> CardMapping:
    mapping: CardMapping = translate_item(read_file_as(CardMapping, path), path, language)
    return mapping


def check_card_mapping(mapping: CardMapping, library: Library) -> Iterator[Problem]:
    """What a mapping suggests that nobody asks, or that is no answer."""
    for suggestion in mapping.proposes.values():
        for id, words in suggestion.likely.items():
            if id not in library.order:
                hint = suggest_instead(id, library.order)
                yield Problem(suggestion.at, "{id} is not a question here; {hint}", {"id": id, "hint": hint})
                continue
            for text, facts in library.find_answer_kind(id).find_mistakes(words):
                yield Problem(suggestion.at, text, {"id": id, **facts})
