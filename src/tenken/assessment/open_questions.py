"""Answers to the next question: what is still worth asking, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum

from tenken.assessment.judgement import evaluate_applicability, group_dating_questions
from tenken.files.frozen_classes import Frozen
from tenken.messages.message_catalog import phrase
from tenken.rules.deciding_facts import get_only, list_deciding_facts
from tenken.rules.library import Library
from tenken.rules.logic import ALWAYS, Condition, Situation, Truth, evaluate
from tenken.rules.requirement import Basis, Check, Requirement


class Phase(IntEnum):
    """What is asked first: what applies and from when, what the law asks, what the house asks of itself, good practice,
    what is voluntary, the measures of what stays unsettled, and last what only a penalty depends on."""

    SCOPE = 0
    TEXT = 1
    HOUSE = 2
    GUIDANCE = 3
    VOLUNTARY = 4
    UNSETTLED = 5
    PENALTY = 6


def name_phase_section(phase: Phase) -> str:
    """What each phase of the questions is called."""
    return {
        Phase.SCOPE: phrase("What applies"),
        Phase.TEXT: phrase("What is in place"),
        Phase.HOUSE: phrase("Rules of the house"),
        Phase.GUIDANCE: phrase("Good practice"),
        Phase.VOLUNTARY: phrase("Voluntary"),
        Phase.UNSETTLED: phrase("In case it applies"),
        Phase.PENALTY: phrase("What a penalty depends on"),
    }[phase]


class OpenQuestion(Frozen):
    """A question whose answer could still change something, the law it belongs to and the requirements it could change.

    `is_decisive` marks the check that decides most of its requirement.
    """

    question: str
    phase: Phase
    needed_by: tuple[str, ...]
    law: str = ""
    is_decisive: bool = False


def list_open_questions(library: Library, situation: Situation) -> tuple[OpenQuestion, ...]:
    """What is still worth asking, in the order to ask it."""
    needed = {
        id: list_questions_for_requirement(requirement, library, situation)
        for id, requirement in library.requirements.items()
    }
    return order_open_questions(needed, library, situation)


def order_open_questions(
    found: Mapping[str, Iterable[tuple[Phase, str]]], library: Library, situation: Situation
) -> tuple[OpenQuestion, ...]:
    """What each requirement still needs to know, as one list without repetition: after the facts, law by law."""
    phases: dict[str, Phase] = {}
    needed_by: dict[str, dict[str, None]] = {}
    for requirement_id, questions in found.items():
        for phase, question in questions:
            phases[question] = min(phase, phases.get(question, phase))
            needed_by.setdefault(question, {})[requirement_id] = None
    scope = sorted((id for id in phases if phases[id] is Phase.SCOPE), key=library.order.__getitem__)
    laws = {id: library.find_law(next(iter(needed_by[id]))) for id in phases}
    places = {law: place for place, law in enumerate(library.laws)}
    # Sorting keeps the order of equals: within a law it goes on requirement by requirement.
    later = [id for id in phases if phases[id] is not Phase.SCOPE]
    later.sort(key=lambda id: (phases[id], places[laws[id]]))
    concerned = {library.checks[id][0].id for id in phases if id in library.checks}
    found_decisive = (find_decisive_check(library.requirements[id], situation) for id in concerned)
    decisive = {check.id for check in found_decisive if check}
    return tuple(
        OpenQuestion(id, phases[id], tuple(needed_by[id]), laws[id], id in decisive) for id in (*scope, *later)
    )


def find_check_phase(requirement: Requirement, check: Check) -> Phase:
    """When a measure of what applies is asked: by what it rests on, and whether that is law."""
    if check.basis is Basis.HOUSE or requirement.is_law:
        return Phase[check.basis.name]
    return Phase.VOLUNTARY


def find_decisive_check(requirement: Requirement, situation: Situation) -> Check | None:
    """The check that decides most of a requirement in this situation, if any does."""
    concerned = (check for check in requirement.decisive_checks if evaluate(check.when, situation) is not Truth.NO)
    return next(concerned, None)


def list_questions_for_requirement(
    requirement: Requirement, library: Library, situation: Situation
) -> Iterator[tuple[Phase, str]]:
    """What one requirement still needs to know; a question may come twice."""
    applies = evaluate_applicability(requirement, situation)
    if applies is Truth.NO:
        yield from _list_showing_questions(requirement, situation)
        return
    scope = list(_list_unanswered_questions(requirement.application_condition, situation))
    dating = () if scope else get_only(group_dating_questions(requirement, situation, situation.everyone))
    scope = scope or [id for id in dating if id not in situation.answers]
    for question in scope:
        yield Phase.SCOPE, question
    # Nobody is asked for measures of what may turn out not to concern them, as long as an answer can still tell.
    if scope:
        return
    decisive = find_decisive_check(requirement, situation)
    for check in sorted(requirement.checks.values(), key=lambda check: check is not decisive):
        asked = find_check_phase(requirement, check)
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
