"""Offers further checklists that fit what was answered, so that nobody needs to know their names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from tenken.assessment.running_assessment import RunningAssessment
from tenken.files.frozen_classes import replace_fields
from tenken.interview.prompt import CardOption, Prompt, PromptKey, build_menu
from tenken.messages.message_catalog import phrase
from tenken.records.record import Record
from tenken.rules.checklist import Checklist, StartsWith
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import Situation, Truth, evaluate, list_atoms


@cache
def _load_offered_checklists(language: str) -> Mapping[str, Checklist]:
    checklists = load_library(list_shipped_checklists(), language=language).checklists
    return {id: checklist for id, checklist in checklists.items() if checklist.starts_with is StartsWith.ON_REQUEST}


def find_short_form(law: str, record: Record, running: RunningAssessment) -> Checklist | None:
    """What can be chosen in place of a guideline, as long as no check of that is answered and it was not left out."""
    library = running.library
    for id, checklist in _load_offered_checklists(library.language).items():
        whole = library.checklists.get(checklist.short_form_of)
        if whole and whole.law_title == law and id not in (*library.checklists, *record.left_out):
            checks = {check.id for requirement in whole.requirements.values() for check in requirement.checks.values()}
            return None if checks & running.situation.answers.keys() else checklist
    return None


def replace_by_short_form(record: Record, short: Checklist, library: Library) -> Record:
    """The record with the short form in place of the whole; answers only the whole asks for are kept aside."""
    record = add_checklist_to_record(record, short, library)
    questions = library.checklists[short.short_form_of].questions
    aside = {id: given for id, given in record.answers.items() if id in questions and id not in short.questions}
    return replace_fields(
        record,
        checklists=tuple(name for name in record.checklists if name != short.short_form_of),
        answered_against={id: state for id, state in record.answered_against.items() if id != short.short_form_of},
        answers={id: given for id, given in record.answers.items() if id not in aside},
        earlier={**record.earlier, **aside},
    )


def list_fitting_checklists(record: Record, library: Library, situation: Situation) -> Iterator[Checklist]:
    """The checklists that fit, are not used yet and were not left out."""
    for id, checklist in _load_offered_checklists(library.language).items():
        fits = checklist.offered_when is not None and evaluate(checklist.offered_when, situation) is Truth.YES
        is_new = id not in library.checklists and id not in record.left_out
        if fits and is_new and evaluate(checklist.in_scope, situation) is not Truth.NO:
            yield checklist


def is_time_to_offer(checklist: Checklist, library: Library, situation: Situation) -> bool:
    """Whether all shared questions that decide if a checklist is of use are answered."""
    asked = {fact.question for fact in list_atoms(checklist.in_scope)} & set(library.profile.questions)
    return asked <= set(situation.answers)


def add_offered_checklists(library: Library, left_out: Collection[str]) -> Library:
    """The library with every checklist that some answer would offer."""
    offered = {
        id: checklist
        for id, checklist in _load_offered_checklists(library.language).items()
        if checklist.offered_when is not None and id not in (*left_out, *library.checklists)
    }
    return replace_fields(library, checklists={**library.checklists, **offered})


def list_fitting_lines(record: Record, library: Library, situation: Situation) -> list[str]:
    """What to do to use the checklists that fit, a line each."""
    text = "{title} fits too; to use it, add {id} under `checklists`"
    fitting = list_fitting_checklists(record, library, situation)
    return [phrase(text, title=checklist.title, id=checklist.id) for checklist in fitting]


def offer_checklist(checklist: Checklist, record: Record, library: Library, prompt: Prompt) -> Record | None:
    """The record with the checklist taken in or left out, as the person decides; None for back."""
    prompt.say_paragraph()
    card = build_menu(
        phrase("There is a checklist for this too: {title}. Use it?", title=checklist.title),
        CardOption("yes", phrase("Use it"), checklist.about),
        CardOption("no", phrase("Leave it out"), phrase("The record keeps that under `left_out`.")),
    )
    match prompt.choose(card):
        case PromptKey():
            return None
        case ("yes",):
            return add_checklist_to_record(record, checklist, library)
        case _:
            return replace_fields(record, left_out=(*record.left_out, checklist.id))


def add_checklist_to_record(record: Record, checklist: Checklist, library: Library) -> Record:
    against = {**record.answered_against, checklist.id: f"{checklist.version} {checklist.digest}"}
    names = record.checklists or tuple(library.checklists)
    return replace_fields(record, checklists=(*names, checklist.id), answered_against=against)
