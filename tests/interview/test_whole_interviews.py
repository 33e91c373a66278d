"""Whole conversations with people of one kind: what comes first, how long it takes, and every word they read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations
from pathlib import Path

import pytest

from support.page_text import find_hard_words
from support.whole_interviews import AS_OF, NIST, QUICK_CHECK, ROLES, Person, interviewed, interviewed_softly
from tenken.assessment.open_questions import list_open_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.files.frozen_classes import replace_fields
from tenken.rules.answer_kinds import NONE, UNSURE
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import Situation

ALL = load_library(list_shipped_checklists())
PROFILE = tuple(ALL.profile.questions)
HIROSHIMA = tuple(word for word in ALL.questions["japan_hiroshima"].choices if word != NONE)
SUBSETS = list(chain.from_iterable(combinations(ALL.checklists, size) for size in (1, 2)))


@pytest.mark.parametrize("word", ["yes", "no", "explained"])
@pytest.mark.parametrize("roles", [ROLES, ROLES[:1], ROLES[2:]], ids=["every role", "developer", "business user"])
def test_the_quick_check_takes_twenty_six_questions_and_the_reasons(
    tmp_path: Path, word: str, roles: tuple[str, ...]
) -> None:
    facts = ("japan", "ai_system", *roles, "shown_content", *HIROSHIMA)
    person = interviewed(tmp_path, Person(word, facts), [QUICK_CHECK])
    checks = load_library([QUICK_CHECK]).checks
    assert len(person.questions) == len(checks) + 5 <= 26
    assert [card.ask for card in person.menus] == ["What next?", "Everything is answered. What now?"]
    assert len(person.reasons) == (len(checks) if word == "explained" else 0)
    assert len(person.optional) <= 3


def find_first_question(names: Iterable[str]) -> str:
    """Where it is used, but for a framework that is the same everywhere: what it is."""
    return PROFILE[1] if set(names) == {NIST} else PROFILE[0]


def chosen(names: Iterable[str]) -> Library:
    return replace_fields(ALL, checklists={name: ALL.checklists[name] for name in names})


@pytest.mark.parametrize("names", [(), *SUBSETS, tuple(ALL.checklists)], ids="+".join)
def test_the_first_question_is_where_whatever_law_is_assessed(names: tuple[str, ...]) -> None:
    known = chosen(names) if names else load_library()
    asked = list_open_questions(known, Situation({}, AS_OF))
    assert PROFILE[:2] == ("where", "subject")
    assert asked[0].question == find_first_question(names)
    shared = [PROFILE.index(item.question) for item in asked if item.question in PROFILE]
    assert min(shared) == PROFILE.index(find_first_question(names))


def everything(known: Library, id: str) -> tuple[str, ...]:
    """All that can be true at once, or the last there is to choose."""
    question = known.questions[id]
    words = [word for word in question.accepted_words if word not in (NONE, UNSURE)]
    return tuple(words) if question.several else tuple(words[-1:])


def nothing(known: Library, id: str) -> tuple[str, ...]:
    """None of it, but where something has to be chosen."""
    accepts = known.questions[id].accepted_words
    return (next((word for word in (NONE, "no", "never") if word in accepts), accepts[0]),)


def asked(known: Library, answer: Callable[[Library, str], tuple[str, ...]]) -> Iterator[str]:
    """Every question on facts that a person is asked, one after the other."""
    outlook = RunningAssessment(known, Situation({}, AS_OF))
    while ids := [item.question for item in outlook.open if item.question in known.questions]:
        yield ids[0]
        outlook.take_answer(ids[0], answer(known, ids[0]))


@pytest.mark.parametrize("answer", [everything, nothing])
@pytest.mark.parametrize("names", [*SUBSETS, tuple(ALL.checklists)], ids="+".join)
def test_the_shared_questions_are_asked_first_in_their_order_and_once(
    names: tuple[str, ...], answer: Callable[[Library, str], tuple[str, ...]]
) -> None:
    known = chosen(names)
    ids = list(asked(known, answer))
    assert ids[0] == find_first_question(names)
    assert len(set(ids)) == len(ids)
    assert len({known.questions[id].ask for id in ids}) == len(ids)


@pytest.mark.thorough
def test_a_whole_conversation_on_everything_asks_nothing_twice(tmp_path: Path) -> None:
    places = ("eu", "japan", "korea", "california", "new_york", "colorado", "china")
    facts = (*places, "ai_system", "provider", "deployer", *ROLES, "generative")
    person = interviewed(tmp_path, Person("yes", facts), ALL.checklists)
    asks = [card.ask for card in person.questions if card.ask in {question.ask for question in ALL.questions.values()}]
    assert asks[0] == ALL.questions["where"].ask
    assert len(asks) == len(set(asks)) > 20


# Each answer once, in one of the two languages: an interview on everything that is recommended takes seconds.
@pytest.mark.thorough
@pytest.mark.parametrize(
    ("word", "language"),
    [("no", "ja"), ("explained", "en"), ("unsure", "ja")],
)
def test_no_word_of_a_conversation_on_recommendations_sounds_like_a_breach(word: str, language: str) -> None:
    person, _ = interviewed_softly(word, language)
    said = "\n".join(person.words)
    assert len(person.questions) > 100
    assert len(said) > 10_000
    assert find_hard_words(said, language) == set()
