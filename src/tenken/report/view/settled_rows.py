"""The statement of applicability as plain data: what is met or does not apply, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.wording import Wording
from tenken.records.record import Record
from tenken.report.view.finding import (
    build_check_views,
    build_exception_view,
    build_finding_heading,
    find_tone,
    has_own_place,
)
from tenken.rules.logic import Truth
from tenken.rules.requirement import Basis

if TYPE_CHECKING:
    from tenken.report.view.finding_types import CheckView
    from tenken.report.view.report_types import SettledRow


def build_settled_rows(
    findings: Iterable[Finding], assessment: Assessment, record: Record, wording: Wording
) -> list[SettledRow]:
    """The statement of applicability of one law: what stands, and why; neighbours with one reason share a row."""
    rows: list[SettledRow] = []
    for finding in findings:
        row = _build_settled_row(finding, assessment.situation.as_of, record, wording)
        named = build_finding_heading(finding, assessment, wording)
        if rows and {**rows[-1], "requirements": []} == row:
            rows[-1]["requirements"].append(named)
        else:
            rows.append({**row, "requirements": [named]})
    return rows


def _list_settled_reasons(finding: Finding, as_of: date, wording: Wording) -> list[str]:
    return (
        [wording.render_timing(finding, as_of)]
        if finding.requirement.has_ended(as_of)
        else wording.render_reasons(finding.reasons)
    )


def _build_settled_row(finding: Finding, as_of: date, record: Record, wording: Wording) -> SettledRow:
    measures = _build_text_checks(finding, as_of, record, wording)
    done = sum(1 for measure in measures if measure["state"] == "done")
    return {
        "requirements": [],
        "standing": wording.find_standing(finding).value,
        "is_soft": find_tone(finding) != "binding",
        "status": wording.render_status(finding),
        "has_own_place": has_own_place(finding),
        "reasons": [] if has_own_place(finding) else _list_settled_reasons(finding, as_of, wording),
        "relied_on": [build_exception_view(exception, wording) for exception in finding.relied_on_exceptions],
        "done": wording.render_count("done", len(measures), done=done) if done else "",
        "argued": [measure for measure in measures if measure["state"] in ("aside", "explained")],
    }


def _build_text_checks(finding: Finding, as_of: date, record: Record, wording: Wording) -> list[CheckView]:
    if finding.applies is Truth.NO:
        return []
    return build_check_views(finding, record, as_of, wording, Basis.TEXT)
