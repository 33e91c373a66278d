"""A conversation without a terminal: what a person replies, one thing after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from support.paths import LIGHTHOUSE
from tenken.assessment.wording import Wording
from tenken.interview.prompt import PromptKey, QuestionCard
from tenken.interview.question_loop import Interview
from tenken.records.record import Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile, open_record
from tenken.rules.loading import read_library

LIBRARY = read_library([LIGHTHOUSE])
IDS = {str(question.ask): id for id, question in LIBRARY.questions.items()}
IDS |= {str(check.ask): id for id, (_, check) in LIBRARY.checks.items()}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WHITE = ("white",)
SCOPE = [("yes",), WHITE, ("yes",), ("never",)]
BINDING = ("binding",)
CHECKS = [*SCOPE, BINDING]
"""What applies, and then the checks of what binds."""
EACH = ("each",)
"""Some of it is in place, so that each check is asked."""
NEXT = "What next?"

Reply = Any


class Scripted:
    """Replies from a list, to each kind of prompt in turn, and leaves when nothing more is to be said."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.cards: list[QuestionCard] = []
        self.said: list[str] = []

    @property
    def asked(self) -> list[str]:
        return [IDS.get(card.ask, card.ask) for card in self.cards]

    def say_paragraph(self, text: str = "", mark: str = "") -> None:
        self.said.append(f"{mark} {text}".strip())

    def show_paragraphs(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        self.said += [f"{heading} {text}" for heading, text in paragraphs]

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        self.cards.append(card)
        reply = self._next()
        assert isinstance(reply, PromptKey | tuple), (card.ask, reply)
        assert isinstance(reply, PromptKey) or set(reply) <= {option.word for option in card.options}, (reply, card)
        return reply

    def ask_text(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        reply = self._next()
        assert reply is None or isinstance(reply, str), (ask, reply)
        if reply is not None and (wrong := refuse(reply)):
            self.say_paragraph(wrong)
            return self.ask_text(ask, text, hint=hint, refuse=refuse)
        return reply

    def _next(self) -> Reply:
        if not self.replies:
            raise KeyboardInterrupt
        return self.replies.pop(0)


def interview(path: Path, prompt: Scripted, *, quick: bool = False) -> Interview:
    if path.exists():
        file = open_record(path)
    else:
        file = RecordFile(path, Record(RECORD_FORMAT, "Tower", checklists=(str(LIGHTHOUSE),)))
    begun = Interview(file, Wording(LIBRARY), prompt, lambda: NOON, NOON.date(), quick=quick)
    begun.by = "Mia"
    return begun


def talk(path: Path, *replies: Reply, quick: bool = False) -> Scripted:
    """A conversation with these replies, left at their end."""
    prompt = Scripted(*replies)
    talker = interview(path, prompt, quick=quick)
    try:
        talker.run()
    except KeyboardInterrupt:
        talker.leave()
    return prompt
