"""The questions as a workbook to fill in: how that is done, then a row for each, with the answers to choose from."""

from __future__ import annotations

from tenken.messages.message_catalog import phrase
from tenken.records.table_words import RULES_MARK
from tenken.report.export.answer_guide import list_guide_lines
from tenken.report.export.answer_rows import COLUMNS, FILLED_COLUMNS, AnswerRow, list_answer_rows
from tenken.report.export.question_list import QuestionList
from tenken.report.export.workbook import CellValue, Column, Sheet, write_workbook
from tenken.report.question_files import QUESTION_WORKBOOK

_ANSWER_WIDTHS = {
    "part": 22,
    "question": 52,
    "help": 60,
    "answer": 24,
    "reason": 30,
    "note": 30,
    "evidence": 30,
    "due": 12,
    "at": 12,
    "id": 24,
    "choice": 18,
}
_USUAL_WIDTH = 18
_DAY_COLUMNS = ("due", "at")
_FROZEN_COLUMNS = 2
_GUIDE_WIDTHS = (24, 100)


def write_answer_workbook(questions: QuestionList) -> bytes:
    system = questions.record.system if questions.record else ""
    sheets = [_build_guide(questions, system), _build_answer_sheet(questions)]
    states = [(RULES_MARK, id, state) for id, state in questions.wording.library.versions.items()]
    return write_workbook(sheets, QUESTION_WORKBOOK, questions.made_on, system, states)


def _build_guide(questions: QuestionList, system: str) -> Sheet:
    """What the file is about and how it is filled in; whoever answers may say so once, in place of every row."""
    labels = questions.wording.labels["answer_table"]
    rows: list[list[CellValue]] = [["", system]] if system else []
    rows += [["", said] for said in list_guide_lines(questions)]
    rows += [[labels["headings"]["by"], questions.name]]
    columns = [Column("", _GUIDE_WIDTHS[0]), Column("", _GUIDE_WIDTHS[1])]
    strong = frozenset({(len(rows) - 1, 0), (0, 1) if system else (len(rows) - 1, 0)})
    return Sheet(labels["guide"], columns, rows, strong=strong, has_headings=False)


def _build_answer_sheet(questions: QuestionList) -> Sheet:
    labels = questions.wording.labels["answer_table"]
    rows = list(list_answer_rows(questions))
    asked, place = COLUMNS.index("question"), COLUMNS.index("answer")
    return Sheet(
        labels["sheet"],
        [
            Column(
                labels["headings"][name],
                _ANSWER_WIDTHS.get(name, _USUAL_WIDTH),
                name in FILLED_COLUMNS,
                name in _DAY_COLUMNS,
            )
            for name in COLUMNS
        ],
        [_list_cells(row) for row in rows],
        frozen=_FROZEN_COLUMNS,
        strong=frozenset((number, asked) for number, row in enumerate(rows) if not row.is_choice),
        choices={(number, place): row.answers for number, row in enumerate(rows)},
        printed=COLUMNS.index("evidence") + 1,
        dated=frozenset((number, place) for number, row in enumerate(rows) if row.is_dated),
    )


def _list_cells(row: AnswerRow) -> list[CellValue]:
    helps = [row.cells.get("help", "")]
    if row.is_dated:
        helps.append(phrase("A day is written as 2026-08-02."))
    cells = {**row.cells, "help": "\n".join(filter(None, helps))}
    return [cells.get(name, "") for name in COLUMNS]
