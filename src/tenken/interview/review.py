"""Looking through the answers: by section, or only those that are open, unsure, without evidence or dormant."""

from __future__ import annotations

from collections.abc import Mapping

from tenken import record
from tenken.agenda import Phase
from tenken.answers import Given, Record
from tenken.interview import card
from tenken.interview.card import Key, Option, Prompt, counted, menu, section
from tenken.interview.outlook import Outlook
from tenken.logic import UNSURE, Truth
from tenken.model import EXPLAINED, MET, SET_ASIDE
from tenken.phrases import phrase
from tenken.words import Words


def pick(kept: Record, outlook: Outlook, words: Words, prompt: Prompt) -> str | None:
    """The question somebody chose to see again; None for going on."""
    while True:
        views = _views(kept, outlook)
        options = [Option(name, name, counted(len(ids), "1 answer", "{count} answers")) for name, ids in views.items()]
        view = prompt.choose(menu(phrase("Review"), *options, Option("", phrase("Go on"))))
        if isinstance(view, Key) or view == ("",):
            return None
        entries = [_entry(id, kept, words) for id in views[view[0]]]
        chosen = prompt.choose(menu(view[0], *entries, Option("", phrase("Back to the sections"))))
        if isinstance(chosen, tuple) and chosen != ("",):
            return chosen[0]


def _entry(id: str, kept: Record, words: Words) -> Option:
    given = kept.answers.get(id, Given())
    return Option(id, said(id, given, words), given.note)


def said(id: str, given: Given, words: Words) -> str:
    """An answer in one line: what was asked, what was answered, and what was written with it."""
    return card.answered(id, words.label(id, "unanswered") if not given.answer else answered(id, given, words), words)


def answered(id: str, given: Given, words: Words) -> str:
    if given.answer in ((SET_ASIDE,), (EXPLAINED,)) and given.reason:
        label = words.label(id, given.answer[0]).rstrip(" …")
        return words.headed(label, given.reason)
    return words.answer(id, record.values({id: given}, words.library)[id])


def _views(kept: Record, outlook: Outlook) -> Mapping[str, list[str]]:
    """The ways to look at the answers, each with its questions; those without any are left out."""
    answered = [id for id, given in kept.answers.items() if given.answer and id in outlook.library.order]
    live = {id: None for id in answered if outlook.matters(id)}
    views = {section(Phase.SCOPE): [id for id in live if id in outlook.library.questions]}
    for finding in outlook.findings.values():
        ids = [measure.check.id for measure in finding.measures if measure.concerns is not Truth.NO]
        if finding.applies is not Truth.NO:
            views[finding.requirement.title] = [id for id in ids if id in live]
    views[phrase("Still open")] = [item.question for item in outlook.open]
    views[phrase("Not sure")] = [id for id in live if UNSURE in kept.answers[id].answer]
    views[phrase("Without evidence")] = [id for id in live if _unproved(kept.answers[id], id in outlook.library.checks)]
    views[phrase("Not needed at present")] = [id for id in answered if id not in live]
    return {name: ids for name, ids in views.items() if ids}


def _unproved(given: Given, is_check: bool) -> bool:
    return is_check and given.answer == (MET,) and not given.evidence
