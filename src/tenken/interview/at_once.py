"""Answers the other checks of a requirement at once where nothing of it is in place yet."""

from __future__ import annotations

from tenken.assessment.open_questions import find_decisive_check
from tenken.files.frozen_classes import replace_fields
from tenken.interview.prompt import CardOption, Prompt, PromptKey, build_menu
from tenken.messages.message_catalog import phrase
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.rules.library import Library
from tenken.rules.logic import Situation, Truth, evaluate
from tenken.rules.requirement import NOT_MET, Requirement

_FEWEST_AT_ONCE = 2


def list_checks_at_once(id: str, record: Record, library: Library, situation: Situation) -> list[str]:
    """The other checks of a requirement that are certain to be asked, if all so far is denied, the decisive one too.

    None where so few are left that answering them at once would spare nobody anything.
    """
    requirement, check = library.checks[id]
    decisive = find_decisive_check(requirement, situation)
    given = (record.answers.get(other.id, NO_ANSWER).answer for other in requirement.checks.values())
    if decisive is None or decisive.id != check.id or any(answer not in ((), (NOT_MET,)) for answer in given):
        return []
    others = [
        other.id
        for other in requirement.checks.values()
        if evaluate(other.when, situation) is Truth.YES and not record.answers.get(other.id, NO_ANSWER).answer
    ]
    return others if len(others) >= _FEWEST_AT_ONCE else []


def find_denied_check(id: str, record: Record, library: Library, situation: Situation) -> str:
    """What decides most of the requirement of a check, if it is another one and was denied; else empty."""
    if id not in library.checks:
        return ""
    decisive = find_decisive_check(library.checks[id][0], situation)
    if decisive is None or decisive.id == id or record.answers.get(decisive.id, NO_ANSWER).answer != (NOT_MET,):
        return ""
    return decisive.id


def ask_whether_nothing_is_there(requirement: Requirement, count: int, prompt: Prompt) -> bool | None:
    """Asks whether there is nothing of a requirement yet, where so many checks of it are left; None to go back."""
    card = build_menu(
        phrase("{title}: is anything of this in place?", title=requirement.title),
        CardOption(
            "nothing", phrase("Nothing of this yet"), phrase("The {count} other checks are answered no.", count=count)
        ),
        CardOption("each", phrase("Some of it"), phrase("You are asked each of them.")),
    )
    reply = prompt.choose(card)
    return None if isinstance(reply, PromptKey) else reply == ("nothing",)


def build_answers_at_once(ids: list[str], given: GivenAnswer, record: Record) -> dict[str, GivenAnswer]:
    """A no to each, by who said no to the decisive check, and then."""
    return {
        id: replace_fields(
            record.answers.get(id, NO_ANSWER),
            answer=(NOT_MET,),
            by=given.by,
            at=given.at,
            at_once=True,
            proposed=None,
        )
        for id in ids
    }
