"""An assessment as plain data for programs: the JSON result, in words that do not change with the language.

The classes say what it holds; its published schema is made from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, NewType, TypedDict

from tenken import __version__, crosswalk
from tenken.answers import Record
from tenken.assess import Assessment, Finding, Measure, Reason, Status, Timing, WayOut
from tenken.checklist import Checklist
from tenken.compare import Comparison, Side, comparisons
from tenken.crosswalk import Relation
from tenken.logic import Truth, Value
from tenken.model import Force
from tenken.record import as_data
from tenken.since import Moved, Since

SCHEMA_VERSION: Final = "1"

Day = NewType("Day", str)
"""A day as text, such as 2026-08-02."""

Answer = str | list[str] | None
"""One word or a day, several words, or nothing."""

RecordData = Annotated[dict[str, Any], Record]
"""A record as its file holds it."""


class Applies(StrEnum):
    """Whether a requirement applies, as far as the answers tell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Stands(StrEnum):
    """What the answers say of an exception."""

    RELIED_ON = "relied on"
    OPEN = "open"
    REFUSED = "refused"


class ReasonResult(TypedDict):
    """An answer that decided something, or a question that leaves it open."""

    question: str
    answer: Answer


class ExceptionResult(TypedDict):
    """One exception of a requirement, and the answers that grant, refuse or leave it open."""

    id: str
    stands: Stands
    reasons: list[ReasonResult]


class NoteResult(TypedDict):
    """What a careful reader should know about a finding."""

    says: str
    cites: list[str]


class FindingResult(TypedDict):
    """One requirement in the situation the answers describe."""

    id: str
    checklist: str
    cites: list[str]
    force: Force
    applies: Applies
    since: Day | None
    timing: Timing | None
    status: Status
    set_aside: bool
    outstanding: list[str]
    house_open: list[str]
    good_practice_open: list[str]
    reasons: list[ReasonResult]
    exceptions: list[ExceptionResult]
    settled_by: list[str]
    notes: list[NoteResult]


class ChecklistResult(TypedDict):
    """A checklist that was assessed, and which version of it."""

    id: str
    version: str
    digest: str
    reviewed: Day


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
    """What is different since an earlier time, by whose doing it is."""

    then: Day
    law: list[MovedResult]
    clock: list[MovedResult]
    you: list[MovedResult]
    answers: list[str]


class Result(TypedDict):
    """What `tenken report --format json` writes: the findings on one record, by one day."""

    schema_version: Literal["1"]
    made_by: str
    system: str
    organisation: str
    as_of: Day
    checklists: list[ChecklistResult]
    counts: Mapping[Status, int]
    record: RecordData
    findings: list[FindingResult]
    comparisons: list[ComparisonResult]
    since: SinceResult | None


def as_json(assessment: Assessment, record: Record, since: Since | None = None) -> Result:
    counts = Counter(finding.status for finding in assessment.findings)
    return {
        "schema_version": SCHEMA_VERSION,
        "made_by": f"tenken {__version__}",
        "system": record.system,
        "organisation": record.organisation,
        "as_of": _day(assessment.situation.as_of),
        "checklists": [_checklist(item) for item in assessment.library.checklists.values()],
        "counts": {status: counts[status] for status in Status},
        "record": as_data(record),
        "findings": [finding_json(finding) for finding in assessment.findings],
        "comparisons": [_comparison(each) for each in comparisons(assessment, crosswalk.load_for(assessment.library))],
        "since": _since(since) if since else None,
    }


def _since(since: Since) -> SinceResult:
    return {
        "then": _day(since.then),
        "law": _moved(since.law),
        "clock": _moved(since.clock),
        "you": _moved(since.you),
        "answers": list(since.answers),
    }


def _moved(moved: Iterable[Moved]) -> list[MovedResult]:
    return [
        {
            "id": each.after.requirement.id,
            "before": each.before.status,
            "now": each.after.status,
            "answers": list(each.answers),
        }
        for each in moved
    ]


def _checklist(item: Checklist) -> ChecklistResult:
    return {"id": item.id, "version": item.version, "digest": item.digest, "reviewed": _day(item.reviewed)}


def finding_json(finding: Finding) -> FindingResult:
    requirement = finding.requirement
    assert requirement.force is not None
    return {
        "id": requirement.id,
        "checklist": requirement.checklist,
        "cites": list(requirement.cites),
        "force": requirement.force,
        "applies": Applies[finding.applies.name],
        "since": _day(finding.since) if finding.since else None,
        "timing": finding.timing,
        "status": finding.status,
        "set_aside": finding.set_aside,
        "outstanding": _ids(finding.outstanding),
        "house_open": _ids(finding.house_open),
        "good_practice_open": _ids(finding.good_practice_open),
        "reasons": [_reason(reason) for reason in finding.reasons],
        "exceptions": [_exception(way) for way in finding.ways_out],
        "settled_by": list(finding.settled_by),
        "notes": [{"says": note.says, "cites": list(note.cites)} for note in finding.notes.values()],
    }


def _comparison(comparison: Comparison) -> ComparisonResult:
    topics: list[TopicResult] = [
        {
            "id": row.topic.id,
            "title": row.topic.title,
            "relation": row.topic.relation,
            "difference": row.topic.difference,
            "one_work": row.topic.one_work,
            "left": _side(row.left),
            "right": _side(row.right),
        }
        for row in comparison.rows
    ]
    return {"title": comparison.crosswalk.title, "topics": topics}


def _side(side: Side) -> SideResult:
    findings = [found.requirement.id for found in side.findings]
    return {"jurisdiction": side.jurisdiction, "has_counterpart": side.has_counterpart, "findings": findings}


def _ids(measures: Iterable[Measure]) -> list[str]:
    return [measure.check.id for measure in measures]


def _reason(reason: Reason) -> ReasonResult:
    return {"question": reason.question, "answer": _answer(reason.value)}


def _exception(way: WayOut) -> ExceptionResult:
    stands = {Truth.YES: Stands.RELIED_ON, Truth.UNKNOWN: Stands.OPEN, Truth.NO: Stands.REFUSED}[way.holds]
    return {"id": way.way.id, "stands": stands, "reasons": [_reason(reason) for reason in way.reasons]}


def _answer(value: Value | None) -> Answer:
    if value is None or isinstance(value, date):
        return _day(value) if value else None
    return value[0] if len(value) == 1 else list(value)


def _day(day: date) -> Day:
    return Day(day.isoformat())
