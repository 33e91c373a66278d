"""Two laws side by side as text for a terminal: topic by topic in lines, for a table would be too wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment
from tenken.assessment.wording import Wording
from tenken.messages.line_breaking import wrap_text
from tenken.report.formats import ReportMaterial
from tenken.report.view.comparison import build_comparison_tables
from tenken.terminal.output import measure_terminal_size

if TYPE_CHECKING:
    from tenken.report.view.finding_types import FindingHeading
    from tenken.report.view.report_types import ComparisonTable


def write_comparison_text(material: ReportMaterial) -> str:
    return render_comparison_text(material.assessment, material.wording, measure_terminal_size()[0])


def render_comparison_text(assessment: Assessment, wording: Wording, columns: int) -> str:
    """Each topic with what the two laws ask, how they differ and what serves both; a sentence if there are no two."""
    tables = build_comparison_tables(assessment, wording)
    lines = [line for table in tables for line in _list_comparison_lines(table, wording, columns)]
    lines = lines or wrap_text(wording.labels["comparison"]["none"], columns)
    return "\n".join(lines) + "\n"


def _list_comparison_lines(table: ComparisonTable, wording: Wording, columns: int) -> Iterator[str]:
    labels = wording.labels["comparison"]
    yield from wrap_text(table["title"], columns)
    yield from wrap_text(labels["note"], columns)
    for row in table["rows"]:
        yield ""
        yield from wrap_text(f"{row['title']}{wording.labels['marks']['beside']}{row['relation']}", columns)
        for side in (row["left"], row["right"]):
            yield from wrap_text(
                wording.join_heading(side["jurisdiction"], side["empty"]).rstrip(), columns, "    ", "  "
            )
            for found in side["findings"]:
                yield from wrap_text(_render_compared_finding(found, wording), columns, "      ", "    ")
        for name in ("difference", "one_work"):
            yield from wrap_text(wording.join_heading(labels[name], row[name]), columns, "    ", "  ")


def _render_compared_finding(found: FindingHeading, wording: Wording) -> str:
    said = (part for part in (found["status"], found["force"], found["timing"]) if part)
    return wording.join_heading(f"{found['id']} {found['title']}", wording.labels["marks"]["beside"].join(said))
