"""Rules as plain data, and rules from that data again: what the wheel holds of checklists and crosswalks.

The data is a list of tables, each with the name of a class and a column for each field; it names what stands in earlier
tables by number. Conditions, which name each other, come first, each once, without where they stood in their file, and
in as many tables as they are deep. How the values of a field are told is known from its annotation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from tenken.files.frozen_classes import Frozen, get_default_values, list_fields, revive_frozen
from tenken.files.problems import Place
from tenken.rules.answer_kinds import NEVER, QuestionKind
from tenken.rules.checklist import ChangeKind, Checklist, Profile, RuleChange, Source, StartsWith
from tenken.rules.logic import All, AnyOf, Before, Is, Not, Only, OnOrAfter, Term
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
    Requirement,
    Sample,
)

ColumnReader = Callable[[Iterable[Any]], Iterable[Any]]
"""Makes the values of a field of what tells them."""
RuleTable = tuple[str, dict[str, Any]]
"""The name of a class, and by field the column of what tells its values, or of a pair: the rows that have more than
the default, and what tells the values of these."""
RuleClasses = tuple[type[Frozen | StrEnum], ...]
"""What a kind of file is made of; each class stands after those of its fields."""

CONDITION_CLASSES = (All, AnyOf, Not, Term, Is, Only, Before, OnOrAfter)
CHECKLIST_CLASSES: RuleClasses = (
    *(About, Basis, Certainty, ChangeKind, Depth, Explain, Force, QuestionKind, StartsWith),
    *(Choice, Question, LegalTerm, LegalException, AppliesFrom, Note, Sample, Check, PenaltyCase, Penalty, Requirement),
    *(Source, RuleChange, Checklist, Profile),
)


def encode_rules(item: Frozen, classes: RuleClasses = CHECKLIST_CLASSES) -> bytes:
    """A checklist, or what else is made of these classes, as JSON."""
    writer = _RuleWriter()
    writer.encode(item)
    tables = [*writer.list_condition_tables(), *writer.list_tables(classes)]
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), default=_get_row_number).encode()


def decode_rules(content: bytes, path: Path, classes: RuleClasses = CHECKLIST_CLASSES) -> Any:
    """What `encode_rules` made data of, made of these classes and standing in the file at `path`."""
    reader = _RuleReader(str(path), classes)
    for name, columns in json.loads(content):
        last = reader.read_table(name, columns)
    return last[0]


class _RuleRow:
    """Something in a table; its number there is known when all the others are."""

    def __init__(self, cls: type[Frozen], cells: dict[str, Any]) -> None:
        self.cls = cls
        self.cells = cells
        self.number = 0
        self.depth: int = 1 + max((part.depth for cell in cells.values() for part in _list_condition_rows(cell)), default=0)


def _list_condition_rows(cell: Any) -> list[_RuleRow]:
    parts = cell if isinstance(cell, list) else [cell]
    return [part for part in parts if isinstance(part, _RuleRow) and issubclass(part.cls, CONDITION_CLASSES)]


def _get_row_number(row: _RuleRow) -> int:
    return row.number


class _RuleWriter:
    def __init__(self) -> None:
        self.rows: dict[object, _RuleRow] = {}

    def encode(self, value: Any) -> Any:
        match value:
            case None:
                return None
            case Place(_, line, column):
                return [line, column]
            case Frozen():
                return self._find_row(value)
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

    def _find_row(self, item: Frozen) -> _RuleRow:
        """Where something stands; a condition where an equal one does."""
        key = item if isinstance(item, CONDITION_CLASSES) else id(item)
        if key not in self.rows:
            fields = ((field, getattr(item, field.name)) for field in list_fields(type(item)) if field.compare)
            cells = {field.name: None if value is field.default else self.encode(value) for field, value in fields}
            self.rows[key] = _RuleRow(type(item), cells)
        return self.rows[key]

    def list_condition_tables(self) -> Iterator[RuleTable]:
        rows = sorted((row for row in self.rows.values() if issubclass(row.cls, CONDITION_CLASSES)), key=_rank_row)
        _number_rows(rows)
        for _, group in groupby(rows, key=_rank_row):
            yield _build_table(list(group))

    def list_tables(self, classes: RuleClasses) -> Iterator[RuleTable]:
        for cls in classes:
            if rows := [row for row in self.rows.values() if row.cls is cls]:
                _number_rows(rows)
                yield _build_table(rows)


def _rank_row(row: _RuleRow) -> tuple[int, str]:
    return row.depth, row.cls.__name__


def _number_rows(rows: Iterable[_RuleRow]) -> None:
    for number, row in enumerate(rows):
        row.number = number


def _build_table(rows: list[_RuleRow]) -> RuleTable:
    columns: dict[str, Any] = {name: [row.cells[name] for row in rows] for name in rows[0].cells}
    for name, column in columns.items():
        if None in column:
            said = [number for number, cell in enumerate(column) if cell is not None]
            columns[name] = {"rows": said, "cells": [column[number] for number in said]}
    return rows[0].cls.__name__, {"": len(rows), **columns}


class _RuleReader:
    """Makes the instances of one class after the other, of those made before."""

    def __init__(self, path: str, classes: RuleClasses) -> None:
        self.path = path
        self.classes = {cls.__name__: cls for cls in (*CONDITION_CLASSES, *classes)}
        self.known: dict[str, Any] = {"Condition": []}
        """What there is of each class, by its number or the word for it."""
        for cls in classes:
            if issubclass(cls, StrEnum):
                self.known[cls.__name__] = cls._value2member_map_
        self.readers: dict[str, ColumnReader | None] = {"Place": self._read_places, **_COLUMN_READERS}

    def read_table(self, name: str, columns: dict[str, Any]) -> list[Any]:
        cls: Any = self.classes[name]
        usual, hints = get_default_values(cls), cls.__annotations__
        rows = [usual.copy() for _ in range(columns.pop(""))]
        for field, column in columns.items():
            filled, cells = rows, column
            if type(column) is dict:
                filled, cells = [rows[number] for number in column["rows"]], column["cells"]
            read = self._find_reader(hints[field])
            for row, value in zip(filled, read(cells) if read else cells, strict=True):
                row[field] = value
        made = revive_frozen(cls, rows)
        if cls in CONDITION_CLASSES:
            self.known["Condition"] += made
        else:
            self.known[name] = made
        return made

    def _find_reader(self, hint: str) -> ColumnReader | None:
        """How the values of this annotation are made of what tells them; None where they tell themselves."""
        if hint not in self.readers:
            self.readers[hint] = self._build_reader(hint.removesuffix(" | None"))
        return self.readers[hint]

    def _build_reader(self, hint: str) -> ColumnReader | None:
        kind, _, within = hint.removesuffix("]").partition("[")
        if kind == "tuple":
            read = self._find_reader(within.removesuffix(", ..."))
            return partial(_read_tuples, read) if read else _COLUMN_READERS["Cites"]
        if kind == "Mapping":
            read = self._find_reader(within.removeprefix("str, "))
            return partial(_read_mappings, read) if read else None
        if kind in self.known:
            return partial(map, self.known[kind].__getitem__)
        return self.readers.get(kind)

    def _read_places(self, column: Iterable[list[int]]) -> list[Place]:
        return [_MAKE_PLACE((self.path, *at)) for at in column]


def _read_tuples(read: ColumnReader, column: Iterable[list[Any]]) -> list[tuple[Any, ...]]:
    return [tuple(read(cells)) for cells in column]


def _read_mappings(read: ColumnReader, column: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in zip(told, read(told.values()), strict=True)} for told in column]


def _read_days_or_never(column: Iterable[str]) -> list[date | str]:
    return [told if told == NEVER else date.fromisoformat(told) for told in column]


_MAKE_PLACE: Callable[[tuple[Any, ...]], Place] = partial(tuple.__new__, Place)
_COLUMN_READERS: Mapping[str, ColumnReader] = {
    "Cites": partial(map, tuple),
    "date": partial(map, date.fromisoformat),
    "DayOrNever": _read_days_or_never,
    "frozenset[str]": partial(map, frozenset),
}
