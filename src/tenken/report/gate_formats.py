"""The forms in which `check` tells other programs what it found, by the names of what writes them.

What writes one is imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from tenken.assessment.checked_records import GateRun
from tenken.report.formats import load_writer

WORKFLOW_FORM = "github"
"""The form that a build machine obeys line by line."""

GATE_WRITERS: Mapping[str, str] = {
    "junit": "export.junit_tests:render_gate_as_junit",
    "sarif": "export.sarif_log:render_gate_as_sarif",
    WORKFLOW_FORM: "export.workflow_commands:render_gate_as_commands",
    "json": "export.gate_result:render_gate_as_json",
}


def render_gate_run(form: str, run: GateRun) -> str:
    """What was found, in one of the forms."""
    written: str = load_writer(GATE_WRITERS[form])(run)
    return written
