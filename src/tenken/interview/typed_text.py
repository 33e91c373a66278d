"""Typed text: how long it may be, and how it is cleaned before it goes into a record."""

from __future__ import annotations

from tenken.files.problems import Place, Problem, Problems

MAX_TYPED_LENGTH = 4000
"""Characters in one typed text; a record is read by people."""


def clean_signature(said: str) -> str:
    """A name that answers are signed with; raises `Problems` for what no record can hold."""
    name = " ".join(said.split())
    if not name.isprintable():
        raise Problems(Problem(Place("--by"), "a name cannot have characters that are not shown, or broken ones"))
    if len(name) > MAX_TYPED_LENGTH:
        raise Problems(Problem(Place("--by"), "this is longer than {count} characters", {"count": MAX_TYPED_LENGTH}))
    return name


def clean_typed_text(text: str) -> str:
    """Typed text as a record may hold it: one line, nothing that steers a terminal or hides from a reader."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
