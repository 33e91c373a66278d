"""Where each law stands, as plain data: one sentence, a row of counts, and a bar that repeats them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding, Timing
from tenken.assessment.status import Standing
from tenken.assessment.wording import Wording
from tenken.report.view.finding import find_tone
from tenken.rules.answer_kinds import UNSURE
from tenken.rules.logic import Truth
from tenken.rules.requirement import Force

if TYPE_CHECKING:
    from tenken.report.view.report_types import BarPiece, CountTable, LawSentence

TONES = {"binding": Force.OBLIGATION, "effort": Force.EFFORT, "soft": Force.RECOMMENDATION}
"""What binds, what an effort is asked for and what is recommended, with the force whose words stand over the tables."""

_COUNT_COLUMNS = [standing for standing in Standing if standing.column is standing]
"""The columns of the status table."""

_TIMING_CLAUSES = {Timing.IN_FORCE: "in_force", Timing.OPEN: "open_day", Timing.COMING: "coming"}
"""What is said of the earliest gap; what is in force is earlier than what may be."""


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
    """One sentence for each law, what binds first; what a law only recommends has one of its own."""
    spoken = [(tone, *law) for tone in TONES for law in group_findings_by_law(assessment, tone)]
    times = Counter(title for _, title, _ in spoken)
    return [
        {
            "title": title
            if times[title] == 1
            else wording.add_in_brackets(title, wording.labels["force"][TONES[tone]]),
            "sentence": _render_law_sentence(findings, assessment, wording),
        }
        for tone, title, findings in spoken
    ]


def _render_law_sentence(findings: list[Finding], assessment: Assessment, wording: Wording) -> str:
    """What is not met and since when, what is open, what was set aside."""
    labels = wording.labels["summary"]
    undetermined = sum(1 for finding in findings if finding.status.needs_answer)
    aside = sum(1 for finding in findings if finding.set_aside)
    pattern = f"summary.{find_tone(findings[0])}"
    if undetermined and undetermined == sum(1 for finding in findings if finding.applies is not Truth.NO):
        name = "all_open" if any(map(_is_begun, findings)) else "nothing_known"
        return wording.render_count(f"{pattern}.{name}", undetermined) + str(labels["end"])
    clauses = [_render_gap_clause(findings, assessment, wording)]
    if undetermined:
        clauses.append(wording.render_count(f"{pattern}.open", undetermined))
    if aside:
        clauses.append(wording.render_count(f"{pattern}.aside", aside))
    return str(labels["separator"]).join(filter(None, clauses)) + str(labels["end"])


def _render_gap_clause(findings: list[Finding], assessment: Assessment, wording: Wording) -> str:
    pattern = f"summary.{find_tone(findings[0])}"
    applying = [finding for finding in findings if finding.applies is Truth.YES]
    gaps = [finding for finding in findings if finding.status.needs_action]
    if not applying:
        is_certain = all(finding.applies is Truth.NO for finding in findings)
        return wording.render_count(f"{pattern}.{'ruled_out' if is_certain else 'none_applies'}", len(findings))
    if not gaps:
        return _render_no_gap_clause(applying, wording)
    return _count_gaps(gaps, applying, wording) + _render_earliest_gap(gaps, assessment, wording)


def _is_begun(finding: Finding) -> bool:
    """Whether anything is known of what is in place."""
    return any(measure.answer not in ("", UNSURE) for measure in finding.measures)


def _render_no_gap_clause(applying: list[Finding], wording: Wording) -> str:
    """That no gap was found, in as many as are known; nothing where none is."""
    pattern = f"summary.{find_tone(applying[0])}"
    known = sum(1 for finding in applying if not finding.status.needs_answer)
    if known == len(applying):
        return wording.render_count(f"{pattern}.no_gap", known)
    some = str(wording.labels["summary"][find_tone(applying[0])]["no_gap_some"])
    return some.format(count=known, applying=len(applying)) if known else ""


def _count_gaps(gaps: list[Finding], applying: list[Finding], wording: Wording) -> str:
    labels = wording.labels["summary"][find_tone(gaps[0])]
    if len(applying) == 1:
        return str(labels["gap_alone"])
    if len(gaps) == len(applying):
        return str(labels["gap_all"]).format(applying=len(applying))
    return wording.render_count(f"summary.{find_tone(gaps[0])}.gap", len(gaps), applying=len(applying))


def _render_earliest_gap(gaps: list[Finding], assessment: Assessment, wording: Wording) -> str:
    """Since when, or from when, the earliest of the gaps counts."""
    dated = [finding for finding in gaps if finding.since]
    if not dated:
        return ""
    first = min(dated, key=_rank_by_day)
    pattern = _TIMING_CLAUSES[first.timing or Timing.OPEN]
    timing = wording.render_timing(first, assessment.situation.as_of)
    return wording.render_count(f"summary.{find_tone(first)}.{pattern}", len(gaps), timing=timing)


def _rank_by_day(finding: Finding) -> tuple[int, date]:
    return list(_TIMING_CLAUSES).index(finding.timing or Timing.OPEN), finding.since or date.max


def build_count_tables(assessment: Assessment, wording: Wording) -> list[CountTable]:
    """A table for what binds, for efforts and for what is recommended, each with a row for every law."""
    return [table for tone_of in TONES if (table := _build_count_table(tone_of, assessment, wording))["rows"]]


def _build_count_table(tone_of: str, assessment: Assessment, wording: Wording) -> CountTable:
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
                "practice_open": sum(len(finding.good_practice_open) for finding in findings),
                "bar": _build_count_bar(counts, used),
            }
            for title, findings, counts in counted
        ],
    }


def _count_standings(findings: list[Finding], wording: Wording) -> Counter[Standing]:
    return Counter(wording.find_standing(finding).column for finding in findings)


def _build_count_bar(counts: Mapping[Standing, int], used: list[Standing]) -> list[BarPiece]:
    """The pieces of a bar, in percent of its width."""
    total = sum(counts.values())
    before = [sum(counts[column] for column in used[:place]) for place in range(len(used))]
    return [
        {"standing": column.value, "x": f"{100 * start / total:.4g}", "width": f"{100 * counts[column] / total:.4g}"}
        for column, start in zip(used, before, strict=True)
        if counts[column]
    ]
