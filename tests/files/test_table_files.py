"""Workbooks and tables from anywhere: what they hold as plain text, or one line on why not, within bounds."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from support.command_line import run_tenken
from support.filled_tables import change_part
from support.paths import LIGHTHOUSE
from tenken.files.formula_quoting import defuse_formula, restore_formula
from tenken.files.problems import Problems
from tenken.files.table_files import MOST_TABLE_ROWS, name_column, read_text_table, read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def write_cells(path: Path, *cells: tuple[str, object]) -> Path:
    book = Workbook(str(path), {"strings_to_formulas": False})
    page = book.add_worksheet("Mine")
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for cell, value in cells:
        if isinstance(value, date):
            page.write_datetime(cell, value, days)
        elif isinstance(value, str) and value.startswith("{"):
            page.write_formula(cell, value, None, "came to this")
        else:
            page.write(cell, value)
    book.close()
    return path


def test_cells_are_what_a_person_sees_wherever_they_stand(tmp_path: Path) -> None:
    values = ["=1+1", "a_x0041_b", "x\r\ny", True, 3, 2.5, datetime(2026, 8, 2), datetime(2026, 8, 2, 9, 30), "{=1+1}"]
    cells = ((f"{name_column(column)}3", value) for column, value in enumerate(values, start=1))
    (sheet,) = read_workbook(write_cells(tmp_path / "t.xlsx", *cells).read_bytes(), "t.xlsx")
    seen = ["=1+1", "a_x0041_b", "x\r\ny", "yes", "3", "2.5", "2026-08-02", "2026-08-02T09:30:00", "came to this"]
    assert [list(row) for row in sheet.rows] == [[""] * 10, [""] * 10, ["", *seen]]
    assert str(sheet.find_place(2, 1)) == "t.xlsx:Mine!B3"
    assert [name_column(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def pack(*parts: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return out.getvalue()


def change_sheet(change: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda path: change_part(path, SHEET, change)


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def fill_with_rows(count: int) -> Callable[[str], str]:
    row = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    return lambda page: page.replace("<sheetData>", "<sheetData>" + row * count)


HOSTILE: dict[str, Callable[[Path], object]] = {
    "half a file": cut_in_half,
    "no workbook": lambda path: path.write_bytes(pack(("word/document.xml", b"<x/>"))),
    "nothing but its beginning": lambda path: path.write_bytes(b"PK\x03\x04"),
    "an old file": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(4096)),
    "a password": lambda path: path.write_bytes(
        b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    ),
    "a cell at the far corner": change_sheet(
        lambda page: page.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    ),
    "a bomb of blanks": change_sheet(lambda page: page.replace("<sheetData>", "<sheetData>" + " " * (150 << 20))),
    "a bomb of text": change_sheet(
        lambda page: page.replace(
            "<sheetData>", f'<sheetData><row><c t="inlineStr"><is><t>{"x" * (150 << 20)}</t></is></c></row>'
        )
    ),
    "a long cell": change_sheet(
        lambda page: page.replace(
            "<sheetData>", f'<sheetData><row><c t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'
        )
    ),
    "a row too many": change_sheet(fill_with_rows(MOST_TABLE_ROWS + 1)),
    "millions of rows": change_sheet(fill_with_rows(1_500_000)),
    "a tag that never ends": change_sheet(lambda page: page[: page.index("<sheetData>")] + "<a" * 1_000_000),
    "deep tags": change_sheet(lambda page: page.replace("<sheetData>", "<sheetData>" + "<row>" * 1_000_000)),
    "entities of entities": change_sheet(
        lambda page: page.replace(
            "<worksheet",
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet',
            1,
        ).replace("<sheetData>", '<sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row>')
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_of_answers_is_one_line_and_changes_nothing(name: str, tmp_path: Path) -> None:
    record = tmp_path / "tower.yaml"
    record.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8")
    before = record.read_bytes()
    HOSTILE[name](write_cells(tmp_path / "t.xlsx", ("A1", "x")))
    begun = time.monotonic()
    done = run_tenken("assess", record, "--merge", tmp_path / "t.xlsx")
    assert time.monotonic() - begun < 20
    assert (done.returncode, done.stderr.count("\n"), record.read_bytes()) == (2, 1, before), done.stderr
    assert done.stderr.startswith(f"{tmp_path / 't.xlsx'}: ")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'answer,id\n"yes', "t.csv:A2: a cell in quotes is not closed"),
        (b'answer,id\n"yes"s,coast\n', "t.csv:A2: a cell in quotes is not closed"),
        (b"answer,id\n" + b"x" * 40_000, "t.csv: a table of answers has at most"),
        (b"answer,id\n" + b"," * 200, "t.csv: a table of answers has at most"),
        (b"answer,id\n" + b"\n" * (MOST_TABLE_ROWS + 1), "t.csv: a table of answers has at most"),
        (b"\xff\xfea", "t.csv: this begins as UTF-16 and is not"),
        (b"answer\xff,id", "t.csv: this is not UTF-8"),
    ],
)
def test_a_broken_csv_is_told_in_one_line(content: bytes, told: str) -> None:
    with pytest.raises(Problems) as found:
        read_text_table(content, "t.csv", {"answer", "id"})
    assert str(found.value).startswith(told)


def test_a_csv_that_names_its_separator_is_read() -> None:
    sheet = read_text_table(b"sep=;\r\nid;answer\r\ncoast;yes\r\n", "t.csv", {"answer", "id"})
    assert sheet.rows == [["id", "answer"], ["coast", "yes"]]


@given(st.text(st.sampled_from("=+-@;\t\n\r '\"a\ufeff\u200b＝\u3000\x0b"), max_size=10))
def test_quoting_against_formulas_is_undone_exactly(said: str) -> None:
    assert restore_formula(defuse_formula(said)) == said


@pytest.mark.parametrize("sign", "\n\t;' ")
def test_quoting_takes_time_with_the_length_only(sign: str) -> None:
    begun = time.process_time()
    restore_formula(defuse_formula(sign * 200_000 + "="))
    assert time.process_time() - begun < 1
