"""Somebody who answers as a record does, counts the keys and lines of it, and goes the ways they are told to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from tenken.interview.prompt import PromptKey, QuestionCard
from tenken.messages.line_breaking import wrap_text
from tenken.records.record import GivenAnswer
from tenken.rules.answer_kinds import NONE
from tenken.rules.library import Library

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
COLUMNS = 80


class TruthfulPerson:
    """Replies as a record says, in menus by the ways in their order; Enter to all that may be left open."""

    def __init__(
        self, answers: Mapping[str, GivenAnswer], library: Library, ways: Iterable[str], texts: Sequence[str] = ()
    ) -> None:
        self.answers, self.ways, self.texts = answers, list(ways), list(texts)
        self.ids = {str(question.ask): id for id, question in library.questions.items()}
        self.ids |= {str(check.ask): id for id, (_, check) in library.checks.items()}
        self.days = {id for id, question in library.questions.items() if question.answer_kind.is_dated}
        self.cards: list[QuestionCard] = []
        self.said: list[list[str]] = [[]]
        """What is said, in lines of a terminal, before each card."""
        self.keys = 0
        self.hints: list[str] = []

    @property
    def questions(self) -> list[QuestionCard]:
        return [card for card in self.cards if card.section]

    def say_paragraph(self, text: str = "", mark: str = "") -> None:
        self.said[-1] += wrap_text(f"{mark} {text}".strip(), COLUMNS)

    def show_paragraphs(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        raise AssertionError(list(paragraphs))

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        self.cards.append(card)
        self.said.append([])
        chosen = self._find_reply(card)
        self.keys += len(chosen) + 1 if card.several else 1
        return chosen

    def _find_reply(self, card: QuestionCard) -> tuple[str, ...]:
        offered = [option.word for option in card.options]
        if not card.section:
            return (
                self.ways.pop(0) if self.ways and self.ways[0] in offered else "no" if "no" in offered else "result",
            )
        id = self.ids.get(card.ask, "")
        said = self.answers.get(id, GivenAnswer()).answer
        if id in self.days and said and said[0] not in offered:
            self.texts.insert(0, said[0])
            return (offered[0],)
        words = tuple(word.removesuffix("?") for word in said if word.removesuffix("?") in offered)
        return words or (next(word for word in (NONE, "no", "unsure") if word in offered),)

    def ask_text(
        self, _ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        said = self.texts.pop(0) if self.texts else text
        self.hints.append(hint)
        said = "because it is so" if not said and refuse("") else said
        self.keys += 1 if said == text else 2
        return said
