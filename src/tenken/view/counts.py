"""Where each law stands, as plain data: one sentence, a row of counts, and a bar that repeats them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tenken.assess import Assessment, Finding, Status, Timing
from tenken.logic import Truth
from tenken.model import Force
from tenken.view.finding import tone
from tenken.words import Words, key

TONES = {"binding": Force.OBLIGATION, "soft": Force.RECOMMENDATION}
"""What binds and what is recommended, each with the force whose words stand over its tables."""

_ALWAYS = ("gap", "undetermined", "met", "not_applicable")
_COLUMNS = ("gap", "partly", "undetermined", "met", "explained", "not_applicable")
"""The columns of the status table, the most pressing first; those not in `_ALWAYS` only where they are needed."""


def by_law(assessment: Assessment, tone_of: str) -> Iterator[tuple[str, list[Finding]]]:
    """Title and findings of every law that speaks in this tone, those of which nothing applies last."""
    laws: list[tuple[str, list[Finding]]] = []
    for checklist in assessment.library.checklists.values():
        spoken = [f for f in assessment.findings if f.requirement.checklist == checklist.id and tone(f) == tone_of]
        if spoken:
            laws.append((checklist.title, spoken))
    yield from sorted(laws, key=lambda law: all(found.applies is Truth.NO for found in law[1]))


def sentences(assessment: Assessment, words: Words) -> list[dict[str, str]]:
    """One sentence for each law, what binds first."""
    return [
        {"title": title, "sentence": _sentence(findings, assessment, words)}
        for tone_of in TONES
        for title, findings in by_law(assessment, tone_of)
    ]


def _sentence(findings: list[Finding], assessment: Assessment, words: Words) -> str:
    """What is not met and since when, what is open, what was set aside."""
    labels = words.labels["summary"]
    undetermined = sum(1 for found in findings if found.status is Status.UNDETERMINED)
    aside = sum(1 for found in findings if found.set_aside)
    pattern = f"summary.{tone(findings[0])}"
    if undetermined == len(findings):
        return words.counted(f"{pattern}.nothing_known", undetermined) + str(labels["end"])
    clauses = [_gaps(findings, assessment, words)]
    if undetermined:
        clauses.append(words.counted(f"{pattern}.open", undetermined))
    if aside:
        clauses.append(words.counted(f"{pattern}.aside", aside))
    return str(labels["separator"]).join(clauses) + str(labels["end"])


def _gaps(findings: list[Finding], assessment: Assessment, words: Words) -> str:
    pattern = f"summary.{tone(findings[0])}"
    applying = sum(1 for found in findings if found.applies is Truth.YES)
    gaps = [found for found in findings if found.status is Status.GAP]
    if not applying:
        return words.counted(f"{pattern}.none_applies", len(findings))
    if not gaps:
        return words.counted(f"{pattern}.no_gap", applying)
    alone = str(words.labels["summary"][tone(findings[0])]["gap_alone"])
    said = alone if applying == 1 else words.counted(f"{pattern}.gap", len(gaps), applying=applying)
    return said + _earliest(gaps, assessment, words)


def _earliest(gaps: list[Finding], assessment: Assessment, words: Words) -> str:
    """Since when, or from when, the earliest of the gaps counts."""
    dated = [found for found in gaps if found.since]
    if not dated:
        return ""
    first = min(dated, key=lambda found: found.since or date.max)
    pattern = "coming" if first.timing is Timing.COMING else "in_force"
    timing = words.timing(first, assessment.situation.as_of)
    return words.counted(f"summary.{tone(first)}.{pattern}", len(gaps), timing=timing)


def tables(assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    """One table for what binds and one for what is recommended, each with a row for every law."""
    return [table for tone_of in TONES if (table := _table(tone_of, assessment, words))["rows"]]


def _table(tone_of: str, assessment: Assessment, words: Words) -> dict[str, Any]:
    counted = [(title, findings, _counts(findings, words)) for title, findings in by_law(assessment, tone_of)]
    used = [name for name in _COLUMNS if name in _ALWAYS or any(counts[name] for _, _, counts in counted)]
    return {
        "id": f"counts-{tone_of}",
        "tone": tone_of,
        "words": words.labels["tone"][tone_of],
        "columns": [{"standing": name, "label": words.standing_label(name, TONES[tone_of])} for name in used],
        "rows": [
            {
                "title": title,
                "cells": [{"standing": name, "count": counts[name]} for name in used],
                "total": len(findings),
                "practice_open": sum(len(found.good_practice_open) for found in findings),
                "bar": _bar(counts, used),
            }
            for title, findings, counts in counted
        ],
    }


def _counts(findings: list[Finding], words: Words) -> Counter[str]:
    """How many stand where; finer words count under the status they belong to, except partly taken up."""
    return Counter("partly" if words.standing(found) == "partly" else key(found.status) for found in findings)


def _bar(counts: Mapping[str, int], used: list[str]) -> list[dict[str, str]]:
    """The pieces of a bar, in percent of its width."""
    total = sum(counts.values())
    before = [sum(counts[name] for name in used[:place]) for place in range(len(used))]
    return [
        {"standing": name, "x": f"{100 * start / total:.4g}", "width": f"{100 * counts[name] / total:.4g}"}
        for name, start in zip(used, before, strict=True)
        if counts[name]
    ]
