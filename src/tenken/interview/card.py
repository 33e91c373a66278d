"""What stands on the screen when something is asked, and whoever it is that asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from tenken.agenda import Open, Phase
from tenken.crosswalk import Likely
from tenken.entry import entry
from tenken.interview.outlook import mentions
from tenken.library import Library
from tenken.logic import UNSURE, Value, terms
from tenken.model import (
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
    Kind,
    Requirement,
)
from tenken.phrases import phrase
from tenken.words import Words

_MANY = 5
"""Requirements beyond which a question cites the law as a whole."""

DAY = "day"
"""The choice of a date question that leads to typing one."""


class Key(StrEnum):
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
class Option:
    word: str
    label: str
    means: str = ""


@entry
class Card:
    """One question as it is shown, or a menu: then without section, reason and keys."""

    ask: str
    options: tuple[Option, ...]
    section: str = ""
    subject: str = ""
    progress: str = ""
    why: str = ""
    source: str = ""
    several: bool = False
    chosen: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    suggestion: str = ""
    keys: tuple[Key, ...] = ()


class Prompt(Protocol):
    """Someone to ask. Leaving, by whatever key, raises KeyboardInterrupt; it is never an answer."""

    def say(self, text: str = "", mark: str = "") -> None:
        """Shows a paragraph, begun with a mark."""

    def show(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        """Shows headings with their texts to read, until the person goes on."""

    def choose(self, card: Card) -> tuple[str, ...] | Key:
        """The words chosen, or what else is to be done."""

    def write(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        """What was typed, perhaps nothing; None for back. `refuse` says what is wrong with it, if anything."""


def optional(hint: str = "") -> str:
    """The hint beside what need not be filled in."""
    return phrase("; ").join(part for part in (hint, phrase("Enter leaves it open")) if part)


def hinted(ask: str, hint: str) -> str:
    """What is to be typed, with what may be typed in brackets."""
    return phrase("{ask} ({hint})", ask=ask, hint=hint) if hint else ask


def menu(ask: str, *options: Option | None) -> Card:
    return Card(ask, tuple(option for option in options if option), keys=(Key.BACK, Key.LEAVE))


def key_names() -> Mapping[Key, str]:
    """What each key does, in a word or two."""
    return {
        Key.WHY: phrase("why"),
        Key.BACK: phrase("back"),
        Key.SKIP: phrase("skip"),
        Key.NOTE: phrase("note"),
        Key.EVIDENCE: phrase("evidence"),
        Key.REVIEW: phrase("review"),
        Key.LEAVE: phrase("leave"),
        Key.KEYS: phrase("keys"),
    }


def key_help() -> Mapping[Key, str]:
    """What each key does, in a sentence."""
    return {
        Key.WHY: phrase("why we ask, in full: an example, the source, and what each answer leads to"),
        Key.BACK: phrase("back to the question before, as often as you like"),
        Key.SKIP: phrase("skip this question for now; it comes again at the end"),
        Key.NOTE: phrase("write a note beside this answer"),
        Key.EVIDENCE: phrase("say where somebody can see that it is so"),
        Key.REVIEW: phrase("look through all answers and change any"),
        Key.LEAVE: phrase("leave; everything is saved, and the same command goes on (Ctrl-C and Ctrl-D do the same)"),
        Key.KEYS: phrase("this list"),
    }


def counted(count: int, one: str, many: str, **facts: object) -> str:
    return phrase(one if count == 1 else many, count=count, **facts)


def some(items: Iterable[str], most: int = 3) -> str:
    """The first few, and how many more."""
    every = list(dict.fromkeys(items))
    most = len(every) if len(every) <= most + 1 else max(most, 1)
    shown = phrase("; ").join(every[:most])
    return phrase("{items}; and {count} more", items=shown, count=len(every) - most) if every[most:] else shown


def question_card(item: Open, library: Library, words: Words, value: Value | None, progress: str) -> Card:
    question = library.questions[item.question]
    options = [Option(*choice) for choice in words.choices(question.id)]
    if question.kind is Kind.DATE:
        options.insert(0, Option(DAY, phrase("On a day that I know")))
    return Card(
        section=section(item.phase),
        progress=progress,
        ask=question.ask,
        why=question.why,
        source=_source(item, library, words),
        options=tuple(options),
        several=question.several,
        chosen=(DAY,) if isinstance(value, date) else value or (),
        keys=tuple(key for key in Key if key is not Key.EVIDENCE),
    )


def check_card(item: Open, library: Library, words: Words, value: Value | None, progress: str) -> Card:
    requirement, check = library.checks[item.question]
    excused = requirement.explain in (Explain.REASON, Explain.PUBLISHED)
    options = [Option(*choice) for choice in words.choices(check.id) if excused or choice[0] != EXPLAINED]
    return Card(
        section=section(item.phase),
        subject=requirement.title,
        progress=progress,
        ask=check.ask,
        why=asked_because(requirement, check),
        source=words.cites(check.cites),
        options=tuple(Option(option.word, option.label, _follows(option.word)) for option in options),
        chosen=value if isinstance(value, tuple) else (),
        keys=tuple(Key),
    )


def suggested(card: Card, found: Likely, words: Words) -> Card:
    """The same card with what is likely the answer, which is marked or ticked and still has to be given."""
    options = [option for option in card.options if option.word in found.words]
    given = some((answered(id, words.answer(id, value), words) for id, value in found.given.items()), 2)
    answer = words.listed(option.label for option in options)
    said = phrase("Likely, because you answered “{given}”: {answer}. Please confirm.", given=given, answer=answer)
    why = phrase(" ").join(filter(None, (card.why, *found.because)))
    return replace(card, why=why, likely=tuple(option.word for option in options), suggestion=said)


def answered(id: str, answer: str, words: Words) -> str:
    """A question and its answer in one line; what ends in a mark of its own needs no colon."""
    short = words.short(id)
    if short.endswith(("?", "？", "。")):
        return phrase("{question} {answer}", question=short, answer=answer)
    return words.headed(short, answer)


def _follows(word: str) -> str:
    """What becomes of an answer to a check."""
    return {
        MET: phrase("You can add where it can be seen."),
        PARTLY: phrase("It stays open in the report, with what you have so far."),
        NOT_MET: phrase("It stays open in the report, with what to do about it."),
        UNSURE: phrase("It stays open; you can say who would know."),
        SET_ASIDE: phrase("It is set aside, with the reason you will be asked for."),
        EXPLAINED: phrase("It counts as explained, with the reason you will be asked for."),
    }.get(word, "")


def section(phase: Phase) -> str:
    return {
        Phase.SCOPE: phrase("What applies"),
        Phase.TEXT: phrase("What is in place"),
        Phase.HOUSE: phrase("Rules of the house"),
        Phase.GUIDANCE: phrase("Good practice"),
        Phase.PENALTY: phrase("What a penalty depends on"),
        Phase.UNSETTLED: phrase("In case it applies"),
    }[phase]


def asked_because(requirement: Requirement, check: Check) -> str:
    if check.basis is Basis.HOUSE:
        return phrase("Your own organisation asks for it, beyond the law.")
    if check.basis is Basis.GUIDANCE:
        return phrase("Official guidance recommends it. Not following it is never a gap.")
    if requirement.force is Force.RECOMMENDATION:
        return phrase("The text recommends it.")
    if requirement.force is Force.COMPLY_OR_EXPLAIN:
        return phrase("The text asks for it, or for your reason why not.")
    return phrase("The law asks for it.")


def _source(item: Open, library: Library, words: Words) -> str:
    needed = [library.requirements[id] for id in item.needed_by]
    if not needed:
        return phrase("not needed at present, because of your other answers")
    if len(needed) > _MANY:
        cited = some(_laws(needed, library), 0)
    else:
        cited = some((words.cite(cite) for one in needed for cite in cites(item.question, one, library)), 2)
    decides = counted(len(needed), "it decides 1 requirement", "it decides {count} requirements")
    return f"{cited} · {decides}"


def _laws(requirements: Iterable[Requirement], library: Library) -> list[str]:
    """The main source of each checklist concerned."""
    checklists = dict.fromkeys(requirement.checklist for requirement in requirements)
    return [next(iter(library.checklists[id].sources.values())).title for id in checklists]


def cites(question: str, requirement: Requirement, library: Library) -> Cites:
    """Where the text says why a question matters: the exception, the legal term or the date it belongs to."""
    ways = [way for way in requirement.exceptions.values() if mentions(way.when, question)]
    known = library.checklists[requirement.checklist].terms
    terms_ = [known[term.id] for term in terms(requirement.concerns) if mentions(term, question)]
    dates = [entry for entry in requirement.applies_from if entry.cites and mentions(entry.when, question)]
    holders = (
        [holder.cites for holder in ways] + [holder.cites for holder in terms_] + [holder.cites for holder in dates]
    )
    return tuple(cite for found in holders for cite in found) or requirement.cites[:1]


def question_help(item: Open, library: Library, words: Words) -> Iterable[tuple[str, str]]:
    """The full explanation of a question, as pairs of heading and text."""
    question = library.questions[item.question]
    return _said(
        (phrase("Why we ask"), question.why),
        (phrase("In full"), question.help),
        (phrase("For example"), question.example),
        (phrase("But not"), question.counter_example),
        (phrase("Who knows"), question.who_knows),
        (phrase("Source"), _source(item, library, words)),
    )


def check_help(requirement: Requirement, check: Check, words: Words) -> Iterable[tuple[str, str]]:
    """The full explanation of a check, as pairs of heading and text."""
    return _said(
        (phrase("Why we ask"), asked_because(requirement, check)),
        (phrase("Source"), words.cites(check.cites)),
        (phrase("Requirement"), requirement.says),
        (phrase("In full"), check.help),
        (phrase("Official words"), " ".join(part for part in (check.official, check.verb) if part)),
        (phrase("Evidence"), check.evidence),
        (phrase("If missing"), check.remedy or requirement.remedy),
    )


def _said(*pairs: tuple[str, str]) -> Iterable[tuple[str, str]]:
    return [(heading, text) for heading, text in pairs if text]
