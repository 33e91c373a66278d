"""An assessment as plain data for programs: the JSON result, in words that do not change with the language.

The classes say what it holds; its published schema is made from them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, NewType, TypedDict

from tenken import __version__
from tenken.assessment.changes_since import ChangesSince, MovedFinding
from tenken.assessment.findings import Assessment, ExceptionFinding, Finding, Measure, PenaltyTier, Reason, Timing
from tenken.assessment.law_comparison import LawComparison, LawSide, list_law_comparisons
from tenken.assessment.status import Status
from tenken.records.record import Record
from tenken.records.record_text import build_record_data
from tenken.report.formats import ReportMaterial
from tenken.rules.answer_kinds import AnswerValue, write_answer
from tenken.rules.checklist import Checklist
from tenken.rules.crosswalk import Relation, load_crosswalks
from tenken.rules.logic import Truth
from tenken.rules.requirement import Force

SCHEMA_VERSION: Final = "1"

Day = NewType("Day", str)
"""A day as text, such as 2026-08-02."""

AnswerResult = str | list[str] | None
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
    CLAIMED = "claimed"
    OPEN = "open"
    REFUSED = "refused"


class ReasonResult(TypedDict):
    """An answer that decided something, or a question that leaves it open."""

    question: str
    answer: AnswerResult


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
    since_latest: Day | None
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
    penalties: list[PenaltyResult]
    comparisons: list[ComparisonResult]
    since: SinceResult | None


def _build_penalty_result(tier: PenaltyTier) -> PenaltyResult:
    return {
        "checklist": tier.checklist,
        "says": tier.penalty.says,
        "cites": list(tier.penalty.cites),
        "cases": list(tier.cases),
        "requirements": list(tier.requirements),
    }


def write_json_report(material: ReportMaterial) -> str:
    return render_json_result(build_result(material.assessment, material.record_file.record, material.since))


def render_json_result(result: Result) -> str:
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def build_result(assessment: Assessment, record: Record, since: ChangesSince | None = None) -> Result:
    counts = Counter(finding.status for finding in assessment.findings)
    return {
        "schema_version": SCHEMA_VERSION,
        "made_by": f"tenken {__version__}",
        "system": record.system,
        "organisation": record.organisation,
        "as_of": _render_iso_day(assessment.situation.as_of),
        "checklists": [_build_checklist_result(checklist) for checklist in assessment.library.checklists.values()],
        "counts": {status: counts[status] for status in Status},
        "record": build_record_data(record),
        "findings": [build_finding_result(finding) for finding in assessment.findings],
        "penalties": [_build_penalty_result(tier) for tier in assessment.penalties],
        "comparisons": [
            _build_comparison_result(each)
            for each in list_law_comparisons(assessment, load_crosswalks(assessment.library))
        ],
        "since": _build_since_result(since) if since else None,
    }


def _build_since_result(since: ChangesSince) -> SinceResult:
    return {
        "then": _render_iso_day(since.then),
        "system": since.systems[0],
        "law": _build_moved_results(since.law),
        "clock": _build_moved_results(since.clock),
        "you": _build_moved_results(since.you),
        "answers": list(since.answers),
    }


def _build_moved_results(moved: Iterable[MovedFinding]) -> list[MovedResult]:
    return [
        {
            "id": each.after.requirement.id,
            "before": each.before.status,
            "now": each.after.status,
            "answers": list(each.answers),
        }
        for each in moved
    ]


def _build_checklist_result(checklist: Checklist) -> ChecklistResult:
    return {
        "id": checklist.id,
        "version": checklist.version,
        "digest": checklist.digest,
        "reviewed": _render_iso_day(checklist.reviewed),
    }


def build_finding_result(finding: Finding) -> FindingResult:
    requirement = finding.requirement
    assert requirement.force is not None
    return {
        "id": requirement.id,
        "checklist": requirement.checklist,
        "cites": list(requirement.cites),
        "force": requirement.force,
        "applies": Applies[finding.applies.name],
        "since": _render_iso_day(finding.since) if finding.since else None,
        "since_latest": _render_iso_day(finding.since_latest) if finding.since_latest else None,
        "timing": finding.timing,
        "status": finding.status,
        "set_aside": finding.set_aside,
        "outstanding": _list_check_ids(finding.outstanding),
        "house_open": _list_check_ids(finding.house_open),
        "good_practice_open": _list_check_ids(finding.good_practice_open),
        "reasons": [_build_reason_result(reason) for reason in finding.reasons],
        "exceptions": [_build_exception_result(exception) for exception in finding.exceptions],
        "settled_by": list(finding.settled_by),
        "notes": [{"says": note.says, "cites": list(note.cites)} for note in finding.notes.values()],
    }


def _build_comparison_result(comparison: LawComparison) -> ComparisonResult:
    topics: list[TopicResult] = [
        {
            "id": row.topic.id,
            "title": row.topic.title,
            "relation": row.topic.relation,
            "difference": row.topic.difference,
            "one_work": row.topic.one_work,
            "left": _build_side_result(row.left),
            "right": _build_side_result(row.right),
        }
        for row in comparison.rows
    ]
    return {"title": comparison.crosswalk.title, "topics": topics}


def _build_side_result(side: LawSide) -> SideResult:
    findings = [finding.requirement.id for finding in side.findings]
    return {"jurisdiction": side.jurisdiction, "has_counterpart": side.has_counterpart, "findings": findings}


def _list_check_ids(measures: Iterable[Measure]) -> list[str]:
    return [measure.check.id for measure in measures]


def _build_reason_result(reason: Reason) -> ReasonResult:
    return {"question": reason.question, "answer": _build_answer_result(reason.value)}


def _build_exception_result(exception: ExceptionFinding) -> ExceptionResult:
    stands = {Truth.YES: Stands.RELIED_ON, Truth.UNKNOWN: Stands.OPEN, Truth.NO: Stands.REFUSED}[exception.holds]
    return {
        "id": exception.exception.id,
        "stands": Stands.CLAIMED if exception.is_only_claimed else stands,
        "reasons": [_build_reason_result(reason) for reason in exception.reasons],
    }


def _build_answer_result(value: AnswerValue | None) -> AnswerResult:
    words = write_answer(value) if value else ()
    return list(words) if len(words) > 1 else next(iter(words), None)


def _render_iso_day(day: date) -> Day:
    return Day(day.isoformat())
