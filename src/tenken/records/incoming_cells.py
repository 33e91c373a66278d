"""The cells of one row in a table of answers: what they say, and what nobody can mean by them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from tenken.files.formula_quoting import restore_formula
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem
from tenken.files.strict_yaml import CONTROL_CHARACTER_PROBLEM, find_forbidden_character, format_code_point
from tenken.files.table_files import TableSheet
from tenken.rules.answer_kinds import parse_typed_day

_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ANSWER_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)Z?")


class TableRow(Frozen):
    """A row of a table: its number from 0, and which column holds what."""

    sheet: TableSheet
    number: int
    columns: Mapping[str, int]

    def find_place(self, key: str) -> Place:
        return self.sheet.find_place(self.number, self.columns.get(key, 0))

    def read_text(self, key: str) -> str:
        """What a cell says, with the quoting against formulas undone; empty where there is no such column."""
        cells = self.sheet.rows[self.number]
        column = self.columns.get(key, len(cells))
        return restore_formula(_LINE_BREAK.sub("\n", cells[column])).strip() if column < len(cells) else ""

    def read_line(self, key: str) -> str:
        """The same in one line."""
        return " ".join(self.read_text(key).split())


class AnswerCellReader:
    """Reads cells of answers and keeps what cannot be taken, cell by cell."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, place: Place, text: str, **facts: object) -> None:
        self.problems.append(Problem(place, text, facts))

    def read_text(self, row: TableRow, key: str) -> str:
        """A text that a record can hold."""
        said = row.read_text(key)
        if bad := find_forbidden_character(said):
            self.refuse(row.find_place(key), CONTROL_CHARACTER_PROBLEM, character=format_code_point(bad.group()))
            return ""
        return said

    def read_line(self, row: TableRow, key: str) -> str:
        return " ".join(self.read_text(row, key).split())

    def read_day(self, row: TableRow, key: str) -> date | None:
        said = self.read_line(row, key)
        day = parse_typed_day(said.removesuffix("T00:00:00"))
        if said and day is None:
            self.refuse(row.find_place(key), "{said} is not a day; write it as 2026-08-02", said=said)
        return day

    def read_moment(self, row: TableRow, key: str) -> datetime | None:
        """When something was answered: a day, or a day and a time."""
        if parts := _ANSWER_MOMENT.fullmatch(self.read_line(row, key)):
            try:
                return datetime.fromisoformat(f"{parts[1]}T{parts[2]}").replace(tzinfo=UTC)
            except ValueError:
                pass
        day = self.read_day(row, key)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
