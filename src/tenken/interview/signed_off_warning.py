"""Warns before a record that is final or signed off is changed, which makes it a draft again."""

from __future__ import annotations

from tenken.assessment.wording import Wording
from tenken.interview.prompt import CardOption, Prompt, build_menu
from tenken.messages.message_catalog import phrase
from tenken.records.record import Record, RecordStage
from tenken.terminal.output import print_talk


def is_final_record(record: Record) -> bool:
    return record.status is RecordStage.FINAL or bool(record.signed_off)


def confirm_record_change(record: Record, wording: Wording, prompt: Prompt | None) -> bool:
    """Whether answers may be changed: a person is asked about a final record, a program is told."""
    if not is_final_record(record):
        return True
    if prompt is None:
        print_talk(_phrase_final_warning(record, wording))
        return True
    card = build_menu(
        _phrase_final_warning(record, wording),
        CardOption("change", phrase("Change it"), phrase("It will have to be signed off anew.")),
        CardOption("leave", phrase("Leave it as it is"), phrase("Nothing is changed.")),
    )
    return prompt.choose(card) == ("change",)


def _phrase_final_warning(record: Record, wording: Wording) -> str:
    signed = max(record.signed_off, key=lambda signed: signed.on, default=None)
    if signed is None:
        return phrase("This record is final. Changing an answer makes it a draft again.")
    text = "This record is signed off by {by} on {day}. Changing an answer makes it a draft again."
    return phrase(text, by=signed.by, day=wording.render_day(signed.on))
