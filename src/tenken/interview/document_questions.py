"""Asks for the words that only a document needs, one after the other; each is optional, and saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.interview.prompt import SAVED_MARK, Prompt, render_optional_hint
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_off_warning import confirm_record_change
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.records.answer_values import has_sure_answer
from tenken.records.record import NO_ANSWER, Record
from tenken.records.record_file import RecordFile
from tenken.rules.outline import Outline, list_line_fillings, load_outlines
from tenken.rules.requirement import Question
from tenken.rules.translation import BASE_LANGUAGE


def list_document_questions(outline: Outline, language: str) -> list[Question]:
    """What a document asks, in the order in which it says it, questions that it shares with others among them."""
    known = {id: asked for other in load_outlines(language).values() for id, asked in other.questions.items()}
    known.update(outline.questions)
    ids = [id for section in outline.sections.values() for line in section.lines for id in list_line_fillings(line)]
    return [known[id] for id in dict.fromkeys(ids) if id in known]


def list_open_texts(outline: Outline, record: Record | None, language: str = BASE_LANGUAGE) -> list[str]:
    """The ids of what a document asks and nobody has answered for certain."""
    given = record.answers if record else {}
    asked = list_document_questions(outline, language)
    return [question.id for question in asked if not has_sure_answer(given.get(question.id))]


def ask_for_document(
    outline: Outline,
    record_file: RecordFile,
    wording: Wording,
    prompt: Prompt,
    *,
    by: str,
    clock: Callable[[], datetime],
) -> None:
    """Asks what is not answered yet; going back leads to the question before, and leaving loses nothing."""
    questions = {each.id: each for each in list_document_questions(outline, wording.library.language)}
    waiting = [questions[id] for id in list_open_texts(outline, record_file.record)]
    if waiting and not confirm_record_change(record_file.record, wording, prompt):
        return
    prompt.say_paragraph(
        phrase_count(len(waiting), "1 question for this document.", "{count} questions for this document.")
    )
    place = 0
    while place < len(waiting):
        if _ask_question(waiting, place, record_file, prompt, by=by, clock=clock):
            place += 1
        else:
            place = max(0, place - 1)


def _ask_question(
    waiting: Sequence[Question],
    place: int,
    record_file: RecordFile,
    prompt: Prompt,
    *,
    by: str,
    clock: Callable[[], datetime],
) -> bool:
    """Whether to go on; what was said is saved, and what was not stays open."""
    question = waiting[place]
    given = record_file.record.answers.get(question.id, NO_ANSWER)
    helps = (
        (question.help, ""),
        (question.example, phrase("For example")),
        (question.who_knows, phrase("Who usually knows")),
    )
    for text, heading in helps:
        if text:
            prompt.say_paragraph(phrase(": ").join((heading, text)) if heading else text)
    said = prompt.ask_text(question.ask, " ".join(given.answer), hint=render_optional_hint())
    if said is None:
        return False
    if said and (said,) != given.answer:
        record_file.take_answer(question.id, replace_fields(given, answer=(said,), by=by, at=clock()))
        save_record_safely(record_file, prompt)
        prompt.say_paragraph(question.short, mark=SAVED_MARK)
    return True
