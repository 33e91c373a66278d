"""Answers to the next question: what is still worth asking, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum

from tenken.assessment.findings import evaluate_applicability, list_dating_questions
from tenken.files.frozen_classes import Frozen
from tenken.messages.message_catalog import phrase
from tenken.rules.library import Library
from tenken.rules.logic import ALWAYS, Condition, Situation, Truth, evaluate, list_deciding_facts
from tenken.rules.requirement import Requirement


class Phase(IntEnum):
    """What is asked first: what applies and from when, what the law asks, what the house asks of itself, good practice,
    what only a penalty depends on, and last the measures of what stays unsettled."""

    SCOPE = 0
    TEXT = 1
    HOUSE = 2
    GUIDANCE = 3
    PENALTY = 4
    UNSETTLED = 5


def name_phase_section(phase: Phase) -> str:
    """What each phase of the questions is called."""
    return {
        Phase.SCOPE: phrase("What applies"),
        Phase.TEXT: phrase("What is in place"),
        Phase.HOUSE: phrase("Rules of the house"),
        Phase.GUIDANCE: phrase("Good practice"),
        Phase.PENALTY: phrase("What a penalty depends on"),
        Phase.UNSETTLED: phrase("In case it applies"),
    }[phase]


class OpenQuestion(Frozen):
    """A question whose answer could still change something, and the requirements it could change."""

    question: str
    phase: Phase
    needed_by: tuple[str, ...]


def list_open_questions(library: Library, situation: Situation) -> tuple[OpenQuestion, ...]:
    """What is still worth asking, in the order to ask it."""
    return order_open_questions(
        {
            id: list_questions_for_requirement(requirement, library, situation)
            for id, requirement in library.requirements.items()
        },
        library,
    )


def order_open_questions(
    found: Mapping[str, Iterable[tuple[Phase, str]]], library: Library
) -> tuple[OpenQuestion, ...]:
    """What each requirement still needs to know, as one list without repetition."""
    phases: dict[str, Phase] = {}
    needed_by: dict[str, dict[str, None]] = {}
    for requirement_id, questions in found.items():
        for phase, question in questions:
            phases[question] = min(phase, phases.get(question, phase))
            needed_by.setdefault(question, {})[requirement_id] = None
    scope = sorted((id for id in phases if phases[id] is Phase.SCOPE), key=library.order.__getitem__)
    # Sorting keeps the order of equals: within a phase it goes on requirement by requirement.
    later = sorted((id for id in phases if phases[id] is not Phase.SCOPE), key=phases.__getitem__)
    return tuple(OpenQuestion(id, phases[id], tuple(needed_by[id])) for id in (*scope, *later))


def list_questions_for_requirement(
    requirement: Requirement, library: Library, situation: Situation
) -> Iterator[tuple[Phase, str]]:
    """What one requirement still needs to know; a question may come twice."""
    applies = evaluate_applicability(requirement, situation)
    if applies is Truth.NO:
        yield from _list_showing_questions(requirement, situation)
        return
    scope = list(_list_unanswered_questions(requirement.application_condition, situation))
    scope = scope or [id for id in list_dating_questions(requirement, situation) if id not in situation.answers]
    for question in scope:
        yield Phase.SCOPE, question
    # Nobody is asked for measures of what may turn out not to concern them, as long as an answer can still tell.
    if scope:
        return
    for check in requirement.checks.values():
        asked = Phase[check.basis.name]  # the phase of a measure bears the name of what it rests on
        for question in _list_unanswered_questions(requirement.build_outstanding_condition(check), situation):
            is_fact = asked is Phase.TEXT and question in library.questions  # it decides which measures are asked
            yield (Phase.SCOPE if is_fact else asked) if applies is Truth.YES else Phase.UNSETTLED, question
    if penalty := library.checklists[requirement.checklist].penalties.get(requirement.penalty):
        for case in penalty.cases:
            yield from ((Phase.PENALTY, question) for question in _list_unanswered_questions(case.when, situation))


def _list_showing_questions(requirement: Requirement, situation: Situation) -> Iterator[tuple[Phase, str]]:
    """What official guidance wants to see of the exceptions that are relied on."""
    for exception in requirement.exceptions.values():
        if exception.shown_when is not ALWAYS and evaluate(exception.when, situation) is Truth.YES:
            for question in _list_unanswered_questions(exception.shown_when, situation):
                yield Phase.GUIDANCE, question


def _list_unanswered_questions(condition: Condition, situation: Situation) -> Iterator[str]:
    """The questions that leave a condition open and were not asked yet."""
    # What is decided was decided by answers; to ask first spares the search for facts.
    if evaluate(condition, situation) is Truth.UNKNOWN:
        for fact in list_deciding_facts(condition, situation):
            if fact.question not in situation.answers:
                yield fact.question
