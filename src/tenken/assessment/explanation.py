"""Why a finding is what it is, and what one other answer would change, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Container, Iterator

from tenken.assessment.findings import Assessment, ExceptionFinding, Finding, Measure
from tenken.assessment.gate import Judged
from tenken.assessment.status import Status
from tenken.assessment.wording import Wording
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.rules.logic import Truth


def render_finding_explanation(finding: Finding, assessment: Assessment, wording: Wording) -> Iterator[str]:
    """One requirement: status and date, the deciding answers, exceptions, what is missing, what would settle it."""
    requirement = finding.requirement
    yield render_finding_headline(finding, assessment, wording)
    yield "  " + wording.render_citations(requirement.cites)
    if finding.reasons:
        yield phrase("  Why:")
    yield from (f"    {line}" for line in dict.fromkeys(wording.render_reason(reason) for reason in finding.reasons))
    for entry in finding.dated_by:
        if entry.says and finding.applies is not Truth.NO:
            known = finding.is_start_rule_known
            yield f"  {entry.says}" if known else phrase("  Depending on the answer: {says}", says=entry.says)
    for exception in finding.exceptions:
        yield from _render_exception_explanation(exception, wording)
    for heading, ids in (
        (phrase("  Missing:"), _list_measure_check_ids(finding.outstanding)),
        (phrase("  Asked for by the rules of the house:"), _list_measure_check_ids(finding.house_open)),
        (phrase("  Good practice not followed:"), _list_measure_check_ids(finding.good_practice_open)),
        (phrase("  Would be settled by:"), finding.settled_by),
    ):
        yield from (heading, *(f"    {wording.find_question_heading(id)}  ({id})" for id in ids)) if ids else ()
    for note in finding.notes.values():
        yield phrase("  Note: {says}", says=wording.add_in_brackets(note.says, wording.render_citations(note.cites)))


def _list_measure_check_ids(measures: tuple[Measure, ...]) -> tuple[str, ...]:
    return tuple(measure.check.id for measure in measures)


def _render_exception_explanation(exception: ExceptionFinding, wording: Wording) -> Iterator[str]:
    stands = {
        Truth.YES: phrase("  Exception relied on: {title}", title=exception.exception.title),
        Truth.UNKNOWN: phrase("  Exception still open: {title}", title=exception.exception.title),
        Truth.NO: phrase("  Exception not given: {title}", title=exception.exception.title),
    }
    claimed = phrase("  Exception claimed, not shown: {title}", title=exception.exception.title)
    yield claimed if exception.is_only_claimed else stands[exception.holds]
    yield from (f"    {line}" for line in dict.fromkeys(wording.render_reason(reason) for reason in exception.reasons))


def render_finding_headline(finding: Finding, assessment: Assessment, wording: Wording) -> str:
    """One line: id, title, status, since when."""
    timing = wording.render_timing(finding, assessment.situation.as_of)
    said = wording.join_heading(finding.requirement.title, wording.join_list((wording.render_status(finding), timing)))
    return f"{finding.requirement.id}  {said}"


def render_changed_headlines(
    before: Assessment, after: Assessment, wording: Wording, ids: Container[str]
) -> Iterator[str]:
    """What differs for some requirements between two assessments of the same checklists: two lines each."""
    for old, new in zip(before.findings, after.findings, strict=True):
        if old.requirement.id not in ids:
            continue
        was, becomes = render_finding_headline(old, before, wording), render_finding_headline(new, after, wording)
        if was != becomes:
            yield phrase("  before: {line}", line=was)
            yield phrase("  then:   {line}", line=becomes)


def render_blocking_finding(finding: Finding, assessment: Assessment, wording: Wording) -> Iterator[str]:
    """What stops a gate: the requirement, the checks that are certainly missing, and those nobody knows of yet."""
    yield render_finding_headline(finding, assessment, wording)
    for measure in (*finding.outstanding, *finding.house_open):
        yield "  " + wording.join_heading(measure.check.id, measure.check.ask)
    unknown = (*finding.settled_by, *_list_measure_check_ids(finding.house_unknown))
    if unknown:
        yield "  " + phrase("open: {ids}", ids=wording.join_list(unknown))


def render_judged_lines(judged: Judged, wording: Wording) -> Iterator[str]:
    """What a gate looked at: how many rules that bind stand where, and which rest on something set aside."""
    counts = judged.count_statuses()
    stands = (
        wording.join_heading(wording.render_standing(status.meaning.standing, None), str(counts[status]))
        for status in Status
        if counts[status]
    )
    if judged.due:
        total = phrase_count(len(judged.due), "1 binding requirement is due", "{count} binding requirements are due")
        yield wording.join_list((total, *stands))
    elif judged.binding:
        yield phrase("No binding requirement is due by this day.")
    else:
        yield phrase("Only duties of effort or recommendations are here, and these stop no build.")
    if judged.undated:
        ids = wording.join_list(finding.requirement.id for finding in judged.undated)
        yield phrase("From a day that is not known yet: {ids}", ids=ids)
    if judged.claimed:
        ids = wording.join_list(finding.requirement.id for finding in judged.claimed)
        yield phrase("Exception claimed, not shown: {ids}", ids=ids)
    if judged.set_aside:
        ids = wording.join_list(finding.requirement.id for finding in judged.set_aside)
        yield phrase("Set aside by you, in part or whole: {ids}", ids=ids)
