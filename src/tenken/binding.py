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

from tenken import logic, model
from tenken.problems import Phrase, Place, Problem
from tenken.yamlfile import Node, place


class Missing:
    """What stands for a value that could not be read; its problem has been reported."""


MISSING_VALUE = Missing()
_LINES = "`key: value` lines should stand here, not {kind}"
Bind = Callable[[Node, "Reading"], Any]
ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


class Reading:
    """One file being read: its path and what was found wrong in it so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.left_out: set[str] = set()

    def at(self, node: Node) -> Place:
        return place(self.path, node.mark)

    def key(self, node: Node, key: str) -> Place:
        return place(self.path, node.keys[key])

    def refuse(self, where: Place, text: str, **facts: object) -> Missing:
        self.problems.append(Problem(where, text, facts))
        return MISSING_VALUE


def bind(cls: type, node: Node, reading: Reading) -> Any:
    """An instance of `cls`, or `MISSING_VALUE` if something it cannot do without is missing or wrong."""
    return binder(cls)(node, reading)


@cache
def binder(hint: Any) -> Bind:
    """How a value of this annotation is read."""
    if special := _SPECIAL.get(hint):
        return special
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return binder(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        return _many(binder(arguments[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(arguments[1])
    if issubclass(hint, StrEnum):
        return _one_of(hint)
    return _class(hint)


def text(node: Node, reading: Reading) -> Any:
    if not isinstance(node.value, str):
        return reading.refuse(reading.at(node), "one word or text should stand here, not {kind}", kind=_kind(node))
    return node.value


def prose(node: Node, reading: Reading) -> Any:
    value = text(node, reading)
    if value == "":
        return reading.refuse(reading.at(node), "the text is missing here")
    return value if isinstance(value, Missing) else value.strip()


def _cites(node: Node, reading: Reading) -> Any:
    value = prose(node, reading)
    if isinstance(value, Missing):
        return value
    parts = tuple(part.strip() for part in value.split(";"))
    if not all(parts):
        return reading.refuse(reading.at(node), "an empty citation; write the sources with `;` between them")
    return parts


def _yes_no(node: Node, reading: Reading) -> Any:
    if node.value not in ("yes", "no"):
        return reading.refuse(reading.at(node), "write yes or no here")
    return node.value == "yes"


def day(node: Node, reading: Reading) -> Any:
    value = text(node, reading)
    if isinstance(value, Missing):
        return value
    try:
        return parse_day(value)
    except ValueError:
        said = value or Phrase("nothing")
        return reading.refuse(reading.at(node), "{said} is not a day; write it as 2026-08-02", said=said)


def parse_day(said: str) -> date:
    """A real day written as 2026-08-02; raises ValueError for anything else."""
    return date.fromisoformat(_exactly(r"\d{4}-\d\d-\d\d", said))


def _exactly(pattern: str, said: str) -> str:
    if not re.fullmatch(pattern, said, re.ASCII):
        raise ValueError(said)
    return said


def _day_or_never(node: Node, reading: Reading) -> Any:
    return logic.NEVER if node.value == logic.NEVER else day(node, reading)


def _moment(node: Node, reading: Reading) -> Any:
    value = text(node, reading)
    if isinstance(value, Missing):
        return value
    try:
        return datetime.fromisoformat(_exactly(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value))
    except ValueError:
        where = reading.at(node)
        return reading.refuse(where, "{said} is not a moment; write it as 2026-08-02T09:30:00Z", said=value)


def _one_of(words: type[StrEnum]) -> Bind:
    def read(node: Node, reading: Reading) -> Any:
        value = text(node, reading)
        if isinstance(value, Missing) or value in tuple(words):
            return value if isinstance(value, Missing) else words(value)
        hint = instead(value, tuple(words))
        return reading.refuse(reading.at(node), "{said} is not a word for this; {hint}", said=value, hint=hint)

    return read


def _many(bind_one: Bind) -> Bind:
    def read(node: Node, reading: Reading) -> Any:
        items = node.value if isinstance(node.value, list) else [node]
        bound = (bind_one(item, reading) for item in items)
        return tuple(item for item in bound if item is not MISSING_VALUE)

    return read


def _mapping(hint: Any) -> Bind:
    def read(node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, dict):
            return reading.refuse(reading.at(node), "`name: …` lines should stand here, not {kind}", kind=_kind(node))
        bind_one = binder(hint)
        bound = {}
        for key, child in node.value.items():
            if not ID.fullmatch(key):
                where = reading.key(node, key)
                reading.refuse(where, "{key} cannot be a name; use letters, digits, `_`, `-` and `.`", key=key)
                continue
            value = bind_one(child, reading)
            if value is MISSING_VALUE:
                reading.left_out.add(key)
                continue
            bound[key] = _named(value, key, reading.key(node, key))
        return bound

    return read


def _named(value: Any, key: str, where: Place) -> Any:
    """Gives what stands under a key its id, and the place of the key as its place."""
    for name, change in (("id", key), ("at", where)):
        if isinstance(getattr(value, name, None), Place if name == "at" else str):
            object.__setattr__(value, name, change)
    return value


@cache
def keys(cls: type) -> dict[str, tuple[Field[Any], Bind]]:
    """The keys a class takes in a file, and how the value of each is read."""
    hints = get_type_hints(cls)
    return {
        field.name: (field, binder(hints[field.name]))
        for field in fields(cls)
        if not field.metadata and hints[field.name] is not Place
    }


@cache
def _place_field(cls: type) -> str | None:
    return next((name for name, hint in get_type_hints(cls).items() if hint is Place), None)


def _class(cls: type) -> Bind:
    bare = getattr(cls, "bare", None)

    def read(node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, dict):
            if bare is not None:
                return bare(_many(text)(node, reading), reading.at(node))
            return reading.refuse(reading.at(node), _LINES, kind=_kind(node))
        known = keys(cls)
        values: dict[str, Any] = {}
        complete = True
        for key, child in node.value.items():
            if key not in known:
                hint = instead(key, known)
                reading.refuse(reading.key(node, key), "{key} is not a key here; {hint}", key=key, hint=hint)
                continue
            value = known[key][1](child, reading)
            if value is not MISSING_VALUE:
                values[key] = value
            elif is_required(known[key][0]):
                complete = False
        missing = [f"`{name}`" for name, (field, _) in known.items() if is_required(field) and name not in node.value]
        if missing:
            reading.refuse(reading.at(node), "{names} is missing here", names=", ".join(missing))
        if missing or not complete:
            return MISSING_VALUE
        if name := _place_field(cls):
            values[name] = reading.at(node)
        return cls(**values)

    return read


def is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def condition(node: Node, reading: Reading) -> Any:
    """Several keys mean all of them; a list of values means one of them; `all`, `any` and `not` nest."""
    if not isinstance(node.value, dict) or not node.value:
        text = "a condition should stand here, such as `{{question: answer}}`, not {kind}"
        return reading.refuse(reading.at(node), text, kind=_kind(node))
    parts = [_part(node, key, child, reading) for key, child in node.value.items()]
    if any(part is MISSING_VALUE for part in parts):
        return MISSING_VALUE
    return parts[0] if len(parts) == 1 else logic.All(tuple(parts))


def _part(node: Node, key: str, child: Node, reading: Reading) -> Any:
    match key:
        case "all" | "any":
            return _parts(key, child, reading)
        case "not":
            part = condition(child, reading)
            return part if part is MISSING_VALUE else logic.Not(part)
        case "term":
            return _term(child, reading)
        case _:
            return _facts(node, key, child, reading)


def _parts(key: str, child: Node, reading: Reading) -> Any:
    if not isinstance(child.value, list) or not child.value:
        return reading.refuse(reading.at(child), "`{key}` takes a list of conditions", key=key)
    parts = tuple(condition(item, reading) for item in child.value)
    if any(part is MISSING_VALUE for part in parts):
        return MISSING_VALUE
    return logic.All(parts) if key == "all" else logic.AnyOf(parts)


def _term(child: Node, reading: Reading) -> Any:
    names = _words(child, reading)
    if isinstance(names, Missing):
        return names
    named = tuple(logic.Term(name, at=reading.at(child)) for name in names)
    return named[0] if len(named) == 1 else logic.AnyOf(named)


def _facts(node: Node, question: str, child: Node, reading: Reading) -> Any:
    where = reading.key(node, question)
    if not isinstance(child.value, dict):
        values = _words(child, reading)
        return values if isinstance(values, Missing) else logic.Is(question, frozenset(values), at=where)
    if not child.value:
        return reading.refuse(reading.at(child), "an answer is missing here")
    facts = [_fact(question, key, value, child, reading) for key, value in child.value.items()]
    if any(fact is MISSING_VALUE for fact in facts):
        return MISSING_VALUE
    return facts[0] if len(facts) == 1 else logic.All(tuple(facts))


def _fact(question: str, key: str, value: Node, parent: Node, reading: Reading) -> Any:
    where = reading.key(parent, key)
    if key == "only":
        values = _words(value, reading)
        return values if isinstance(values, Missing) else logic.Only(question, frozenset(values), at=where)
    if key in ("before", "from"):
        bound = day(value, reading)
        kind = logic.Before if key == "before" else logic.From
        return bound if isinstance(bound, Missing) else kind(question, bound, at=where)
    hint = instead(key, ("only", "before", "from"))
    return reading.refuse(where, "{key} cannot be asked of an answer; {hint}", key=key, hint=hint)


def _words(node: Node, reading: Reading) -> Any:
    items = node.value if isinstance(node.value, list) else [node]
    words = tuple(text(item, reading) for item in items)
    if not words or "" in words:
        return reading.refuse(reading.at(node), "an answer is missing here")
    return MISSING_VALUE if MISSING_VALUE in words else words


def instead(said: str, known: Iterable[str]) -> Phrase:
    """What would be right: the nearest known word, or all of them if they are few."""
    names = sorted(known)
    if near := difflib.get_close_matches(said, names, n=1, cutoff=0.6):
        return Phrase("did you mean {name}?", {"name": near[0]})
    if not names:
        return Phrase("none is defined here")
    if len(names) <= 12:
        return Phrase("it can be {names}", {"names": ", ".join(names)})
    return Phrase("nothing known is spelled like it")


def _kind(node: Node) -> Phrase:
    if isinstance(node.value, dict):
        return Phrase("a mapping")
    return Phrase("a list") if isinstance(node.value, list) else (Phrase("text") if node.value else Phrase("nothing"))


_SPECIAL: dict[Any, Bind] = {
    str: text,
    model.Words: prose,
    model.Cites: _cites,
    model.Start: _day_or_never,
    model.Start | None: _day_or_never,
    bool: _yes_no,
    date: day,
    datetime: _moment,
    logic.Condition: condition,
    logic.Condition | None: condition,
}
