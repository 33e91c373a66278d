"""Where each law stands, as plain data: a row of counts, and a bar that repeats them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.measure_proof import count_proof
from tenken.assessment.status import Standing
from tenken.assessment.wording import Wording
from tenken.records.record import Record
from tenken.report.view.finding import find_tone
from tenken.rules.logic import Truth
from tenken.rules.requirement import Force

if TYPE_CHECKING:
    from tenken.report.view.table_types import BarPiece, CountTable

TONES = {"binding": Force.OBLIGATION, "effort": Force.EFFORT, "soft": Force.RECOMMENDATION}
"""What binds, what an effort is asked for and what is recommended, with the force whose words stand over the tables."""

_COUNT_COLUMNS = [standing for standing in Standing if standing.column is standing]
"""The columns of the status table."""


def group_findings_by_law(assessment: Assessment, tone_of: str) -> Iterator[tuple[str, list[Finding]]]:
    """Title and findings of every law that speaks in this tone, those of which nothing applies last."""
    laws: list[tuple[str, list[Finding]]] = []
    for checklist in assessment.library.checklists.values():
        spoken = [
            finding
            for finding in assessment.findings
            if finding.requirement.checklist == checklist.id and find_tone(finding) == tone_of
        ]
        if spoken:
            laws.append((checklist.title, spoken))
    yield from sorted(laws, key=lambda law: all(finding.applies is Truth.NO for finding in law[1]))


def build_count_tables(assessment: Assessment, record: Record, wording: Wording) -> list[CountTable]:
    """A table for what binds, for efforts and for what is recommended, each with a row for every law."""
    return [table for tone_of in TONES if (table := _build_count_table(tone_of, assessment, record, wording))["rows"]]


def _build_count_table(tone_of: str, assessment: Assessment, record: Record, wording: Wording) -> CountTable:
    counted = [
        (title, findings, _count_standings(findings, wording))
        for title, findings in group_findings_by_law(assessment, tone_of)
    ]
    used = [
        column
        for column in _COUNT_COLUMNS
        if not column.is_optional_column or any(counts[column] for _, _, counts in counted)
    ]
    return {
        "id": f"counts-{tone_of}",
        "tone": tone_of,
        "words": wording.labels["tone"][tone_of],
        "columns": [
            {"standing": column.value, "label": wording.render_standing(column, TONES[tone_of])} for column in used
        ],
        "rows": [
            {
                "title": title,
                "cells": [{"standing": column.value, "count": counts[column]} for column in used],
                "total": len(findings),
                "proof": _render_proof_counts(findings, record, assessment.situation.as_of, wording),
                "practice_open": sum(len(finding.good_practice_open) for finding in findings),
                "bar": _build_count_bar(counts, used),
                "bar_says": _render_bar(counts, used, tone_of, wording),
            }
            for title, findings, counts in counted
        ],
    }


def _render_proof_counts(findings: list[Finding], record: Record, as_of: date, wording: Wording) -> str:
    """How many measures are shown and how many only said to be in place; empty where none is in place."""
    count = count_proof(findings, record, as_of)
    labels = wording.labels["evidence"]
    shown = labels["count_shown"].format(count=count.shown) if count.shown else ""
    said = labels["count_said"].format(count=count.said) if count.said else ""
    return wording.join_list((shown, said))


def _count_standings(findings: list[Finding], wording: Wording) -> Counter[Standing]:
    return Counter(wording.find_standing(finding).column for finding in findings)


def _render_bar(counts: Mapping[Standing, int], used: list[Standing], tone_of: str, wording: Wording) -> str:
    """The bar in words, for whoever does not see it."""
    shown = (column for column in used if counts[column])
    return wording.join_list(
        wording.join_heading(wording.render_standing(column, TONES[tone_of]), str(counts[column])) for column in shown
    )


def _build_count_bar(counts: Mapping[Standing, int], used: list[Standing]) -> list[BarPiece]:
    """The pieces of a bar, in percent of its width."""
    total = sum(counts.values())
    before = [sum(counts[column] for column in used[:place]) for place in range(len(used))]
    return [
        {"standing": column.value, "x": f"{100 * start / total:.4g}", "width": f"{100 * counts[column] / total:.4g}"}
        for column, start in zip(used, before, strict=True)
        if counts[column]
    ]
