"""A record to fill in by hand: every question as a comment, every answer left open."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

from tenken.answers import Record
from tenken.library import Library
from tenken.phrases import phrase
from tenken.problems import Place, Problem, Problems
from tenken.record import FORMAT, answered
from tenken.words import Words
from tenken.yamlfile import dump

_WIDTH = 100
_NOBODY = "no open answer here says who would know; note it with `ask: NAME`"


def blank(
    library: Library, words: Words, ids: Iterable[str], record: Record | None = None, letter: Iterable[str] = ()
) -> str:
    """The questions and checks of `ids` as a record in YAML, below a letter; an answer left empty stays open."""
    lines = [
        *letter,
        *_comment(phrase("Fill in the answers; leave open what you do not know, or write unsure."), ""),
        f"tenken: {FORMAT}",
        dump({"system": record.system if record else phrase("Name of your system")}).rstrip("\n"),
        f"checklists: [{', '.join((record and record.checklists) or library.checklists)}]",
        "answers:",
    ]
    for id in ids:
        lines += _question(id, library, words)
    return "\n".join(lines) + "\n"


def asked_of(name: str, record: Record) -> list[str]:
    """The open questions that somebody would know the answer to; raises `Problems` if it is nobody's name."""
    asked = {id: given.ask for id, given in record.answers.items() if given.ask and not answered(given)}
    found = [id for id, who in asked.items() if _same(who, name)]
    if not found:
        names = ", ".join(dict.fromkeys(asked.values()))
        text = "{said} is to be asked about nothing here; those who are: {names}" if names else _NOBODY
        raise Problems(Problem(Place("--for"), text, {"said": name, "names": names}))
    return found


def _same(name: str, other: str) -> bool:
    one, two = (unicodedata.normalize("NFKC", said).casefold().split() for said in (name, other))
    return one == two


def letter(name: str, path: Path) -> list[str]:
    """What the person it goes to must know, as a comment: what it is about, and how the answers come back."""
    name = " ".join(name.split())
    record = "RECORD" if str(path) == "-" else quote(str(path))
    command = f"tenken assess {record} --merge FILE --by {quote(name)}"
    return [
        *_comment(phrase("For {name}: you would know the answers to these questions.", name=name), ""),
        *_comment(phrase("Fill them in and send this file back. Whoever sent it takes the answers over with:"), ""),
        f"#   {command}",
        "#",
    ]


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
