"""How a conversation ends: with the result, or left for another time, and with the command to go on."""

from __future__ import annotations

import shlex

from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.files.problems import Problems
from tenken.interview.question_card import Prompt
from tenken.interview.result_summary import show_assessment
from tenken.interview.safe_saving import print_unsaved_record
from tenken.messages.message_catalog import phrase
from tenken.records.record_file import RecordFile


def show_result(record_file: RecordFile, outlook: RunningAssessment, wording: Wording, prompt: Prompt) -> None:
    day = wording.render_day(outlook.situation.as_of)
    prompt.say_paragraph()
    prompt.say_paragraph(phrase("{system}, as of {day}", system=record_file.record.system, day=day))
    show_assessment(outlook.assessment, wording, prompt)
    html = record_file.path.with_suffix(".html")
    prompt.say_paragraph(
        phrase(
            "The whole report, in {file}: {command}", file=html, command=_render_record_command("report", record_file)
        )
    )


def leave_interview(record_file: RecordFile, prompt: Prompt, *, unsaved: bool) -> None:
    """Says how to go on; what could not be saved before is tried once more, then printed."""
    try:
        if unsaved:
            record_file.save()
    except Problems:
        print_unsaved_record(record_file)
        return
    prompt.say_paragraph(phrase("Everything is saved in {file}.", file=record_file.path))
    prompt.say_paragraph(phrase("To go on: {command}", command=_render_record_command("assess", record_file)))


def _render_record_command(name: str, record_file: RecordFile) -> str:
    return f"tenken {name} {shlex.quote(str(record_file.path))}"
