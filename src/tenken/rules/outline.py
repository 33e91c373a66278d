"""Outlines: what a document says, section by section, which answers that rests on, and what it asks for besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from tenken.files.compiled_data import read_compiled_file
from tenken.files.frozen_classes import Frozen, field, replace_fields
from tenken.files.problems import NOWHERE, Place, Problem, Problems, suggest_instead
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.answer_kinds import QuestionKind
from tenken.rules.checklist import Source
from tenken.rules.compiled_rules import RuleClasses, decode_rules
from tenken.rules.library import Library
from tenken.rules.loading import name_compiled_rules, read_file_as
from tenken.rules.logic import ALWAYS, Condition
from tenken.rules.requirement import NO_PROSE, About, Certainty, Choice, Cites, Prose, Question
from tenken.rules.translation import BASE_LANGUAGE, translate_item

OUTLINE_FOLDER = "documents"
_FILLING = re.compile(r"\{([A-Za-z][A-Za-z0-9_.-]*)\}")


class OutlineFacts(StrEnum):
    """What a paragraph takes from a file that is handed in."""

    DATA_SETS = "data_sets"
    DOMAINS = "domains"


class OutlineShare(Frozen):
    """How much of a long list is named, and by whom."""

    percent: str
    at_most: str = ""
    when: Condition = ALWAYS
    at: Place = NOWHERE


class OutlineLine(Frozen):
    """One paragraph: words, an answer, or what a file says.

    `{id}` in its words stands for an answer, and `{system}`, `{organisation}`, `{release}` and `{day}` for what the
    record says of itself. Words that claim a check is met stand only where the answer to it is yes.
    """

    label: Prose = NO_PROSE
    says: Prose = NO_PROSE
    answer: str = ""
    claims: str = ""
    facts: OutlineFacts | None = None
    shares: tuple[OutlineShare, ...] = ()
    when: Condition = ALWAYS
    sample: str = ""
    snippet: str = ""
    sign: bool = False
    cites: Cites = ()
    certainty: Certainty | None = None
    at: Place = NOWHERE


class OutlineSection(Frozen):
    """A part of a document under a heading of its own, and the requirement or check that it serves."""

    title: Prose
    cites: Cites
    serves: tuple[str, ...]
    lines: tuple[OutlineLine, ...]
    says: Prose = NO_PROSE
    when: Condition = ALWAYS
    id: str = field(default="", derived=True)
    at: Place = NOWHERE


class Outline(Frozen):
    """A document that helps to close gaps: its sections, and the questions that only it asks."""

    title: Prose
    about: Prose
    version: str
    helps: tuple[str, ...]
    sections: Mapping[str, OutlineSection]
    questions: Mapping[str, Question] = {}
    sources: Mapping[str, Source] = {}
    id: str = field(default="", derived=True)
    at: Place = NOWHERE


OUTLINE_CLASSES: RuleClasses = (
    *(About, Certainty, OutlineFacts, QuestionKind),
    *(Choice, Question, Source, OutlineShare, OutlineLine, OutlineSection, Outline),
)


def list_fillings(text: str) -> list[str]:
    """The names in braces in a text."""
    return _FILLING.findall(text)


def split_by_fillings(text: str) -> Iterator[tuple[str, str]]:
    """A text in pieces: words, and names in braces."""
    for number, piece in enumerate(_FILLING.split(text)):
        if piece:
            yield ("", piece) if number % 2 else (piece, "")


def list_line_fillings(line: OutlineLine) -> list[str]:
    """The ids of what a paragraph puts in, each once."""
    return list(dict.fromkeys((*([line.answer] if line.answer else []), *list_fillings(line.says))))


def load_outlines(language: str = BASE_LANGUAGE) -> Mapping[str, Outline]:
    """The outlines that ship with tenken, by id."""
    return _load_outline_folder(find_shipped_folder("checklists") / OUTLINE_FOLDER, language)


def find_helpful_outlines(requirement: str, language: str = BASE_LANGUAGE) -> list[Outline]:
    """The documents that help to close a gap in a requirement."""
    return [outline for outline in load_outlines(language).values() if requirement in outline.helps]


def find_outline(name: str, language: str = BASE_LANGUAGE) -> Outline:
    """The outline of a name; raises `Problems` if none has it."""
    known = load_outlines(language)
    if name not in known:
        facts = {"name": name, "hint": suggest_instead(name, known)}
        raise Problems(Problem(Place("DOCUMENT"), "there is no document {name}; {hint}", facts))
    return known[name]


@cache
def _load_outline_folder(folder: Path, language: str) -> Mapping[str, Outline]:
    paths = [path for path in sorted(folder.glob("*.yaml")) if "." not in path.stem]
    return {path.stem: _load_shipped_outline(path, language) for path in paths}


def _load_shipped_outline(path: Path, language: str) -> Outline:
    """An outline as it was compiled, or from its file."""
    content = read_compiled_file(name_compiled_rules(path, language))
    if content is None:
        return read_outline(path, language)
    outline: Outline = decode_rules(content, path, OUTLINE_CLASSES)
    return outline


def read_outline(path: Path, language: str = BASE_LANGUAGE) -> Outline:
    """One outline; raises `Problems` with everything wrong in its form."""
    outline = translate_item(read_file_as(Outline, path), path, language)
    assert isinstance(outline, Outline)
    object.__setattr__(outline, "id", path.stem)
    return outline


def add_text_questions(library: Library) -> Library:
    """The same rules as if the shared questions had those of documents among them, to show or take over answers."""
    questions = {**library.profile.questions, **find_text_questions(library.language)}
    return replace_fields(library, profile=replace_fields(library.profile, questions=questions))


@cache
def find_text_questions(language: str = BASE_LANGUAGE) -> Mapping[str, Question]:
    """Every question that documents ask, by id."""
    return {id: asked for outline in load_outlines(language).values() for id, asked in outline.questions.items()}
