"""The files that questions go out in: one table, from which the command line and the writing read."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tenken.files.durable_writing import encode_document, write_durably
from tenken.files.file_names import is_there
from tenken.files.file_reading import read_file_bytes
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem, Problems
from tenken.report.formats import require_choice

if TYPE_CHECKING:
    from tenken.report.export.question_list import QuestionList

QUESTION_WORKBOOK = b"<dc:description>questions by tenken "
_SIGNATURE_HEAD = 1000
"""How many bytes from the beginning of a file a signature is looked for."""


class QuestionFormat(Frozen):
    """One form of the questions: how its files end, and `module:function` in `export` that makes a text or bytes.

    The signature is gone once another program saved the file; where there is none, answers may stand in any file.
    """

    ending: str
    writer: str
    signature: bytes = b""

    def write_content(self, questions: QuestionList) -> str | bytes:
        module, _, function = self.writer.partition(":")
        content: str | bytes = getattr(import_module(f"tenken.report.export.{module}"), function)(questions)
        return content

    def holds_no_answers(self, content: bytes) -> bool:
        """Whether a file is as it was written, with nothing filled in yet."""
        return bool(self.signature) and self.signature in content[:_SIGNATURE_HEAD]


QUESTION_FORMATS = (
    QuestionFormat("yaml", "blank_record:write_blank_record"),
    QuestionFormat("csv", "answer_csv:write_answer_csv"),
    QuestionFormat("xlsx", "answer_workbook:write_answer_workbook", QUESTION_WORKBOOK),
)
"""The first is what is made if no file is named."""
PAGE_ENDING = "html"


def choose_question_format(ending: str) -> QuestionFormat:
    """The format whose files end so; raises `Problems` for an ending of nothing that is made."""
    known = {form.ending: form for form in QUESTION_FORMATS}
    known["yml"] = QUESTION_FORMATS[0]
    offered = {name: known.get(name, QUESTION_FORMATS[0]) for name in (*known, PAGE_ENDING)}
    return require_choice("-o", ending.lower(), offered) if ending else QUESTION_FORMATS[0]


def save_question_file(path: Path, content: str | bytes, form: QuestionFormat, *, force: bool = False) -> None:
    """Writes questions; raises `Problems` rather than replace a file that may hold answers."""
    if is_there(path) and not force and not form.holds_no_answers(read_file_bytes(path)):
        text = "there is a file of that name, which may hold answers; name another with -o, or use --force"
        raise Problems(Problem(Place(str(path)), text))
    write_durably(path, encode_document(content) if isinstance(content, str) else content)
