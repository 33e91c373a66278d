"""Takes back answers that somebody else filled in; where both answered differently, a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tenken import record, terminal
from tenken.answers import Given
from tenken.interview import keeping, review, signing
from tenken.interview.card import Option, Prompt, counted, menu
from tenken.interview.opening import brought_up
from tenken.logic import UNSURE
from tenken.phrases import language, phrase
from tenken.problems import Place, Problem, Problems
from tenken.record import RecordFile
from tenken.words import Words


def merge(ours: Path | None, theirs: Path, prompt: Prompt | None, *, by: str, at: datetime) -> None:
    """Merges one record into another and saves it; raises `Problems` for what contradicts and nobody decided."""
    if ours is None:
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    file, other = record.open_record(ours), record.open_record(theirs)
    checklists = brought_up(file)
    brought_up(other)
    words = Words(checklists, language())
    record.values(file.record.answers, checklists)
    record.values(other.record.answers, checklists)
    given = {id: _signed(said, by, at) for id, said in other.record.answers.items() if said.answer}
    new = {id: said for id, said in given.items() if _is_open(file.record.answers.get(id))}
    contradicts = any(said.answer != file.record.answers[id].answer for id, said in given.items() if id not in new)
    if (new or (contradicts and prompt)) and not signing.agreed(file.record, words, prompt):
        return
    for id, said in new.items():
        file.answer(id, _beside(file.record.answers.get(id), said))
    differing = {id: said for id, said in given.items() if said.answer != file.record.answers[id].answer}
    if prompt:
        differing = _decide(differing, file, words, prompt)  # left before the end, nothing is changed
        keeping.keep(file, prompt)
    else:
        file.save()
    terminal.say(counted(len(new), "1 answer taken over.", "{count} answers taken over."))
    if differing:
        raise Problems(*(_conflict(id, said, file, words) for id, said in differing.items()))


def _signed(given: Given, by: str, at: datetime) -> Given:
    return replace(given, by=given.by or by, at=given.at or at)


def _is_open(given: Given | None) -> bool:
    return given is None or given.answer in ((), (UNSURE,))


def _beside(old: Given | None, new: Given) -> Given:
    """The new answer, with what was noted before it unless it says otherwise."""
    if old is None:
        return new
    ask = old.ask if UNSURE in new.answer else ""
    return replace(new, note=new.note or old.note, evidence=new.evidence or old.evidence, ask=new.ask or ask)


def _decide(differing: Mapping[str, Given], file: RecordFile, words: Words, prompt: Prompt) -> dict[str, Given]:
    """Asks which answer stands, one by one; returns those that were left as they are."""
    undecided = {}
    for id, theirs in differing.items():
        ours = file.record.answers[id]
        card = menu(
            words.short(id),
            Option("theirs", _shown(id, theirs, words)),
            Option("ours", _shown(id, ours, words), phrase("As it is now.")),
            Option("later", phrase("Decide later")),
        )
        match prompt.choose(card):
            case ("theirs",):
                file.answer(id, _beside(ours, theirs))
            case ("ours",):
                pass
            case _:
                undecided[id] = theirs
    return undecided


def _shown(id: str, given: Given, words: Words) -> str:
    who = phrase(" ({by}, {day})", by=given.by or "?", day=words.day(given.at) if given.at else "?")
    return review.answered(id, given, words) + who


def _conflict(id: str, theirs: Given, file: RecordFile, words: Words) -> Problem:
    facts = {"id": id, "theirs": _shown(id, theirs, words), "ours": _shown(id, file.record.answers[id], words)}
    return Problem(theirs.place, "{id}: answered {theirs} here, but {ours} in the record, which stays as it is", facts)
