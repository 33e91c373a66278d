"""How a table of questions is filled in and comes back, in sentences for whoever gets it."""

from __future__ import annotations

from collections.abc import Iterator

from tenken.assessment.answer_words import find_mark_label
from tenken.files.file_names import quote_file_for_shell, quote_for_shell
from tenken.messages.message_catalog import phrase
from tenken.records.incoming_choices import ONLY_THESE, YES
from tenken.report.export.question_list import QuestionList
from tenken.rules.answer_kinds import UNSURE
from tenken.rules.requirement import SET_ASIDE


def list_guide_lines(questions: QuestionList) -> Iterator[str]:
    """What to write where, and how the answers are taken over."""
    wording = questions.wording
    labels = wording.labels["answer_table"]
    facts = {
        "sheet": labels["sheet"],
        "answer": labels["headings"]["answer"],
        "reason": labels["headings"]["reason"],
        "yes": find_mark_label(YES, wording),
        "unsure": find_mark_label(UNSURE, wording),
        "only": find_mark_label(ONLY_THESE, wording),
        "apart": wording.labels["answers"][SET_ASIDE],
    }
    if questions.name:
        yield phrase("For {name}: you would know the answers to these questions.", name=questions.name)
    yield phrase("Answer on the sheet “{sheet}”, in the column “{answer}”. What you leave open stays open.", **facts)
    yield phrase("“{unsure}” is always an answer. “{apart}” needs a reason, in the column “{reason}”.", **facts)
    several = (
        "Where several answers may be true, mark each in its row; “{only}” in the row above them says no to the rest."
    )
    yield phrase(several, **facts)
    yield phrase("Save the file as it is, in the same format, and send it back. The answers are taken over with:")
    yield _render_command(questions)
    if questions.may_follow:
        yield phrase("The answers may open more questions.")
    yield from questions.fitting


def _render_command(questions: QuestionList) -> str:
    known = questions.path is not None and str(questions.path) != "-"
    record = quote_file_for_shell(questions.path) if known and questions.path else "RECORD"
    name = f" --by {quote_for_shell(' '.join(questions.name.split()))}" if questions.name else ""
    return f"tenken assess {record} --merge FILE{name}"
