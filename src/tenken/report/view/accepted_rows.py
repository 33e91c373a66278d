"""The gaps that somebody answers for as plain data: who, until when and why, or why that has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tenken.assessment.accepted_gaps import AcceptedGap
from tenken.assessment.wording import Wording

if TYPE_CHECKING:
    from tenken.report.view.finding_types import AcceptedRow


def build_accepted_rows(gaps: Sequence[AcceptedGap], wording: Wording) -> list[AcceptedRow]:
    """What holds before what has ended, the earliest last day first."""
    ordered = sorted(gaps, key=lambda gap: (gap.ended is not None, gap.acceptance.until))
    return [_build_accepted_row(gap, wording) for gap in ordered]


def _build_accepted_row(gap: AcceptedGap, wording: Wording) -> AcceptedRow:
    acceptance, requirement = gap.acceptance, gap.finding.requirement
    return {
        "id": requirement.id,
        "title": requirement.title,
        "by": acceptance.by,
        "until": wording.render_day(acceptance.until),
        "until_iso": acceptance.until.isoformat(),
        "because": acceptance.because,
        "ended": wording.labels["accepted"]["ends"][gap.ended.value] if gap.ended else "",
    }


def group_accepted_sentences(gaps: Sequence[AcceptedGap], wording: Wording) -> Mapping[str, str]:
    """By requirement what is said beside a gap that was accepted."""
    return {gap.finding.requirement.id: _render_accepted(gap, wording) for gap in gaps}


def _render_accepted(gap: AcceptedGap, wording: Wording) -> str:
    labels, acceptance = wording.labels["accepted"], gap.acceptance
    facts = {"by": acceptance.by, "day": wording.render_day(acceptance.until)}
    if gap.ended:
        return str(labels["no_longer"].format(**facts, why=labels["ends"][gap.ended.value]))
    return str(labels["stands"].format(**facts, why=acceptance.because))


def render_accepted_count(gaps: Sequence[AcceptedGap], wording: Wording) -> str:
    """How many gaps somebody answers for, and until when at least; empty if there is none."""
    days = [gap.acceptance.until for gap in gaps if gap.ended is None]
    return wording.render_count("accepted.count", len(days), day=wording.render_day(min(days))) if days else ""
