"""Two laws side by side as plain data."""

from __future__ import annotations

from typing import Any

from tenken import crosswalk
from tenken.assess import Assessment
from tenken.compare import Comparison, Row, Side, comparisons
from tenken.view.finding import has_own_place, heading
from tenken.words import Words


def tables(assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    """One table for each pair of laws that concern this system; none if there is only one law."""
    found = comparisons(assessment, crosswalk.load_for(assessment.library))
    return [_table(each, assessment, words) for each in found if each.rows]


def _table(comparison: Comparison, assessment: Assessment, words: Words) -> dict[str, Any]:
    first = comparison.rows[0]
    return {
        "title": comparison.crosswalk.title,
        "left": first.left.jurisdiction,
        "right": first.right.jurisdiction,
        "rows": [_row(row, assessment, words) for row in comparison.rows],
    }


def _row(row: Row, assessment: Assessment, words: Words) -> dict[str, Any]:
    relation = words.labels["comparison"]["relation"][row.topic.relation]
    return {
        "title": row.topic.title,
        "relation": relation.format(left=row.left.jurisdiction, right=row.right.jurisdiction),
        "difference": row.topic.difference,
        "one_work": row.topic.one_work,
        "left": _side(row.left, assessment, words),
        "right": _side(row.right, assessment, words),
    }


def _side(side: Side, assessment: Assessment, words: Words) -> dict[str, Any]:
    empty = words.labels["comparison"]["nothing_here" if side.has_counterpart else "no_counterpart"]
    return {
        "jurisdiction": side.jurisdiction,
        "empty": "" if side.findings else empty,
        "findings": [
            {**heading(found, assessment, words), "has_own_place": has_own_place(found)} for found in side.findings
        ],
    }
