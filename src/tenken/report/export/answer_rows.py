"""The questions as rows of a table to fill in: a row for each, and below it one for each choice of several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenken.assessment.answer_words import find_mark_label, list_choice_labels
from tenken.assessment.next_questions import NextQuestion
from tenken.assessment.open_questions import name_phase_section
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen
from tenken.messages.message_catalog import phrase
from tenken.records.incoming_choices import CHOICE_MARKS, list_single_choices, list_whole_marks
from tenken.report.export.blank_record import (
    find_requirement_title,
    list_chosen_questions,
    list_question_help,
    render_so_far,
)
from tenken.report.export.question_list import QuestionList

FILLED_COLUMNS = ("answer", "reason", "note", "evidence", "published", "owner", "due", "ask", "by", "at")
"""The columns people write in."""
SHOWN_COLUMNS = ("part", "question", "help")
COLUMNS = (*SHOWN_COLUMNS, *FILLED_COLUMNS, "so_far", "who_knows", "id", "choice")


class AnswerRow(Frozen):
    """A row: its texts by the names of the columns, and the answers to choose from."""

    cells: Mapping[str, str]
    answers: tuple[str, ...]
    is_dated: bool = False
    """Whether a day may be written instead of one of the answers."""
    is_choice: bool = False
    """Whether it is one choice of a question that takes several."""


def list_answer_rows(questions: QuestionList) -> Iterator[AnswerRow]:
    """All that is asked, in its order; what nobody was sure of comes last."""
    library, unsure = questions.wording.library, questions.unsure
    for question in (*questions.asked, *list_chosen_questions(unsure, library)):
        part = name_phase_section(question.phase)
        if question.question in unsure:
            part = phrase("Not sure so far")
        elif title := find_requirement_title(library, question):
            part = questions.wording.join_heading(part, title)
        yield from _list_rows_of(question, part, questions)


def _list_rows_of(question: NextQuestion, part: str, questions: QuestionList) -> Iterator[AnswerRow]:
    wording, id = questions.wording, question.question
    library = wording.library
    asked = library.questions.get(id)
    is_several = asked is not None and asked.several
    answers = list_choice_labels(id, wording)
    cells = {
        "part": part,
        "question": _render_whole_question(id, wording),
        "help": "\n".join(_list_help(question, wording, is_several=is_several)),
        "so_far": render_so_far(id, questions.record, wording),
        "who_knows": questions.unsure.get(id, "") or (asked.who_knows if asked else ""),
        "id": id,
    }
    if not is_several:
        yield AnswerRow(cells, tuple(answers), is_dated=library.find_answer_kind(id).is_dated)
        return
    yield AnswerRow(cells, tuple(find_mark_label(mark, wording) for mark in list_whole_marks(id, library)))
    marks = tuple(find_mark_label(mark, wording) for mark in CHOICE_MARKS)
    means = {word: (label, says) for word, label, says in wording.list_choices(id)}
    for word in list_single_choices(id, library):
        label, says = means[word]
        named = {"part": part, "question": f"– {label}", "help": says, "id": id, "choice": word}
        yield AnswerRow(named, marks, is_choice=True)


def _render_whole_question(id: str, wording: Wording) -> str:
    library = wording.library
    if id in library.questions:
        return library.questions[id].ask
    check = library.checks[id][1]
    return wording.add_in_brackets(check.ask, wording.render_citations(check.cites))


def _list_help(question: NextQuestion, wording: Wording, *, is_several: bool) -> Iterator[str]:
    """What helps to answer, line by line; of single choices, what each means."""
    id, library = question.question, wording.library
    if id in library.checks:
        yield from filter(None, [library.checks[id][1].help])
        return
    asked = library.questions[id]
    for heading, text in list_question_help(asked):
        if text:
            yield " ".join((wording.join_heading(heading, text) if heading else text).split())
    if not is_several:
        yield from (wording.join_heading(label, means) for _, label, means in wording.list_choices(id) if means)
