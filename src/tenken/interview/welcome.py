"""What is said first: what is to come in a new interview, or how far a resumed one has come."""

from __future__ import annotations

from datetime import datetime
from math import isqrt

from tenken.assessment.open_questions import Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.files.frozen_classes import replace_fields
from tenken.interview.prompt import CardOption, Prompt, PromptKey, build_menu, render_optional_hint
from tenken.interview.record_choice import find_free_file_name
from tenken.interview.safe_saving import save_record_safely
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.records.record import RecordStage
from tenken.records.record_file import RecordFile
from tenken.rules.answer_kinds import NONE

_SECONDS_PER_QUESTION = 25
"""Seconds a question takes, with reading; a guess that a person may hold against us."""


def ask_who_answers(record_file: RecordFile, prompt: Prompt) -> str:
    """Who answers: asked once for a record, then whoever did so last; never taken from the machine."""
    if record_file.record.answers:
        return next((given.by for given in reversed(list(record_file.record.answers.values())) if given.by), "")
    return prompt.ask_text(phrase("Who is answering?"), hint=render_optional_hint(phrase("a name or initials"))) or ""


def show_welcome(
    record_file: RecordFile, running_assessment: RunningAssessment, by: str, prompt: Prompt, now: datetime
) -> str:
    """Says what is to come, or how far it has come; returns how to go on: `continue`, `review` or `over`."""
    if running_assessment.situation.answers:
        return _ask_how_to_resume(record_file, running_assessment, by, prompt, now)
    count = _estimate_question_count(running_assessment)
    time = phrase_count(count * _SECONDS_PER_QUESTION // 60 + 1, "1 minute", "{count} minutes")
    questions = phrase_count(count, "1 question", "{count} questions")
    prompt.say_paragraph()
    text = "First what applies: about {questions}, {time}; fewer if little applies."
    prompt.say_paragraph(phrase(text, questions=questions, time=time))
    prompt.say_paragraph(phrase("Then what is in place, as long again or longer."))
    prompt.say_paragraph(phrase("“Not sure” is always an answer. Leave when you like; the same command goes on."))
    prompt.say_paragraph(
        phrase("Each answer is saved at once in {file}. Nothing leaves this machine.", file=record_file.path)
    )
    prompt.say_paragraph(phrase("This is not legal advice."))
    return "continue"


def _estimate_question_count(running_assessment: RunningAssessment) -> int:
    """About how many questions it takes to find what applies: between all, and those left if each is answered no."""
    most = sum(1 for open_question in running_assessment.open if open_question.phase is Phase.SCOPE)
    quiet, least = RunningAssessment(running_assessment.library, running_assessment.situation), 0
    while quiet.open and quiet.open[0].phase is Phase.SCOPE:
        id = quiet.open[0].question
        accepts = quiet.library.list_accepted_words(id)
        quiet.take_answer(id, (next((word for word in (NONE, "no") if word in accepts), accepts[0]),))
        least += 1
    return isqrt(least * most - 1) + 1 if most else 0


def _ask_how_to_resume(
    record_file: RecordFile, running_assessment: RunningAssessment, by: str, prompt: Prompt, now: datetime
) -> str:
    answered = phrase_count(len(running_assessment.situation.answers), "1 answer", "{count} answers")
    when = _phrase_last_answered(
        max((given.at for given in record_file.record.answers.values() if given.at), default=None), now
    )
    prompt.say_paragraph(
        phrase("{system}: {answered} so far{when}.", system=record_file.record.system, answered=answered, when=when)
    )
    if by:
        prompt.say_paragraph(phrase("You answer as {by}; --by NAME changes that.", by=by))
    if not running_assessment.open:
        return "continue"
    card = build_menu(
        phrase("What now?"),
        CardOption("continue", phrase("Go on"), phrase("With the first question that is open.")),
        CardOption("review", phrase("Review first"), phrase("Look through the answers and change any.")),
        CardOption("over", phrase("Start over"), phrase("The answers so far are kept in a file of their own.")),
    )
    chosen = prompt.choose(card)
    return "continue" if isinstance(chosen, PromptKey) else chosen[0]


def _phrase_last_answered(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    days = (now.date() - moment.date()).days
    if days < 1:
        return phrase(", the last one today")
    return phrase_count(days, ", the last one yesterday", ", the last one {count} days ago")


def start_record_over(record_file: RecordFile, prompt: Prompt) -> RecordFile:
    """The same record without answers; the old one stays beside it."""
    name = find_free_file_name(record_file.path.stem, record_file.folder)
    old_file = save_record_safely(RecordFile(record_file.folder / name, record_file.record), prompt)
    prompt.say_paragraph(phrase("The answers so far are kept in {file}.", file=old_file.path))
    emptied = replace_fields(record_file.record, answers={}, status=RecordStage.DRAFT, signed_off=())
    return save_record_safely(record_file.with_record(emptied), prompt)
