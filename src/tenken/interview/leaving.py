"""What is done when an interview is left: a last try to save, and how to go on."""

from __future__ import annotations

import shlex

from tenken.files.problems import Problems
from tenken.interview.prompt import Prompt
from tenken.interview.safe_saving import print_unsaved_record
from tenken.messages.message_catalog import phrase
from tenken.records.record_file import RecordFile


def leave_interview(record_file: RecordFile, prompt: Prompt, *, is_unsaved: bool) -> None:
    """Says how to go on; what could not be saved before is tried once more, then printed."""
    try:
        if is_unsaved:
            record_file.save()
    except Problems:
        print_unsaved_record(record_file)
        return
    prompt.say_paragraph(phrase("Everything is saved in {file}.", file=record_file.path))
    prompt.say_paragraph(phrase("To go on: {command}", command=f"tenken assess {shlex.quote(str(record_file.path))}"))
