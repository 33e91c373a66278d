"""JSON Schemas of every file of the format and of the JSON result, made from the classes that read and write them.

A schema accepts what tenken reads, however an editor types it: bare `yes` may be a boolean there, and `1.10` a number.
What keys mean is written down in `checklists/schemas/keys.yaml`, once for the schemas and for the reference.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field
from datetime import date, datetime
from enum import StrEnum
from functools import cache, reduce
from inspect import getdoc
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from tenken import binding, logic, model, yamlfile
from tenken.answers import Given, Record
from tenken.assess import Status, Timing
from tenken.checklist import Checklist, Profile
from tenken.crosswalk import Crosswalk
from tenken.house import HouseRules
from tenken.record import FORMAT
from tenken.result import Applies, Day, Result
from tenken.scenarios import Expected, Scenarios
from tenken.shipped import folder
from tenken.translate import translatable

Schema = dict[str, Any]
Line = tuple[str, Schema, Field[Any] | None]
"""A key, the schema of its value, and the field it is read into, if it is read."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = ["string", "number", "boolean"]
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_or_several(one: Schema, **more: Any) -> Schema:
    return _if("array", {"items": one, **more}, one)


def _if(kind: str, then: Schema, otherwise: Schema) -> Schema:
    """One of two forms; told apart first, so that a mistake is reported where it stands."""
    return {"if": {"type": kind}, "then": then, "else": otherwise}


VALUES: Mapping[str, Schema] = {
    "text": {"type": _TEXT, "minLength": 1},
    "plain": {"type": [*_TEXT, "null"]},
    "cites": {"type": ["string", "number"], "pattern": r"^\s*[^;\s][^;]*(;\s*[^;\s][^;]*)*$"},
    "yes_no": {"enum": ["yes", "no", True, False]},
    "day": {"type": "string", "format": "date", "pattern": f"^{_DAY}$"},
    "day_or_never": {"anyOf": [_ref("day"), {"const": logic.NEVER}]},
    "moment": {"type": "string", "format": "date-time", "pattern": f"^{_DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z$"},
    "name": {"type": "string", "pattern": f"^{binding.ID.pattern}$"},
    "answer": _one_or_several({"type": [*_TEXT, "null"]}),
    "one_of": _one_or_several({"type": _TEXT, "minLength": 1}, minItems=1),
    "condition": {
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": _ref("conditions"),
            "any": _ref("conditions"),
            "not": _ref("condition"),
            "term": _ref("one_of"),
        },
        "additionalProperties": _if("object", _ref("limits"), _ref("one_of")),
    },
    "conditions": {"type": "array", "minItems": 1, "items": _ref("condition")},
    "limits": {
        "type": "object",
        "minProperties": 1,
        "properties": {"only": _ref("one_of"), "before": _ref("day"), "from": _ref("day")},
        "additionalProperties": False,
    },
}
"""The kinds of values, under the names by which the descriptions know them."""


@cache
def described() -> Mapping[str, Any]:
    """What files, values, words and keys mean."""
    described: Mapping[str, Any] = yamlfile.contents(yamlfile.read(folder("checklists") / "schemas" / "keys.yaml"))
    return described


class _Files:
    """The schemas of files that people write; each class is described once, under `$defs`."""

    values: Mapping[Any, str] = {
        str: "plain",
        model.Words: "text",
        model.Cites: "cites",
        bool: "yes_no",
        date: "day",
        model.Start: "day_or_never",
        datetime: "moment",
        logic.Condition: "condition",
    }

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}

    def of(self, hint: Any) -> Schema:
        """The schema of a value with this annotation."""
        if name := self.values.get(hint):
            return self._value(name)
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            return self.optional([argument for argument in arguments if argument is not NoneType])
        if origin in (tuple, list):
            return self.several(self.of(arguments[0]))
        if origin is not None and issubclass(origin, Mapping):
            return self.mapping(*arguments)
        return self._defined(hint)

    def optional(self, hints: list[Any]) -> Schema:
        """A value that may be left out; nothing is written in its place."""
        return self.of(reduce(or_, hints))

    def several(self, one: Schema) -> Schema:
        return _one_or_several(one)

    def mapping(self, _key: Any, hint: Any) -> Schema:
        return {"type": "object", "propertyNames": self._value("name"), "additionalProperties": self.of(hint)}

    def words(self, words: Iterable[str]) -> list[Any]:
        """Words to choose from, and what editors take `yes` and `no` for."""
        twins = {"yes": True, "no": False}
        return [typed for word in words for typed in (str(word), *([twins[word]] if word in twins else []))]

    def bare(self, cls: type) -> Schema | None:
        """How a class is written in one word, if it may be."""
        if cls is Given:
            return self._value("answer")
        if cls is Expected:
            return {"enum": ["applies", *map(str, Status)]}
        return _one_or_several(self._value("plain")) if hasattr(cls, "bare") else None

    def lines(self, cls: type) -> Iterator[Line]:
        """The keys a class takes."""
        hints = get_type_hints(cls)
        for name, (field, _) in binding.keys(cls).items():
            yield name, self._narrowed(cls, name) or self.of(hints[name]), field

    def _narrowed(self, cls: type, key: str) -> Schema | None:
        """What is one of a few words although the class takes any."""
        if cls is Record and key == "tenken":
            return {"enum": [FORMAT, int(FORMAT)]}
        words = {"applies": Applies, "timing": Timing, "status": Status}.get(key) if cls is Expected else None
        return self.of(words) if words else None

    def object(self, cls: type) -> Schema:
        says = described()["keys"][cls.__name__]
        lines = list(self.lines(cls))
        return {
            "description": _doc(cls),
            "type": "object",
            "properties": {
                key: {**schema, "description": says[key], **_default(field)} for key, schema, field in lines
            },
            "required": [key for key, _, field in lines if field is None or binding.is_required(field)],
            "additionalProperties": False,
        }

    def _value(self, name: str) -> Schema:
        if name not in self.defs:
            says = described()["values"].get(name)
            self.defs[name] = {**({"description": says["says"]} if says else {}), **VALUES[name]}
            for needed in references(VALUES[name]):
                self._value(needed)
        return _ref(name)

    def _defined(self, cls: type) -> Schema:
        name = cls.__name__
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = self._enum(cls) if issubclass(cls, StrEnum) else self._class(cls)
        return _ref(name)

    def _enum(self, cls: type[StrEnum]) -> Schema:
        says = " ".join(f"`{word}`: {said}" for word, said in described()["words"][cls.__name__].items())
        return {"description": f"{_doc(cls)} {says}", "enum": self.words(cls)}

    def _class(self, cls: type) -> Schema:
        whole, bare = self.object(cls), self.bare(cls)
        return whole if bare is None else {"description": whole.pop("description"), **_if("object", whole, bare)}


class _Translations(_Files):
    """The schema of translations: the keys that hold words, none of which has to be there."""

    def lines(self, cls: type) -> Iterator[Line]:
        for name, (field, hint) in translatable(cls).items():
            yield name, self.of(hint), field

    def object(self, cls: type) -> Schema:
        return {"type": "object", "properties": super().object(cls)["properties"], "additionalProperties": False}

    def several(self, one: Schema) -> Schema:
        """As many entries as in the original; one that has no words stays empty."""
        return {"type": "array", "items": {"anyOf": [one, {"enum": ["", None]}]}}

    def bare(self, _cls: type) -> None:
        return None


class _Results(_Files):
    """The schema of what tenken writes: every key is there, and what is empty is null."""

    values: Mapping[Any, str] = {}

    def of(self, hint: Any) -> Schema:
        if get_origin(hint) is Literal:
            return {"const": get_args(hint)[0]}
        if get_origin(hint) is Annotated:
            return self.file(get_args(hint)[1])
        return dict(_WRITTEN[hint]) if hint in _WRITTEN else super().of(hint)

    def file(self, cls: type) -> Schema:
        """What stands in a result as it stands in its file."""
        files = _Files()
        files.defs = self.defs
        return files.of(cls)

    def optional(self, hints: list[Any]) -> Schema:
        return {"anyOf": [*map(self.of, hints), {"type": "null"}]}

    def several(self, one: Schema) -> Schema:
        return {"type": "array", "items": one}

    def mapping(self, key: Any, hint: Any) -> Schema:
        return {
            "type": "object",
            "properties": {str(word): self.of(hint) for word in key},
            "required": list(map(str, key)),
            "additionalProperties": False,
        }

    def words(self, words: Iterable[str]) -> list[Any]:
        return list(map(str, words))

    def bare(self, _cls: type) -> None:
        return None

    def lines(self, cls: type) -> Iterator[Line]:
        for name, hint in get_type_hints(cls, include_extras=True).items():
            yield name, self.of(hint), None


_WRITTEN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0},
    bool: {"type": "boolean"},
    Day: {"type": "string", "format": "date"},
}

KINDS: Mapping[str, tuple[type[_Files], tuple[type, ...]]] = {
    "checklist": (_Files, (Checklist,)),
    "profile": (_Files, (Profile,)),
    "translation": (_Translations, (Profile, Crosswalk, Checklist)),
    "scenarios": (_Files, (Scenarios,)),
    "crosswalk": (_Files, (Crosswalk,)),
    "house-rules": (_Files, (HouseRules,)),
    "record": (_Files, (Record,)),
    "result": (_Results, (Result,)),
}
"""The kinds of files, how each is described, and the classes whose keys it takes."""


def text(kind: str) -> str:
    """The schema of a kind of file as it ships."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def schema(kind: str) -> Schema:
    """The JSON Schema (2020-12) of a kind of file."""
    dialect, classes = KINDS[kind]
    shapes = dialect()
    objects = [shapes.object(cls) for cls in classes]
    file = described()["files"][kind]
    properties = {key: line for found in objects for key, line in found["properties"].items()}
    return {
        "$schema": _DIALECT,
        "title": f"tenken: {file['title']}",
        "description": file.get("says") or _doc(classes[0]),
        **{key: said for key, said in objects[0].items() if key != "description"},
        "properties": properties,
        "$defs": shapes.defs,
    }


def references(schema: Any) -> Iterator[str]:
    """The names of the definitions a schema refers to."""
    if isinstance(schema, dict):
        if isinstance(target := schema.get("$ref"), str):
            yield target.rpartition("/")[2]
        for part in schema.values():
            yield from references(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from references(part)


def _doc(cls: type) -> str:
    return " ".join((getdoc(cls) or "").split())


def _default(field: Field[Any] | None) -> Schema:
    """What holds if a key is left out, where that is a word."""
    usual = field.default if field else None
    if isinstance(usual, bool):
        return {"default": "yes" if usual else "no"}
    return {"default": str(usual)} if isinstance(usual, StrEnum) else {}
