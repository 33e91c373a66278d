"""The kinds of values in the files of the format, as JSON Schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenken.rules.answer_kinds import NEVER
from tenken.rules.value_binding import ROW_WORDS
from tenken.rules.yaml_binding import ID_PATTERN

JsonSchema = dict[str, Any]

_TEXT_TYPES = ["string", "number", "boolean"]
_DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def refer_to_definition(name: str) -> JsonSchema:
    return {"$ref": f"#/$defs/{name}"}


def allow_one_or_several(one: JsonSchema, **more: object) -> JsonSchema:
    return choose_by_type("array", {"items": one, **more}, one)


def choose_by_type(kind: str, then: JsonSchema, otherwise: JsonSchema) -> JsonSchema:
    """One of two forms; told apart first, so that a mistake is reported where it stands."""
    return {"if": {"type": kind}, "then": then, "else": otherwise}


VALUE_SCHEMAS: Mapping[str, JsonSchema] = {
    "text": {"type": _TEXT_TYPES, "minLength": 1},
    "plain": {"type": [*_TEXT_TYPES, "null"]},
    "cites": {"type": ["string", "number"], "pattern": r"^\s*[^;\s][^;]*(;\s*[^;\s][^;]*)*$"},
    "yes_no": {"enum": ["yes", "no", True, False]},
    "day": {"type": "string", "format": "date", "pattern": f"^{_DAY_PATTERN}$"},
    "day_or_never": {"anyOf": [refer_to_definition("day"), {"const": NEVER}]},
    "months": {"type": "string", "pattern": "^[1-9][0-9]{0,2} months?$"},
    "moment": {"type": "string", "format": "date-time", "pattern": f"^{_DAY_PATTERN}T([0-9]{{2}}:){{2}}[0-9]{{2}}Z$"},
    "name": {"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"},
    "answer": choose_by_type(
        "object",
        {"additionalProperties": {"enum": [*ROW_WORDS, True, False]}},
        allow_one_or_several({"type": [*_TEXT_TYPES, "null"]}),
    ),
    "one_of": allow_one_or_several({"type": _TEXT_TYPES, "minLength": 1}, minItems=1),
    "condition": {
        "type": "object",
        "minProperties": 1,
        "properties": {
            **dict.fromkeys(("all", "any"), refer_to_definition("conditions")),
            "not": refer_to_definition("condition"),
            "term": refer_to_definition("one_of"),
        },
        "additionalProperties": choose_by_type("object", *map(refer_to_definition, ("limits", "one_of"))),
    },
    "conditions": {"type": "array", "minItems": 1, "items": refer_to_definition("condition")},
    "limits": {
        "type": "object",
        "minProperties": 1,
        "properties": {
            "only": refer_to_definition("one_of"),
            **dict.fromkeys(("before", "from"), refer_to_definition("day")),
        },
        "additionalProperties": False,
    },
}
"""The kinds of values, under the names by which the descriptions know them."""
