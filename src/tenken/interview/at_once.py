"""Answers the other checks of a requirement at once where nothing of it is in place yet."""

from __future__ import annotations

from tenken.assessment.open_questions import find_decisive_check
from tenken.files.frozen_classes import replace_fields
from tenken.interview.prompt import CardOption, Prompt, build_menu
from tenken.messages.message_catalog import phrase
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.rules.library import Library
from tenken.rules.logic import Situation, Truth, evaluate
from tenken.rules.requirement import NOT_MET, Requirement

FEWEST_AT_ONCE = 2
"""Checks that have to be left for it to spare anybody something."""


def list_checks_at_once(id: str, record: Record, library: Library, situation: Situation) -> list[str]:
    """The other checks of a requirement that are certain to be asked, if all so far is denied, the decisive one too."""
    requirement, check = library.checks[id]
    decisive = find_decisive_check(requirement, situation)
    given = (record.answers.get(other.id, NO_ANSWER).answer for other in requirement.checks.values())
    if decisive is None or decisive.id != check.id or any(answer not in ((), (NOT_MET,)) for answer in given):
        return []
    return [
        other.id
        for other in requirement.checks.values()
        if evaluate(other.when, situation) is Truth.YES and not record.answers.get(other.id, NO_ANSWER).answer
    ]


def find_denied_check(id: str, record: Record, library: Library, situation: Situation) -> str:
    """What decides most of the requirement of a check, if it is another one and was denied; else empty."""
    if id not in library.checks:
        return ""
    decisive = find_decisive_check(library.checks[id][0], situation)
    if decisive is None or decisive.id == id or record.answers.get(decisive.id, NO_ANSWER).answer != (NOT_MET,):
        return ""
    return decisive.id


def ask_whether_nothing_is_there(requirement: Requirement, count: int, prompt: Prompt) -> bool:
    """Asks whether there is nothing of a requirement yet, where so many checks of it are left."""
    card = build_menu(
        phrase("{title}: is anything of this in place?", title=requirement.title),
        CardOption(
            "nothing", phrase("Nothing of this yet"), phrase("The {count} other checks are answered no.", count=count)
        ),
        CardOption("each", phrase("Some of it"), phrase("You are asked each of them.")),
    )
    return prompt.choose(card) == ("nothing",)


def build_answers_at_once(ids: list[str], given: GivenAnswer, record: Record) -> dict[str, GivenAnswer]:
    """A no to each, by who said no to the decisive check, and then."""
    return {
        id: replace_fields(record.answers.get(id, NO_ANSWER), answer=(NOT_MET,), by=given.by, at=given.at, at_once=True)
        for id in ids
    }
