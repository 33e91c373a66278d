"""What is said when a part of an interview begins."""

from __future__ import annotations

from tenken.assessment.open_questions import Phase
from tenken.interview.check_parts import CheckPart
from tenken.interview.prompt import Prompt
from tenken.messages.message_catalog import phrase, phrase_count


def introduce_part(part: CheckPart, count: int, prompt: Prompt) -> None:
    """Says what a part with so many checks is about; nothing where that goes without saying."""
    checks = phrase_count(count, "1 check", "{count} checks")
    text = {
        Phase.TEXT: phrase("Now what is in place, {law}: {checks}.", law=part.law, checks=checks),
        Phase.HOUSE: phrase("Now the rules of your own house: {checks}.", checks=checks),
        Phase.GUIDANCE: phrase("Now good practice from official guidance: {checks}; no duties.", checks=checks),
        Phase.VOLUNTARY: phrase("Now {law}: {checks}, all voluntary.", law=part.law, checks=checks),
    }.get(part.phase)
    if text:
        prompt.say_paragraph()
        prompt.say_paragraph(text)
