"""JSON Schemas of every file of the format and of the JSON result, made from the classes that read and write them.

A schema accepts what tenken reads, however an editor types it: bare `yes` may be a boolean there, and `1.10` a number.
What keys mean is written down in `checklists/schemas/keys.yaml`, once for the schemas and for the reference. Schemas
are not written by hand, so that none can promise what the reader refuses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache, reduce
from inspect import getdoc
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from tenken.assessment.judgement import Timing
from tenken.assessment.status import Status
from tenken.assessment.system_row_types import Applies, Day, SystemRow, UnreadableRow
from tenken.authoring.scenarios import Expected, Scenarios
from tenken.authoring.value_schemas import (
    VALUE_SCHEMAS,
    JsonSchema,
    allow_one_or_several,
    refer_to_definition,
)
from tenken.files.frozen_classes import Field
from tenken.files.shipped_files import find_shipped_folder
from tenken.files.strict_yaml import read_yaml, unwrap_node
from tenken.records.house_rules import HouseRules
from tenken.records.proposals import Proposals
from tenken.records.record import GivenAnswer, HouseDocument, Record
from tenken.records.record_file import READABLE_FORMATS
from tenken.report.export.gate_result import GateResult
from tenken.report.export.result_types import Result
from tenken.rules.card_mapping import CardMapping
from tenken.rules.checklist import Checklist, Profile
from tenken.rules.crosswalk import Crosswalk
from tenken.rules.logic import Condition
from tenken.rules.outline import Outline
from tenken.rules.requirement import ChosenWords, Cites, DayOrNever, Months, Prose
from tenken.rules.translation import find_translatable_fields
from tenken.rules.yaml_binding import find_class_keys

SchemaKey = tuple[str, JsonSchema, Field | None]
"""A key, the schema of its value, and the field it is read into, if it is read."""

_SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def load_schema_descriptions() -> Mapping[str, Any]:
    """What files, values, words and keys mean; a status says so itself."""
    described: Mapping[str, Any] = unwrap_node(read_yaml(find_shipped_folder("checklists") / "schemas" / "keys.yaml"))
    statuses = {str(status): status.meaning.says for status in Status}
    return {**described, "words": {**described["words"], Status.__name__: statuses}}


class _FileSchemas:
    """The schemas of files that people write; each class is described once, under `$defs`."""

    values: Mapping[Any, str] = {
        str: "plain",
        Prose: "text",
        Cites: "cites",
        bool: "yes_no",
        date: "day",
        DayOrNever: "day_or_never",
        Months: "months",
        datetime: "moment",
        ChosenWords: "answer",
        Condition: "condition",
    }

    def __init__(self) -> None:
        self.defs: dict[str, JsonSchema] = {}

    def describe_hint(self, hint: Any) -> JsonSchema:
        """The schema of a value with this annotation."""
        if name := self.values.get(hint):
            return self._define_value(name)
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            return self.describe_optional([argument for argument in arguments if argument is not NoneType])
        if origin in (tuple, list):
            return self.describe_several(self.describe_hint(arguments[0]))
        if origin is not None and issubclass(origin, Mapping):
            return self.describe_mapping(*arguments)
        return self._define_class(hint)

    def describe_optional(self, hints: list[Any]) -> JsonSchema:
        """A value that may be left out; nothing is written in its place."""
        return self.describe_hint(reduce(or_, hints))

    def describe_several(self, one: JsonSchema) -> JsonSchema:
        return allow_one_or_several(one)

    def describe_mapping(self, _key: Any, hint: Any) -> JsonSchema:
        return {
            "type": "object",
            "propertyNames": self._define_value("name"),
            "additionalProperties": self.describe_hint(hint),
        }

    def list_words(self, words: Iterable[str]) -> list[Any]:
        """Words to choose from, and what editors take `yes` and `no` for."""
        twins = {"yes": True, "no": False}
        return [typed for word in words for typed in (str(word), *([twins[word]] if word in twins else []))]

    def bare(self, cls: type) -> JsonSchema | None:
        """How a class is written in one word, if it may be."""
        if cls is GivenAnswer:
            return self._define_value("answer")
        if cls is Expected:
            return {"enum": ["applies", *map(str, Status)]}
        if key := getattr(cls, "bare_key", ""):
            return self.describe_hint(get_type_hints(cls)[key])
        return allow_one_or_several(self._define_value("plain")) if hasattr(cls, "bare") else None

    def list_schema_keys(self, cls: type) -> Iterator[SchemaKey]:
        """The keys a class takes."""
        hints = get_type_hints(cls)
        for name, (field, _) in find_class_keys(cls).items():
            yield name, self._narrow_to_words(cls, name) or self.describe_hint(hints[name]), field

    def _narrow_to_words(self, cls: type, key: str) -> JsonSchema | None:
        """What is one of a few words although the class takes any."""
        if cls is Record and key == "tenken":
            return {"enum": [form for known in READABLE_FORMATS for form in (known, int(known))]}
        words = {"applies": Applies, "timing": Timing, "status": Status}.get(key) if cls is Expected else None
        return self.describe_hint(words) if words else None

    def describe_object(self, cls: type) -> JsonSchema:
        says = load_schema_descriptions()["keys"][cls.__name__]
        lines = list(self.list_schema_keys(cls))
        optional = {key for key, hint in get_type_hints(cls, include_extras=True).items() if _may_be_left_out(hint)}
        return {
            "description": _find_docstring(cls),
            "type": "object",
            "properties": {
                key: {**schema, "description": says[key], **_describe_default(field)} for key, schema, field in lines
            },
            "required": [key for key, _, field in lines if (field.is_required if field else key not in optional)],
            "additionalProperties": False,
        }

    def _define_value(self, name: str) -> JsonSchema:
        if name not in self.defs:
            says = load_schema_descriptions()["values"].get(name)
            self.defs[name] = {**({"description": says["says"]} if says else {}), **VALUE_SCHEMAS[name]}
            for needed in list_schema_references(VALUE_SCHEMAS[name]):
                self._define_value(needed)
        return refer_to_definition(name)

    def _define_class(self, cls: type) -> JsonSchema:
        name = cls.__name__
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = self._describe_enum(cls) if issubclass(cls, StrEnum) else self._describe_class(cls)
        return refer_to_definition(name)

    def _describe_enum(self, cls: type[StrEnum]) -> JsonSchema:
        says = " ".join(f"`{word}`: {said}" for word, said in load_schema_descriptions()["words"][cls.__name__].items())
        return {"description": f"{_find_docstring(cls)} {says}", "enum": self.list_words(cls)}

    def _describe_class(self, cls: type) -> JsonSchema:
        whole, bare = self.describe_object(cls), self.bare(cls)
        if bare is None:
            return whole
        long_form: JsonSchema = {"type": "object"}
        if cls is GivenAnswer:  # what has none of its keys is choices with yes, no or unsure
            long_form["anyOf"] = [{"required": [key]} for key in whole["properties"]]
        return {"description": whole.pop("description"), "if": long_form, "then": whole, "else": bare}


class _TranslationSchemas(_FileSchemas):
    """The schema of translations: the keys that hold words, none of which has to be there."""

    def list_schema_keys(self, cls: type) -> Iterator[SchemaKey]:
        for name, (field, hint) in find_translatable_fields(cls).items():
            yield name, self.describe_hint(hint), field

    def describe_object(self, cls: type) -> JsonSchema:
        keys = super().describe_object(cls)["properties"]
        return {"type": "object", "properties": keys, "additionalProperties": False}

    def describe_several(self, one: JsonSchema) -> JsonSchema:
        """As many entries as in the original; one that has no words stays empty."""
        return {"type": "array", "items": {"anyOf": [one, {"enum": ["", None]}]}}

    def bare(self, _cls: type) -> None:
        return None


class _ResultSchemas(_FileSchemas):
    """The schema of what tenken writes: every key is there, and what is empty is null."""

    values: Mapping[Any, str] = {}

    def describe_hint(self, hint: Any) -> JsonSchema:
        if get_origin(hint) is Literal:
            return {"const": get_args(hint)[0]}
        if get_origin(hint) is NotRequired:
            return self.describe_hint(get_args(hint)[0])
        if get_origin(hint) is Annotated:
            return self.describe_file_class(get_args(hint)[1])
        return dict(_RESULT_VALUE_SCHEMAS[hint]) if hint in _RESULT_VALUE_SCHEMAS else super().describe_hint(hint)

    def describe_file_class(self, cls: type) -> JsonSchema:
        """What stands in a result as it stands in its file."""
        files = _FileSchemas()
        files.defs = self.defs
        return files.describe_hint(cls)

    def describe_optional(self, hints: list[Any]) -> JsonSchema:
        return {"anyOf": [*map(self.describe_hint, hints), {"type": "null"}]}

    def describe_several(self, one: JsonSchema) -> JsonSchema:
        return {"type": "array", "items": one}

    def describe_mapping(self, key: Any, hint: Any) -> JsonSchema:
        if key is str:
            return {"type": "object", "additionalProperties": self.describe_hint(hint)}
        return {
            "type": "object",
            "properties": {str(word): self.describe_hint(hint) for word in key},
            "required": list(map(str, key)),
            "additionalProperties": False,
        }

    def list_words(self, words: Iterable[str]) -> list[Any]:
        return list(map(str, words))

    def bare(self, _cls: type) -> None:
        return None

    def list_schema_keys(self, cls: type) -> Iterator[SchemaKey]:
        for name, hint in get_type_hints(cls, include_extras=True).items():
            yield name, self.describe_hint(hint), None


_RESULT_VALUE_SCHEMAS: Mapping[Any, JsonSchema] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0},
    bool: {"type": "boolean"},
    Day: {"type": "string", "format": "date"},
}

SCHEMA_KINDS: Mapping[str, tuple[type[_FileSchemas], tuple[type, ...]]] = {
    "checklist": (_FileSchemas, (Checklist,)),
    "profile": (_FileSchemas, (Profile,)),
    "translation": (_TranslationSchemas, (Profile, Crosswalk, CardMapping, Outline, Checklist)),
    "scenarios": (_FileSchemas, (Scenarios,)),
    "crosswalk": (_FileSchemas, (Crosswalk,)),
    "card-mapping": (_FileSchemas, (CardMapping,)),
    "outline": (_FileSchemas, (Outline,)),
    "house-rules": (_FileSchemas, (HouseRules,)),
    "document": (_FileSchemas, (HouseDocument,)),
    "record": (_FileSchemas, (Record,)),
    "proposals": (_FileSchemas, (Proposals,)),
    "result": (_ResultSchemas, (Result,)),
    "gate": (_ResultSchemas, (GateResult,)),
    "portfolio": (_ResultSchemas, (UnreadableRow, SystemRow)),
}
"""The kinds of files, how each is described, and the classes whose keys it takes."""


def render_schema(kind: str) -> str:
    """The schema of a kind of file as it ships."""
    return json.dumps(build_file_schema(kind), ensure_ascii=False, indent=2) + "\n"


def build_file_schema(kind: str) -> JsonSchema:
    """The JSON Schema (2020-12) of a kind of file."""
    dialect, classes = SCHEMA_KINDS[kind]
    shapes = dialect()
    objects = [shapes.describe_object(cls) for cls in classes]
    file = load_schema_descriptions()["files"][kind]
    return {
        "$schema": _SCHEMA_DIALECT,
        "title": f"tenken: {file['title']}",
        "description": file.get("says") or _find_docstring(classes[0]),
        **{key: said for key, said in objects[0].items() if key != "description"},
        "properties": {key: line for found in objects for key, line in found["properties"].items()},
        "$defs": shapes.defs,
    }


def list_schema_references(schema: Any) -> Iterator[str]:
    """The names of the definitions a schema refers to."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and isinstance(target := schema.get("$ref"), str):
        yield target.rpartition("/")[2]
    for part in parts:
        yield from list_schema_references(part)


def _may_be_left_out(hint: object) -> bool:
    """Whether a key of what tenken writes is not always there."""
    return get_origin(hint) is NotRequired


def _find_docstring(cls: type) -> str:
    return " ".join((getdoc(cls) or "").split())


def _describe_default(field: Field | None) -> JsonSchema:
    """What holds if a key is left out, where that is a word."""
    usual = field.default if field else None
    if isinstance(usual, bool):
        return {"default": "yes" if usual else "no"}
    return {"default": str(usual)} if isinstance(usual, StrEnum) else {}
