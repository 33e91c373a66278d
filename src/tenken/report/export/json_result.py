"""An assessment as plain data for programs: the JSON result, in words that do not change with the language."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from tenken import __version__
from tenken.assessment.accepted_gaps import AcceptedGap, map_accepted_gaps
from tenken.assessment.changes_since import ChangesSince, MovedFinding
from tenken.assessment.findings import Assessment, ExceptionFinding, Finding, Measure, PenaltyTier, Reason
from tenken.assessment.gate import list_checks_set_aside
from tenken.assessment.law_comparison import LawComparison, LawSide, list_law_comparisons
from tenken.assessment.measure_proof import count_proof, find_proof
from tenken.assessment.status import Status
from tenken.assessment.system_row_types import Applies, Day
from tenken.records.record import NO_ANSWER, Record
from tenken.records.record_text import build_uniform_record_data
from tenken.report.export.result_types import (
    SCHEMA_VERSION,
    AcceptanceResult,
    ChecklistResult,
    CheckResult,
    ComparisonResult,
    ExceptionResult,
    FindingResult,
    MovedResult,
    PenaltyResult,
    Result,
    SideResult,
    SinceResult,
    Stands,
    TopicResult,
)
from tenken.report.formats import ReportMaterial
from tenken.report.view.finding import find_tone
from tenken.rules.checklist import Checklist
from tenken.rules.crosswalk import load_crosswalks
from tenken.rules.logic import Truth


def write_json_report(material: ReportMaterial) -> str:
    return render_json_result(build_result(material.assessment, material.record_file.record, material.since))


def render_json_result(result: Result) -> str:
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def build_result(assessment: Assessment, record: Record, since: ChangesSince | None = None) -> Result:
    as_of = assessment.situation.as_of
    accepted = map_accepted_gaps(record, assessment)
    return {
        "schema_version": SCHEMA_VERSION,
        "made_by": f"tenken {__version__}",
        "system": record.system,
        "organisation": record.organisation,
        "release": record.release,
        "stage": record.status,
        "as_of": _render_iso_day(as_of),
        "checklists": [
            _build_checklist_result(checklist, assessment, record)
            for checklist in assessment.library.checklists.values()
        ],
        "counts": {
            "binding": _count_statuses(assessment, "binding"),
            "effort": _count_statuses(assessment, "effort"),
            "voluntary": _count_statuses(assessment, "soft"),
        },
        "record": build_uniform_record_data(record),
        "findings": [_build_finding_result(finding, record, accepted, as_of) for finding in assessment.findings],
        "penalties": [_build_penalty_result(tier) for tier in assessment.penalties],
        "comparisons": [
            _build_comparison_result(each)
            for each in list_law_comparisons(assessment, load_crosswalks(assessment.library))
        ],
        "since": _build_since_result(since) if since else None,
    }


def _count_statuses(assessment: Assessment, tone: str) -> dict[Status, int]:
    counts = Counter(finding.status for finding in assessment.findings if find_tone(finding) == tone)
    return {status: counts[status] for status in Status}


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


def _build_checklist_result(checklist: Checklist, assessment: Assessment, record: Record) -> ChecklistResult:
    findings = (finding for finding in assessment.findings if finding.requirement.checklist == checklist.id)
    proof = count_proof(findings, record, assessment.situation.as_of)
    return {
        "id": checklist.id,
        "title": checklist.title,
        "jurisdiction": checklist.jurisdiction,
        "house": list(checklist.house),
        "version": checklist.version,
        "digest": checklist.digest,
        "reviewed": _render_iso_day(checklist.reviewed),
        "review_by": _render_iso_day(checklist.review_by),
        "measures": {"said": proof.said, "shown": proof.shown},
    }


def _build_penalty_result(tier: PenaltyTier) -> PenaltyResult:
    return {
        "checklist": tier.checklist,
        "says": tier.penalty.says,
        "cites": list(tier.penalty.cites),
        "cases": list(tier.cases),
        "requirements": list(tier.requirements),
    }


def _build_finding_result(
    finding: Finding, record: Record, accepted: Mapping[str, AcceptedGap], as_of: date
) -> FindingResult:
    requirement = finding.requirement
    assert requirement.force is not None
    return {
        "id": requirement.id,
        "title": requirement.title,
        "checklist": requirement.checklist,
        "cites": list(requirement.cites),
        "force": requirement.force,
        "applies": Applies[finding.applies.name],
        "since": _render_possible_day(finding.since),
        "since_latest": _render_possible_day(finding.since_latest),
        "last_day": _render_possible_day(requirement.last_day),
        "timing": finding.timing,
        "status": finding.status,
        "set_aside": finding.set_aside,
        "checks_set_aside": _list_check_ids(list_checks_set_aside(finding)),
        "outstanding": _list_check_ids(finding.outstanding),
        "house_open": _list_check_ids(finding.house_open),
        "good_practice_open": _list_check_ids(finding.good_practice_open),
        "accepted": _build_acceptance_result(accepted.get(requirement.id)),
        "checks": [_build_check_result(measure, record, as_of) for measure in _list_concerned_measures(finding)],
        "remedy": requirement.remedy,
        "reasons": _list_deciding_questions(finding.reasons),
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


def _list_concerned_measures(finding: Finding) -> list[Measure]:
    if finding.applies is Truth.NO:
        return []
    return [measure for measure in finding.measures if measure.concerns is not Truth.NO]


def _build_acceptance_result(gap: AcceptedGap | None) -> AcceptanceResult | None:
    if gap is None:
        return None
    return {
        "by": gap.acceptance.by,
        "until": _render_iso_day(gap.acceptance.until),
        "because": gap.acceptance.because,
        "on": _render_possible_day(gap.acceptance.on),
        "ended": gap.ended,
    }


def _build_check_result(measure: Measure, record: Record, as_of: date) -> CheckResult:
    check = measure.check
    return {
        "id": check.id,
        "ask": check.ask,
        "cites": list(check.cites),
        "basis": check.basis,
        "concerns": Applies[measure.concerns.name],
        "outstanding": Applies[measure.outstanding.name],
        "proof": find_proof(measure, record.answers.get(check.id, NO_ANSWER), as_of),
        "evidence": check.evidence,
        "remedy": check.remedy,
    }


def _list_deciding_questions(reasons: Iterable[Reason]) -> list[str]:
    return list(dict.fromkeys(reason.question for reason in reasons))


def _build_exception_result(exception: ExceptionFinding) -> ExceptionResult:
    stands = {Truth.YES: Stands.RELIED_ON, Truth.UNKNOWN: Stands.OPEN, Truth.NO: Stands.REFUSED}[exception.holds]
    return {
        "id": exception.exception.id,
        "stands": Stands.CLAIMED if exception.is_only_claimed else stands,
        "reasons": _list_deciding_questions(exception.reasons),
    }


def _render_iso_day(day: date) -> Day:
    return Day(day.isoformat())


def _render_possible_day(day: date | None) -> Day | None:
    return _render_iso_day(day) if day else None
