"""Tables that come back from a spreadsheet: CSV as spreadsheets write it, and workbooks, as rows of plain text."""

from __future__ import annotations

import csv
import re
from base64 import b64encode
from collections.abc import Container, Sequence
from io import StringIO

from tenken.files.bounded_process import Limits, run_bounded
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem, Problems

WORKBOOK_LIMITS = Limits(seconds=2, megabytes=256)
"""What reading a workbook may take; one with every question there is takes a fiftieth of it."""
MOST_TABLE_ROWS = 20_000
MOST_TABLE_COLUMNS = 100
LONGEST_CELL = 32_767
"""Characters, as in a cell of a spreadsheet."""
DELIMITERS = (",", ";", "\t")

_WORKBOOK_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TABLE_ENDINGS = (".csv", ".tsv")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TOO_LARGE = "a table of answers has at most {rows:,} rows, {columns} columns and {characters:,} characters in a cell"
_WORKBOOK_TOO_MUCH = "this workbook is broken, or takes more time or memory than answers may; save it anew as .xlsx"


class TableSheet(Frozen):
    """One sheet: its rows from the first on, each a list of cells, and what stands before the name of a cell."""

    rows: Sequence[Sequence[str]]
    name: str

    def find_place(self, row: int, column: int) -> Place:
        """Where a cell is, as a spreadsheet names it; both count from 0."""
        return Place(f"{self.name}{name_column(column)}{row + 1}")


def name_column(column: int) -> str:
    """The letters of a column, of which the first is 0."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def is_workbook(content: bytes) -> bool:
    return content.startswith(_WORKBOOK_BEGINNINGS)


def is_text_table(path: str) -> bool:
    return path.lower().endswith(_TABLE_ENDINGS)


def read_workbook(content: bytes, path: str) -> list[TableSheet]:
    """The sheets of a workbook, read in a process apart; raises `Problems` for what is broken, locked or too much."""
    request = {"content": b64encode(content).decode(), "most": [MOST_TABLE_ROWS, MOST_TABLE_COLUMNS, LONGEST_CELL]}
    answer = run_bounded("tenken.files.workbook_reading:read_sheets", request, WORKBOOK_LIMITS)
    if answer is None:
        raise Problems(Problem(Place(path), _WORKBOOK_TOO_MUCH))
    if "mistake" in answer:
        raise Problems(_build_table_problem(path, answer["mistake"]))
    return [TableSheet(sheet["rows"], f"{path}:{sheet['name']}!") for sheet in answer["sheets"]]


def read_text_table(content: bytes, path: str, headings: Container[str]) -> TableSheet:
    """A table in CSV, whichever way a spreadsheet wrote it; the headings say how its columns are separated."""
    text = re.sub(r"\Asep=.\r?\n", "", _decode_table(content, path))
    head = text.partition("\n")[0].casefold()
    delimiter = max(DELIMITERS, key=lambda each: sum(cell.strip(' "\r') in headings for cell in head.split(each)))
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)
            if len(rows) > MOST_TABLE_ROWS or len(row) > MOST_TABLE_COLUMNS:
                raise Problems(_build_table_problem(path, "large"))
    except csv.Error as error:
        if "limit" in str(error):
            raise Problems(_build_table_problem(path, "large")) from None
        text = "a cell in quotes is not closed, or goes on after its quotes; in quotes, write a quote twice"
        raise Problems(Problem(Place(f"{path}:{name_column(0)}{len(rows) + 1}"), text)) from None
    return TableSheet(rows, f"{path}:")


def _decode_table(content: bytes, path: str) -> str:
    """The text of a table in UTF-8, in UTF-16 with its mark, or in the encoding of a Japanese spreadsheet.

    Raises `Problems` for any other, in which the letters beyond English could be one thing or another.
    """
    if content.startswith(_UTF_16_MARKS):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise Problems(Problem(Place(path), "this begins as UTF-16 and is not; save it as CSV UTF-8")) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        text = ""
    if re.search("[\u3041-\u30ff\u4e00-\u9fff]", text.partition("\n")[0]):
        return text
    raise Problems(Problem(Place(path), "this is not UTF-8; save it as “CSV UTF-8”, or as a workbook (.xlsx)"))


def _build_table_problem(path: str, mistake: str) -> Problem:
    if mistake == "large":
        facts = {"rows": MOST_TABLE_ROWS, "columns": MOST_TABLE_COLUMNS, "characters": LONGEST_CELL}
        return Problem(Place(path), _TOO_LARGE, facts)
    says = {
        "no_library": "reading a workbook needs python-calamine: pip install 'tenken[xlsx]'; or save it as CSV UTF-8",
        "locked": "this workbook has a password; save it without one",
    }.get(mistake, "this is no workbook that can be read; save it anew as .xlsx, or as CSV UTF-8")
    return Problem(Place(path), says)
