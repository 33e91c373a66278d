"""What the gate found as commands of a GitHub workflow, each of which is shown at its line of the record."""

from __future__ import annotations

from collections.abc import Iterator

from tenken.assessment.checked_records import GateRun, UnreadableRecord
from tenken.assessment.gate_faults import FaultKind, GateFault
from tenken.files.file_names import find_relative_name
from tenken.files.problems import Place, escape_line_breaks

_COMMANDS = {
    FaultKind.GAP: "error",
    FaultKind.UNKNOWN: "warning",
    FaultKind.UNSHOWN: "error",
    FaultKind.ACCEPTED: "notice",
}


def render_gate_as_commands(run: GateRun) -> str:
    """A line for each thing that was found, and nothing where nothing was."""
    return "".join(f"{line}\n" for line in _list_commands(run))


def _list_commands(run: GateRun) -> Iterator[str]:
    for record in run.records:
        if isinstance(record, UnreadableRecord):
            yield from (_build_workflow_command("error", place, said) for place, said in record.list_mistakes())
        else:
            yield from map(_build_fault_command, record.faults)


def _build_fault_command(fault: GateFault) -> str:
    requirement = fault.finding.requirement
    title = f"{fault.check or requirement.id}: {requirement.title}"
    return _build_workflow_command(_COMMANDS[fault.kind], fault.place, "\n".join(fault.says), title)


def _build_workflow_command(command: str, place: Place, said: str, title: str = "") -> str:
    """A command with its properties; nothing in them or in what is said can end it or begin another."""
    properties = {
        "file": escape_line_breaks(find_relative_name(place.path)),
        "line": str(max(place.line, 1)),
        "col": str(place.column) if place.column else "",
        "title": escape_line_breaks(title),
    }
    told = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items() if value)
    return f"::{command} {told}::{_escape_message(said)}"


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
