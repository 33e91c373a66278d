"""What the gate found as JUnit XML: a suite for each record, in it a test for each rule that is due."""

from __future__ import annotations

from collections.abc import Iterator

from tenken.assessment.checked_records import CheckedRecord, GateRun, UnreadableRecord
from tenken.assessment.findings import Finding
from tenken.assessment.gate_faults import FaultKind, GateFault
from tenken.files.file_names import find_relative_name
from tenken.files.problems import escape_line_breaks
from tenken.messages.junit_xml import JunitCase, JunitOutcome, JunitSuite, render_junit_suites
from tenken.messages.message_catalog import phrase, phrase_problem


def render_gate_as_junit(run: GateRun) -> str:
    """What is accepted is skipped; what cannot be read is an error."""
    return render_junit_suites([_build_suite(record) for record in run.records])


def _build_suite(record: CheckedRecord | UnreadableRecord) -> JunitSuite:
    """The first test is that the record can be read, so that no suite is empty."""
    path = escape_line_breaks(find_relative_name(record.path))
    is_read = phrase("The record can be read")
    if isinstance(record, UnreadableRecord):
        lines = [phrase_problem(problem) for problem in record.problems]
        return JunitSuite(path, (JunitCase(path, is_read, JunitOutcome.ERROR, lines[0], "\n".join(lines)),))
    return JunitSuite(path, (JunitCase(path, is_read), *_list_cases(record, path)))


def _list_cases(record: CheckedRecord, path: str) -> Iterator[JunitCase]:
    faulty = {fault.finding.requirement.id for fault in record.faults}
    for finding in record.judged.due:
        if finding.requirement.id not in faulty:
            yield JunitCase(path, _name_case(finding))
    for fault in record.faults:
        yield _build_faulty_case(fault, path)


def _build_faulty_case(fault: GateFault, path: str) -> JunitCase:
    is_accepted = fault.kind is FaultKind.ACCEPTED
    outcome = JunitOutcome.SKIPPED if is_accepted else JunitOutcome.FAILURE
    message = fault.says[-1] if is_accepted or fault.kind is FaultKind.UNSHOWN else fault.says[0]
    return JunitCase(path, _name_case(fault.finding, fault.check), outcome, message, "\n".join(fault.says))


def _name_case(finding: Finding, check: str = "") -> str:
    return escape_line_breaks(f"{check or finding.requirement.id}: {finding.requirement.title}")
