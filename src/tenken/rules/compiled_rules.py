"""Rules as plain data, and rules from that data again: what the wheel holds of checklists and crosswalks.

There is a table for each class with a column for each field, as Python is fast only at what it reads in bulk. What
stands in a table before is named by its number there; so are conditions, of which equal ones are one, without where
they stood. What a field holds by default is left out. How values are told is known from the annotation of their field.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from tenken.files.frozen_classes import Frozen, get_default_values, list_fields, revive_frozen
from tenken.files.problems import Place
from tenken.rules.answer_kinds import NEVER, QuestionKind
from tenken.rules.checklist import (
    ChangeKind,
    Checklist,
    Form,
    FormRow,
    Profile,
    RuleChange,
    Source,
    StartsWith,
    Verdict,
)
from tenken.rules.logic import All, AnyOf, Before, Is, Not, Only, OnOrAfter, Term
from tenken.rules.requirement import (
    About,
    AppliesFrom,
    AppliesUntil,
    Basis,
    Certainty,
    Check,
    Choice,
    Depth,
    Explain,
    Force,
    LegalException,
    LegalTerm,
    MarkTest,
    Note,
    Penalty,
    PenaltyCase,
    Question,
    Requirement,
    Sample,
)

CellReader = Callable[[Any], Iterable[Any]]
"""Makes the values of a column of its cells."""
RuleClasses = tuple[type[Frozen | StrEnum], ...]
"""What a kind of file is made of; each class stands after those of its fields."""

FACT_CLASSES = (Is, Only, Before, OnOrAfter)
COMPOUND_CLASSES = (All, AnyOf, Not, Term)
CONDITION_CLASSES = (*FACT_CLASSES, *COMPOUND_CLASSES)
CHECKLIST_CLASSES: RuleClasses = (
    *(About, Basis, Certainty, ChangeKind, Depth, Explain, Force, QuestionKind, StartsWith),
    *(
        Choice,
        Question,
        LegalTerm,
        LegalException,
        AppliesFrom,
        AppliesUntil,
        Note,
        Sample,
        MarkTest,
        Check,
        PenaltyCase,
        Penalty,
        Requirement,
    ),
    *(Source, Verdict, RuleChange, FormRow, Form, Checklist, Profile),
)
_CONDITION, _PLACE = "Condition", "Place"


def encode_rules(item: Frozen, classes: RuleClasses = CHECKLIST_CLASSES) -> bytes:
    """A checklist, or what else is made of these classes, as JSON: tables of facts, other conditions, more tables."""
    writer = _RuleWriter()
    writer.encode(item)
    facts = [row for cls in FACT_CLASSES for row in writer.rows[cls]]
    compounds = [row for row in writer.all_rows if row.cls in COMPOUND_CLASSES]
    for number, row in enumerate((*facts, *compounds)):
        row.number = number
    data = (
        [_build_table(writer.rows[cls]) for cls in FACT_CLASSES if writer.rows[cls]],
        [[row.cls.__name__, *row.cells.values()] for row in compounds],
        [_build_table(writer.rows[cls]) for cls in classes if writer.rows[cls]],
    )
    write = partial(json.dumps, data, separators=(",", ":"), default=_get_row_number)
    plain, short = write(), write(ensure_ascii=False)
    return (plain if len(plain) < 1.1 * len(short) else short).encode()  # ASCII is read faster, but for Japanese


def decode_rules(content: bytes, path: Path, classes: RuleClasses = CHECKLIST_CLASSES) -> Any:
    """What `encode_rules` made data of, made of these classes and standing in the file at `path`."""
    facts, compounds, tables = json.loads(content)
    reader = _RuleReader(str(path), classes)
    for name, count, columns in facts:
        reader.conditions += reader.read_table(name, count, columns)
    reader.read_compounds(compounds)
    for name, count, columns in tables:
        reader.known[name] = made = reader.read_table(name, count, columns)
    return made[0]


class _RuleRow:
    """Something in a table, as what tells its fields; its number there is known when all the others are."""

    def __init__(self, cls: type, cells: dict[str, Any], number: int) -> None:
        self.cls = cls
        self.cells = cells
        self.number = number


def _get_row_number(row: _RuleRow) -> int:
    return row.number


class _RuleWriter:
    def __init__(self) -> None:
        self.rows: defaultdict[type, list[_RuleRow]] = defaultdict(list)
        self.known: dict[object, _RuleRow] = {}

    @property
    def all_rows(self) -> Iterable[_RuleRow]:
        """Every row, those it names before it."""
        return self.known.values()

    def encode(self, value: Any) -> Any:
        match value:
            case Place(_, line, column):
                return [line, column]
            case Frozen():
                return self._find_row(value)
            case StrEnum() | str() | bool() | int():
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
        """Where something stands; for a condition, where an equal one does."""
        key = item if isinstance(item, CONDITION_CLASSES) else id(item)
        if key not in self.known:
            fields = ((field, getattr(item, field.name)) for field in list_fields(type(item)) if field.compare)
            cells = {field.name: None if held == field.default else self.encode(held) for field, held in fields}
            self.known[key] = row = _RuleRow(type(item), cells, len(self.rows[type(item)]))
            self.rows[type(item)].append(row)
        return self.known[key]


def _build_table(rows: list[_RuleRow]) -> tuple[str, int, list[Any]]:
    """The name of a class, how many there are of it, and the columns: a name, the cells, and their rows if not all."""
    cls = rows[0].cls
    columns = []
    for field in list_fields(cls):
        filled = [number for number, row in enumerate(rows) if row.cells.get(field.name) is not None]
        cells = [rows[number].cells[field.name] for number in filled]
        if field.hint == _PLACE:
            cells = [part for place in cells for part in place]
        if filled:
            columns.append([field.name, cells] if len(filled) == len(rows) else [field.name, cells, filled])
    return cls.__name__, len(rows), columns


class _RuleReader:
    """Makes the instances of one class after the other, of those made before."""

    def __init__(self, path: str, classes: RuleClasses) -> None:
        self.classes: dict[str, Any] = {cls.__name__: cls for cls in (*CONDITION_CLASSES, *classes)}
        self.conditions: list[Any] = []
        self.known: dict[str, Any] = {_CONDITION: self.conditions}
        """What there is of each class, by its number or the word for it."""
        for name, cls in self.classes.items():
            self.known[name] = cls._value2member_map_ if issubclass(cls, StrEnum) else ()
        self.readers: dict[str, CellReader | None] = {_PLACE: partial(_read_places, path), **_CELL_READERS}

    def read_table(self, name: str, count: int, columns: Iterable[list[Any]]) -> list[Any]:
        cls = self.classes[name]
        usual, hints = get_default_values(cls), cls.__annotations__
        rows = [usual.copy() for _ in range(count)]
        for field, cells, *filled in columns:
            read = self._find_reader(hints[field])
            holders = map(rows.__getitem__, filled[0]) if filled else rows
            for holder, value in zip(holders, read(cells) if read else cells):  # noqa: B905 - `strict` costs as much again
                holder[field] = value
        return revive_frozen(cls, rows)

    def read_compounds(self, rows: Iterable[list[Any]]) -> None:
        conditions = self.conditions
        for name, told, *meaning in rows:
            if name == Not.__name__:
                values = {"part": conditions[told]}
            elif name == Term.__name__:
                values = {"id": told, "when": None if meaning == [None] else conditions[meaning[0]], "at": None}
            else:
                values = {"parts": tuple([conditions[number] for number in told or ()])}
            conditions += revive_frozen(self.classes[name], (values,))

    def _find_reader(self, hint: str) -> CellReader | None:
        """How the values of this annotation are made of what tells them; None where they tell themselves."""
        if hint not in self.readers:
            self.readers[hint] = self._build_reader(hint.removesuffix("None").rstrip("| "))
        return self.readers[hint]

    def _build_reader(self, hint: str) -> CellReader | None:
        kind, _, within = hint.removesuffix("]").partition("[")
        if kind == "tuple":
            read = self._find_reader(within.removesuffix(", ..."))
            return partial(_read_tuples, read) if read else _CELL_READERS["Cites"]
        if kind == "Mapping":
            read = self._find_reader(within.removeprefix("str, "))
            return partial(_read_mappings, read) if read else None
        if kind in self.classes or kind == _CONDITION:
            return lambda cells: map(self.known[kind].__getitem__, cells)
        return self.readers.get(kind)


def _read_tuples(read: CellReader, cells: Iterable[list[Any]]) -> list[tuple[Any, ...]]:
    return [tuple(read(parts)) for parts in cells]


def _read_mappings(read: CellReader, cells: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [dict(zip(told, read(told.values()), strict=True)) for told in cells]


def _read_places(path: str, cells: Sequence[int]) -> Iterable[Place]:
    """The places of a file, of which the lines and the columns are told in turn."""
    return map(_MAKE_PLACE, zip(repeat(path), cells[::2], cells[1::2], strict=False))


_MAKE_PLACE: Callable[[tuple[str, int, int]], Place] = partial(tuple.__new__, Place)
_CELL_READERS: Mapping[str, CellReader] = {
    "Cites": partial(map, tuple),
    "date": partial(map, date.fromisoformat),
    "DayOrNever": lambda cells: (cell if cell == NEVER else date.fromisoformat(cell) for cell in cells),
    "frozenset[str]": partial(map, frozenset),
}
