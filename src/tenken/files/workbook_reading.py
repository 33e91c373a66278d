"""Workbooks as rows of plain text: the door by which the library that reads them enters, in the bounded child only."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MOST_CHARACTERS = 16 << 20
"""In all cells of a workbook together."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What stands in a workbook with a password, which is packed otherwise."""


class SheetTooLarge(Exception):  # noqa: N818 - nobody's mistake of ours
    """A workbook that holds more than a table of answers does."""


def read_sheets(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Each sheet with its name and rows, from the first cell on; or what is the matter with the workbook.

    Formulas are what they came to when the workbook was saved; nothing in it is run or fetched.
    """
    try:
        from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - the extra `xlsx`
    except ImportError:
        return {"mistake": "no_library"}
    content = b64decode(request["content"])
    if _ENCRYPTED in content:
        return {"mistake": "locked"}
    try:
        with load_workbook(BytesIO(content)) as workbook:
            sheets = map(workbook.get_sheet_by_name, workbook.sheet_names)
            found = [{"name": sheet.name, "rows": list(_list_rows(sheet, *request["most"]))} for sheet in sheets]
    except SheetTooLarge:
        return {"mistake": "large"}
    except (CalamineError, ValueError, OverflowError):
        return {"mistake": "broken"}
    if sum(len(cell) for sheet in found for row in sheet["rows"] for cell in row) > _MOST_CHARACTERS:
        return {"mistake": "large"}
    return {"sheets": found}


def _list_rows(sheet: CalamineSheet, most_rows: int, most_columns: int, longest: int) -> Iterator[list[str]]:
    if sheet.total_height > most_rows or sheet.total_width > most_columns:
        raise SheetTooLarge
    for row in sheet.to_python(skip_empty_area=False):
        cells = [_tell_cell(value) for value in row]
        if any(len(cell) > longest for cell in cells):
            raise SheetTooLarge
        yield cells


def _tell_cell(value: object) -> str:
    """What a cell says: days as 2026-08-02, what is ticked as yes and no."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
