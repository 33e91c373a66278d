"""Completes what was chosen to an answer: who gave it and when, with the day or the reason it needs."""

from __future__ import annotations

from datetime import datetime

from tenken.files.frozen_classes import replace_fields
from tenken.interview.answer_details import ask_reason, ask_typed_answer
from tenken.interview.prompt import Prompt
from tenken.records.answer_values import is_doubtful
from tenken.records.record import GivenAnswer
from tenken.rules.library import Library
from tenken.rules.requirement import EXPLAINED, SET_ASIDE


def complete_answer(
    id: str, given: GivenAnswer, old: GivenAnswer, library: Library, prompt: Prompt
) -> GivenAnswer | None:
    """The answer with the day or the reason it needs; None if that was not given."""
    question = library.questions.get(id)
    if question and given.answer == (question.answer_kind.typed_choice,):
        return ask_typed_answer(given, old, question, prompt)
    if id in library.checks and given.answer[0] in (SET_ASIDE, EXPLAINED):
        return ask_reason(given, old, *library.checks[id], prompt)
    return given


def renew_answer(old: GivenAnswer, chosen: tuple[str, ...], by: str, at: datetime) -> GivenAnswer:
    """What was chosen in place of an older answer, of which only what holds for any answer stays."""
    given = replace_fields(old, answer=chosen, by=by, at=at, reason="", published="", at_once=False, proposed=None)
    return given if is_doubtful(given) else replace_fields(given, ask="")
