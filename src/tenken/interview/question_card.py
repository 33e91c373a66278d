"""What stands on the screen when something is asked, and whoever it is that asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from tenken.assessment.open_questions import OpenQuestion, Phase
from tenken.assessment.running_assessment import is_question_mentioned
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import entry
from tenken.messages.message_catalog import phrase
from tenken.rules.answer_kinds import UNSURE, AnswerValue, list_chosen_words
from tenken.rules.crosswalk import SuggestedAnswer
from tenken.rules.library import Library
from tenken.rules.logic import list_terms
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


class PromptKey(StrEnum):
    """What can be done at a question besides answering it; the values are the letters to press."""

    WHY = "w"
    BACK = "b"
    SKIP = "s"
    NOTE = "n"
    EVIDENCE = "e"
    REVIEW = "r"
    LEAVE = "q"
    KEYS = "?"


@entry
class CardOption:
    word: str
    label: str
    means: str = ""


@entry
class QuestionCard:
    """One question as it is shown, or a menu: then without section, reason and keys."""

    ask: str
    options: tuple[CardOption, ...]
    section: str = ""
    subject: str = ""
    progress: str = ""
    why: str = ""
    source: str = ""
    several: bool = False
    chosen: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    suggestion: str = ""
    keys: tuple[PromptKey, ...] = ()


class Prompt(Protocol):
    """Someone to ask. Leaving, by whatever key, raises KeyboardInterrupt; it is never an answer."""

    def say_paragraph(self, text: str = "", mark: str = "") -> None:
        """Shows a paragraph, begun with a mark."""

    def show_paragraphs(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        """Shows headings with their texts to read, until the person goes on."""

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        """The words chosen, or what else is to be done."""

    def ask_text(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        """What was typed, perhaps nothing; None for back. `refuse` says what is wrong with it, if anything."""


def render_optional_hint(hint: str = "") -> str:
    """The hint beside what need not be filled in."""
    return phrase("; ").join(part for part in (hint, phrase("Enter leaves it open")) if part)


def render_hinted_ask(ask: str, hint: str) -> str:
    """What is to be typed, with what may be typed in brackets."""
    return phrase("{ask} ({hint})", ask=ask, hint=hint) if hint else ask


def build_menu(ask: str, *options: CardOption | None) -> QuestionCard:
    return QuestionCard(ask, tuple(option for option in options if option), keys=(PromptKey.BACK, PromptKey.LEAVE))


def build_key_names() -> Mapping[PromptKey, str]:
    """What each key does, in a word or two."""
    return {
        PromptKey.WHY: phrase("why"),
        PromptKey.BACK: phrase("back"),
        PromptKey.SKIP: phrase("skip"),
        PromptKey.NOTE: phrase("note"),
        PromptKey.EVIDENCE: phrase("evidence"),
        PromptKey.REVIEW: phrase("review"),
        PromptKey.LEAVE: phrase("leave"),
        PromptKey.KEYS: phrase("keys"),
    }


def build_key_help() -> Mapping[PromptKey, str]:
    """What each key does, in a sentence."""
    return {
        PromptKey.WHY: phrase("why we ask, in full: an example, the source, and what each answer leads to"),
        PromptKey.BACK: phrase("back to the question before, as often as you like"),
        PromptKey.SKIP: phrase("skip this question for now; it comes again at the end"),
        PromptKey.NOTE: phrase("write a note beside this answer"),
        PromptKey.EVIDENCE: phrase("say where somebody can see that it is so"),
        PromptKey.REVIEW: phrase("look through all answers and change any"),
        PromptKey.LEAVE: phrase(
            "leave; everything is saved, and the same command goes on (Ctrl-C and Ctrl-D do the same)"
        ),
        PromptKey.KEYS: phrase("this list"),
    }


def phrase_count(count: int, one: str, many: str, **facts: object) -> str:
    return phrase(one if count == 1 else many, count=count, **facts)


def phrase_some_items(items: Iterable[str], most: int = 3) -> str:
    """The first few, and how many more."""
    every = list(dict.fromkeys(items))
    most = len(every) if len(every) <= most + 1 else max(most, 1)
    shown = phrase("; ").join(every[:most])
    return phrase("{items}; and {count} more", items=shown, count=len(every) - most) if every[most:] else shown


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
        source=_render_question_source(open_question, library, wording),
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
        options=tuple(
            CardOption(option.word, option.label, _describe_answer_effect(option.word)) for option in options
        ),
        chosen=list_chosen_words(value),
        keys=tuple(PromptKey),
    )


def add_suggested_answer(card: QuestionCard, found: SuggestedAnswer, wording: Wording) -> QuestionCard:
    """The same card with what is likely the answer, which is marked or ticked and still has to be given."""
    options = [option for option in card.options if option.word in found.words]
    given_text = phrase_some_items(
        (
            render_question_and_answer(id, wording.render_answer(id, value), wording)
            for id, value in found.given.items()
        ),
        2,
    )
    answer = wording.join_list(option.label for option in options)
    said = phrase("Likely, because you answered “{given}”: {answer}. Please confirm.", given=given_text, answer=answer)
    why = phrase(" ").join(filter(None, (card.why, *found.because)))
    return replace(card, why=why, likely=tuple(option.word for option in options), suggestion=said)


def render_question_and_answer(id: str, answer: str, wording: Wording) -> str:
    """A question and its answer in one line; what ends in a mark of its own needs no colon."""
    short = wording.find_question_heading(id)
    if short.endswith(("?", "？", "。")):
        return phrase("{question} {answer}", question=short, answer=answer)
    return wording.join_heading(short, answer)


def _describe_answer_effect(word: str) -> str:
    """What becomes of an answer to a check."""
    return {
        MET: phrase("You can add where it can be seen."),
        PARTLY: phrase("It stays open in the report, with what you have so far."),
        NOT_MET: phrase("It stays open in the report, with what to do about it."),
        UNSURE: phrase("It stays open; you can say who would know."),
        SET_ASIDE: phrase("It is set aside, with the reason you will be asked for."),
        EXPLAINED: phrase("It counts as explained, with the reason you will be asked for."),
    }.get(word, "")


def name_phase_section(phase: Phase) -> str:
    return {
        Phase.SCOPE: phrase("What applies"),
        Phase.TEXT: phrase("What is in place"),
        Phase.HOUSE: phrase("Rules of the house"),
        Phase.GUIDANCE: phrase("Good practice"),
        Phase.PENALTY: phrase("What a penalty depends on"),
        Phase.UNSETTLED: phrase("In case it applies"),
    }[phase]


def explain_why_asked(requirement: Requirement, check: Check) -> str:
    if check.basis is Basis.HOUSE:
        return phrase("Your own organisation asks for it, beyond the law.")
    if check.basis is Basis.GUIDANCE:
        return phrase("Official guidance recommends it. Not following it is never a gap.")
    if requirement.force is Force.RECOMMENDATION:
        return phrase("The text recommends it.")
    if requirement.force is Force.COMPLY_OR_EXPLAIN:
        return phrase("The text asks for it, or for your reason why not.")
    return phrase("The law asks for it.")


def _render_question_source(open_question: OpenQuestion, library: Library, wording: Wording) -> str:
    needed = [library.requirements[id] for id in open_question.needed_by]
    if not needed:
        return phrase("not needed at present, because of your other answers")
    if len(needed) > _MAX_CITED_REQUIREMENTS:
        cited = phrase_some_items(_list_law_titles(needed, library), 0)
    else:
        cited = phrase_some_items(
            (
                wording.render_citation(cite)
                for requirement in needed
                for cite in find_question_cites(open_question.question, requirement, library)
            ),
            2,
        )
    decides = phrase_count(len(needed), "it decides 1 requirement", "it decides {count} requirements")
    return f"{cited} · {decides}"


def _list_law_titles(requirements: Iterable[Requirement], library: Library) -> list[str]:
    """The main source of each checklist concerned."""
    checklists = dict.fromkeys(requirement.checklist for requirement in requirements)
    return [next(iter(library.checklists[id].sources.values())).title for id in checklists]


def find_question_cites(question: str, requirement: Requirement, library: Library) -> Cites:
    """Where the text says why a question matters: the exception, the legal term or the date it belongs to."""
    exceptions = [
        exception for exception in requirement.exceptions.values() if is_question_mentioned(exception.when, question)
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


def build_question_help(open_question: OpenQuestion, library: Library, wording: Wording) -> Iterable[tuple[str, str]]:
    """The full explanation of a question, as pairs of heading and text."""
    question = library.questions[open_question.question]
    return _drop_empty_paragraphs(
        (phrase("Why we ask"), question.why),
        (phrase("In full"), question.help),
        (phrase("For example"), question.example),
        (phrase("But not"), question.counter_example),
        (phrase("Who knows"), question.who_knows),
        (phrase("Source"), _render_question_source(open_question, library, wording)),
    )


def build_check_help(requirement: Requirement, check: Check, wording: Wording) -> Iterable[tuple[str, str]]:
    """The full explanation of a check, as pairs of heading and text."""
    return _drop_empty_paragraphs(
        (phrase("Why we ask"), explain_why_asked(requirement, check)),
        (phrase("Source"), wording.render_citations(check.cites)),
        (phrase("Requirement"), requirement.says),
        (phrase("In full"), check.help),
        (phrase("Official words"), " ".join(part for part in (check.official, check.verb) if part)),
        (phrase("Evidence"), check.evidence),
        (phrase("If missing"), check.remedy or requirement.remedy),
    )


def _drop_empty_paragraphs(*pairs: tuple[str, str]) -> Iterable[tuple[str, str]]:
    return [(heading, text) for heading, text in pairs if text]
