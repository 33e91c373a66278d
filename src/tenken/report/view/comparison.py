"""Two laws side by side as plain data."""

from __future__ import annotations

from typing import Any

from tenken.assessment.findings import Assessment
from tenken.assessment.law_comparison import ComparisonRow, LawComparison, LawSide, list_law_comparisons
from tenken.assessment.wording import Wording
from tenken.report.view.finding import build_finding_heading, has_own_place
from tenken.rules.crosswalk import load_crosswalks


def build_comparison_tables(assessment: Assessment, words: Wording) -> list[dict[str, Any]]:
    """One table for each pair of laws that concern this system; none if there is only one law."""
    found = list_law_comparisons(assessment, load_crosswalks(assessment.library))
    return [_build_comparison_table(each, assessment, words) for each in found if each.rows]


def _build_comparison_table(comparison: LawComparison, assessment: Assessment, words: Wording) -> dict[str, Any]:
    first = comparison.rows[0]
    return {
        "title": comparison.crosswalk.title,
        "left": first.left.jurisdiction,
        "right": first.right.jurisdiction,
        "rows": [_build_comparison_row_view(row, assessment, words) for row in comparison.rows],
    }


def _build_comparison_row_view(row: ComparisonRow, assessment: Assessment, words: Wording) -> dict[str, Any]:
    relation = words.labels["comparison"]["relation"][row.topic.relation]
    return {
        "title": row.topic.title,
        "relation": relation.format(left=row.left.jurisdiction, right=row.right.jurisdiction),
        "difference": row.topic.difference,
        "one_work": row.topic.one_work,
        "left": _build_law_side_view(row.left, assessment, words),
        "right": _build_law_side_view(row.right, assessment, words),
    }


def _build_law_side_view(side: LawSide, assessment: Assessment, words: Wording) -> dict[str, Any]:
    empty = words.labels["comparison"]["nothing_here" if side.has_counterpart else "no_counterpart"]
    return {
        "jurisdiction": side.jurisdiction,
        "empty": "" if side.findings else empty,
        "findings": [
            {**build_finding_heading(found, assessment, words), "has_own_place": has_own_place(found)}
            for found in side.findings
        ],
    }
