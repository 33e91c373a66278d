"""Who is asked, and what they are shown: the interface of a prompt, its cards and its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from tenken.files.frozen_classes import Frozen
from tenken.messages.message_catalog import phrase

SAVED_MARK, ARROW_MARK, WARNING_MARK = "✔", "→", "!"
"""What a paragraph begins with that says what was saved, what follows from it, or what is wrong."""


DOUBT_KEY = "u"
"""Ticks one of several choices as one that nobody is sure of, where choices are ticked."""


class PromptKey(StrEnum):
    """What can be done at a question besides answering it; the values are the letters to press."""

    WHY = "w"
    BACK = "b"
    SKIP = "s"
    NOTE = "n"
    EVIDENCE = "e"
    ASK = "a"
    REVIEW = "r"
    LEAVE = "q"
    KEYS = "?"


class CardOption(Frozen):
    """One choice of a card: the word that is kept, the label that is read, and what choosing it means."""

    word: str
    label: str
    means: str = ""


class QuestionCard(Frozen):
    """One question as it is shown, or a menu: then without section, reason and keys.

    `kept` says what is kept beside the answer: a note, evidence, who would know.
    """

    ask: str
    options: tuple[CardOption, ...]
    section: str = ""
    subject: str = ""
    progress: str = ""
    why: str = ""
    source: str = ""
    several: bool = False
    chosen: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    suggestion: str = ""
    kept: tuple[str, ...] = ()
    keys: tuple[PromptKey, ...] = ()


class Prompt(Protocol):
    """Someone to ask. Leaving, by whatever key, raises KeyboardInterrupt; it is never an answer."""

    def say_paragraph(self, text: str = "", mark: str = "") -> None:
        """Shows a paragraph, begun with a mark."""

    def show_paragraphs(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        """Shows headings with their texts to read, until the person goes on."""

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        """The words chosen, or what else is to be done."""

    def ask_text(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        """What was typed, perhaps nothing; None for back. `refuse` says what is wrong with it, if anything."""


def render_optional_hint(hint: str = "") -> str:
    """The hint beside what need not be filled in."""
    return phrase("; ").join(part for part in (hint, phrase("Enter leaves it open")) if part)


def render_hinted_ask(ask: str, hint: str) -> str:
    """What is to be typed, with what may be typed in brackets."""
    return phrase("{ask} ({hint})", ask=ask, hint=hint) if hint else ask


def build_menu(ask: str, *options: CardOption | None) -> QuestionCard:
    return QuestionCard(ask, tuple(option for option in options if option), keys=(PromptKey.BACK, PromptKey.LEAVE))


def build_key_names() -> Mapping[str, str]:
    """What each key does, in a word or two."""
    return {
        DOUBT_KEY: phrase("not sure of it"),
        PromptKey.WHY: phrase("why"),
        PromptKey.BACK: phrase("back"),
        PromptKey.SKIP: phrase("skip"),
        PromptKey.NOTE: phrase("note"),
        PromptKey.EVIDENCE: phrase("evidence"),
        PromptKey.ASK: phrase("ask"),
        PromptKey.REVIEW: phrase("review"),
        PromptKey.LEAVE: phrase("leave"),
        PromptKey.KEYS: phrase("keys"),
    }


def build_key_help() -> Mapping[str, str]:
    """What each key does, in a sentence."""
    return {
        DOUBT_KEY: phrase("of several choices, you are not sure of this one; in plain lines, type ? behind its number"),
        PromptKey.WHY: phrase("why we ask, in full, with an example and the source; once answered, what it led to"),
        PromptKey.BACK: phrase("back to the question before, as often as you like"),
        PromptKey.SKIP: phrase("skip this question for now; it comes again at the end"),
        PromptKey.NOTE: phrase("write a note beside this answer, change it or empty it"),
        PromptKey.EVIDENCE: phrase("say where somebody can see that it is so; date it, or take it away"),
        PromptKey.ASK: phrase(
            "say who would know, then skip it or answer “Not sure”; `tenken questions RECORD --for NAME` is for them"
        ),
        PromptKey.REVIEW: phrase("look through all answers and change any"),
        PromptKey.LEAVE: phrase(
            "leave; everything is saved, and the same command goes on (Ctrl-C and Ctrl-D do the same)"
        ),
        PromptKey.KEYS: phrase("this list"),
    }
