"""What is known of one system among many, as plain data: its published schema is made from these types.

One row is one line of JSON. A key is added without a new version; one that goes, or means something else, makes one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal, NewType, NotRequired, TypedDict, final

from tenken.assessment.judgement import Timing
from tenken.assessment.status import Standing, Status
from tenken.records.acceptance import AcceptanceEnd
from tenken.rules.requirement import Force

ROW_SCHEMA_VERSION: Final = "1"

Day = NewType("Day", str)
"""A day as text, such as 2026-08-02."""


class Applies(StrEnum):
    """Whether a requirement applies, as far as the answers tell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class SystemStage(StrEnum):
    """How far a record has come; one that was signed off and changed after that is no longer what was signed."""

    DRAFT = "draft"
    FINAL = "final"
    SIGNED_OFF = "signed off"
    CHANGED = "changed"


class MovedBy(StrEnum):
    """What made a requirement stand otherwise."""

    LAW = "law"
    CALENDAR = "calendar"
    ANSWERS = "answers"


class RequirementRow(TypedDict):
    """Where one requirement stands in one system, by the answers alone.

    `missing` and `house_missing` are the checks of the text and of the house that are certainly outstanding,
    `house_unknown` those of the house of which nobody knows.
    """

    id: str
    checklist: str
    law: str
    force: Force
    applies: Applies
    status: Status
    set_aside: bool
    standing: Standing
    timing: Timing | None
    since: Day | None
    since_latest: Day | None
    until: Day | None
    reasons: list[str]
    missing: list[str]
    house_missing: list[str]
    house_unknown: list[str]
    settled_by: list[str]


class InHandRow(TypedDict):
    """Something missing or open that somebody has in hand, or that has a day.

    `check` is a check or a question, `requirement` empty for a question that several requirements may wait for.
    """

    check: str
    requirement: str
    owner: str
    due: Day | None


class ProofRow(TypedDict):
    """The checks of the text that are in place: shown by evidence, or only said; of the said, those once shown."""

    shown: list[str]
    said: list[str]
    stale: list[str]


class AcceptedGapRow(TypedDict):
    """A gap that somebody answers for; `ended` says why that no longer holds."""

    requirement: str
    by: str
    until: Day
    ended: AcceptanceEnd | None


class ProblemRow(TypedDict):
    """What is wrong with a record, and where."""

    place: str
    message: str


class VerdictRow(TypedDict):
    """Where a requirement stands at one of two times."""

    applies: Applies
    status: Status
    standing: Standing
    timing: Timing | None
    since: Day | None
    since_latest: Day | None


class MovedRequirementRow(TypedDict):
    """One requirement that stands otherwise; nothing where it is not asked for at that time.

    `answers` are the changed answers it depends on.
    """

    id: str
    law: str
    force: Force
    moved_by: MovedBy
    before: VerdictRow | None
    now: VerdictRow | None
    answers: list[str]


class ChangesRow(TypedDict):
    """What is different in a system: since an earlier time, or if something were otherwise.

    `ask_again` are the questions that decide something now and did not before. `not_asked` were to be answered for all
    systems and are no question to this one. `is_new` tells that there is no earlier record.
    """

    then: Day
    is_new: bool
    moved: list[MovedRequirementRow]
    ask_again: list[str]
    not_asked: list[str]


@final
class UnreadableRow(TypedDict):
    """A record that cannot be read or judged, and why."""

    made_by: NotRequired[str]
    schema_version: Literal["1"]
    file: str
    problems: list[ProblemRow]


class SystemRow(TypedDict):
    """One system: where every requirement stands, and what its record says of that.

    `whom` tells of the questions that would settle something who would know, as far as anybody is named.
    """

    made_by: NotRequired[str]
    schema_version: Literal["1"]
    file: str
    system: str
    organisation: str
    release: str
    stage: SystemStage
    as_of: Day
    rules_moved: bool
    requirements: list[RequirementRow]
    in_hand: list[InHandRow]
    proof: ProofRow
    accepted: list[AcceptedGapRow]
    whom: dict[str, str]
    problems: list[ProblemRow]
    changes: NotRequired[ChangesRow]


PortfolioRow = SystemRow | UnreadableRow
