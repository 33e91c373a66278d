"""How a conversation ends: with the result, or left for another time, and with the command to go on."""

from __future__ import annotations

import shlex

from tenken.interview import keeping, telling
from tenken.interview.card import Prompt
from tenken.interview.outlook import Outlook
from tenken.phrases import phrase
from tenken.problems import Problems
from tenken.record import RecordFile
from tenken.words import Words


def show_result(file: RecordFile, outlook: Outlook, words: Words, prompt: Prompt) -> None:
    day = words.day(outlook.situation.as_of)
    prompt.say()
    prompt.say(phrase("{system}, as of {day}", system=file.record.system, day=day))
    telling.show(outlook.assessment, words, prompt)
    html = file.path.with_suffix(".html")
    prompt.say(phrase("The whole report, in {file}: {command}", file=html, command=_command("report", file)))


def leave(file: RecordFile, prompt: Prompt, *, unsaved: bool) -> None:
    """Says how to go on; what could not be saved before is tried once more, then printed."""
    try:
        if unsaved:
            file.save()
    except Problems:
        keeping.last_resort(file)
        return
    prompt.say(phrase("Everything is saved in {file}.", file=file.path))
    prompt.say(phrase("To go on: {command}", command=_command("assess", file)))


def _command(name: str, file: RecordFile) -> str:
    return f"tenken {name} {shlex.quote(str(file.path))}"
