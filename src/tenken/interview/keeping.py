"""Keeps the answers safe when their file cannot be written: tried again, elsewhere, or printed as a last resort."""

from __future__ import annotations

from pathlib import Path

from tenken import record, terminal
from tenken.interview.card import Option, Prompt, menu
from tenken.phrases import phrase, told
from tenken.problems import Problems
from tenken.record import RecordFile


def keep(file: RecordFile, prompt: Prompt) -> RecordFile:
    """Saves a record and returns the file it is now in; KeyboardInterrupt if it was left unsaved."""
    while True:
        try:
            file.save()
        except Problems as found:
            prompt.say("\n".join(map(told, found.problems)), mark="!")
            if file.was_changed and _rereads(prompt):
                return record.open_record(file.path)
            file = _elsewhere(file, prompt)
        else:
            return file


def _rereads(prompt: Prompt) -> bool:
    card = menu(
        phrase("Somebody else changed the file. What now?"),
        Option("reread", phrase("Go on with the file as it is now"), phrase("Your last answer is asked again.")),
        Option("elsewhere", phrase("Keep mine in another file"), phrase("The two can be compared later.")),
    )
    return prompt.choose(card) == ("reread",)


def _elsewhere(file: RecordFile, prompt: Prompt) -> RecordFile:
    """Where to try next; the answers stay in memory meanwhile."""
    card = menu(
        phrase("Your answers are kept in memory. What now?"),
        Option("again", phrase("Try again"), phrase("After making room, or mending what was in the way.")),
        Option("elsewhere", phrase("Save in another file"), phrase("You name it.")),
        Option("leave", phrase("Print them and leave"), phrase("They can be copied from the screen into a file.")),
    )
    match prompt.choose(card):
        case ("leave",):
            raise KeyboardInterrupt
        case ("elsewhere",):
            path = prompt.write(phrase("Save in which file?"), refuse=_taken)
            return RecordFile(Path(path), file.record) if path else file
        case _:
            return file


def _taken(path: str) -> str:
    return phrase("There is a file of that name already; name another.") if Path(path).exists() else ""


def last_resort(file: RecordFile) -> None:
    """Prints a record that could not be saved anywhere, as the text its file would hold."""
    terminal.say(phrase("Not saved anywhere. This is the record; copy it into a file:"))
    terminal.out(file.text.rstrip("\n"))
