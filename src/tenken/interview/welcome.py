"""What is said first: what is to come in a new interview, or how far a resumed one has come."""

from __future__ import annotations

from datetime import datetime

from tenken.assessment.running_assessment import RunningAssessment
from tenken.files.frozen_classes import replace_fields
from tenken.interview.prompt import CardOption, Prompt, PromptKey, build_menu, render_optional_hint
from tenken.interview.record_choice import find_free_file_name
from tenken.interview.safe_saving import save_record_safely
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.records.record import RecordStage
from tenken.records.record_file import RecordFile


def ask_who_answers(record_file: RecordFile, prompt: Prompt) -> str:
    """Who answers: asked once for a record, then whoever did so last; never taken from the machine."""
    if record_file.record.answers:
        return next((given.by for given in reversed(list(record_file.record.answers.values())) if given.by), "")
    return prompt.ask_text(phrase("Who is answering?"), hint=render_optional_hint(phrase("a name or initials"))) or ""


def show_welcome(
    record_file: RecordFile, running_assessment: RunningAssessment, by: str, prompt: Prompt, now: datetime, *, old: int
) -> str:
    """Says what is to come, or how far it has come; returns how to go on: `continue`, `confirm`, `review` or `over`.

    `old` is how many answers are so old that they may be confirmed.
    """
    if running_assessment.situation.answers:
        return _ask_how_to_resume(record_file, running_assessment, by, prompt, now, old=old)
    prompt.say_paragraph()
    prompt.say_paragraph(phrase("First what applies: as few questions as it takes to be clear."))
    prompt.say_paragraph(phrase("Then you see the result so far, and choose how far to go."))
    prompt.say_paragraph(phrase("“Not sure” is always an answer. Leave when you like; the same command goes on."))
    prompt.say_paragraph(
        phrase("Each answer is saved at once in {file}. Nothing leaves this machine.", file=record_file.path)
    )
    prompt.say_paragraph(phrase("This is not legal advice."))
    return "continue"


def _ask_how_to_resume(
    record_file: RecordFile, running_assessment: RunningAssessment, by: str, prompt: Prompt, now: datetime, *, old: int
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
    if not running_assessment.open and not old:
        return "continue"
    confirm = phrase_count(old, "Confirm 1 answer older than a year", "Confirm {count} answers older than a year")
    first = phrase("With the first question that is open.") if running_assessment.open else phrase("To the result.")
    card = build_menu(
        phrase("What now?"),
        CardOption("continue", phrase("Go on"), first),
        CardOption("confirm", confirm, phrase("One by one; one key for each that is still so.")) if old else None,
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
