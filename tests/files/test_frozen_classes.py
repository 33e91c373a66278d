"""Entries behave as frozen dataclasses do."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, field, replace
from typing import Any

import pytest

from tenken.files.frozen_classes import comparable, entry


@entry
class Word:
    said: str
    means: str = "nothing"
    seen: Mapping[str, int] = field(default_factory=dict)


@comparable
class Fact:
    """A fact, wherever it stands."""

    said: str
    line: int = field(default=0, compare=False)


def test_it_is_made_by_place_or_by_name_and_knows_what_is_usual() -> None:
    word = Word("a", means="b")
    assert vars(word) == {"said": "a", "means": "b", "seen": {}}
    assert list(vars(word)) == ["said", "means", "seen"]
    assert replace(word, said="c").means == "b"


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a", "b", {}, 4), {}), (("a",), {"said": "a"}), (("a",), {"meaning": "b"}), ((), {"means": "b"})],
)
def test_what_does_not_fit_is_refused(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Word takes said, means, seen"):
        Word(*values, **named)


def test_it_cannot_be_changed() -> None:
    word: Any = Word("a")
    with pytest.raises(FrozenInstanceError):
        word.said = "b"
    with pytest.raises(FrozenInstanceError):
        del word.said


def test_entries_are_themselves_and_facts_are_what_they_say() -> None:
    assert Word("a") != Word("a")
    assert Fact("a", 1) == Fact("a", 2) != Fact("b", 1)
    assert len({Fact("a", 1), Fact("a", 2)}) == 1
    assert repr(Fact("a", 1)) == "Fact(said='a', line=1)"
    assert pickle.loads(pickle.dumps(Fact("a", 1))) == Fact("a")


def test_it_can_be_taken_apart() -> None:
    match Fact("a", 1):
        case Fact(said, line):
            assert (said, line) == ("a", 1)
