"""A whole interview, from the choice of the record to the result or to leaving before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from tenken.assessment.wording import Wording
from tenken.interview.answer_confirmation import confirm_old_answers, list_old_answers
from tenken.interview.local_day import find_local_day
from tenken.interview.moved_rules import render_moved_rules
from tenken.interview.prompt import WARNING_MARK, Prompt
from tenken.interview.question_loop import Interview
from tenken.interview.record_choice import choose_record_file
from tenken.interview.report_desk import ReportDesk
from tenken.interview.welcome import ask_who_answers, show_welcome, start_record_over
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.record_file import RecordFile
from tenken.records.rule_updates import load_updated_rules


def run_interview(
    path: Path | None,
    prompt: Prompt,
    clock: Callable[[], datetime],
    as_of: date,
    *,
    by: str = "",
    quick: bool = False,
    desk: ReportDesk | None = None,
) -> None:
    """The whole interview about one record; KeyboardInterrupt if it was left before its end, with all saved."""
    interview = None
    try:
        record_file = _open_record(path, prompt, clock)
        library, update = load_updated_rules(record_file, get_language())
        wording = Wording(library, get_language())
        if update.is_substantial:
            for line in render_moved_rules(update, record_file, wording):
                prompt.say_paragraph(line)
        interview = Interview(record_file, wording, prompt, clock, as_of, quick=quick, desk=desk)
        interview.by = by or ask_who_answers(record_file, prompt)
        _resume_as_wished(interview, prompt)
        interview.run()
    except KeyboardInterrupt:
        if interview:
            interview.leave()
        else:
            prompt.say_paragraph(phrase("Nothing was answered yet. To begin: {command}", command="tenken assess"))
        raise


def _open_record(path: Path | None, prompt: Prompt, clock: Callable[[], datetime]) -> RecordFile:
    """The record somebody chooses, made to say the same as its log."""
    record_file = choose_record_file(path, prompt)
    record_file.clock = clock
    for line in record_file.catch_up_with_log():
        prompt.say_paragraph(line, mark=WARNING_MARK)
    return record_file


def _resume_as_wished(interview: Interview, prompt: Prompt) -> None:
    """Says where it stands and does what somebody who resumes wants first."""
    now, record_file, running = interview.clock(), interview.record_file, interview.running_assessment
    old = len(list_old_answers(record_file.record, running, find_local_day(now)))
    match show_welcome(record_file, running, interview.by, prompt, now, old=old):
        case "confirm":
            confirm_old_answers(interview)
        case "over":
            interview.reopen_record(start_record_over(record_file, prompt))
        case "review":
            interview.review_answers()
