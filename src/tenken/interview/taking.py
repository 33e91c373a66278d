"""Takes over from another record what is true of the whole organisation, and so of its next system too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tenken import record, terminal
from tenken.answers import Given, Record
from tenken.interview import opening, signing
from tenken.interview.card import counted
from tenken.library import Library
from tenken.model import About
from tenken.phrases import language, phrase
from tenken.problems import Place, Problem, Problems
from tenken.update import updated
from tenken.words import Words


def taken_over(ours: Record, theirs: Record, known: Library, source: str) -> dict[str, Given]:
    """Answers about the organisation that are still open in ours: who gave them and when stays, a note says whence."""
    return {
        id: replace(given, note=_note(given, source))
        for id, given in theirs.answers.items()
        if _is_of_organisation(id, known) and record.answered(given) and not record.answered(ours.answers.get(id))
    }


def _is_of_organisation(id: str, known: Library) -> bool:
    if id in known.questions:
        return known.questions[id].about is About.ORGANISATION
    return id in known.checks and known.checks[id][0].about is About.ORGANISATION


def _note(given: Given, source: str) -> str:
    return phrase(" ").join(part for part in (given.note, phrase("(Taken over from {file})", file=source)) if part)


def take_over(path: Path | None, source: Path) -> None:
    """Takes answers into a record, which is begun if there is none, and saves it; raises `Problems` if it cannot."""
    if path is None or str(path) == "-":
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    file, checklists = opening.open_or_new(path)
    other = record.open_record(source)
    taken = taken_over(file.record, updated(other.record, checklists).record, checklists, source.name)
    record.values({**file.record.answers, **taken}, checklists)
    if taken:
        signing.agreed(file.record, Words(checklists, language()), prompt=None)
    for id, given in taken.items():
        file.answer(id, given)
    file.save()
    terminal.say(counted(len(taken), "1 answer taken over.", "{count} answers taken over."))
