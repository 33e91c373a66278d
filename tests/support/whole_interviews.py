"""Whole conversations with people of one kind, who read all they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from support.scripted_prompt import NOON
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.prompt import PromptKey, QuestionCard
from tenken.interview.question_loop import Interview
from tenken.messages.message_catalog import BASE_PHRASE_LANGUAGE, use_language
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile
from tenken.records.record_text import render_record
from tenken.rules.answer_kinds import NONE
from tenken.rules.library import Library
from tenken.rules.loading import limit_to_default_depth, load_library
from tenken.rules.logic import Situation
from tenken.rules.requirement import EXPLAINED

AS_OF = date(2026, 11, 23)
QUICK_CHECK = "japan-quick-check"
ACT = "japan-ai-promotion-act"
"""Offered to whoever answers for Japan, and left out of conversations about recommendations."""
ROLES = ("developer", "provider", "business_user")
NIST = "nist-ai-rmf"
SOFT = ("japan-ai-guidelines", QUICK_CHECK, "japan-principle-code", NIST)
FACTS = (
    *("japan", "ai_system", *ROLES, "generative", "shown_content", "personal_data", "profiling", "possible_harm"),
    *("supplier", "business_users", "consumers", "evaluates_people", "direct_effect", "in_decisions"),
    *("synthetic", "third_party", "outsiders", "federal_llm", "defence"),
)

WAYS = ("go", "binding", *(f"voluntary{number}" for number in range(1, 9)), "good", "now", "result")
"""How somebody goes on who wants to be asked everything."""


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
        wanted = (self.word, NONE, *WAYS, "each", "no", offered[0])
        return (next(word for word in wanted if word in offered),)

    def ask_text(
        self, ask: str, _text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        self.words += [ask, hint]
        needed = bool(refuse(""))
        (self.reasons if needed else self.optional).append(ask)
        return "2026-08-02" if needed and refuse("x") else "x" if needed else ""


def interviewed(folder: Path, person: Person, names: Iterable[str], language: str = "en") -> Person:
    """The person after a whole conversation, with good practice and without what was left for later."""
    known = limit_to_default_depth(load_library(names, language=language))
    chosen = tuple(known.checklists)
    left_out = tuple(name for name in (ACT,) if name not in chosen)
    file = RecordFile(folder / "record.yaml", Record(RECORD_FORMAT, "Desk", checklists=chosen, left_out=left_out))
    Interview(file, Wording(known, language), person, lambda: NOON, AS_OF).run()
    return person


@cache
def interviewed_softly(word: str, language: str = BASE_PHRASE_LANGUAGE) -> tuple[Person, bytes]:
    """Somebody who answered everything about the recommendations in one way, and the record of it."""
    use_language(language)
    try:
        with TemporaryDirectory() as folder:
            person = interviewed(Path(folder), Person(word, FACTS), SOFT, language)
            return person, (Path(folder) / "record.yaml").read_bytes()
    finally:
        use_language(BASE_PHRASE_LANGUAGE)


@cache
def answered_softly(word: str) -> bytes:
    """The record of the same person, who answers it all at once and reads nothing."""
    known = limit_to_default_depth(load_library(SOFT))
    running = RunningAssessment(known, Situation({}, AS_OF))
    answers = {}
    while running.open:
        id = running.open[0].question
        words = _choose_words(word, id, known)
        answers[id] = GivenAnswer(words, by="Mia", at=NOON, reason="x" if word == EXPLAINED else "")
        running.take_answer(id, read_answer_values({id: answers[id]}, known)[id])
    record = Record(RECORD_FORMAT, "Desk", checklists=tuple(known.checklists), left_out=(ACT,), answers=answers)
    return render_record(record, as_json=False).encode()


def _choose_words(word: str, id: str, known: Library) -> tuple[str, ...]:
    accepted = known.list_accepted_words(id)
    facts = tuple(each for each in accepted if each in FACTS)
    if facts:
        return facts if known.questions[id].several else facts[:1]
    return (next(each for each in (word, NONE, "no", accepted[0]) if each in accepted),)
