"""How many questions are left until it is clear what applies, where that can be told; better silence than a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from tenken.assessment.next_questions import QUIET_WORDS, list_tried_answers
from tenken.assessment.open_questions import Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.rules.answer_kinds import NONE, UNSURE, AnswerValue

_MOST_COUNTED_QUESTIONS = 8
"""How many questions may be open for their number to mean something: of more, most will be spared."""
_MAX_SPREAD = 1.25
"""How far apart the ways an interview can go may lie, the longest to the shortest, for a number to be said."""


def estimate_scope_questions(running: RunningAssessment) -> int | None:
    """How many more questions decide what applies: said only if it is much the same whatever is answered."""
    scope = [open_question.question for open_question in running.open if open_question.phase is Phase.SCOPE]
    if not scope or len(scope) > _MOST_COUNTED_QUESTIONS:
        return None
    counts = [len(scope)]
    for value in _list_next_answers(running, scope[0]):
        after = running.copy()
        after.take_answer(scope[0], value)
        counts += [1 + _count_questions(after.copy(), answer) for answer in (_answer_no, _answer_all)]
    return round(median(counts)) if max(counts) <= min(counts) * _MAX_SPREAD else None


def _list_next_answers(running: RunningAssessment, id: str) -> Iterator[AnswerValue]:
    """The answers that can be given next, each choice alone."""
    for _, values in list_tried_answers(id, running):
        yield from values
    yield (UNSURE,)


def _count_questions(running: RunningAssessment, answer: Callable[[RunningAssessment, str], AnswerValue]) -> int:
    """How many questions somebody is asked who gives all answers in one manner."""
    asked = 0
    while running.open and running.open[0].phase is Phase.SCOPE:
        id = running.open[0].question
        running.take_answer(id, answer(running, id))
        asked += 1
    return asked


def _answer_no(running: RunningAssessment, id: str) -> AnswerValue:
    accepts = running.library.list_accepted_words(id)
    return (next((word for word in QUIET_WORDS if word in accepts), accepts[0]),)


def _answer_all(running: RunningAssessment, id: str) -> AnswerValue:
    question = running.library.questions[id]
    if question.answer_kind.is_dated:
        return running.situation.as_of
    words = tuple(word for word in question.accepted_words if word not in (NONE, UNSURE))
    return words if question.several else words[:1]
