"""Reads conditions over answers from the nodes of a file."""

from __future__ import annotations

from typing import Any

from tenken.files.problems import suggest_instead
from tenken.files.strict_yaml import Node
from tenken.rules.logic import All, AnyOf, Before, Is, Not, Only, OnOrAfter, Term
from tenken.rules.value_binding import (
    MISSING_VALUE,
    FileReading,
    MissingValue,
    bind_day,
    bind_text,
    describe_node_kind,
)


def bind_condition(node: Node, reading: FileReading) -> Any:
    """Several keys mean all of them; a list of values means one of them; `all`, `any` and `not` nest."""
    if not isinstance(node.value, dict) or not node.value:
        text = "a condition should stand here, such as `{{question: answer}}`, not {kind}"
        return reading.refuse_value(reading.find_node_place(node), text, kind=describe_node_kind(node))
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
        case "or" | "and" if isinstance(child.value, list):
            facts = {"said": key, "right": "any" if key == "or" else "all"}
            text = "conditions are joined with `{right}`, not with `{said}`"
            return reading.refuse_value(reading.find_key_place(node, key), text, **facts)
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
