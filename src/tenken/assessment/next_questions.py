"""What can be asked at once on paper: the open questions that wait for no other, and what each choice leads to.

An interview asks one question at a time and so spares the rest; a file has to tell them apart beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tenken.assessment.open_questions import Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.files.frozen_classes import Frozen
from tenken.rules.answer_kinds import NEVER, NONE, UNSURE, AnswerValue

QUIET_WORDS = (NONE, "no", NEVER)
"""The answers that most people give; what they close is seldom asked."""
_LONG_AGO = date(2000, 1, 1)


class NextQuestion(Frozen):
    """A question to ask now: after which choices of others it matters, and which of its own choices lead to more."""

    question: str
    phase: Phase
    only_if: Mapping[str, tuple[str, ...]] = {}
    leads_on: tuple[str, ...] = ()


def list_next_questions(running: RunningAssessment) -> list[NextQuestion]:
    """The open questions that are likely to matter whatever is answered to those before them."""
    open_ids = [open_question.question for open_question in running.open]
    waiting: set[str] = set()
    only_if: dict[str, dict[str, tuple[str, ...]]] = {id: {} for id in open_ids}
    after: dict[str, Mapping[str, frozenset[str]]] = {}
    for place, id in enumerate(open_ids):
        followers = [other for other in open_ids[place + 1 :] if other not in waiting]
        if id in running.library.checks or (id in waiting and not followers):
            continue
        after[id] = _preview_answers(id, running)
        for other in followers:
            kept = tuple(word for word, left in after[id].items() if other in left)
            if len(kept) < len(after[id]):
                only_if[other][id] = kept
                if other not in running.library.profile.questions and _is_seldom_kept(kept, tuple(after[id])):
                    waiting.add(other)
    now = [id for id in open_ids if id not in waiting]
    conditions = {id: {other: kept for other, kept in only_if[id].items() if kept and other in now} for id in now}
    phases = {open_question.question: open_question.phase for open_question in running.open}
    return [
        NextQuestion(id, phases[id], conditions[id], _find_choices_leading_on(id, after.get(id, {}), set(now), running))
        for id in now
    ]


def _preview_answers(id: str, running: RunningAssessment) -> Mapping[str, frozenset[str]]:
    """For each choice the questions that would be open after it."""
    return {
        word: frozenset().union(*(running.preview_open_questions(id, value) for value in values))
        for word, values in list_tried_answers(id, running)
    }


def list_tried_answers(id: str, running: RunningAssessment) -> Iterator[tuple[str, list[AnswerValue]]]:
    """Each choice but "not sure", with the answers that stand for it."""
    kind = running.library.find_answer_kind(id)
    if kind.is_dated:
        yield kind.typed_choice, [_LONG_AGO, running.situation.as_of]
    for word in kind.accepted_words:
        if word != UNSURE:
            yield word, [(word,)]


def _is_seldom_kept(kept: tuple[str, ...], choices: tuple[str, ...]) -> bool:
    """Whether a question that remains after some of the choices is closed by most of them, or by the usual one."""
    return len(kept) * 2 < len(choices) or any(word not in kept for word in _list_quiet_words(choices))


def _list_quiet_words(choices: Iterable[str]) -> list[str]:
    return [word for word in choices if word in QUIET_WORDS]


def _find_choices_leading_on(
    id: str, after: Mapping[str, frozenset[str]], now: set[str], running: RunningAssessment
) -> tuple[str, ...]:
    """The choices after which more is asked than after the usual one or, without one, than after every choice."""
    later = {word: left - now for word, left in after.items()}
    usual = [later[word] for word in _list_quiet_words(later)] or list(later.values())
    always = usual[0].intersection(*usual[1:]) if usual else frozenset()
    leading = tuple(word for word, left in later.items() if left - always)
    if leading or id not in running.library.questions or not running.library.questions[id].several:
        return leading
    together = tuple(word for word in after if word not in QUIET_WORDS)
    tried = (together, *(tuple(word for word in together if word != closing) for closing in together))
    return next((words for words in tried if running.preview_open_questions(id, words) - now - always), ())
