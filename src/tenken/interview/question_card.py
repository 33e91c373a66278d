"""Makes the card of a question or a check: what is asked, why, from which source, and the answers to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from tenken.assessment.open_questions import OpenQuestion, name_phase_section
from tenken.assessment.question_words import (
    MOST_CITED_REQUIREMENTS,
    explain_check_answer,
    explain_why_asked,
    find_question_cites,
)
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.interview.answer_lines import render_question_and_answer
from tenken.interview.prompt import CardOption, PromptKey, QuestionCard
from tenken.messages.message_catalog import phrase, phrase_some_items
from tenken.records.record import GivenAnswer
from tenken.rules.answer_kinds import AnswerValue, list_chosen_words
from tenken.rules.crosswalk import SuggestedAnswer
from tenken.rules.library import Library
from tenken.rules.requirement import EXPLAINED, Explain, Requirement


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
        options=tuple(CardOption(option.word, option.label, explain_check_answer(option.word)) for option in options),
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


def render_question_source(open_question: OpenQuestion, library: Library, wording: Wording) -> str:
    needed = [library.requirements[id] for id in open_question.needed_by]
    if not needed:
        return phrase("not needed at present, because of your other answers")
    if len(needed) > MOST_CITED_REQUIREMENTS:
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
