"""What a page says that judges by itself: the texts of its rules and the fixed words, in the language in use."""

from __future__ import annotations

from functools import cache
from typing import Any

from tenken.assessment.open_questions import Phase, name_phase_section
from tenken.assessment.question_words import (
    MOST_CITED_REQUIREMENTS,
    explain_check_answer,
    explain_why_asked,
    find_question_cites,
)
from tenken.assessment.wording import Wording
from tenken.messages.message_catalog import find_pattern, phrase
from tenken.report.export.form_rules import list_suggestions
from tenken.rules.checklist import Checklist
from tenken.rules.library import Library, list_mentioned_ids
from tenken.rules.requirement import CHECK_ANSWERS, Check, Question, Requirement

_USED_LABELS = (
    *("language", "date", "months", "list_separator", "sentence_separator", "marks", "answers", "reason", "reason_not"),
    *("status", "status_by_force", "timing", "law_answer"),
)
"""The labels from which the page makes the sentences of a report."""

_SENTENCES = {
    "applies": "Now applies: {titles}",
    "concerns": "Now concerns you: {titles}",
    "prohibited": "Prohibited: {what}. Take this to a lawyer before you go on.",
    "ruled_out": "Ruled out: {what}, because {why}",
    "ruled_out_by": "Ruled out by this answer: {titles}",
    "open_again": "Open again: {titles}",
    "dated": "The day is known now: {titles}",
    "status": "{status}: {title}",
    "more": "{items}; and {count} more",
    "between": "; ",
    "requirements_one": "1 requirement",
    "requirements_many": "{count} requirements",
    "why": "Why we ask",
    "full": "In full",
    "example": "For example",
    "but_not": "But not",
    "who_knows": "Who knows",
    "source": "Source",
    "requirement": "Requirement",
    "official": "Official words",
    "evidence": "Evidence",
    "missing": "If missing",
    "any_day": "On a day that I know",
    "no_day": "This is not a day; write it as 2026-08-02.",
    "no_reason": "A reason is needed; without it, answer “Not sure”.",
    "reason": "Why does it not apply here?",
    "explained": "We do not, because …",
    "published": "Where is that published?",
    "published_hint": "an address; without one it counts as “Partly”",
    "who_would_know": "Who would know",
    "of_total": "{number} of {total}",
    "number": "question {number}",
    "likely": "Likely, because you answered “{given}”: {answer}. Please confirm.",
    "question_answer": "{question} {answer}",
    "next": "What next?",
    "all_done": "Everything is answered. What now?",
    "binding": "The checks of what binds you ({count})",
    "binding_rest": "The other checks of what binds you ({count})",
    "decisive": "Only the decisive ones ({count})",
    "decisive_hint": "One for each duty; the rest stays open.",
    "voluntary": "{law} ({checks}), voluntary",
    "good": "Good practice from official guidance ({checks})",
    "good_hint": "No duties.",
    "unsettled": "What only matters if more applies ({checks})",
    "checks_one": "1 check",
    "checks_many": "{count} checks",
    "skipped_one": "Answer the 1 question that was skipped",
    "skipped_many": "Answer the {count} questions skipped",
}
"""The sentences of the interview that the page says as well, by names of their own."""


def build_form_texts(library: Library, wording: Wording) -> dict[str, Any]:
    """All a page says in the language in use; what stands in a list stands in the order of its rules."""
    laws = {checklist.law_title: None for checklist in library.checklists.values()}
    needed = _map_question_cites(library, wording)
    return {
        "labels": {name: wording.labels[name] for name in _USED_LABELS},
        "report": wording.labels["report"],
        "notice": wording.labels["notice"],
        "say": wording.labels["ask_page"],
        "phrases": {name: find_pattern(text) for name, text in _SENTENCES.items()},
        "sections": [name_phase_section(phase) for phase in Phase],
        "most_cited": MOST_CITED_REQUIREMENTS,
        "laws": list(laws),
        "checklists": [_tell_checklist_texts(checklist) for checklist in library.checklists.values()],
        "requirements": [_tell_requirement_texts(each, wording) for each in library.requirements.values()],
        "questions": [
            *(_tell_question_texts(each, wording, needed.get(each.id, {})) for each in library.questions.values()),
            *(_tell_check_texts(requirement, check, wording) for requirement, check in library.checks.values()),
        ],
        "suggestions": [suggestion.because for suggestion in list_suggestions(library)],
        "check_choices": [
            [word, str(wording.labels["answers"][word]), explain_check_answer(word)] for word in CHECK_ANSWERS
        ],
    }


def _tell_checklist_texts(checklist: Checklist) -> dict[str, Any]:
    return {
        "title": checklist.title,
        "review_by": checklist.review_by.isoformat(),
        "verdicts": [
            [verdict.if_so, verdict.if_not, verdict.if_open, verdict.not_assessed]
            for verdict in checklist.verdicts.values()
        ],
    }


def _tell_requirement_texts(requirement: Requirement, wording: Wording) -> dict[str, Any]:
    return {
        "title": requirement.title,
        "cite": wording.render_citation(requirement.cites[0]),
        "says": requirement.says,
        "remedy": requirement.remedy,
        "exceptions": [exception.title for exception in requirement.exceptions.values()],
    }


def _tell_question_texts(question: Question, wording: Wording, cites: dict[int, list[str]]) -> dict[str, Any]:
    return {
        "short": question.short,
        "ask": question.ask,
        "why": question.why,
        "full": question.help,
        "example": question.example,
        "but_not": question.counter_example,
        "who_knows": question.who_knows,
        "choices": wording.list_choices(question.id),
        "cites": cites,
    }


def _tell_check_texts(requirement: Requirement, check: Check, wording: Wording) -> dict[str, Any]:
    return {
        "ask": check.ask,
        "why": explain_why_asked(requirement, check),
        "full": check.help,
        "source": wording.render_citations(check.cites),
        "official": phrase(" ").join(part for part in (check.official, check.verb) if part),
        "evidence": check.evidence,
        "missing": check.remedy,
    }


def _map_question_cites(library: Library, wording: Wording) -> dict[str, dict[int, list[str]]]:
    """For each question the requirements that may need it, by their places, with where the text says so."""
    render = cache(wording.render_citation)  # the same few stand with very many questions
    found: dict[str, dict[int, list[str]]] = {}
    for place, requirement in enumerate(library.requirements.values()):
        for id in dict.fromkeys(list_mentioned_ids(requirement, library)):
            if id in library.questions:
                cites = find_question_cites(id, requirement, library)
                found.setdefault(id, {})[place] = [*map(render, cites)]
    return found
