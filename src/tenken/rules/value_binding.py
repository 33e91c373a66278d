"""Reads single values from the nodes of a file: words, prose, days, citations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from tenken.files.problems import NameHint, Phrase, Place, Problem, find_near_name, suggest_instead
from tenken.files.strict_yaml import Node, mark_place
from tenken.rules.answer_kinds import DOUBT, NEVER, UNSURE, parse_day
from tenken.rules.requirement import MET, NOT_MET, Basis

ROW_WORDS = (MET, NOT_MET, UNSURE)
"""What can be said of each of several choices."""

_ONLY_NO_PROBLEM = "none of these is yes or unsure; write which is, or the answer `none` where the question has it"


class MissingValue:
    """What stands for a value that could not be read; its problem has been reported."""


MISSING_VALUE = MissingValue()


Binder = Callable[[Node, "FileReading"], Any]

MOST_ENTRIES = 10_000
"""How many entries one key may have; ten times what the longest checklist has."""


class FileReading:
    """One file being read: its path and what was found wrong in it so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.left_out: set[str] = set()

    def find_node_place(self, node: Node) -> Place:
        return mark_place(self.path, node.mark)

    def find_key_place(self, node: Node, key: str) -> Place:
        child = node.value[key] if isinstance(node.value, dict) else node
        return mark_place(self.path, child.key_mark)

    def refuse_value(self, where: Place, text: str, **facts: object) -> MissingValue:
        self.problems.append(Problem(where, text, facts))
        return MISSING_VALUE


def bind_text(node: Node, reading: FileReading) -> Any:
    if not isinstance(node.value, str):
        return reading.refuse_value(
            reading.find_node_place(node),
            "one word or text should stand here, not {kind}",
            kind=describe_node_kind(node),
        )
    return node.value


def bind_chosen_words(node: Node, reading: FileReading) -> Any:
    """A word, a list of words, or choices with yes, no or unsure; what is unsure gets the sign of doubt."""
    if isinstance(node.value, dict):
        said = {choice: bind_row_word(child, reading) for choice, child in node.value.items()}
        if set(said.values()) == {NOT_MET}:
            reading.refuse_value(reading.find_node_place(node), _ONLY_NO_PROBLEM)
        signs = {MET: "", UNSURE: DOUBT}
        return tuple(choice + signs[word] for choice, word in said.items() if word in signs)
    if isinstance(node.value, str):
        return (node.value,)
    if len(node.value) > MOST_ENTRIES:
        return refuse_many_entries(node, reading)
    words = [item.value if type(item.value) is str else bind_text(item, reading) for item in node.value]
    return tuple([word for word in words if word is not MISSING_VALUE])


def refuse_many_entries(node: Node, reading: FileReading) -> MissingValue:
    text = "{count} entries stand here; at most {most} are read"
    return reading.refuse_value(reading.find_node_place(node), text, count=len(node.value), most=MOST_ENTRIES)


def bind_row_word(node: Node, reading: FileReading) -> Any:
    if node.value in ROW_WORDS:
        return node.value
    return reading.refuse_value(reading.find_node_place(node), "write yes, no or unsure here")


def bind_prose(node: Node, reading: FileReading) -> Any:
    value = bind_text(node, reading)
    if value == "":
        return reading.refuse_value(reading.find_node_place(node), "the text is missing here")
    return value if isinstance(value, MissingValue) else value.strip()


def bind_cites(node: Node, reading: FileReading) -> Any:
    value = bind_prose(node, reading)
    if isinstance(value, MissingValue):
        return value
    parts = tuple(part.strip() for part in value.split(";"))
    if not all(parts):
        return reading.refuse_value(
            reading.find_node_place(node), "an empty citation; write the sources with `;` between them"
        )
    return parts


def bind_yes_no(node: Node, reading: FileReading) -> Any:
    if node.value not in ("yes", "no"):
        return reading.refuse_value(reading.find_node_place(node), "write yes or no here")
    return node.value == "yes"


def bind_day(node: Node, reading: FileReading) -> Any:
    value = bind_text(node, reading)
    if isinstance(value, MissingValue):
        return value
    try:
        return _parse_day_once(value)
    except ValueError:
        said = value or Phrase("nothing")
        return reading.refuse_value(
            reading.find_node_place(node), "{said} is not a day; write it as 2026-08-02", said=said
        )


_parse_day_once = lru_cache(maxsize=5000)(parse_day)
"""Of many records, most name the same days."""


def bind_day_or_never(node: Node, reading: FileReading) -> Any:
    return NEVER if node.value == NEVER else bind_day(node, reading)


def bind_months(node: Node, reading: FileReading) -> Any:
    value = bind_text(node, reading)
    found = None if isinstance(value, MissingValue) else re.fullmatch(r"([1-9]\d{0,2}) months?", value, re.ASCII)
    if found is None and not isinstance(value, MissingValue):
        text = "{said} is not a length of time; write it as 12 months"
        return reading.refuse_value(reading.find_node_place(node), text, said=value or Phrase("nothing"))
    return int(found[1]) if found else value


def bind_moment(node: Node, reading: FileReading) -> Any:
    value = bind_text(node, reading)
    if isinstance(value, MissingValue):
        return value
    try:
        return _parse_moment(value)
    except ValueError:
        where = reading.find_node_place(node)
        return reading.refuse_value(where, "{said} is not a moment; write it as 2026-08-02T09:30:00Z", said=value)


def _parse_moment(said: str) -> datetime:
    """A real moment written as 2026-08-02T09:30:00Z; raises ValueError for anything else."""
    if len(said) != 20 or said[4::3] != "--T::Z" or not said.isascii():
        raise ValueError(said)
    return datetime.fromisoformat(said)


def build_enum_binder(words: type[StrEnum]) -> Binder:
    def bind_word(node: Node, reading: FileReading) -> Any:
        value = bind_text(node, reading)
        if isinstance(value, MissingValue) or value in tuple(words):
            return value if isinstance(value, MissingValue) else words(value)
        hint: NameHint | Phrase = suggest_instead(value, tuple(words))
        if words is Basis and find_near_name(value, tuple(words)) is None:
            hint = Phrase("it can be text or guidance, and house in house rules only")
        return reading.refuse_value(
            reading.find_node_place(node), "{said} is not a word for this; {hint}", said=value, hint=hint
        )

    return bind_word


def describe_node_kind(node: Node) -> Phrase:
    if isinstance(node.value, dict):
        return Phrase("a mapping")
    return Phrase("a list") if isinstance(node.value, list) else (Phrase("text") if node.value else Phrase("nothing"))
