"""How many questions are left until it is clear what applies, where that can be told; better silence than a guess."""

from __future__ import annotations

from collections.abc import Callable

from tenken.assessment.open_questions import Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.rules.answer_kinds import NONE, UNSURE, AnswerValue

MAX_COUNTED_QUESTIONS = 12
"""How many questions may be open for their number to mean something: of more, most will be spared."""
_MAX_SPREAD = 1.25
"""How far apart the ways an interview can go may lie, the longest to the shortest, for a number to be said."""


def estimate_scope_questions(running: RunningAssessment) -> int | None:
    """How many more questions decide what applies: said only if it is much the same whatever is answered."""
    count = sum(1 for open_question in running.open if open_question.phase is Phase.SCOPE)
    if count > MAX_COUNTED_QUESTIONS:
        return None
    counts = sorted((count, _count_questions(running, _answer_no), _count_questions(running, _answer_all)))
    return counts[1] if counts[2] <= counts[0] * _MAX_SPREAD else None


def _count_questions(running: RunningAssessment, answer: Callable[[RunningAssessment, str], AnswerValue]) -> int:
    """How many questions somebody is asked who gives all answers in one manner."""
    running, asked = running.copy(), 0
    while running.open and running.open[0].phase is Phase.SCOPE:
        id = running.open[0].question
        running.take_answer(id, answer(running, id))
        asked += 1
    return asked


def _answer_no(running: RunningAssessment, id: str) -> AnswerValue:
    accepts = running.library.list_accepted_words(id)
    return (next((word for word in (NONE, "no", "never") if word in accepts), accepts[0]),)


def _answer_all(running: RunningAssessment, id: str) -> AnswerValue:
    question = running.library.questions[id]
    if question.answer_kind.is_dated:
        return running.situation.as_of
    words = tuple(word for word in question.accepted_words if word not in (NONE, UNSURE))
    return words if question.several else words[:1]
