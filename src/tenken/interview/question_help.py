"""The full explanation of a question or a check: why it is asked and, once it is answered, what that led to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tenken.assessment.open_questions import OpenQuestion
from tenken.assessment.question_words import explain_why_asked
from tenken.assessment.running_assessment import FindingChange, RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.checklist_offers import list_fitting_checklists
from tenken.interview.question_card import render_question_source
from tenken.messages.message_catalog import phrase, phrase_count, phrase_some_items
from tenken.records.record import Record
from tenken.rules.crosswalk import SuggestedAnswer
from tenken.rules.library import Library
from tenken.rules.logic import Situation, Truth
from tenken.rules.outline import find_helpful_outlines
from tenken.rules.requirement import Check, Requirement


def build_help_paragraphs(
    id: str, record: Record, running_assessment: RunningAssessment, wording: Wording, suggested: SuggestedAnswer | None
) -> Iterable[tuple[str, str]]:
    """All there is to say about a question or a check, as pairs of heading and text."""
    library = running_assessment.library
    if id in library.checks:
        return _explain_check(*library.checks[id], wording)
    likely = [(phrase("Likely"), " ".join(suggested.because))] if suggested else []
    explained = _explain_question(running_assessment.reopen_question(id), library, wording)
    outcome = (phrase("Your answer"), _describe_answer_outcome(id, record, running_assessment, wording))
    return [*explained, *likely, *_drop_empty_paragraphs(outcome)]


def _describe_answer_outcome(id: str, record: Record, running_assessment: RunningAssessment, wording: Wording) -> str:
    """What the answer given led to, with the checklists it brings up; nothing before, so that nobody answers by it."""
    library, situation = running_assessment.library, running_assessment.situation
    value = situation.answers.get(id)
    if value is None:
        return ""
    others = {other: given for other, given in situation.answers.items() if other != id}
    before = RunningAssessment(library, Situation(others, situation.as_of))
    known = list(list_fitting_checklists(record, library, before.situation))
    offered = [
        checklist.title for checklist in list_fitting_checklists(record, library, situation) if checklist not in known
    ]
    outcome = _phrase_answer_outcome(before.preview_answer(id, value), offered)
    return phrase("{answer} – {outcome}", answer=wording.render_answer(id, value), outcome=outcome)


def _explain_question(open_question: OpenQuestion, library: Library, wording: Wording) -> Iterable[tuple[str, str]]:
    question = library.questions[open_question.question]
    return _drop_empty_paragraphs(
        (phrase("Why we ask"), question.why),
        (phrase("In full"), question.help),
        (phrase("For example"), question.example),
        (phrase("But not"), question.counter_example),
        (phrase("Who knows"), question.who_knows),
        (phrase("Source"), _render_source_and_weight(open_question, library, wording)),
    )


def _render_source_and_weight(open_question: OpenQuestion, library: Library, wording: Wording) -> str:
    source, count = render_question_source(open_question, library, wording), len(open_question.needed_by)
    decides = phrase_count(count, "it decides 1 requirement", "it decides {count} requirements")
    return f"{source} · {decides}" if count else source


def _explain_check(requirement: Requirement, check: Check, wording: Wording) -> Iterable[tuple[str, str]]:
    return _drop_empty_paragraphs(
        (phrase("Why we ask"), explain_why_asked(requirement, check)),
        (phrase("Source"), wording.render_citations(check.cites)),
        (phrase("Requirement"), requirement.says),
        (phrase("In full"), check.help),
        (phrase("Official words"), " ".join(part for part in (check.official, check.verb) if part)),
        (phrase("Evidence"), check.evidence),
        (phrase("If missing"), check.remedy or requirement.remedy),
        (phrase("A draft to begin with"), _name_drafts(requirement, wording)),
    )


def _name_drafts(requirement: Requirement, wording: Wording) -> str:
    """The documents that help if it is missing, as their command knows them."""
    outlines = find_helpful_outlines(requirement.id, wording.library.language)
    named = (wording.add_in_brackets(outline.title, f"tenken draft {outline.id}") for outline in outlines)
    return wording.join_list(named)


def _drop_empty_paragraphs(*pairs: tuple[str, str]) -> Iterable[tuple[str, str]]:
    return [(heading, text) for heading, text in pairs if text]


def _phrase_answer_outcome(changes: Iterable[FindingChange], offered: Sequence[str]) -> str:
    turned = [after for was, _, after in changes if was is not after.applies]
    now = [after.requirement.title for after in turned if after.applies is Truth.YES]
    out = [after.requirement.title for after in turned if after.applies is Truth.NO]
    leads = [phrase("leads to: {titles}", titles=_phrase_titles_or_count(now))] if now else []
    leads += [phrase("rules out: {titles}", titles=_phrase_titles_or_count(out))] if out else []
    leads += [phrase("offers a checklist: {titles}", titles=phrase_some_items(offered))] if offered else []
    return phrase("; ").join(leads) or phrase("settles nothing by itself")


def _phrase_titles_or_count(titles: Sequence[str]) -> str:
    return (
        phrase("; ").join(titles)
        if len(titles) <= 2
        else phrase_count(len(titles), "1 requirement", "{count} requirements")
    )
