"""Workbooks: sheets of plain texts and days that open well and print well; the door by which XlsxWriter enters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tenken import __version__
from tenken.files.formula_quoting import defuse_formula
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem, Problems
from tenken.files.table_files import LONGEST_CELL
from tenken.messages.line_breaking import measure_width, unify_line_breaks

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CellValue = str | date | int

_DESCRIPTION = "docProps/core.xml"
_EARLIEST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count days otherwise than calendars do."""
_HIDDEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
_LINE_HEIGHT, _HEADING_HEIGHT, _HIGHEST_ROW = 15.0, 20.0, 409.0
"""In points."""
_FILL = 1.05
"""How many letters of a line, on average, go into the width of a figure."""
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "cell": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True},
    "heading": {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1},
    "filled_in": {"bg_color": "#FFF8E1", "border": 1, "border_color": "#C9C2AE", "locked": False},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "quoted": {"quote_prefix": True},
}
"""How cells look, in the words of XlsxWriter."""
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_NO_XLSXWRITER = "a workbook needs XlsxWriter: pip install 'tenken[xlsx]'; CSV needs nothing"


class Column(Frozen):
    """A column: its heading, its width in characters, whether people write in it, and whether these are days."""

    title: str
    width: int
    is_filled_in: bool = False
    is_dated: bool = False


class Sheet(Frozen):
    """A sheet: a heading row that stays in sight with as many columns as are frozen, then rows; `strong` are the
    cells in bold, by row and column, `choices` the answers offered in a cell."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[CellValue]]
    frozen: int = 0
    strong: frozenset[tuple[int, int]] = frozenset()
    choices: Mapping[tuple[int, int], tuple[str, ...]] = {}
    dated: frozenset[tuple[int, int]] = frozenset()
    """Cells in which a day may be typed instead of one of the answers offered."""
    has_headings: bool = True
    printed: int = 0
    """How many of the first columns are printed; all of them if 0."""


def write_workbook(
    sheets: Sequence[Sheet], mark: bytes, made_on: date, footer: str, hidden: Sequence[Sequence[str]] = ()
) -> bytes:
    """A workbook, the same for the same sheets; `hidden` are rows that only programs read.

    Raises `Problems` where XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - the extra `xlsx`
    except ImportError:
        raise Problems(Problem(Place("-o"), _NO_XLSXWRITER)) from None
    out = BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    kind = mark.decode().partition(">")[2]
    workbook.set_properties({"comments": f"{kind}{__version__}", "created": datetime.combine(made_on, time())})
    formats = _CellFormats(workbook)
    lists = _find_list_places(sheets)
    for sheet in sheets:
        _write_sheet(workbook, sheet, formats, lists, footer)
    _write_hidden_sheet(workbook, [*lists, *hidden])
    workbook.close()
    return _put_description_first(out.getvalue())


class _CellFormats:
    """The looks of cells, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.made: dict[tuple[str, ...], Format] = {}

    def find(self, *traits: str) -> Format:
        if traits not in self.made:
            merged = {key: value for trait in ("cell", *traits) for key, value in _LOOKS[trait].items()}
            self.made[traits] = self.workbook.add_format(merged)
        return self.made[traits]


def _write_sheet(
    workbook: Workbook, sheet: Sheet, formats: _CellFormats, lists: Mapping[tuple[str, ...], str], footer: str
) -> None:
    page = workbook.add_worksheet(sheet.name)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, formats.find())
    first = 1 if sheet.has_headings else 0
    if sheet.has_headings:
        for place, column in enumerate(sheet.columns):
            page.write_string(0, place, _show_plainly(column.title), formats.find("heading"))
        page.set_row(0, _HEADING_HEIGHT)
        page.freeze_panes(1, sheet.frozen)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
        page.repeat_rows(0)
    for number, row in enumerate(sheet.rows):
        page.set_row(number + first, _measure_height(row, sheet.columns))
        for place, value in enumerate(row):
            traits = ["strong"] if (number, place) in sheet.strong else []
            traits += ["filled_in"] if sheet.columns[place].is_filled_in else []
            traits += ["day"] if sheet.columns[place].is_dated or (number, place) in sheet.dated else []
            _write_cell(page, (number + first, place), value, traits, formats)
    for (number, place), labels in sheet.choices.items():
        rule = {"validate": "list", "source": lists[labels], "show_error": (number, place) not in sheet.dated}
        page.data_validation(number + first, place, number + first, place, rule)
    _set_up_print(page, sheet, footer)


def _measure_height(row: Sequence[CellValue], columns: Sequence[Column]) -> float:
    """How high a row is in which every text can be read, as not every program works that out."""
    lines = (
        sum(ceil(max(measure_width(line), 1) / (column.width * _FILL)) for line in str(value).split("\n"))
        for value, column in zip(row, columns, strict=True)
    )
    return min(max(lines, default=1) * _LINE_HEIGHT, _HIGHEST_ROW)


def _write_cell(
    page: Worksheet, place: tuple[int, int], content: CellValue, traits: list[str], formats: _CellFormats
) -> None:
    """One cell: a day as a day, a number as a number, and a text as a text, whatever it begins with."""
    if isinstance(content, date) and content >= _EARLIEST_DAY:
        page.write_datetime(*place, datetime.combine(content, time()), formats.find(*dict.fromkeys((*traits, "day"))))
    elif isinstance(content, int):
        page.write_number(*place, content, formats.find(*traits))
    elif content == "":
        page.write_blank(*place, None, formats.find(*traits))
    else:
        said = _show_plainly(str(content))
        quoted = ["quoted"] if defuse_formula(said) != said else []
        page.write_string(*place, said, formats.find(*traits, *quoted))


def _show_plainly(said: str) -> str:
    """A text as a cell can hold it: not too long, and with no character that is hidden or turns others round."""
    text = re.sub(_HIDDEN, "\ufffd", unify_line_breaks(said))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _set_up_print(page: Worksheet, sheet: Sheet, footer: str) -> None:
    page.print_area(0, 0, len(sheet.rows), (sheet.printed or len(sheet.columns)) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f"&L{_show_plainly(footer).replace('&', '&&')[:150]}&R&P / &N")


def _find_list_places(sheets: Sequence[Sheet]) -> dict[tuple[str, ...], str]:
    """Where each list of answers stands on the hidden sheet, as a formula names it."""
    lists = dict.fromkeys(labels for sheet in sheets for labels in sheet.choices.values())
    return {labels: f"='{_LISTS}'!$A${row + 1}:${_name_last(labels)}${row + 1}" for row, labels in enumerate(lists)}


_LISTS = "-"
"""The name of the hidden sheet with the answers to choose from, in any language."""


def _name_last(labels: tuple[str, ...]) -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - the extra `xlsx`

    return str(xl_col_to_name(len(labels) - 1))


def _write_hidden_sheet(workbook: Workbook, rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    page = workbook.add_worksheet(_LISTS)
    for number, row in enumerate(rows):
        for column, said in enumerate(row):
            page.write_string(number, column, _show_plainly(said))
    page.hide()


def _put_description_first(content: bytes) -> bytes:
    """The same workbook with the part that says who made it first and as plain text, so that it is known again."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(out, "w") as ours:
        for name in sorted(made.namelist(), key=lambda name: name != _DESCRIPTION):
            entry = ZipInfo(name, _ZIP_DAY)
            entry.compress_type = ZIP_STORED if name == _DESCRIPTION else ZIP_DEFLATED
            ours.writestr(entry, made.read(name))
    return out.getvalue()
