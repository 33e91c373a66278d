"""Why a finding is what it is, and what one other answer would change, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Container, Iterator

from tenken.assess import Assessment, Finding, Measure, WayOut
from tenken.logic import Truth
from tenken.phrases import phrase
from tenken.words import Words


def lines(finding: Finding, assessment: Assessment, words: Words) -> Iterator[str]:
    """One requirement: status and date, the deciding answers, exceptions, what is missing, what would settle it."""
    requirement = finding.requirement
    yield headline(finding, assessment, words)
    yield "  " + words.cites(requirement.cites)
    if finding.reasons:
        yield phrase("  Why:")
    yield from (f"    {line}" for line in dict.fromkeys(words.reason(reason) for reason in finding.reasons))
    for entry in finding.dated_by:
        if entry.says and finding.applies is not Truth.NO:
            yield f"  {entry.says}"
    for way in finding.ways_out:
        yield from _way_out(way, words)
    for heading, ids in (
        (phrase("  Missing:"), _ids(finding.outstanding)),
        (phrase("  Asked for by the rules of the house:"), _ids(finding.house_open)),
        (phrase("  Good practice not followed:"), _ids(finding.good_practice_open)),
        (phrase("  Would be settled by:"), finding.settled_by),
    ):
        yield from (heading, *(f"    {words.short(id)}  ({id})" for id in ids)) if ids else ()
    for note in finding.notes.values():
        yield phrase("  Note: {says}", says=words.beside(note.says, words.cites(note.cites)))


def _ids(measures: tuple[Measure, ...]) -> tuple[str, ...]:
    return tuple(measure.check.id for measure in measures)


def _way_out(way_out: WayOut, words: Words) -> Iterator[str]:
    stands = {
        Truth.YES: phrase("  Exception relied on: {title}", title=way_out.way.title),
        Truth.UNKNOWN: phrase("  Exception still open: {title}", title=way_out.way.title),
        Truth.NO: phrase("  Exception not given: {title}", title=way_out.way.title),
    }
    yield stands[way_out.holds]
    yield from (f"    {line}" for line in dict.fromkeys(words.reason(reason) for reason in way_out.reasons))


def headline(finding: Finding, assessment: Assessment, words: Words) -> str:
    """One line: id, title, status, since when."""
    timing = words.timing(finding, assessment.situation.as_of)
    said = words.headed(finding.requirement.title, words.listed((words.status(finding), timing)))
    return f"{finding.requirement.id}  {said}"


def changes(before: Assessment, after: Assessment, words: Words, ids: Container[str]) -> Iterator[str]:
    """What differs for some requirements between two assessments of the same checklists: two lines each."""
    for old, new in zip(before.findings, after.findings, strict=True):
        if old.requirement.id not in ids:
            continue
        was, becomes = headline(old, before, words), headline(new, after, words)
        if was != becomes:
            yield phrase("  before: {line}", line=was)
            yield phrase("  then:   {line}", line=becomes)
