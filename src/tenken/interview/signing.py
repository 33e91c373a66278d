"""A record that is final or signed off: nobody changes it without being told that it becomes a draft again."""

from __future__ import annotations

from tenken import terminal
from tenken.answers import Record, Stage
from tenken.interview.card import Option, Prompt, menu
from tenken.phrases import phrase
from tenken.words import Words


def is_final(record: Record) -> bool:
    return record.status is Stage.FINAL or record.signed_off is not None


def agreed(record: Record, words: Words, prompt: Prompt | None) -> bool:
    """Whether answers may be changed: a person is asked about a final record, a program is told."""
    if not is_final(record):
        return True
    if prompt is None:
        terminal.say(_told(record, words))
        return True
    card = menu(
        _told(record, words),
        Option("change", phrase("Change it"), phrase("It will have to be signed off anew.")),
        Option("leave", phrase("Leave it as it is"), phrase("Nothing is changed.")),
    )
    return prompt.choose(card) == ("change",)


def _told(record: Record, words: Words) -> str:
    signed = record.signed_off
    if signed is None:
        return phrase("This record is final. Changing an answer makes it a draft again.")
    text = "This record is signed off by {by} on {day}. Changing an answer makes it a draft again."
    return phrase(text, by=signed.by, day=words.day(signed.on))
