"""Whole conversations with people of one kind: what comes first, how long it takes, and every word they read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, combinations
from pathlib import Path

import pytest

from tenken.assessment.open_questions import list_open_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.conversation import Interview
from tenken.interview.question_card import PromptKey, QuestionCard
from tenken.messages.message_catalog import BASE_PHRASE_LANGUAGE, use_language
from tenken.records.record import Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile
from tenken.report.formats import REPORT_FORMATS
from tenken.rules.library import Library
from tenken.rules.loading import limit_to_default_depth, list_shipped_checklists, load_library
from tenken.rules.logic import NONE, UNSURE, Situation
from test_interview import NOON
from test_japanese import HARD_WORDS, read, tenken

AS_OF = date(2026, 11, 23)
QUICK_CHECK = "japan-quick-check"
ALL = load_library(list_shipped_checklists())
PROFILE = tuple(ALL.profile.questions)
SUBSETS = list(chain.from_iterable(combinations(ALL.checklists, size) for size in (1, 2)))
ROLES = ("developer", "provider", "business_user")


class Person:
    """Answers every check with one word and each question with its facts; reads everything, the explanations too."""

    def __init__(self, word: str, facts: Iterable[str] = ()) -> None:
        self.word, self.facts = word, tuple(facts)
        self.questions: list[QuestionCard] = []
        self.menus: list[QuestionCard] = []
        self.reasons: list[str] = []
        self.optional: list[str] = []
        self.words: list[str] = []
        self.explained = ""

    def say_paragraph(self, text: str = "", mark: str = "") -> None:
        self.words += [mark, text]

    def show_paragraphs(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        self.words += [word for pair in paragraphs for word in pair]

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        self.words += [card.ask, card.section, card.subject, card.progress, card.why, card.source, card.suggestion]
        self.words += [word for option in card.options for word in (option.label, option.means)]
        if card.section and self.explained != card.ask:
            self.explained = card.ask
            return PromptKey.WHY
        (self.questions if card.section else self.menus).append(card)
        offered = [option.word for option in card.options]
        facts = tuple(word for word in offered if word in self.facts)
        if facts:
            return facts if card.several else facts[:1]
        return (next(word for word in (self.word, NONE, "now", "result", "no", offered[0]) if word in offered),)

    def ask_text(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        self.words += [ask, hint]
        needed = bool(refuse(""))
        (self.reasons if needed else self.optional).append(ask)
        return "2026-08-02" if needed and refuse("x") else "x" if needed else ""


def interviewed(folder: Path, person: Person, names: Iterable[str], language: str = "en") -> Person:
    """The person after a whole conversation, with good practice and without what was left for later."""
    known = limit_to_default_depth(load_library(names, language=language))
    file = RecordFile(folder / "record.yaml", Record(RECORD_FORMAT, "Desk", checklists=tuple(known.checklists)))
    Interview(file, Wording(known, language), person, lambda: NOON, AS_OF, by="Mia").run()
    return person


@pytest.mark.parametrize("word", ["yes", "no", "explained"])
@pytest.mark.parametrize("roles", [ROLES, ROLES[:1], ROLES[2:]], ids=["every role", "developer", "business user"])
def test_the_quick_check_takes_twenty_four_questions_and_the_reasons(
    tmp_path: Path, word: str, roles: tuple[str, ...]
) -> None:
    person = interviewed(tmp_path, Person(word, ("japan", "ai_system", *roles)), [QUICK_CHECK])
    checks = load_library([QUICK_CHECK]).checks
    assert len(person.questions) == len(checks) + 3 <= 24
    assert [card.ask for card in person.menus] == ["Everything is answered. What now?"]
    assert len(person.reasons) == (len(checks) if word == "explained" else 0)
    assert len(person.optional) <= 3


def chosen(names: Iterable[str]) -> Library:
    return replace(ALL, checklists={name: ALL.checklists[name] for name in names})


@pytest.mark.parametrize("names", [(), *SUBSETS, tuple(ALL.checklists)], ids="+".join)
def test_the_first_question_is_where_whatever_is_assessed(names: tuple[str, ...]) -> None:
    known = chosen(names) if names else load_library()
    asked = list_open_questions(known, Situation({}, AS_OF))
    assert asked[0].question == PROFILE[0] == "where"
    assert min(map(PROFILE.index, (item.question for item in asked if item.question in PROFILE))) == 0


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
    assert ids[0] == "where"
    assert len(set(ids)) == len(ids)
    assert len({known.questions[id].ask for id in ids}) == len(ids)


def test_a_whole_conversation_on_everything_asks_nothing_twice(tmp_path: Path) -> None:
    facts = ("eu", "japan", "korea", "california", "china", "ai_system", "provider", "deployer", *ROLES, "generative")
    person = interviewed(tmp_path, Person("yes", facts), ALL.checklists)
    asks = [card.ask for card in person.questions if card.ask in {question.ask for question in ALL.questions.values()}]
    assert asks[0] == ALL.questions["where"].ask
    assert len(asks) == len(set(asks)) > 20


SOFT = ("japan-ai-guidelines", QUICK_CHECK, "japan-principle-code")
FACTS = (
    *("japan", "ai_system", *ROLES, "generative", "shown_content", "personal_data", "profiling", "possible_harm"),
    *("supplier", "business_users", "consumers", "evaluates_people", "direct_effect", "in_decisions"),
)


def hard(text: str, language: str) -> set[str]:
    """The words of a breach in a text, with what stands around them."""
    found = HARD_WORDS[language].finditer(text)
    return {text[max(match.start() - 30, 0) : match.end() + 30] for match in found}


@pytest.fixture
def spoken() -> Iterator[Callable[[str], None]]:
    yield use_language
    use_language(BASE_PHRASE_LANGUAGE)


@pytest.mark.parametrize("language", HARD_WORDS)
@pytest.mark.parametrize("word", ["no", "partly", "explained", "unsure", "yes"])
def test_no_word_of_a_conversation_on_recommendations_sounds_like_a_breach(
    tmp_path: Path, word: str, language: str, spoken: Callable[[str], None]
) -> None:
    spoken(language)
    person = interviewed(tmp_path, Person(word, FACTS), SOFT, language)
    said = "\n".join(person.words)
    assert len(person.questions) > 100
    assert len(said) > 10_000
    assert hard(said, language) == set()


@pytest.fixture(scope="module", params=["no", "explained", "unsure"])
def soft(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of somebody who answered everything about the recommendations in one way."""
    folder = tmp_path_factory.mktemp("soft")
    interviewed(folder, Person(request.param, FACTS), SOFT)
    return folder / "record.yaml"


@pytest.mark.parametrize("language", HARD_WORDS)
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "record.yaml", "--strict", "--within", "90d"),
        ("explain", "record.yaml"),
        ("explain", "record.yaml", "--set", "japan_role=none"),
        *(
            ("report", "record.yaml", *(("--only", form.part) if form.part else ()), "--format", form.name, "-o", "-")
            for form in REPORT_FORMATS
            if form.name != "json" and not form.extra
        ),
        ("questions", "record.yaml", "--blank"),
        ("diff", "record.yaml", "record.yaml"),
    ],
    ids=lambda arguments: " ".join(arguments).replace("record.yaml ", ""),
)
def test_nothing_written_on_recommendations_sounds_like_a_breach(
    soft: Path, arguments: tuple[str, ...], language: str
) -> None:
    day = () if arguments[0] == "questions" else ("--as-of", str(AS_OF))
    said = tenken(*arguments, *day, language=language, cwd=soft.parent)
    assert said.strip()
    assert "Traceback" not in said
    assert hard(read(said) if "<html" in said else said, language) == set()
