"""A record to fill in by hand: every question as a comment, every answer left open."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

from tenken.assessment.wording import Wording
from tenken.files.problems import Place, Problem, Problems
from tenken.files.yaml_writing import dump_yaml
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import has_sure_answer
from tenken.records.record import Record
from tenken.records.record_file import RECORD_FORMAT
from tenken.rules.library import Library

_COMMENT_WIDTH = 100
_NOBODY_TO_ASK = "no open answer here says who would know; note it with `ask: NAME`"


def render_blank_record(
    library: Library, wording: Wording, ids: Iterable[str], record: Record | None = None, letter: Iterable[str] = ()
) -> str:
    """The questions and checks of `ids` as a record in YAML, below a letter; an answer left empty stays open."""
    lines = [
        *letter,
        *_render_yaml_comment(phrase("Fill in the answers; leave open what you do not know, or write unsure."), ""),
        f"tenken: {RECORD_FORMAT}",
        dump_yaml({"system": record.system if record else phrase("Name of your system")}).rstrip("\n"),
        f"checklists: [{', '.join((record and record.checklists) or library.checklists)}]",
        "answers:",
    ]
    for id in ids:
        lines += _list_question_lines(id, library, wording)
    return "\n".join(lines) + "\n"


def find_questions_for(name: str, record: Record) -> list[str]:
    """The open questions that somebody would know the answer to; raises `Problems` if it is nobody's name."""
    asked = {id: given.ask for id, given in record.answers.items() if given.ask and not has_sure_answer(given)}
    found = [id for id, who in asked.items() if _is_same_name(who, name)]
    if not found:
        names = ", ".join(dict.fromkeys(asked.values()))
        text = "{said} is to be asked about nothing here; those who are: {names}" if names else _NOBODY_TO_ASK
        raise Problems(Problem(Place("--for"), text, {"said": name, "names": names}))
    return found


def _is_same_name(name: str, other: str) -> bool:
    one, two = (unicodedata.normalize("NFKC", said).casefold().split() for said in (name, other))
    return one == two


def render_letter_lines(name: str, path: Path) -> list[str]:
    """What the person it goes to must know, as a comment: what it is about, and how the answers come back."""
    name = " ".join(name.split())
    record = "RECORD" if str(path) == "-" else quote(str(path))
    command = f"tenken assess {record} --merge FILE --by {quote(name)}"
    return [
        *_render_yaml_comment(phrase("For {name}: you would know the answers to these questions.", name=name), ""),
        *_render_yaml_comment(
            phrase("Fill them in and send this file back. Whoever sent it takes the answers over with:"), ""
        ),
        f"#   {command}",
        "#",
    ]


def _list_question_lines(id: str, library: Library, wording: Wording) -> Iterator[str]:
    yield ""
    if id in library.questions:
        question = library.questions[id]
        several = phrase(" (several: [a, b])") if question.several else ""
        yield from _render_yaml_comment(question.ask + several)
    else:
        requirement, check = library.checks[id]
        yield from _render_yaml_comment(f"{wording.render_citations(check.cites)} · {requirement.title}")
        yield from _render_yaml_comment(check.ask)
    if comment := library.find_answer_kind(id).typed_comment:
        yield from _render_yaml_comment(phrase(comment), "  #   ")
    for word, label, means in wording.list_choices(id):
        yield from _render_yaml_comment(f"{word}: {means or label}", "  #   ")
    yield f"  {id}:"


def _render_yaml_comment(text: str, indent: str = "  # ") -> list[str]:
    indent = indent or "# "
    return textwrap.wrap(text, _COMMENT_WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
