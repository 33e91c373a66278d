"""Frozen things are made, compared, shown, changed and taken apart as frozen dataclasses are."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tenken.files.frozen_classes import Frozen, field, list_field_values, list_fields, replace_fields


class Word(Frozen):
    said: str
    means: str = "nothing"
    seen: Mapping[str, int] = {}


class Fact(Frozen):
    """A fact, wherever it stands."""

    said: str
    words: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)
    id: str = field(default="", derived=True)

    @cached_property
    def length(self) -> int:
        return len(self.said)


class CitedFact(Fact):
    cites: str = ""


@dataclass(frozen=True)
class Twin:
    """What a dataclass makes of the same fields."""

    said: str
    words: tuple[str, ...] = ()
    line: int = 0
    id: str = ""


facts = some.fixed_dictionaries(
    {"said": some.sampled_from("ab")},
    optional={
        "words": some.tuples(some.sampled_from("ab")),
        "line": some.integers(0, 2),
        "id": some.sampled_from("ab"),
    },
)


def test_it_is_made_by_place_or_by_name_and_knows_what_is_usual() -> None:
    word = Word("a", means="b")
    assert list(list_field_values(word)) == [("said", "a"), ("means", "b"), ("seen", {})]
    assert Word("a", "b") == word == Word(means="b", said="a")


def test_what_is_known_of_its_fields() -> None:
    assert [(each.name, each.is_required, each.compare, each.derived) for each in list_fields(Fact)] == [
        ("said", True, True, False),
        ("words", False, True, False),
        ("line", False, False, False),
        ("id", False, True, True),
    ]
    assert [each.name for each in list_fields(CitedFact)] == ["said", "words", "line", "id", "cites"]
    assert Fact.words == () and Fact.line == 0
    assert list_fields(str) == ()


@pytest.mark.parametrize(
    ("values", "named", "wrong"),
    [
        ((), {}, "missing 1 required positional argument: 'said'"),
        ((), {"means": "b"}, "missing 1 required positional argument: 'said'"),
        (("a", "b", {}, 4), {}, "takes from 2 to 4 positional arguments but 5 were given"),
        (("a",), {"said": "a"}, "got multiple values for argument 'said'"),
        (("a",), {"meaning": "b"}, "got an unexpected keyword argument 'meaning'"),
    ],
)
def test_what_does_not_fit_is_refused(values: tuple[Any, ...], named: dict[str, Any], wrong: str) -> None:
    with pytest.raises(TypeError, match=rf"^Word\(\) {wrong}"):
        Word(*values, **named)


def test_its_parameters_can_be_asked_for() -> None:
    assert str(signature(Word)) == "(said, means='nothing', seen={})"


def test_what_has_to_be_given_comes_first() -> None:
    with pytest.raises(TypeError, match=r"Turned: a field that has to be given follows one that has not"):

        class Turned(Frozen):
            means: str = ""
            said: str  # type: ignore[misc]


def test_only_what_there_is_can_be_replaced() -> None:
    with pytest.raises(TypeError, match=r"^Word has no meaning$"):
        replace_fields(Word("a"), meaning="b")  # type: ignore[call-arg]


def test_it_cannot_be_changed() -> None:
    word: Any = Word("a")
    with pytest.raises(AttributeError, match="said of Word cannot be changed"):
        word.said = "b"
    with pytest.raises(AttributeError, match="said of Word cannot be changed"):
        del word.said
    assert word == Word("a")


@given(facts, facts)
def test_it_is_equal_hashed_and_shown_as_a_dataclass_is(one: dict[str, Any], other: dict[str, Any]) -> None:
    made, twin = Fact(**one), Twin(**one)
    assert repr(made) == repr(twin).replace("Twin", "Fact")
    same_but_for_the_line = Twin(**{**one, "line": 0}) == Twin(**{**other, "line": 0})
    assert (made == Fact(**other)) is same_but_for_the_line
    assert len({made, Fact(**other)}) == 2 - same_but_for_the_line
    assert made != twin
    assert made != CitedFact(**one)


@given(facts, facts)
def test_replacing_is_making_with_the_same_and_the_changes(one: dict[str, Any], changes: dict[str, Any]) -> None:
    made = Fact(**one)
    replaced = replace_fields(made, **changes)
    assert list(list_field_values(replaced)) == list(list_field_values(Fact(**{**one, **changes})))
    assert list(list_field_values(made)) == list(list_field_values(Fact(**one)))


def test_what_cannot_be_hashed_says_so() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Word("a"))


def test_what_is_worked_out_once_changes_nothing_and_is_worked_out_anew_for_another() -> None:
    made = Fact("a")
    assert made.length == 1
    assert (made, hash(made), repr(made)) == (Fact("a"), hash(Fact("a")), repr(Fact("a")))
    assert replace_fields(made, said="long").length == 4
    assert "length" not in dict(list_field_values(made))


def test_a_default_is_shared() -> None:
    assert Word("a").seen is Word("b").seen


def test_it_can_be_taken_apart_copied_and_kept() -> None:
    fact = Fact("a", ("b",), 1)
    match fact:
        case Fact(said, words, line=line):
            assert (said, words, line) == ("a", ("b",), 1)
    assert pickle.loads(pickle.dumps(fact)) == copy.copy(fact) == copy.deepcopy(fact) == fact
