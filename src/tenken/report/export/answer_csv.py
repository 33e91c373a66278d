"""The questions as CSV to fill in, in which no cell is a formula."""

from __future__ import annotations

import csv
from io import StringIO

from tenken.files.formula_quoting import defuse_formula
from tenken.messages.line_breaking import unify_line_breaks
from tenken.report.export.answer_rows import COLUMNS, list_answer_rows
from tenken.report.export.question_list import QuestionList


def write_answer_csv(questions: QuestionList) -> str:
    """Separated values as spreadsheets read them, with a byte order mark; the answers are left open."""
    headings = questions.wording.labels["answer_table"]["headings"]
    out = StringIO()
    writer = csv.writer(out, delimiter=questions.delimiter)
    writer.writerow([headings[column] for column in COLUMNS])
    for row in list_answer_rows(questions):
        cells = {**row.cells, "help": _add_answers(row.cells["help"], row.answers, questions)}
        writer.writerow([defuse_formula(unify_line_breaks(cells.get(column, ""))) for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def _add_answers(said: str, answers: tuple[str, ...], questions: QuestionList) -> str:
    """What helps, with the answers there are, as a table in CSV offers none to choose from."""
    offered = questions.wording.join_heading(
        questions.wording.labels["answer_table"]["headings"]["answer"], " / ".join(answers)
    )
    return "\n".join(filter(None, [said, offered]))
