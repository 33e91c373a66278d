"""Typed text: how long it may be, and how it is cleaned before it goes into a record."""

from __future__ import annotations

import unicodedata

from tenken.files.problems import Place, Problem, Problems
from tenken.interview.prompt import PromptKey, build_key_names
from tenken.messages.message_catalog import phrase

MAX_TYPED_LENGTH = 4000
"""Characters in one typed text; a record is read by people."""


def clean_signature(said: str, option: str = "--by") -> str:
    """A name that answers are signed with, as an option gives it; raises `Problems` for what no record can hold."""
    name = " ".join(said.split())
    if not name.isprintable():
        raise Problems(Problem(Place(option), "a name cannot have characters that are not shown, or broken ones"))
    if len(name) > MAX_TYPED_LENGTH:
        raise Problems(Problem(Place(option), "this is longer than {count} characters", {"count": MAX_TYPED_LENGTH}))
    return name


def find_typed_command(typed: str) -> PromptKey | None:
    """The command whose whole name, or English name, was typed where a text is wanted; nobody means it as a name."""
    wanted = unicodedata.normalize("NFKC", typed).strip().casefold()
    names = build_key_names()
    return next((key for key in PromptKey if wanted in (names[key].casefold(), key.name.casefold())), None)


def refuse_typed_command(typed: str) -> str:
    """What is said to somebody who typed a command that does nothing here."""
    if find_typed_command(typed) is None:
        return ""
    text = "“{word}” is a command, and it works at a question only; type something else."
    return phrase(text, word=typed.strip())


def clean_typed_text(text: str) -> str:
    """Typed text as a record may hold it: one line, nothing that steers a terminal or hides from a reader."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
