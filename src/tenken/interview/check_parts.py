"""The parts checks come in: what a law asks, what the house asks, good practice, what is voluntary; law by law."""

from __future__ import annotations

from typing import NamedTuple

from tenken.assessment.open_questions import OpenQuestion, Phase, name_phase_section
from tenken.messages.message_catalog import phrase

BINDING_PHASES = (Phase.TEXT, Phase.HOUSE, Phase.PENALTY)
"""What is asked of whoever wants to know how they stand with what binds them."""
_PHASES_BY_LAW = (Phase.TEXT, Phase.GUIDANCE, Phase.VOLUNTARY)


class CheckPart(NamedTuple):
    """What is asked in one go; without a law where that makes no difference, or whatever the law."""

    phase: Phase
    law: str = ""


def find_check_part(open_question: OpenQuestion) -> CheckPart:
    by_law = open_question.phase in _PHASES_BY_LAW
    return CheckPart(open_question.phase, open_question.law if by_law else "")


def name_check_part(part: CheckPart) -> str:
    """What a part is called: its law, where it is law or a guideline that is asked."""
    if part.phase is Phase.GUIDANCE:
        return phrase("Good practice: {law}", law=part.law)
    return part.law or name_phase_section(part.phase)
