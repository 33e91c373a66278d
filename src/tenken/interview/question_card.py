"""Makes the card of a question or a check: what is asked, why, from which source, and the answers to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from tenken.assessment.open_questions import OpenQuestion, name_phase_section
from tenken.assessment.running_assessment import is_question_mentioned
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.interview.answer_lines import render_question_and_answer
from tenken.interview.prompt import CardOption, PromptKey, QuestionCard
from tenken.messages.message_catalog import phrase, phrase_some_items
from tenken.records.record import GivenAnswer
from tenken.rules.answer_kinds import UNSURE, AnswerValue, list_chosen_words
from tenken.rules.crosswalk import SuggestedAnswer
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
    Explain,
    Force,
    Requirement,
)

_MAX_CITED_REQUIREMENTS = 5
"""Requirements beyond which a question cites the law as a whole."""


def build_card(
    open_question: OpenQuestion,
    library: Library,
    wording: Wording,
    *,
    given: GivenAnswer,
    value: AnswerValue | None,
    progress: str,
) -> QuestionCard:
    """The card of a question or a check, with what was answered so far."""
    build = build_check_card if open_question.question in library.checks else build_question_card
    # What is explained and not published counts as partly; the card still shows what was said.
    return build(open_question, library, wording, given.answer if EXPLAINED in given.answer else value, progress)


def build_question_card(
    open_question: OpenQuestion, library: Library, wording: Wording, value: AnswerValue | None, progress: str
) -> QuestionCard:
    question = library.questions[open_question.question]
    options = [CardOption(*choice) for choice in wording.list_choices(question.id)]
    answer_kind = question.answer_kind
    if answer_kind.typed_choice:
        options.insert(0, CardOption(answer_kind.typed_choice, phrase(answer_kind.typed_label)))
    return QuestionCard(
        section=name_phase_section(open_question.phase),
        progress=progress,
        ask=question.ask,
        why=question.why,
        source=render_question_source(open_question, library, wording),
        options=tuple(options),
        several=question.several,
        chosen=answer_kind.list_marked_choices(value),
        keys=tuple(key for key in PromptKey if key is not PromptKey.EVIDENCE),
    )


def build_check_card(
    open_question: OpenQuestion, library: Library, wording: Wording, value: AnswerValue | None, progress: str
) -> QuestionCard:
    requirement, check = library.checks[open_question.question]
    excused = requirement.explain in (Explain.REASON, Explain.PUBLISHED)
    options = [CardOption(*choice) for choice in wording.list_choices(check.id) if excused or choice[0] != EXPLAINED]
    return QuestionCard(
        section=name_phase_section(open_question.phase),
        subject=requirement.title,
        progress=progress,
        ask=check.ask,
        why=explain_why_asked(requirement, check),
        source=wording.render_citations(check.cites),
        options=tuple(CardOption(option.word, option.label, _explain_check_answer(option.word)) for option in options),
        chosen=list_chosen_words(value),
        keys=tuple(PromptKey),
    )


def add_suggested_answer(card: QuestionCard, suggested: SuggestedAnswer, wording: Wording) -> QuestionCard:
    """The same card with what is likely the answer, which is marked or ticked and still has to be given."""
    options = [option for option in card.options if option.word in suggested.words]
    given_text = phrase_some_items(
        (
            render_question_and_answer(id, wording.render_answer(id, value), wording)
            for id, value in suggested.given.items()
        ),
        2,
    )
    answer = wording.join_list(option.label for option in options)
    text = phrase("Likely, because you answered “{given}”: {answer}. Please confirm.", given=given_text, answer=answer)
    why = phrase(" ").join(filter(None, (card.why, *suggested.because)))
    return replace_fields(card, why=why, likely=tuple(option.word for option in options), suggestion=text)


def _explain_check_answer(word: str) -> str:
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


def render_question_source(open_question: OpenQuestion, library: Library, wording: Wording) -> str:
    needed = [library.requirements[id] for id in open_question.needed_by]
    if not needed:
        return phrase("not needed at present, because of your other answers")
    if len(needed) > _MAX_CITED_REQUIREMENTS:
        return phrase_some_items(_list_law_titles(needed, library), 0)
    return phrase_some_items(
        (
            wording.render_citation(cite)
            for requirement in needed
            for cite in find_question_cites(open_question.question, requirement, library)
        ),
        2,
    )


def _list_law_titles(requirements: Iterable[Requirement], library: Library) -> list[str]:
    """What each checklist concerned is called; one may rest on several laws."""
    checklists = dict.fromkeys(requirement.checklist for requirement in requirements)
    return [library.checklists[id].title for id in checklists]


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
