"""Tables of questions filled in as people do with a spreadsheet: some cells written, the rest as it was."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from tenken.assessment.answer_words import find_mark_label, list_choice_labels
from tenken.assessment.wording import Wording
from tenken.files.formula_quoting import defuse_formula
from tenken.files.table_files import name_column, read_workbook
from tenken.records.incoming_choices import list_single_choices
from tenken.report.export.answer_rows import COLUMNS
from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE

CellKey = tuple[str, str, str]
"""The id of a question, the word of a choice or nothing, and what a column holds."""
Filled = Mapping[CellKey, str | date]

ANSWERS_SHEET = "xl/worksheets/sheet2.xml"
_FIRST_DAY = date(1899, 12, 30)


def fill_csv(path: Path, filled: Filled, *, delimiter: str = "", encoding: str = "utf-8-sig") -> None:
    """Writes cells into a table in CSV and saves it as a spreadsheet does, each text defused as it came."""
    text = path.read_text("utf-8-sig")
    came = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=came))
    for key, said in filled.items():
        row, column = find_cell(rows, key)
        rows[row][column] = defuse_formula(str(said))
    out = StringIO()
    csv.writer(out, delimiter=delimiter or came).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))


def fill_workbook(path: Path, filled: Filled) -> None:
    """Writes cells into the sheet of questions, texts as texts and days as days."""
    rows = read_workbook(path.read_bytes(), str(path))[1].rows
    cells = {}
    for key, said in filled.items():
        row, column = find_cell(rows, key)
        cells[f"{name_column(column)}{row + 1}"] = said

    def write(found: re.Match[str]) -> str:
        name, style = found[1], found[2]
        said = cells.get(name, "")
        if isinstance(said, date):
            return f'<c r="{name}" s="{style}"><v>{(said - _FIRST_DAY).days}</v></c>'
        text = f'<is><t xml:space="preserve">{escape(said)}</t></is>'
        return f'<c r="{name}" s="{style}" t="inlineStr">{text}</c>' if said else found[0]

    change_part(path, ANSWERS_SHEET, lambda page: re.sub(r'<c r="([A-Z]+\d+)" s="(\d+)"/>', write, page))


def change_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Changes one part of a workbook."""
    out = BytesIO()
    with ZipFile(path) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    path.write_bytes(out.getvalue())


def find_cell(rows: Sequence[Sequence[str]], key: CellKey) -> tuple[int, int]:
    """The row and the column of a cell, from 0."""
    id, choice = COLUMNS.index("id"), COLUMNS.index("choice")
    return next(n for n, row in enumerate(rows) if (row[id], row[choice]) == key[:2]), COLUMNS.index(key[2])


def write_answer_cells(id: str, words: Sequence[str], wording: Wording) -> dict[CellKey, str | date]:
    """The cells that say what the words of a record say, in the labels of a reader."""
    library = wording.library
    question = library.questions.get(id)
    labels = dict(zip(library.list_accepted_words(id), list_choice_labels(id, wording), strict=True))
    if question is None or not question.several:
        return {(id, "", "answer"): labels.get(words[0]) or date.fromisoformat(words[0])}
    if words[0] in (NONE, UNSURE) and len(words) == 1:
        return {(id, "", "answer"): find_mark_label(words[0], wording)}
    cells: dict[CellKey, str | date] = {}
    for word in list_single_choices(id, library):
        is_open = word + DOUBT in words or (UNSURE in words and word not in words)
        mark = "yes" if word in words else UNSURE if is_open else "no"
        if UNSURE not in words or mark == "yes":
            cells[id, word, "answer"] = find_mark_label(mark, wording)
    return {**cells, (id, "", "answer"): find_mark_label(UNSURE, wording)} if UNSURE in words else cells
