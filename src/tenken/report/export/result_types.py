"""What the JSON result holds, as types: its published schema is made from them.

A key is added without a new version; one that goes, or means something else, makes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, TypedDict

from tenken.assessment.judgement import Timing
from tenken.assessment.measure_proof import Proof
from tenken.assessment.status import Status
from tenken.assessment.system_row_types import Applies, Day
from tenken.records.acceptance import AcceptanceEnd
from tenken.records.record import Record, RecordStage
from tenken.rules.crosswalk import Relation
from tenken.rules.requirement import Basis, Force

SCHEMA_VERSION: Final = "2"

RecordData = Annotated[dict[str, Any], Record]
"""A record in the keys of its file, every answer in the long form, with a list of words."""


class Stands(StrEnum):
    """What the answers say of an exception."""

    RELIED_ON = "relied on"
    CLAIMED = "claimed"
    OPEN = "open"
    REFUSED = "refused"


class ExceptionResult(TypedDict):
    """One exception of a requirement, and the answers that grant, refuse or leave it open."""

    id: str
    stands: Stands
    reasons: list[str]


class NoteResult(TypedDict):
    """What a careful reader should know about a finding."""

    says: str
    cites: list[str]


class CheckResult(TypedDict):
    """One measure that concerns this case, or may, of a requirement that applies or may.

    `proof` tells of what is in place whether it is shown by evidence or only said.
    """

    id: str
    ask: str
    cites: list[str]
    basis: Basis
    concerns: Applies
    outstanding: Applies
    proof: Proof | None
    evidence: str
    remedy: str


class AcceptanceResult(TypedDict):
    """A gap that somebody answers for; `ended` says why that no longer holds."""

    by: str
    until: Day
    because: str
    on: Day | None
    ended: AcceptanceEnd | None


class FindingResult(TypedDict):
    """One requirement in the situation the answers describe."""

    id: str
    title: str
    checklist: str
    cites: list[str]
    force: Force
    applies: Applies
    since: Day | None
    since_latest: Day | None
    last_day: Day | None
    timing: Timing | None
    status: Status
    set_aside: bool
    checks_set_aside: list[str]
    accepted: AcceptanceResult | None
    outstanding: list[str]
    house_open: list[str]
    good_practice_open: list[str]
    checks: list[CheckResult]
    remedy: str
    reasons: list[str]
    exceptions: list[ExceptionResult]
    settled_by: list[str]
    notes: list[NoteResult]


class MeasuresResult(TypedDict):
    """How many measures of the text are in place by somebody's word alone, and how many are shown by evidence."""

    said: int
    shown: int


class ChecklistResult(TypedDict):
    """A checklist that was assessed, and which version of it."""

    id: str
    title: str
    jurisdiction: str
    house: list[str]
    version: str
    digest: str
    reviewed: Day
    review_by: Day
    measures: MeasuresResult


class SideResult(TypedDict):
    """What one law has on a topic: the ids of its findings that apply or may, and whether it has anything at all."""

    jurisdiction: str
    has_counterpart: bool
    findings: list[str]


class TopicResult(TypedDict):
    """Two laws on one topic."""

    id: str
    title: str
    relation: Relation
    difference: str
    one_work: str
    left: SideResult
    right: SideResult


class ComparisonResult(TypedDict):
    """Two laws side by side, topic by topic."""

    title: str
    topics: list[TopicResult]


class MovedResult(TypedDict):
    """One requirement that stands otherwise, and the ids of the changed answers it depends on."""

    id: str
    before: Status
    now: Status
    answers: list[str]


class SinceResult(TypedDict):
    """What is different since an earlier time, by whose doing it is.

    `system` is what the system was called then; another name may be another system.
    """

    then: Day
    system: str
    law: list[MovedResult]
    clock: list[MovedResult]
    you: list[MovedResult]
    answers: list[str]


class PenaltyResult(TypedDict):
    """The most that can follow from some requirements that apply or may, with what differs in this case."""

    checklist: str
    says: str
    cites: list[str]
    cases: list[str]
    requirements: list[str]


class CountsResult(TypedDict):
    """How many requirements stand where: those that bind, those the law asks an effort for, and voluntary ones."""

    binding: Mapping[Status, int]
    effort: Mapping[Status, int]
    voluntary: Mapping[Status, int]


class Result(TypedDict):
    """What `tenken report --format json` writes: the findings on one record, by one day."""

    schema_version: Literal["2"]
    made_by: str
    system: str
    organisation: str
    release: str
    stage: RecordStage
    as_of: Day
    checklists: list[ChecklistResult]
    counts: CountsResult
    record: RecordData
    findings: list[FindingResult]
    penalties: list[PenaltyResult]
    comparisons: list[ComparisonResult]
    since: SinceResult | None
