"""What is said beside a question, wherever it is asked: why, where the text says that it matters, what answers mean."""

from __future__ import annotations

from tenken.assessment.running_assessment import is_question_mentioned
from tenken.messages.message_catalog import phrase
from tenken.rules.answer_kinds import UNSURE
from tenken.rules.library import Library
from tenken.rules.logic import AnyOf, list_terms
from tenken.rules.requirement import (
    EXPLAINED,
    MET,
    NOT_MET,
    PARTLY,
    SET_ASIDE,
    Basis,
    Check,
    Cites,
    Force,
    Requirement,
)

MOST_CITED_REQUIREMENTS = 5
"""Requirements beyond which a question cites the law as a whole."""


def explain_check_answer(word: str) -> str:
    """What an answer to a check means."""
    return {
        MET: phrase("All of it is in place today."),
        PARTLY: phrase("Some of it is in place, or only for a part of the system."),
        NOT_MET: phrase("It is not in place, planned or not."),
        UNSURE: phrase("You do not know it for certain."),
        SET_ASIDE: phrase("It cannot concern this system, for a reason you can give."),
        EXPLAINED: phrase("You do otherwise on purpose, and can say why."),
    }.get(word, "")


def explain_why_asked(requirement: Requirement, check: Check) -> str:
    if check.basis is Basis.HOUSE:
        return phrase("Your own organisation asks for it, beyond the law.")
    if check.basis is Basis.GUIDANCE:
        return phrase("Official guidance recommends it. Not following it is never a gap.")
    if requirement.force is Force.EFFORT:
        return phrase("The law asks for an effort.")
    if requirement.force is Force.RECOMMENDATION:
        return phrase("The text recommends it.")
    if requirement.force is Force.COMPLY_OR_EXPLAIN:
        return phrase("The text asks for it, or for your reason why not.")
    return phrase("The law asks for it.")


def find_question_cites(question: str, requirement: Requirement, library: Library) -> Cites:
    """Where the text says why a question matters: the exception, the legal term or the date it belongs to."""
    exceptions = [
        exception
        for exception in requirement.exceptions.values()
        if is_question_mentioned(AnyOf((exception.when, exception.shown_when)), question)
    ]
    known = library.checklists[requirement.checklist].terms
    terms = [
        known[term.id] for term in list_terms(requirement.concern_condition) if is_question_mentioned(term, question)
    ]
    dates = [dated for dated in requirement.applies_from if dated.cites and is_question_mentioned(dated.when, question)]
    holders = (
        [holder.cites for holder in exceptions]
        + [holder.cites for holder in terms]
        + [holder.cites for holder in dates]
    )
    return tuple(cite for found in holders for cite in found) or requirement.cites[:1]
