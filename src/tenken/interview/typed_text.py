"""Typed text: how long it may be, and how it is cleaned before it goes into a record."""

from __future__ import annotations

MAX_TYPED_LENGTH = 4000
"""Characters in one typed text; a record is read by people."""


def clean_typed_text(text: str) -> str:
    """Typed text as a record may hold it: one line, nothing that steers a terminal or hides from a reader."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
