"""Offers the checklists on request that fit what was answered, so that nobody needs to know their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from tenken.interview.question_card import CardOption, Prompt, PromptKey, build_menu
from tenken.messages.message_catalog import phrase
from tenken.records.record import Record
from tenken.rules.checklist import Checklist, StartsWith
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import Situation, Truth, evaluate


@cache
def _load_offered_checklists(language: str) -> Mapping[str, Checklist]:
    checklists = load_library(list_shipped_checklists(), language=language).checklists
    return {id: item for id, item in checklists.items() if item.starts_with is StartsWith.ON_REQUEST}


def list_fitting_checklists(record: Record, known: Library, situation: Situation) -> Iterator[Checklist]:
    """The checklists that fit, are not used yet and were not left out."""
    for id, item in _load_offered_checklists(known.language).items():
        fits = item.offered_when is not None and evaluate(item.offered_when, situation) is Truth.YES
        if fits and id not in known.checklists and id not in record.left_out:
            yield item


def offer_checklist(item: Checklist, record: Record, known: Library, prompt: Prompt) -> Record | None:
    """The record with the checklist taken in or left out, as the person decides; None for back."""
    prompt.say_paragraph()
    card = build_menu(
        phrase("There is a checklist for this too: {title}. Use it?", title=item.title),
        CardOption("yes", phrase("Use it"), item.about),
        CardOption("no", phrase("Leave it out"), phrase("The record keeps that under `left_out`.")),
    )
    match prompt.choose(card):
        case PromptKey():
            return None
        case ("yes",):
            return add_checklist_to_record(record, item, known)
        case _:
            return replace(record, left_out=(*record.left_out, item.id))


def add_checklist_to_record(record: Record, item: Checklist, known: Library) -> Record:
    against = {**record.answered_against, item.id: f"{item.version} {item.digest}"}
    names = record.checklists or tuple(known.checklists)
    return replace(record, checklists=(*names, item.id), answered_against=against)
