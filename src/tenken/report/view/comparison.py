"""Two laws side by side as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment
from tenken.assessment.law_comparison import ComparisonRow, LawComparison, LawSide, list_law_comparisons
from tenken.assessment.wording import Wording
from tenken.report.view.finding import build_finding_heading, has_own_place
from tenken.rules.crosswalk import load_crosswalks

if TYPE_CHECKING:
    from tenken.report.view.report_types import ComparisonRowView, ComparisonTable, LawSideView


def build_comparison_tables(assessment: Assessment, wording: Wording) -> list[ComparisonTable]:
    """One table for each pair of laws that concern this system; none if there is only one law."""
    found = list_law_comparisons(assessment, load_crosswalks(assessment.library))
    return [_build_comparison_table(each, assessment, wording) for each in found if each.rows]


def _build_comparison_table(comparison: LawComparison, assessment: Assessment, wording: Wording) -> ComparisonTable:
    first = comparison.rows[0]
    return {
        "title": comparison.crosswalk.title,
        "left": first.left.jurisdiction,
        "right": first.right.jurisdiction,
        "rows": [_build_comparison_row_view(row, assessment, wording) for row in comparison.rows],
    }


def _build_comparison_row_view(row: ComparisonRow, assessment: Assessment, wording: Wording) -> ComparisonRowView:
    relation = wording.labels["comparison"]["relation"][row.topic.relation]
    return {
        "title": row.topic.title,
        "relation": relation.format(left=row.left.jurisdiction, right=row.right.jurisdiction),
        "difference": row.topic.difference,
        "one_work": row.topic.one_work,
        "left": _build_law_side_view(row.left, assessment, wording),
        "right": _build_law_side_view(row.right, assessment, wording),
    }


def _build_law_side_view(side: LawSide, assessment: Assessment, wording: Wording) -> LawSideView:
    empty = wording.labels["comparison"]["nothing_here" if side.has_counterpart else "no_counterpart"]
    return {
        "jurisdiction": side.jurisdiction,
        "empty": "" if side.findings else empty,
        "findings": [
            {**build_finding_heading(finding, assessment, wording), "has_own_place": has_own_place(finding)}
            for finding in side.findings
        ],
    }
