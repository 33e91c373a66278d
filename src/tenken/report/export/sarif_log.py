"""What the gate found as SARIF 2.1.0, the format in which code scanning takes results: one run for all records.

What is not known is a warning, and what somebody answers for a note that is suppressed; so only errors and warnings
keep a record from passing. A record that cannot be judged is a notification, and the run was not successful.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from tenken import __version__
from tenken.assessment.checked_records import CheckedRecord, GateOutcome, GateRun, UnreadableRecord
from tenken.assessment.gate_faults import FaultKind, GateFault
from tenken.files.file_names import build_file_uri, quote_address
from tenken.files.problems import Place, escape_line_breaks
from tenken.messages.message_catalog import get_language
from tenken.records.evidence import is_address
from tenken.report.export.plain_json import render_plain_json
from tenken.rules.library import Library
from tenken.rules.requirement import Requirement

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    FaultKind.GAP: "error",
    FaultKind.UNKNOWN: "warning",
    FaultKind.UNSHOWN: "error",
    FaultKind.ACCEPTED: "note",
}

SarifPart = dict[str, Any]


def render_gate_as_sarif(run: GateRun) -> str:
    return render_plain_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_build_run(run)]})


def _build_run(run: GateRun) -> SarifPart:
    checked = [record for record in run.records if isinstance(record, CheckedRecord)]
    unread = [record for record in run.records if isinstance(record, UnreadableRecord)]
    rules = {
        fault.finding.requirement.id: _build_rule(fault.finding.requirement, record.assessment.library)
        for record in checked
        for fault in record.faults
    }
    invocation = {
        "executionSuccessful": run.outcome is not GateOutcome.UNREADABLE,
        "toolExecutionNotifications": [
            _build_notification(place, said) for record in unread for place, said in record.list_mistakes()
        ],
    }
    order = {id: index for index, id in enumerate(rules)}
    return {
        "tool": {"driver": {"name": "tenken", "version": __version__, "rules": list(rules.values())}},
        "language": get_language(),
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [_build_sarif_result(fault, order) for record in checked for fault in record.faults],
    }


def _build_rule(requirement: Requirement, library: Library) -> SarifPart:
    sources = library.checklists[requirement.checklist].sources.values()
    links = [quote_address(source.link) for source in sources if is_address(source.link)]
    return {
        "id": requirement.id,
        "shortDescription": {"text": _render_message((requirement.title,))},
        "fullDescription": {"text": _render_message((requirement.says,))},
        **({"helpUri": links[0]} if links else {}),
        "help": {"text": _render_message((requirement.remedy or requirement.says, "; ".join(requirement.cites)))},
        "properties": {"tags": [requirement.checklist]},
    }


def _build_sarif_result(fault: GateFault, order: dict[str, int]) -> SarifPart:
    id = fault.finding.requirement.id
    locations = [_build_location(place) for place in fault.places]
    result: SarifPart = {
        "ruleId": id,
        "ruleIndex": order[id],
        "level": _LEVELS[fault.kind],
        "message": {"text": _render_message(fault.says)},
        "locations": locations[:1],
        "partialFingerprints": {"faultInRecord/v1": _digest_fault(fault)},
        "properties": {"kind": fault.kind},
    }
    if locations[1:]:
        result["relatedLocations"] = locations[1:]
    if fault.kind is FaultKind.ACCEPTED:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": fault.says[-1]}]
    return result


def _build_notification(place: Place, said: str) -> SarifPart:
    return {"level": "error", "message": {"text": _render_message((said,))}, "locations": [_build_location(place)]}


def _build_location(place: Place) -> SarifPart:
    artifact = {"uri": build_file_uri(place.path), "uriBaseId": "%SRCROOT%"}
    if artifact["uri"].startswith("file:"):
        del artifact["uriBaseId"]
    region = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})}
    return {"physicalLocation": {"artifactLocation": artifact, **({"region": region} if place.line else {})}}


def _digest_fault(fault: GateFault) -> str:
    """By which the same fault is known again after lines have moved, or its words have changed."""
    said = (build_file_uri(fault.place.path), fault.kind, fault.check or fault.finding.requirement.id)
    return sha256("\0".join(said).encode()).hexdigest()


def _render_message(lines: Iterable[str]) -> str:
    """Text in which readers find neither a placeholder nor a link of somebody else's."""
    text = "\n".join(escape_line_breaks(line.replace("\n", " ").strip()) for line in lines if line)
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
