"""What the gate found as plain data for programs: its types, of which the published schema is made, and its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypedDict

from tenken import __version__
from tenken.assessment.checked_records import CheckedRecord, GateOutcome, GateRun, UnreadableRecord
from tenken.assessment.gate_faults import FaultKind, GateFault
from tenken.assessment.status import Status
from tenken.assessment.system_row_types import Day
from tenken.files.file_names import find_relative_name
from tenken.files.problems import Place
from tenken.report.export.plain_json import render_plain_json

GATE_SCHEMA_VERSION: Final = "1"


class PlaceResult(TypedDict):
    """A line of a file; 0 means the file as a whole."""

    file: str
    line: int
    column: int


class FaultResult(TypedDict):
    """One thing the gate found in a record."""

    kind: FaultKind
    requirement: str
    check: str
    checklist: str
    title: str
    status: Status
    says: list[str]
    missing: list[str]
    open: list[str]
    places: list[PlaceResult]


class MistakeResult(TypedDict):
    """Why a record cannot be judged."""

    says: str
    place: PlaceResult


class GateRecordResult(TypedDict):
    """What became of one record."""

    file: str
    outcome: GateOutcome
    system: str
    organisation: str
    release: str
    due: Mapping[Status, int]
    faults: list[FaultResult]
    mistakes: list[MistakeResult]


class GateResult(TypedDict):
    """What became of all the records that were looked at; the outcome is the worst of theirs."""

    schema_version: Literal["1"]
    made_by: str
    as_of: Day
    outcome: GateOutcome
    records: list[GateRecordResult]


def render_gate_as_json(run: GateRun) -> str:
    return render_plain_json(build_gate_result(run))


def build_gate_result(run: GateRun) -> GateResult:
    return {
        "schema_version": GATE_SCHEMA_VERSION,
        "made_by": f"tenken {__version__}",
        "as_of": Day(run.as_of.isoformat()),
        "outcome": run.outcome,
        "records": [
            _build_unread_result(record) if isinstance(record, UnreadableRecord) else _build_record_result(record)
            for record in run.records
        ],
    }


def _build_record_result(checked: CheckedRecord) -> GateRecordResult:
    record, counts = checked.record_file.record, checked.judged.count_statuses()
    return {
        "file": find_relative_name(checked.path),
        "outcome": checked.outcome,
        "system": record.system,
        "organisation": record.organisation,
        "release": record.release,
        "due": {status: counts[status] for status in Status},
        "faults": [_build_fault_result(fault) for fault in checked.faults],
        "mistakes": [],
    }


def _build_unread_result(unread: UnreadableRecord) -> GateRecordResult:
    return {
        "file": find_relative_name(unread.path),
        "outcome": unread.outcome,
        "system": "",
        "organisation": "",
        "release": "",
        "due": dict.fromkeys(Status, 0),
        "faults": [],
        "mistakes": [{"says": said, "place": _build_place(place)} for place, said in unread.list_mistakes()],
    }


def _build_fault_result(fault: GateFault) -> FaultResult:
    finding, requirement = fault.finding, fault.finding.requirement
    return {
        "kind": fault.kind,
        "requirement": requirement.id,
        "check": fault.check,
        "checklist": requirement.checklist,
        "title": requirement.title,
        "status": finding.status,
        "says": list(fault.says),
        "missing": [measure.check.id for measure in (*finding.outstanding, *finding.house_open)],
        "open": [*finding.settled_by, *(measure.check.id for measure in finding.house_unknown)],
        "places": [_build_place(place) for place in fault.places],
    }


def _build_place(place: Place) -> PlaceResult:
    return {"file": find_relative_name(place.path), "line": place.line, "column": place.column}
