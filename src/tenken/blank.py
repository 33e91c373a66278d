"""A record to fill in by hand: every question as a comment, every answer left open."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from tenken.answers import Record
from tenken.library import Library
from tenken.phrases import phrase
from tenken.record import FORMAT
from tenken.words import Words

_WIDTH = 100


def blank(library: Library, words: Words, ids: Iterable[str], record: Record | None = None) -> str:
    """The questions and checks of `ids` as a record in YAML; an answer left empty stays open."""
    lines = [
        *_comment(phrase("Fill in the answers; leave open what you do not know, or write unsure."), ""),
        f"tenken: {FORMAT}",
        f"system: {record.system if record else phrase('Name of your system')}",
        f"checklists: [{', '.join((record and record.checklists) or library.checklists)}]",
        "answers:",
    ]
    for id in ids:
        lines += _question(id, library, words)
    return "\n".join(lines) + "\n"


def _question(id: str, library: Library, words: Words) -> Iterator[str]:
    yield ""
    if id in library.questions:
        question = library.questions[id]
        several = phrase(" (several: [a, b])") if question.several else ""
        yield from _comment(question.ask + several)
    else:
        requirement, check = library.checks[id]
        yield from _comment(f"{words.cites(check.cites)} · {requirement.title}")
        yield from _comment(check.ask)
    if id in library.questions and library.questions[id].kind == "date":
        yield from _comment(phrase("a day such as 2026-08-02, or:"), "  #   ")
    for word, label, means in words.choices(id):
        yield from _comment(f"{word}: {means or label}", "  #   ")
    yield f"  {id}:"


def _comment(text: str, indent: str = "  # ") -> list[str]:
    indent = indent or "# "
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
