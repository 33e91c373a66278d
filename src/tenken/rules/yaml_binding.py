"""Turns the nodes of a file into the dataclasses of the model, with a position for every mistake.

A class is bound by its annotations: `Words` is prose, `str` a word, `date` a real day, a StrEnum one of its words, a
`Mapping` keeps its keys as ids, a `tuple` takes a list or a single value; a class with a method `bare` may also be
written as one word or a list of words. What cannot be bound is reported and left out, so that one mistake never hides
the others.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tenken.files.problems import Phrase, Place, Problem
from tenken.files.strict_yaml import Node, mark_place
from tenken.rules.logic import NEVER, All, AnyOf, Before, Condition, Is, Not, Only, OnOrAfter, Term
from tenken.rules.requirement import Cites, DayOrNever, Prose


class MissingValue:
    """What stands for a value that could not be read; its problem has been reported."""


MISSING_VALUE = MissingValue()
_EXPECTED_LINES_PROBLEM = "`key: value` lines should stand here, not {kind}"
Binder = Callable[[Node, "FileReading"], Any]
ID_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


class FileReading:
    """One file being read: its path and what was found wrong in it so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.left_out: set[str] = set()

    def find_node_place(self, node: Node) -> Place:
        return mark_place(self.path, node.mark)

    def find_key_place(self, node: Node, key: str) -> Place:
        return mark_place(self.path, node.keys[key])

    def refuse_value(self, where: Place, text: str, **facts: object) -> MissingValue:
        self.problems.append(Problem(where, text, facts))
        return MISSING_VALUE


def bind_node(cls: type, node: Node, reading: FileReading) -> Any:
    """An instance of `cls`, or `MISSING_VALUE` if something it cannot do without is missing or wrong."""
    return find_binder(cls)(node, reading)


@cache
def find_binder(hint: Any) -> Binder:
    """How a value of this annotation is read."""
    if special := _SPECIAL_BINDERS.get(hint):
        return special
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return find_binder(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        return _build_tuple_binder(find_binder(arguments[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _build_mapping_binder(arguments[1])
    if issubclass(hint, StrEnum):
        return _build_enum_binder(hint)
    return _build_class_binder(hint)


def bind_text(node: Node, reading: FileReading) -> Any:
    if not isinstance(node.value, str):
        return reading.refuse_value(
            reading.find_node_place(node),
            "one word or text should stand here, not {kind}",
            kind=_describe_node_kind(node),
        )
    return node.value


def bind_prose(node: Node, reading: FileReading) -> Any:
    value = bind_text(node, reading)
    if value == "":
        return reading.refuse_value(reading.find_node_place(node), "the text is missing here")
    return value if isinstance(value, MissingValue) else value.strip()


def _bind_cites(node: Node, reading: FileReading) -> Any:
    value = bind_prose(node, reading)
    if isinstance(value, MissingValue):
        return value
    parts = tuple(part.strip() for part in value.split(";"))
    if not all(parts):
        return reading.refuse_value(
            reading.find_node_place(node), "an empty citation; write the sources with `;` between them"
        )
    return parts


def _bind_yes_no(node: Node, reading: FileReading) -> Any:
    if node.value not in ("yes", "no"):
        return reading.refuse_value(reading.find_node_place(node), "write yes or no here")
    return node.value == "yes"


def bind_day(node: Node, reading: FileReading) -> Any:
    value = bind_text(node, reading)
    if isinstance(value, MissingValue):
        return value
    try:
        return parse_day(value)
    except ValueError:
        said = value or Phrase("nothing")
        return reading.refuse_value(
            reading.find_node_place(node), "{said} is not a day; write it as 2026-08-02", said=said
        )


def parse_day(said: str) -> date:
    """A real day written as 2026-08-02; raises ValueError for anything else."""
    return date.fromisoformat(_require_pattern(r"\d{4}-\d\d-\d\d", said))


def _require_pattern(pattern: str, said: str) -> str:
    if not re.fullmatch(pattern, said, re.ASCII):
        raise ValueError(said)
    return said


def _bind_day_or_never(node: Node, reading: FileReading) -> Any:
    return NEVER if node.value == NEVER else bind_day(node, reading)


def _bind_moment(node: Node, reading: FileReading) -> Any:
    value = bind_text(node, reading)
    if isinstance(value, MissingValue):
        return value
    try:
        return datetime.fromisoformat(_require_pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value))
    except ValueError:
        where = reading.find_node_place(node)
        return reading.refuse_value(where, "{said} is not a moment; write it as 2026-08-02T09:30:00Z", said=value)


def _build_enum_binder(words: type[StrEnum]) -> Binder:
    def bind_word(node: Node, reading: FileReading) -> Any:
        value = bind_text(node, reading)
        if isinstance(value, MissingValue) or value in tuple(words):
            return value if isinstance(value, MissingValue) else words(value)
        hint = suggest_instead(value, tuple(words))
        return reading.refuse_value(
            reading.find_node_place(node), "{said} is not a word for this; {hint}", said=value, hint=hint
        )

    return bind_word


def _build_tuple_binder(bind_one: Binder) -> Binder:
    def bind_tuple(node: Node, reading: FileReading) -> Any:
        items = node.value if isinstance(node.value, list) else [node]
        bound = (bind_one(item, reading) for item in items)
        return tuple(item for item in bound if item is not MISSING_VALUE)

    return bind_tuple


def _build_mapping_binder(hint: Any) -> Binder:
    def bind_mapping(node: Node, reading: FileReading) -> Any:
        if not isinstance(node.value, dict):
            return reading.refuse_value(
                reading.find_node_place(node),
                "`name: …` lines should stand here, not {kind}",
                kind=_describe_node_kind(node),
            )
        bind_one = find_binder(hint)
        bound = {}
        for key, child in node.value.items():
            if not ID_PATTERN.fullmatch(key):
                where = reading.find_key_place(node, key)
                reading.refuse_value(where, "{key} cannot be a name; use letters, digits, `_`, `-` and `.`", key=key)
                continue
            value = bind_one(child, reading)
            if value is MISSING_VALUE:
                reading.left_out.add(key)
                continue
            bound[key] = _set_id_and_place(value, key, reading.find_key_place(node, key))
        return bound

    return bind_mapping


def _set_id_and_place(value: Any, key: str, where: Place) -> Any:
    """Gives what stands under a key its id, and the place of the key as its place."""
    for name, change in (("id", key), ("at", where)):
        if isinstance(getattr(value, name, None), Place if name == "at" else str):
            object.__setattr__(value, name, change)
    return value


@cache
def find_class_keys(cls: type) -> dict[str, tuple[Field[Any], Binder]]:
    """The keys a class takes in a file, and how the value of each is read."""
    hints = get_type_hints(cls)
    return {
        field.name: (field, find_binder(hints[field.name]))
        for field in fields(cls)
        if not field.metadata and hints[field.name] is not Place
    }


@cache
def _find_place_field(cls: type) -> str | None:
    return next((name for name, hint in get_type_hints(cls).items() if hint is Place), None)


def _build_class_binder(cls: type) -> Binder:
    bare = getattr(cls, "bare", None)

    def bind_instance(node: Node, reading: FileReading) -> Any:
        if not isinstance(node.value, dict):
            if bare is not None:
                return bare(_build_tuple_binder(bind_text)(node, reading), reading.find_node_place(node))
            return reading.refuse_value(
                reading.find_node_place(node), _EXPECTED_LINES_PROBLEM, kind=_describe_node_kind(node)
            )
        known = find_class_keys(cls)
        values: dict[str, Any] = {}
        complete = True
        for key, child in node.value.items():
            if key not in known:
                hint = suggest_instead(key, known)
                reading.refuse_value(
                    reading.find_key_place(node, key), "{key} is not a key here; {hint}", key=key, hint=hint
                )
                continue
            value = known[key][1](child, reading)
            if value is not MISSING_VALUE:
                values[key] = value
            elif is_required_field(known[key][0]):
                complete = False
        missing = [
            f"`{name}`" for name, (field, _) in known.items() if is_required_field(field) and name not in node.value
        ]
        if missing:
            reading.refuse_value(reading.find_node_place(node), "{names} is missing here", names=", ".join(missing))
        if missing or not complete:
            return MISSING_VALUE
        if name := _find_place_field(cls):
            values[name] = reading.find_node_place(node)
        return cls(**values)

    return bind_instance


def is_required_field(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def bind_condition(node: Node, reading: FileReading) -> Any:
    """Several keys mean all of them; a list of values means one of them; `all`, `any` and `not` nest."""
    if not isinstance(node.value, dict) or not node.value:
        text = "a condition should stand here, such as `{{question: answer}}`, not {kind}"
        return reading.refuse_value(reading.find_node_place(node), text, kind=_describe_node_kind(node))
    parts = [_bind_condition_part(node, key, child, reading) for key, child in node.value.items()]
    if any(part is MISSING_VALUE for part in parts):
        return MISSING_VALUE
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _bind_condition_part(node: Node, key: str, child: Node, reading: FileReading) -> Any:
    match key:
        case "all" | "any":
            return _bind_condition_list(key, child, reading)
        case "not":
            part = bind_condition(child, reading)
            return part if part is MISSING_VALUE else Not(part)
        case "term":
            return _bind_term(child, reading)
        case _:
            return _bind_facts(node, key, child, reading)


def _bind_condition_list(key: str, child: Node, reading: FileReading) -> Any:
    if not isinstance(child.value, list) or not child.value:
        return reading.refuse_value(reading.find_node_place(child), "`{key}` takes a list of conditions", key=key)
    parts = tuple(bind_condition(item, reading) for item in child.value)
    if any(part is MISSING_VALUE for part in parts):
        return MISSING_VALUE
    return All(parts) if key == "all" else AnyOf(parts)


def _bind_term(child: Node, reading: FileReading) -> Any:
    names = _bind_answer_words(child, reading)
    if isinstance(names, MissingValue):
        return names
    named = tuple(Term(name, at=reading.find_node_place(child)) for name in names)
    return named[0] if len(named) == 1 else AnyOf(named)


def _bind_facts(node: Node, question: str, child: Node, reading: FileReading) -> Any:
    where = reading.find_key_place(node, question)
    if not isinstance(child.value, dict):
        values = _bind_answer_words(child, reading)
        return values if isinstance(values, MissingValue) else Is(question, frozenset(values), at=where)
    if not child.value:
        return reading.refuse_value(reading.find_node_place(child), "an answer is missing here")
    facts = [_bind_fact(question, key, value, child, reading) for key, value in child.value.items()]
    if any(fact is MISSING_VALUE for fact in facts):
        return MISSING_VALUE
    return facts[0] if len(facts) == 1 else All(tuple(facts))


def _bind_fact(question: str, key: str, value: Node, parent: Node, reading: FileReading) -> Any:
    where = reading.find_key_place(parent, key)
    if key == "only":
        values = _bind_answer_words(value, reading)
        return values if isinstance(values, MissingValue) else Only(question, frozenset(values), at=where)
    if key in ("before", "from"):
        bound = bind_day(value, reading)
        kind = Before if key == "before" else OnOrAfter
        return bound if isinstance(bound, MissingValue) else kind(question, bound, at=where)
    hint = suggest_instead(key, ("only", "before", "from"))
    return reading.refuse_value(where, "{key} cannot be asked of an answer; {hint}", key=key, hint=hint)


def _bind_answer_words(node: Node, reading: FileReading) -> Any:
    items = node.value if isinstance(node.value, list) else [node]
    words = tuple(bind_text(item, reading) for item in items)
    if not words or "" in words:
        return reading.refuse_value(reading.find_node_place(node), "an answer is missing here")
    return MISSING_VALUE if MISSING_VALUE in words else words


def suggest_instead(said: str, known: Iterable[str]) -> Phrase:
    """What would be right: the nearest known word, or all of them if they are few."""
    names = sorted(known)
    if near := difflib.get_close_matches(said, names, n=1, cutoff=0.6):
        return Phrase("did you mean {name}?", {"name": near[0]})
    if not names:
        return Phrase("none is defined here")
    if len(names) <= 12:
        return Phrase("it can be {names}", {"names": ", ".join(names)})
    return Phrase("nothing known is spelled like it")


def _describe_node_kind(node: Node) -> Phrase:
    if isinstance(node.value, dict):
        return Phrase("a mapping")
    return Phrase("a list") if isinstance(node.value, list) else (Phrase("text") if node.value else Phrase("nothing"))


_SPECIAL_BINDERS: dict[Any, Binder] = {
    str: bind_text,
    Prose: bind_prose,
    Cites: _bind_cites,
    DayOrNever: _bind_day_or_never,
    DayOrNever | None: _bind_day_or_never,
    bool: _bind_yes_no,
    date: bind_day,
    datetime: _bind_moment,
    Condition: bind_condition,
    Condition | None: bind_condition,
}
