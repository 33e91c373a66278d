"""Where a requirement can stand, and all that follows from it: when, how pressing, what it needs, under which words.

Whatever depends on a status asks it here. A new one is a member, its meaning and the standing it is shown as; the type
checker names what is missing.
"""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import assert_never

from tenken.files.frozen_classes import Frozen
from tenken.rules.logic import Truth
from tenken.rules.requirement import EXPLAINED, MET, NOT_MET


class Needs(Enum):
    """What a requirement still waits for."""

    ACTION = auto()
    ANSWER = auto()
    NOTHING = auto()


class GateVerdict(Enum):
    """What the gate makes of a rule that binds."""

    FAILS = auto()
    FAILS_WHILE_UNKNOWN = auto()
    PASSES = auto()


class Standing(StrEnum):
    """A status as a reader sees it, finer than the status itself: the key of its words and of its colour.

    They stand in the order of the columns of a table.
    """

    GAP = "gap"
    PARTLY = "partly"
    UNDETERMINED = "undetermined"
    MET = "met"
    IN_ANY_CASE = "in_any_case"
    EXPLAINED = "explained"
    NOT_APPLICABLE = "not_applicable"
    SET_ASIDE = "set_aside"
    CLAIMED = "claimed"

    @property
    def column(self) -> Standing:
        """The column it is counted in: its own, or that of the status it makes finer."""
        match self:
            case Standing.IN_ANY_CASE:
                return Standing.MET
            case Standing.SET_ASIDE | Standing.CLAIMED:
                return Standing.NOT_APPLICABLE
            case Standing.GAP | Standing.PARTLY | Standing.UNDETERMINED:
                return self
            case Standing.MET | Standing.EXPLAINED | Standing.NOT_APPLICABLE:
                return self
            case _:
                assert_never(self)

    @property
    def is_optional_column(self) -> bool:
        """Whether a table in which nothing stands there goes without its column."""
        match self:
            case Standing.PARTLY | Standing.EXPLAINED:
                return True
            case Standing.GAP | Standing.UNDETERMINED | Standing.MET | Standing.NOT_APPLICABLE:
                return False
            case Standing.IN_ANY_CASE | Standing.SET_ASIDE | Standing.CLAIMED:
                return True
            case _:
                assert_never(self)


class StatusMeaning(Frozen):
    """What a status means.

    `urgency` counts up from the most pressing. `answered` is what somebody says of every measure where what applies
    comes to this status; empty where nothing applies. What is not told of one by one is only counted.
    """

    says: str
    urgency: int
    needs: Needs
    gate: GateVerdict
    standing: Standing
    answered: str
    is_told: bool = True


class Status(StrEnum):
    """Where a requirement stands, the most pressing first."""

    GAP = "gap"
    UNDETERMINED = "undetermined"
    MET = "met"
    EXPLAINED = "explained"
    NOT_APPLICABLE = "not applicable"

    @property
    def meaning(self) -> StatusMeaning:
        return _MEANINGS[self]

    @property
    def is_open(self) -> bool:
        return self.meaning.needs is not Needs.NOTHING

    @property
    def needs_action(self) -> bool:
        return self.meaning.needs is Needs.ACTION

    @property
    def needs_answer(self) -> bool:
        return self.meaning.needs is Needs.ANSWER


def _explain_status(status: Status) -> StatusMeaning:
    # The tables and the JSON name `met` before `explained`; a list of findings tells of what was explained first, for
    # its reason wants a reader.
    match status:
        case Status.GAP:
            says = "It applies, and something the text asks for is missing."
            return StatusMeaning(says, 0, Needs.ACTION, GateVerdict.FAILS, Standing.GAP, answered=NOT_MET)
        case Status.UNDETERMINED:
            says, gate = "An open answer decides it.", GateVerdict.FAILS_WHILE_UNKNOWN
            return StatusMeaning(says, 1, Needs.ANSWER, gate, Standing.UNDETERMINED, answered=NOT_MET)
        case Status.EXPLAINED:
            says = "It is not followed, and a reason is given where that is a full answer."
            return StatusMeaning(says, 2, Needs.NOTHING, GateVerdict.PASSES, Standing.EXPLAINED, answered=EXPLAINED)
        case Status.MET:
            says = "It applies, and nothing the text asks for is missing."
            return StatusMeaning(says, 3, Needs.NOTHING, GateVerdict.PASSES, Standing.MET, answered=MET)
        case Status.NOT_APPLICABLE:
            says, standing = "It does not apply.", Standing.NOT_APPLICABLE
            return StatusMeaning(says, 4, Needs.NOTHING, GateVerdict.PASSES, standing, answered="", is_told=False)
        case _:
            assert_never(status)


def name_standing(
    status: Status, applies: Truth, *, set_aside: bool, is_claimed: bool, is_begun_and_soft: bool
) -> Standing:
    """The name of a status as a reader sees it, finer than the status itself.

    Begun and soft is what asks for no more than an effort, and of which a measure is in place, or partly.
    """
    if set_aside:
        return Standing.SET_ASIDE
    if is_claimed:
        return Standing.CLAIMED
    if status is Status.MET and applies is Truth.UNKNOWN:
        return Standing.IN_ANY_CASE
    if status is Status.GAP and is_begun_and_soft:
        return Standing.PARTLY
    return status.meaning.standing


_MEANINGS = {status: _explain_status(status) for status in Status}
