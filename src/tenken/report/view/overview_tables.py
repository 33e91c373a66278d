"""The two long tables as plain data: what is open, with filters, and what is met or does not apply, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding, Timing
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
    from tenken.report.view.finding_types import GapEntry
    from tenken.report.view.report_types import FilterGroup, OpenRow, OpenTable, SettledRow

_TIME_FILTERS = {Timing.IN_FORCE: "current", Timing.COMING: "coming", Timing.OPEN: "day_unknown"}
_UNFILTERED_ROWS = 3
"""So many rows are read faster than filtered."""


def build_open_row(finding: Finding, gap: GapEntry | None, assessment: Assessment, wording: Wording) -> OpenRow:
    """One line on what is open; `gap` is its entry in the plan, if there is something to do."""
    text = [m for m in finding.measures if m.check.basis is Basis.TEXT and m.concerns is not Truth.NO]
    undone = sum(1 for measure in text if measure.outstanding is not Truth.NO)
    return {
        **build_finding_heading(finding, assessment, wording),
        "law": assessment.library.checklists[finding.requirement.checklist].title,
        "time": wording.labels["report"][_TIME_FILTERS[finding.timing or Timing.IN_FORCE]],
        "undone": wording.labels["undone"].format(count=undone, total=len(text)) if text else "",
        "tags": "",
        "owners": gap["owners"] if gap else [],
        "due": gap["due"] if gap else "",
        "due_iso": gap["due_iso"] if gap else "",
        "due_note": gap["due_note"] if gap else "",
    }


def build_open_table(tone: str, rows: list[OpenRow], wording: Wording) -> OpenTable:
    """The rows of one tone with groups of choices that pick some of them, where there is a choice."""
    labels, name = wording.labels["report"], tone[0]
    groups = (
        _build_filter_group(f"{name}-l", labels["law"], rows, lambda row: [row["law"]]),
        _build_filter_group(f"{name}-s", labels["status"], rows, lambda row: [row["status"]]),
        _build_filter_group(f"{name}-t", labels["time"], rows, lambda row: [row["time"]]),
        _build_filter_group(f"{name}-o", labels["owner"], rows, lambda row: row["owners"] or [labels["no_owner"]]),
    )
    return {
        "id": f"open-{tone}",
        "words": wording.labels["tone"][tone],
        "groups": [group for group in groups if group["choices"]],
        "rows": rows,
        "is_timed": any(row["timing"] for row in rows),
    }


def _build_filter_group(name: str, title: str, rows: list[OpenRow], of: Callable[[OpenRow], list[str]]) -> FilterGroup:
    """Choices numbered in the order they appear, if that helps; each row learns as tags which of them it fits."""
    labels = list(dict.fromkeys(label for row in rows for label in of(row)))
    helps = len(labels) > 1 and len(rows) > _UNFILTERED_ROWS
    tags = {label: f"{name}{number}" for number, label in enumerate(labels)} if helps else {}
    for row in rows:
        row["tags"] = " ".join((row["tags"], *(tags[label] for label in of(row) if tags))).strip()
    return {"name": name, "title": title, "choices": [{"tag": tags[label], "label": label} for label in tags]}


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
    measures = build_check_views(finding, record, wording, Basis.TEXT) if finding.applies is not Truth.NO else []
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
