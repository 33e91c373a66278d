"""Lets a person look through the answers and choose one to change: by section, open, unsure, without evidence."""

from __future__ import annotations

from collections.abc import Mapping

from tenken.assessment.open_questions import Phase, name_phase_section
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.answer_lines import render_given_answer
from tenken.interview.prompt import CardOption, Prompt, PromptKey, build_menu
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.records.answer_values import is_doubtful
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.rules.logic import Truth
from tenken.rules.requirement import MET


def choose_answer_to_review(
    record: Record, running_assessment: RunningAssessment, wording: Wording, prompt: Prompt
) -> str | None:
    """The question somebody chose to see again; None for going on."""
    while True:
        views = _build_review_views(record, running_assessment)
        options = [CardOption(name, name, _phrase_entry_count(name, len(ids))) for name, ids in views.items()]
        view = prompt.choose(build_menu(phrase("Review"), *options, CardOption("", phrase("Go on"))))
        if isinstance(view, PromptKey) or view == ("",):
            return None
        entries = [_build_answer_option(id, record, wording) for id in views[view[0]]]
        chosen = prompt.choose(build_menu(view[0], *entries, CardOption("", phrase("Back to the sections"))))
        if isinstance(chosen, tuple) and chosen != ("",):
            return chosen[0]


def _phrase_entry_count(view: str, count: int) -> str:
    """How much a view shows: answers, but where there are none yet."""
    if view == phrase("Still open"):
        return phrase_count(count, "1 question", "{count} questions")
    return phrase_count(count, "1 answer", "{count} answers")


def _build_answer_option(id: str, record: Record, wording: Wording) -> CardOption:
    given = record.answers.get(id, NO_ANSWER)
    return CardOption(id, render_given_answer(id, given, wording), given.note)


def _build_review_views(record: Record, running_assessment: RunningAssessment) -> Mapping[str, list[str]]:
    """The ways to look at the answers, each with its questions; those without any are left out."""
    answered = [id for id, given in record.answers.items() if given.answer and id in running_assessment.library.order]
    live = {id: None for id in answered if running_assessment.is_decisive(id)}
    views = {name_phase_section(Phase.SCOPE): [id for id in live if id in running_assessment.library.questions]}
    for finding in running_assessment.findings.values():
        ids = [measure.check.id for measure in finding.measures if measure.concerns is not Truth.NO]
        if finding.applies is not Truth.NO:
            views[finding.requirement.title] = [id for id in ids if id in live]
    views[phrase("Still open")] = _list_open_questions(running_assessment)
    views[phrase("Not sure")] = [id for id in live if is_doubtful(record.answers[id])]
    views[phrase("Without evidence")] = [
        id for id in live if _is_without_evidence(record.answers[id], id in running_assessment.library.checks)
    ]
    views[phrase("Not needed at present")] = [id for id in answered if id not in live]
    return {name: ids for name, ids in views.items() if ids}


def _list_open_questions(running_assessment: RunningAssessment) -> list[str]:
    """What is open and can be asked: no check before it is settled what applies."""
    scope = [each.question for each in running_assessment.open if each.phase is Phase.SCOPE]
    return scope or [each.question for each in running_assessment.open]


def _is_without_evidence(given: GivenAnswer, is_check: bool) -> bool:
    return is_check and given.answer == (MET,) and not given.evidence
