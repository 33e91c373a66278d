"""Rules as plain data, and rules from that data again: what the wheel holds of checklists and crosswalks.

The data has a table for each class, with a column for each field; what stands in a table is named by its number there.
Conditions name each other, and so stand row by row in a table of their own, each once, and without where they stood in
the file. How the values of a field are told is known from its annotation; null stands for its default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from tenken.files.frozen_classes import Frozen, get_default_values, list_fields, revive_frozen
from tenken.files.problems import Place
from tenken.rules.checklist import ChangeKind, Checklist, Profile, RuleChange, Source, StartsWith
from tenken.rules.logic import NEVER, All, AnyOf, Before, Is, Not, Only, OnOrAfter, Term
from tenken.rules.requirement import (
    About,
    AppliesFrom,
    Basis,
    Certainty,
    Check,
    Choice,
    Depth,
    Explain,
    Force,
    LegalException,
    LegalTerm,
    Note,
    Penalty,
    PenaltyCase,
    Question,
    QuestionKind,
    Requirement,
    Sample,
)

ValueReader = Callable[[Any], Any]
"""Makes a value of what tells it."""

RuleClasses = tuple[type[Frozen | StrEnum], ...]
"""What a kind of file is made of; each class stands after those of its fields."""
CHECKLIST_CLASSES: RuleClasses = (
    *(About, Basis, Certainty, ChangeKind, Depth, Explain, Force, QuestionKind, StartsWith),
    *(Choice, Question, LegalTerm, LegalException, AppliesFrom, Note, Sample, Check, PenaltyCase, Penalty, Requirement),
    *(Source, RuleChange, Checklist, Profile),
)
_CONDITION_CLASSES = {cls.__name__: cls for cls in (All, AnyOf, Not, Term, Is, Only, Before, OnOrAfter)}


def encode_rules(item: Frozen, classes: RuleClasses = CHECKLIST_CLASSES) -> bytes:
    """A checklist, or what else is made of these classes, as JSON."""
    writer = _RuleWriter()
    writer.encode(item)
    tables = {cls.__name__: _list_columns(writer.tables[cls]) for cls in classes if cls in writer.tables}
    data = {"conditions": writer.conditions, "tables": tables}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def decode_rules(content: bytes, path: Path, classes: RuleClasses = CHECKLIST_CLASSES) -> Any:
    """What `encode_rules` made data of, made of these classes and standing in the file at `path`."""
    data = json.loads(content)
    reader = _RuleReader(str(path))
    reader.read_conditions(data["conditions"])
    for cls in classes:
        if issubclass(cls, StrEnum):
            reader.known[cls.__name__] = cls._value2member_map_
        elif columns := data["tables"].get(cls.__name__):
            reader.read_table(cls, columns)
            whole = cls.__name__
    return reader.known[whole][0]


def _list_columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """What each field holds in every row; without those that hold their default everywhere."""
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return {name: column for name, column in columns.items() if column.count(None) < len(column)}


class _RuleWriter:
    def __init__(self) -> None:
        self.tables: dict[type, list[Any]] = {}
        self.conditions: list[Any] = []
        self.numbers: dict[object, int] = {}

    def encode(self, value: Any) -> Any:
        match value:
            case Place(_, line, column):
                return [line, column]
            case Frozen() if type(value).__name__ in _CONDITION_CLASSES:
                row = [type(value).__name__, *self._encode_fields(value).values()]
                return self._find_number(json.dumps(row), row, self.conditions)
            case Frozen():
                return self._find_number(id(value), self._encode_fields(value), self.tables.setdefault(type(value), []))
            case StrEnum() | str() | bool():
                return value
            case date():
                return value.isoformat()
            case frozenset():
                return sorted(value)
            case tuple():
                return [self.encode(part) for part in value]
            case Mapping():
                return {key: self.encode(part) for key, part in value.items()}
        raise TypeError(f"{value!r} cannot be told as plain data")

    def _find_number(self, key: object, row: Any, table: list[Any]) -> int:
        """The number of a row in its table, where it is added if it is new."""
        number = self.numbers.setdefault(key, len(table))
        if number == len(table):
            table.append(row)
        return number

    def _encode_fields(self, item: Frozen) -> dict[str, Any]:
        fields = ((field, getattr(item, field.name)) for field in list_fields(type(item)) if field.compare)
        return {field.name: None if value is field.default else self.encode(value) for field, value in fields}


class _RuleReader:
    """Makes the instances of one class after the other, of those made before."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.known: dict[str, Any] = {"Condition": []}
        """What there is of each class: by number, or by the word for it."""
        self._readers: dict[type, list[tuple[str, ValueReader | None]]] = {}

    def read_conditions(self, rows: Iterable[list[Any]]) -> None:
        table = self.known["Condition"]
        for row in rows:
            cls = _CONDITION_CLASSES[row[0]]
            readers = self._readers.get(cls) or self._find_readers(cls)
            values = get_default_values(cls)
            for (name, read), told in zip(readers, row[1:], strict=False):
                if told is not None:
                    values[name] = read(told) if read else told
            table.append(revive_frozen(cls, values))

    def read_table(self, cls: type[Frozen], columns: Mapping[str, list[Any]]) -> None:
        rows = [get_default_values(cls) for _ in next(iter(columns.values()))]
        for name, read in self._find_readers(cls):
            for values, told in zip(rows, columns.get(name, ()), strict=False):
                if told is not None:
                    values[name] = read(told) if read else told
        self.known[cls.__name__] = [revive_frozen(cls, values) for values in rows]

    def _find_readers(self, cls: type[Frozen]) -> list[tuple[str, ValueReader | None]]:
        self._readers[cls] = found = [(field.name, self._find_reader(field.hint)) for field in list_fields(cls)]
        return found

    def _find_reader(self, hint: str) -> ValueReader | None:
        """How a value of this annotation is made of what tells it; None where it tells itself."""
        said = hint.removesuffix(" | None")
        if said.startswith("tuple["):
            read_part = self._find_reader(said.removeprefix("tuple[").removesuffix(", ...]"))
            return (lambda parts: tuple(map(read_part, parts))) if read_part else tuple
        if said.startswith("Mapping["):
            read_value = self._find_reader(said.removeprefix("Mapping[str, ").removesuffix("]"))
            return (lambda told: {key: read_value(value) for key, value in told.items()}) if read_value else None
        if said in ("Place", "object"):
            return lambda at: Place(self.path, *at)
        return self.known[said].__getitem__ if said in self.known else _VALUE_READERS.get(said)


_VALUE_READERS: Mapping[str, ValueReader] = {
    "Cites": tuple,
    "date": date.fromisoformat,
    "DayOrNever": lambda said: said if said == NEVER else date.fromisoformat(said),
    "frozenset[str]": frozenset,
}
