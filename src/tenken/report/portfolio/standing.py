"""How pressing requirements and systems are: what each cell of a grid of systems and laws stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from enum import StrEnum

from tenken.assessment.judgement import Timing
from tenken.assessment.status import GateVerdict, Standing, Status
from tenken.assessment.system_row_types import Applies, RequirementRow, SystemRow
from tenken.rules.requirement import BINDING_FORCES, Force


class Pressing(StrEnum):
    """How a requirement stands in a system, the most pressing first."""

    PROHIBITED = "prohibited"
    GAP = "gap"
    HOUSE = "house"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    LATER = "later"
    SOFT = "soft"
    ASIDE = "aside"
    MET = "met"
    NONE = "none"


BLOCKING = (Pressing.PROHIBITED, Pressing.GAP, Pressing.HOUSE)
"""What stops a build even where unknown answers do not."""
_SET_ASIDE_BY_WORD = (Standing.SET_ASIDE, Standing.CLAIMED)
"""What does not apply because somebody says so, with reasons that nobody judged."""


class SystemStanding(StrEnum):
    """How a system stands as a whole."""

    GAP = "gap"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    LATER = "later"
    CLEAR = "clear"


def list_pressing(row: RequirementRow, accepted: Collection[str]) -> Iterator[Pressing]:
    """How a requirement stands, and whether rules of the house beside it are not met; `accepted` names gaps by id."""
    yield _find_pressing(row, accepted)
    if row["timing"] is Timing.IN_FORCE and row["house_missing"]:
        yield Pressing.HOUSE
    elif row["timing"] in (Timing.IN_FORCE, Timing.OPEN) and (row["house_missing"] or row["house_unknown"]):
        yield Pressing.UNKNOWN


def _find_pressing(row: RequirementRow, accepted: Collection[str]) -> Pressing:
    status, timing = row["status"], row["timing"]
    if row["standing"] in _SET_ASIDE_BY_WORD:
        return Pressing.ASIDE
    if status.meaning.gate is GateVerdict.PASSES:
        return Pressing.NONE if row["applies"] is Applies.NO or status is Status.NOT_APPLICABLE else Pressing.MET
    if row["force"] not in BINDING_FORCES:
        return Pressing.SOFT
    if row["id"] in accepted:
        return Pressing.ACCEPTED
    if timing is Timing.COMING:
        return Pressing.LATER
    if status.needs_answer or timing is Timing.OPEN:
        return Pressing.UNKNOWN
    return Pressing.PROHIBITED if row["force"] is Force.PROHIBITION else Pressing.GAP


def list_accepted_ids(system: SystemRow) -> set[str]:
    """The requirements whose gap somebody answers for today."""
    return {each["requirement"] for each in system["accepted"] if each["ended"] is None}


def count_by_law(system: SystemRow) -> dict[str, Counter[Pressing]]:
    """How many requirements of each law stand how; of what does not apply, only that there is such a law."""
    accepted = list_accepted_ids(system)
    laws: dict[str, Counter[Pressing]] = {}
    for row in system["requirements"]:
        laws.setdefault(row["law"], Counter()).update(list_pressing(row, accepted))
    return laws


def find_system_standing(counts: Counter[Pressing]) -> SystemStanding:
    """How a system stands whose requirements stand so: as the gate sees it."""
    if any(counts[pressing] for pressing in BLOCKING):
        return SystemStanding.GAP
    less = (SystemStanding.UNKNOWN, SystemStanding.ACCEPTED, SystemStanding.LATER)
    return next((standing for standing in less if counts[Pressing(standing.value)]), SystemStanding.CLEAR)


def find_worst(counts: Counter[Pressing]) -> Pressing:
    return next((pressing for pressing in Pressing if counts[pressing]), Pressing.NONE)
