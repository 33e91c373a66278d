"""Why a finding is what it is, and what one other answer would change, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Container, Iterator

from tenken.assessment.findings import Assessment, ExceptionFinding, Finding, Measure
from tenken.assessment.wording import Wording
from tenken.messages.message_catalog import phrase
from tenken.rules.logic import Truth


def render_finding_explanation(finding: Finding, assessment: Assessment, words: Wording) -> Iterator[str]:
    """One requirement: status and date, the deciding answers, exceptions, what is missing, what would settle it."""
    requirement = finding.requirement
    yield render_finding_headline(finding, assessment, words)
    yield "  " + words.render_citations(requirement.cites)
    if finding.reasons:
        yield phrase("  Why:")
    yield from (f"    {line}" for line in dict.fromkeys(words.render_reason(reason) for reason in finding.reasons))
    for entry in finding.dated_by:
        if entry.says and finding.applies is not Truth.NO:
            yield f"  {entry.says}"
    for way in finding.ways_out:
        yield from _render_exception_explanation(way, words)
    for heading, ids in (
        (phrase("  Missing:"), _list_measure_check_ids(finding.outstanding)),
        (phrase("  Asked for by the rules of the house:"), _list_measure_check_ids(finding.house_open)),
        (phrase("  Good practice not followed:"), _list_measure_check_ids(finding.good_practice_open)),
        (phrase("  Would be settled by:"), finding.settled_by),
    ):
        yield from (heading, *(f"    {words.find_question_heading(id)}  ({id})" for id in ids)) if ids else ()
    for note in finding.notes.values():
        yield phrase("  Note: {says}", says=words.add_in_brackets(note.says, words.render_citations(note.cites)))


def _list_measure_check_ids(measures: tuple[Measure, ...]) -> tuple[str, ...]:
    return tuple(measure.check.id for measure in measures)


def _render_exception_explanation(way_out: ExceptionFinding, words: Wording) -> Iterator[str]:
    stands = {
        Truth.YES: phrase("  Exception relied on: {title}", title=way_out.way.title),
        Truth.UNKNOWN: phrase("  Exception still open: {title}", title=way_out.way.title),
        Truth.NO: phrase("  Exception not given: {title}", title=way_out.way.title),
    }
    yield stands[way_out.holds]
    yield from (f"    {line}" for line in dict.fromkeys(words.render_reason(reason) for reason in way_out.reasons))


def render_finding_headline(finding: Finding, assessment: Assessment, words: Wording) -> str:
    """One line: id, title, status, since when."""
    timing = words.render_timing(finding, assessment.situation.as_of)
    said = words.join_heading(finding.requirement.title, words.join_list((words.render_status(finding), timing)))
    return f"{finding.requirement.id}  {said}"


def render_changed_headlines(
    before: Assessment, after: Assessment, words: Wording, ids: Container[str]
) -> Iterator[str]:
    """What differs for some requirements between two assessments of the same checklists: two lines each."""
    for old, new in zip(before.findings, after.findings, strict=True):
        if old.requirement.id not in ids:
            continue
        was, becomes = render_finding_headline(old, before, words), render_finding_headline(new, after, words)
        if was != becomes:
            yield phrase("  before: {line}", line=was)
            yield phrase("  then:   {line}", line=becomes)
