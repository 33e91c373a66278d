"""Where everything stands on one page: law by law a sentence, then a line for what applies or may apply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tenken.assessment.explanation import render_finding_headline
from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.law_answers import LawAnswer, list_law_answers, render_idle_laws
from tenken.assessment.wording import SOFT_FORCES, Wording
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.rules.logic import Truth
from tenken.rules.requirement import Force

_MOST_VOLUNTARY_LINES = 5
"""How many points of what binds nobody are shown one by one."""


def render_explanation_page(assessment: Assessment, wording: Wording, *, whole: bool = False) -> Iterator[str]:
    """What binds first, the most pressing first; the whole of it has a line for every requirement."""
    laws = list_law_answers(assessment, wording)
    for law in laws:
        if whole or law.applies is not Truth.NO:
            yield from _render_law_lines(law, assessment, wording, whole=whole)
            yield ""
    if idle := render_idle_laws(laws, wording):
        yield idle
        yield ""
    yield phrase("Why, for one of them: tenken explain RECORD ID; a citation or a part of the title does as well.")


def _render_law_lines(law: LawAnswer, assessment: Assessment, wording: Wording, *, whole: bool) -> Iterator[str]:
    yield wording.join_heading(law.title, law.sentence)
    ranked = sorted(law.findings, key=rank_finding)
    told = ranked if whole else [each for each in ranked if each.status.meaning.is_told or each.claimed_exceptions]
    shown = told if whole or not law.is_voluntary else told[:_MOST_VOLUNTARY_LINES]
    yield from (f"  {render_finding_headline(finding, assessment, wording)}" for finding in shown)
    if more := len(told) - len(shown):
        yield "  " + phrase_count(more, "and 1 more; --all lists it", "and {count} more; --all lists them")
    aside = sum(1 for finding in ranked if finding.set_aside and finding not in told)
    if aside:
        yield "  " + phrase_count(aside, "Set aside by you: 1 requirement", "Set aside by you: {count} requirements")
    if rest := len(ranked) - len(told) - aside:
        yield "  " + phrase_count(rest, "Not applicable: 1 requirement", "Not applicable: {count} requirements")


def rank_finding(finding: Finding) -> tuple[int, bool, bool, date]:
    """Gaps before the undetermined before the rest; in each, prohibitions, then what binds, then the earliest date."""
    force, urgency = finding.requirement.force, finding.status.meaning.urgency
    return urgency, force is not Force.PROHIBITION, force in SOFT_FORCES, finding.since or date.max
