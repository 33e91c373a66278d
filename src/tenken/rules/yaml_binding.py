"""Turns the nodes of a file into the frozen classes of the vocabulary, with a position for every mistake.

A class is bound by its annotations: `Prose` is prose, `str` a word, `date` a real day, a StrEnum one of its words, a
`Mapping` keeps its keys as ids, a `tuple` takes a list or a single value; a class with a method `bare` may also be
written as one word or a list of words. What cannot be bound is reported and left out, so that one mistake never hides
the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from tenken.files.frozen_classes import Field, Frozen, get_default_values, get_field_hints, list_fields, make_frozen
from tenken.files.problems import NameHint, Phrase, Place, raise_problems, suggest_instead
from tenken.files.strict_yaml import Node
from tenken.rules.condition_binding import bind_condition
from tenken.rules.logic import Condition
from tenken.rules.requirement import ChosenWords, Cites, DayOrNever, Months, Prose
from tenken.rules.value_binding import (
    MISSING_VALUE,
    MOST_ENTRIES,
    ROW_WORDS,
    Binder,
    FileReading,
    bind_chosen_words,
    bind_cites,
    bind_day,
    bind_day_or_never,
    bind_moment,
    bind_months,
    bind_prose,
    bind_text,
    bind_yes_no,
    build_enum_binder,
    describe_node_kind,
    refuse_many_entries,
)

BoundClass = TypeVar("BoundClass", bound=Frozen)
_EXPECTED_LINES_PROBLEM = "`key: value` lines should stand here, not {kind}"
ID_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def bind_whole(cls: type[BoundClass], node: Node, path: str) -> BoundClass:
    """What a node holds, as an instance of `cls`; raises `Problems` with everything wrong in its form."""
    reading = FileReading(path)
    bound = bind_node(cls, node, reading)
    raise_problems(reading.problems)
    assert isinstance(bound, cls)
    return bound


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
        return build_enum_binder(hint)
    return _build_class_binder(hint)


def _build_tuple_binder(bind_one: Binder) -> Binder:
    def bind_tuple(node: Node, reading: FileReading) -> Any:
        items = node.value if isinstance(node.value, list) else [node]
        if len(items) > MOST_ENTRIES:
            return refuse_many_entries(node, reading)
        bound = [bind_one(item, reading) for item in items]
        return tuple([item for item in bound if item is not MISSING_VALUE])

    return bind_tuple


def _build_mapping_binder(hint: Any) -> Binder:
    def bind_mapping(node: Node, reading: FileReading) -> Any:
        if not isinstance(node.value, dict):
            return reading.refuse_value(
                reading.find_node_place(node),
                "`name: …` lines should stand here, not {kind}",
                kind=describe_node_kind(node),
            )
        if len(node.value) > MOST_ENTRIES:
            return refuse_many_entries(node, reading)
        bind_one, (takes_id, takes_place) = find_binder(hint), _find_named_fields(hint)
        bound = {}
        for key, child in node.value.items():
            if not _is_id(key):
                where = reading.find_key_place(node, key)
                reading.refuse_value(where, "{key} cannot be a name; use letters, digits, `_`, `-` and `.`", key=key)
                continue
            value = bind_one(child, reading)
            if value is MISSING_VALUE:
                reading.left_out.add(key)
                continue
            if takes_id:
                object.__setattr__(value, "id", key)
            if takes_place:
                object.__setattr__(value, "at", reading.find_key_place(node, key))
            bound[key] = value
        return bound

    return bind_mapping


@lru_cache(maxsize=20_000)
def _is_id(key: str) -> bool:
    return ID_PATTERN.fullmatch(key) is not None


@cache
def _find_named_fields(hint: Any) -> tuple[bool, bool]:
    """Whether what stands under a key takes that as its id, and the place of it as its place."""
    hints = get_field_hints(hint) if list_fields(hint) else {}
    return hints.get("id") is str, hints.get("at") is Place


@cache
def find_class_keys(cls: type) -> dict[str, tuple[Field, Binder]]:
    """The keys a class takes in a file, and how the value of each is read."""
    hints = get_field_hints(cls)
    return {
        field.name: (field, find_binder(hints[field.name]))
        for field in list_fields(cls)
        if not field.derived and hints[field.name] is not Place
    }


@cache
def _find_place_field(cls: type) -> str | None:
    return next((name for name, hint in get_field_hints(cls).items() if hint is Place), None)


class _ClassPlan:
    """What binding an instance of a class goes by, found out once."""

    def __init__(self, cls: Any) -> None:
        known = find_class_keys(cls)
        self.binders = {name: bind for name, (_, bind) in known.items()}
        self.required = [name for name, (field, _) in known.items() if field.is_required]
        self.usual = get_default_values(cls)
        self.place_field = _find_place_field(cls)


_find_plan = cache(_ClassPlan)


def _has_only_rows(node: Node, cls: Any) -> bool:
    """Whether a mapping says yes, no or unsure of each of several choices, where a class takes an answer."""
    known = _find_plan(cls).binders
    if not node.value or not isinstance(node.value, dict) or "answer" not in known:
        return False
    return known.keys().isdisjoint(node.value) and all(child.value in ROW_WORDS for child in node.value.values())


def _build_class_binder(cls: Any) -> Binder:
    bare, bare_key = getattr(cls, "bare", None), getattr(cls, "bare_key", "")

    def bind_instance(node: Node, reading: FileReading) -> Any:
        if bare is not None and (not isinstance(node.value, dict) or _has_only_rows(node, cls)):
            words = bind_chosen_words(node, reading)
            return words if words is MISSING_VALUE else bare(words, reading.find_node_place(node))
        if bare_key and node.value and isinstance(node.value, str):
            value = find_class_keys(cls)[bare_key][1](node, reading)
            at = {"at": reading.find_node_place(node)}
            return value if value is MISSING_VALUE else cls(**{bare_key: value}, **at)
        if not isinstance(node.value, dict):
            where = reading.find_node_place(node)
            return reading.refuse_value(where, _EXPECTED_LINES_PROBLEM, kind=describe_node_kind(node))
        return _bind_lines(cls, node, reading)

    return bind_instance


def _bind_lines(cls: Any, node: Node, reading: FileReading) -> Any:
    plan = _find_plan(cls)
    binders, required, values, complete = plan.binders, plan.required, plan.usual.copy(), True
    assert isinstance(node.value, dict)
    for key, child in node.value.items():
        bind = binders.get(key)
        if bind is bind_text and type(child.value) is str:
            values[key] = child.value
        elif bind is None:
            _refuse_key(cls, key, node, reading)
        elif (value := bind(child, reading)) is not MISSING_VALUE:
            values[key] = value
        elif key in required:
            complete = False
    if missing := [f"`{name}`" for name in required if name not in node.value]:
        reading.refuse_value(reading.find_node_place(node), "{names} is missing here", names=", ".join(missing))
    if missing or not complete:
        return MISSING_VALUE
    if plan.place_field:
        values[plan.place_field] = reading.find_node_place(node)
    return make_frozen(cls, values)


def _refuse_key(cls: type, key: str, node: Node, reading: FileReading) -> None:
    """Says where a key belongs: below an empty line above it, to what is written further in, or under another name."""
    assert isinstance(node.value, dict)
    keys = list(node.value)
    above = keys[keys.index(key) - 1] if key != keys[0] else ""
    owners = [name for name, inner in _list_inner_classes(cls) if key in find_class_keys(inner)]
    hint: Phrase | NameHint = suggest_instead(key, find_class_keys(cls))
    if above and node.value[above].value == "" and above in dict(_list_inner_classes(cls)):
        hint = Phrase("indent it to stand below `{above}`", {"above": above})
    elif owners:
        hint = Phrase("it belongs to an entry of {owners}", {"owners": ", ".join(f"`{name}`" for name in owners)})
    reading.refuse_value(reading.find_key_place(node, key), "{key} is not a key here; {hint}", key=key, hint=hint)


@cache
def _list_inner_classes(cls: type) -> tuple[tuple[str, type], ...]:
    """The keys of a class under which things of other classes stand, each under a name, and those classes."""
    hints = get_field_hints(cls)
    named = ((name, get_args(hints[name])[-1]) for name in find_class_keys(cls) if get_origin(hints[name]) is Mapping)
    return tuple((name, inner) for name, inner in named if list_fields(inner))


_SPECIAL_BINDERS: dict[Any, Binder] = {
    str: bind_text,
    ChosenWords: bind_chosen_words,
    Prose: bind_prose,
    Cites: bind_cites,
    DayOrNever: bind_day_or_never,
    DayOrNever | None: bind_day_or_never,
    Months: bind_months,
    bool: bind_yes_no,
    date: bind_day,
    datetime: bind_moment,
    Condition: bind_condition,
    Condition | None: bind_condition,
}
