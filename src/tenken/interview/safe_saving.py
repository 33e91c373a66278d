"""Saves a record even if its file cannot be written: tries again, elsewhere, or prints it as a last resort."""

from __future__ import annotations

from pathlib import Path

from tenken.files.problems import Problems
from tenken.interview.prompt import WARNING_MARK, CardOption, Prompt, build_menu
from tenken.messages.message_catalog import phrase, phrase_problem
from tenken.records.record_file import RecordFile
from tenken.terminal.output import print_data, print_talk


def save_record_safely(record_file: RecordFile, prompt: Prompt) -> RecordFile:
    """Saves a record and returns the file it is now in; KeyboardInterrupt if it was left unsaved."""
    while True:
        try:
            record_file.save()
        except Problems as found:
            prompt.say_paragraph("\n".join(map(phrase_problem, found.problems)), mark=WARNING_MARK)
            changed = record_file.reread()
            if changed and _ask_whether_to_reread(prompt):
                return changed
            record_file = _ask_where_to_save(record_file, prompt)
        else:
            return record_file


def _ask_whether_to_reread(prompt: Prompt) -> bool:
    card = build_menu(
        phrase("Somebody else changed the file. What now?"),
        CardOption("reread", phrase("Go on with the file as it is now"), phrase("Your last answer is asked again.")),
        CardOption("elsewhere", phrase("Keep mine in another file"), phrase("The two can be compared later.")),
    )
    return prompt.choose(card) == ("reread",)


def _ask_where_to_save(record_file: RecordFile, prompt: Prompt) -> RecordFile:
    """Where to try next; the answers stay in memory meanwhile."""
    card = build_menu(
        phrase("Your answers are kept in memory. What now?"),
        CardOption("again", phrase("Try again"), phrase("After making room, or mending what was in the way.")),
        CardOption("elsewhere", phrase("Save in another file"), phrase("You name it.")),
        CardOption("leave", phrase("Print them and leave"), phrase("They can be copied from the screen into a file.")),
    )
    match prompt.choose(card):
        case ("leave",):
            raise KeyboardInterrupt
        case ("elsewhere",):
            path = prompt.ask_text(phrase("Save in which file?"), refuse=_refuse_taken_path)
            return RecordFile(Path(path), record_file.record) if path else record_file
        case _:
            return record_file


def _refuse_taken_path(path: str) -> str:
    return phrase("There is a file of that name already; name another.") if Path(path).exists() else ""


def print_unsaved_record(record_file: RecordFile) -> None:
    """Prints a record that could not be saved anywhere, as the text its file would hold."""
    print_talk(phrase("Not saved anywhere. This is the record; copy it into a file:"))
    print_data(record_file.text.rstrip("\n"))
