"""Where each law stands, as plain data: one sentence, a row of counts, and a bar that repeats them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding, Status, Timing
from tenken.assessment.wording import Wording, build_label_key
from tenken.report.view.finding import find_tone
from tenken.rules.logic import Truth
from tenken.rules.requirement import Force

if TYPE_CHECKING:
    from tenken.report.view.report_types import BarPiece, CountTable, LawSentence

TONES = {"binding": Force.OBLIGATION, "soft": Force.RECOMMENDATION}
"""What binds and what is recommended, each with the force whose words stand over its tables."""

_PERMANENT_COLUMNS = ("gap", "undetermined", "met", "not_applicable")
_COUNT_COLUMNS = ("gap", "partly", "undetermined", "met", "explained", "not_applicable")
"""The columns of the status table, the most pressing first; those not in `_ALWAYS` only where they are needed."""


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


def build_law_sentences(assessment: Assessment, wording: Wording) -> list[LawSentence]:
    """One sentence for each law, what binds first."""
    return [
        {"title": title, "sentence": _render_law_sentence(findings, assessment, wording)}
        for tone_of in TONES
        for title, findings in group_findings_by_law(assessment, tone_of)
    ]


def _render_law_sentence(findings: list[Finding], assessment: Assessment, wording: Wording) -> str:
    """What is not met and since when, what is open, what was set aside."""
    labels = wording.labels["summary"]
    undetermined = sum(1 for finding in findings if finding.status is Status.UNDETERMINED)
    aside = sum(1 for finding in findings if finding.set_aside)
    pattern = f"summary.{find_tone(findings[0])}"
    if undetermined == len(findings):
        return wording.render_count(f"{pattern}.nothing_known", undetermined) + str(labels["end"])
    clauses = [_render_gap_clause(findings, assessment, wording)]
    if undetermined:
        clauses.append(wording.render_count(f"{pattern}.open", undetermined))
    if aside:
        clauses.append(wording.render_count(f"{pattern}.aside", aside))
    return str(labels["separator"]).join(clauses) + str(labels["end"])


def _render_gap_clause(findings: list[Finding], assessment: Assessment, wording: Wording) -> str:
    pattern = f"summary.{find_tone(findings[0])}"
    applying = sum(1 for finding in findings if finding.applies is Truth.YES)
    gaps = [finding for finding in findings if finding.status is Status.GAP]
    if not applying:
        return wording.render_count(f"{pattern}.none_applies", len(findings))
    if not gaps:
        return wording.render_count(f"{pattern}.no_gap", applying)
    alone = str(wording.labels["summary"][find_tone(findings[0])]["gap_alone"])
    said = alone if applying == 1 else wording.render_count(f"{pattern}.gap", len(gaps), applying=applying)
    return said + _render_earliest_gap(gaps, assessment, wording)


def _render_earliest_gap(gaps: list[Finding], assessment: Assessment, wording: Wording) -> str:
    """Since when, or from when, the earliest of the gaps counts."""
    dated = [finding for finding in gaps if finding.since]
    if not dated:
        return ""
    first = min(dated, key=lambda finding: finding.since or date.max)
    pattern = "coming" if first.timing is Timing.COMING else "in_force"
    timing = wording.render_timing(first, assessment.situation.as_of)
    return wording.render_count(f"summary.{find_tone(first)}.{pattern}", len(gaps), timing=timing)


def build_count_tables(assessment: Assessment, wording: Wording) -> list[CountTable]:
    """One table for what binds and one for what is recommended, each with a row for every law."""
    return [table for tone_of in TONES if (table := _build_count_table(tone_of, assessment, wording))["rows"]]


def _build_count_table(tone_of: str, assessment: Assessment, wording: Wording) -> CountTable:
    counted = [
        (title, findings, _count_standings(findings, wording))
        for title, findings in group_findings_by_law(assessment, tone_of)
    ]
    used = [
        name for name in _COUNT_COLUMNS if name in _PERMANENT_COLUMNS or any(counts[name] for _, _, counts in counted)
    ]
    return {
        "id": f"counts-{tone_of}",
        "tone": tone_of,
        "words": wording.labels["tone"][tone_of],
        "columns": [{"standing": name, "label": wording.render_standing(name, TONES[tone_of])} for name in used],
        "rows": [
            {
                "title": title,
                "cells": [{"standing": name, "count": counts[name]} for name in used],
                "total": len(findings),
                "practice_open": sum(len(finding.good_practice_open) for finding in findings),
                "bar": _build_count_bar(counts, used),
            }
            for title, findings, counts in counted
        ],
    }


def _count_standings(findings: list[Finding], wording: Wording) -> Counter[str]:
    """How many stand where; finer words count under the status they belong to, except partly taken up."""
    return Counter(
        "partly" if wording.find_standing(finding) == "partly" else build_label_key(finding.status)
        for finding in findings
    )


def _build_count_bar(counts: Mapping[str, int], used: list[str]) -> list[BarPiece]:
    """The pieces of a bar, in percent of its width."""
    total = sum(counts.values())
    before = [sum(counts[name] for name in used[:place]) for place in range(len(used))]
    return [
        {"standing": name, "x": f"{100 * start / total:.4g}", "width": f"{100 * counts[name] / total:.4g}"}
        for name, start in zip(used, before, strict=True)
        if counts[name]
    ]
