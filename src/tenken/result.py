"""An assessment as plain data for programs: the JSON result, in words that do not change with the language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from tenken import __version__, crosswalk
from tenken.answers import Record
from tenken.assess import Assessment, Finding, Measure, Reason, Status, WayOut
from tenken.compare import Comparison, Side, comparisons
from tenken.logic import Truth, Value

SCHEMA_VERSION = "1"


def as_json(assessment: Assessment, record: Record) -> dict[str, Any]:
    checklists = assessment.library.checklists.values()
    counts = Counter(finding.status for finding in assessment.findings)
    return {
        "schema_version": SCHEMA_VERSION,
        "made_by": f"tenken {__version__}",
        "system": record.system,
        "organisation": record.organisation,
        "as_of": assessment.situation.as_of.isoformat(),
        "checklists": [
            {"id": item.id, "version": item.version, "digest": item.digest, "reviewed": item.reviewed.isoformat()}
            for item in checklists
        ],
        "counts": {str(status): counts[status] for status in Status},
        "findings": [finding_json(finding) for finding in assessment.findings],
        "comparisons": [_comparison(each) for each in comparisons(assessment, crosswalk.load_for(assessment.library))],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    requirement = finding.requirement
    return {
        "id": requirement.id,
        "checklist": requirement.checklist,
        "cites": list(requirement.cites),
        "force": requirement.force,
        "applies": finding.applies.name.lower(),
        "since": _day(finding.since),
        "timing": finding.timing,
        "status": finding.status,
        "set_aside": finding.set_aside,
        "outstanding": _ids(finding.outstanding),
        "good_practice_open": _ids(finding.good_practice_open),
        "reasons": [_reason(reason) for reason in finding.reasons],
        "exceptions": [_exception(way) for way in finding.ways_out],
        "settled_by": list(finding.settled_by),
        "notes": [{"says": note.says, "cites": list(note.cites)} for note in finding.notes.values()],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    """Two laws side by side, topic by topic; the findings by their ids."""
    topics = [
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


def _side(side: Side) -> dict[str, Any]:
    findings = [found.requirement.id for found in side.findings]
    return {"jurisdiction": side.jurisdiction, "has_counterpart": side.has_counterpart, "findings": findings}


def _ids(measures: Iterable[Measure]) -> list[str]:
    return [measure.check.id for measure in measures]


def _reason(reason: Reason) -> dict[str, Any]:
    return {"question": reason.question, "answer": _value(reason.value)}


def _exception(way: WayOut) -> dict[str, Any]:
    stands = {Truth.YES: "relied on", Truth.UNKNOWN: "open", Truth.NO: "refused"}[way.holds]
    return {"id": way.way.id, "stands": stands, "reasons": [_reason(reason) for reason in way.reasons]}


def _value(value: Value | None) -> Any:
    if value is None or isinstance(value, date):
        return _day(value)
    return value[0] if len(value) == 1 else list(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
