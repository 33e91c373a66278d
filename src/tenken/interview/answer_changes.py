"""What an answer changed: the requirements that now apply, are ruled out, are open again or stand differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tenken.assessment.findings import Finding
from tenken.assessment.judgement import Timing
from tenken.assessment.open_questions import OpenQuestion, Phase
from tenken.assessment.running_assessment import FindingChange, RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.result_summary import render_cited_title, render_dated_title
from tenken.messages.message_catalog import phrase, phrase_count, phrase_some_items
from tenken.rules.logic import Truth
from tenken.rules.requirement import Force


def render_answer_changes(changes: Iterable[FindingChange], wording: Wording, as_of: date) -> Iterator[str]:
    """What an answer settled, opened or turned: a line for each kind of change, none where nothing changed."""
    changes = list(changes)
    turned = [after for was, _, after in changes if was is not after.applies]
    yield from _render_applying_findings([after for after in turned if after.applies is Truth.YES], wording, as_of)
    yield from _render_ruled_out_findings([after for after in turned if after.applies is Truth.NO], wording)
    if reopened := [render_cited_title(after, wording) for after in turned if after.applies is Truth.UNKNOWN]:
        yield phrase("Open again: {titles}", titles=phrase_some_items(reopened))
    for _, before, after in changes:
        if before and before.status is not after.status and not _is_only_waiting(after):
            yield phrase(
                "{status}: {title}", status=wording.render_status(after), title=_render_title(after, wording, as_of)
            )
    if dated := [after for _, before, after in changes if before and _is_only_dated_now(before, after)]:
        titles = phrase_some_items(render_dated_title(finding, wording, as_of) for finding in dated)
        yield phrase("The day is known now: {titles}", titles=titles)


def _is_only_dated_now(before: Finding, after: Finding) -> bool:
    was, now = ((finding.since, finding.since_latest) for finding in (before, after))
    is_same = before.status is after.status or _is_only_waiting(after)
    return is_same and was != now and after.is_dated_exactly


def _is_only_waiting(finding: Finding) -> bool:
    """Whether it is undetermined only because nobody was asked yet what is in place; no doubt hangs over it."""
    return finding.status.needs_answer and not any(measure.answer for measure in finding.measures)


def _render_title(finding: Finding, wording: Wording, as_of: date) -> str:
    """A requirement with its day, where that is known."""
    if finding.timing is Timing.OPEN:
        return render_cited_title(finding, wording)
    return render_dated_title(finding, wording, as_of)


def _render_applying_findings(findings: list[Finding], wording: Wording, as_of: date) -> Iterator[str]:
    for finding in findings:
        if finding.requirement.force is Force.PROHIBITION:
            what = _render_title(finding, wording, as_of)
            yield phrase("Prohibited: {what}. Take this to a lawyer before you go on.", what=what)
    law = [finding for finding in findings if finding.requirement.is_law]
    bound = [finding for finding in law if finding.requirement.force is not Force.PROHIBITION]
    soft = [finding for finding in findings if not finding.requirement.is_law]
    if bound:
        yield phrase(
            "Now applies: {titles}",
            titles=phrase_some_items(_render_title(finding, wording, as_of) for finding in bound),
        )
    if soft:
        yield phrase(
            "Now concerns you: {titles}",
            titles=phrase_some_items(render_cited_title(finding, wording) for finding in soft),
        )


def _render_ruled_out_findings(findings: list[Finding], wording: Wording) -> Iterator[str]:
    """What no longer applies, gathered under the answers that decided it."""
    titles_by_reason: dict[str, list[str]] = {}
    for finding in findings:
        reasons = wording.render_reasons(finding.reasons, in_sentences=False)
        why = phrase_some_items((reason.rstrip(".。") for reason in reasons), 2)
        titles_by_reason.setdefault(why, []).append(render_cited_title(finding, wording))
    if len(titles_by_reason) > 2:
        every = phrase_some_items((render_cited_title(finding, wording) for finding in findings), 2)
        yield phrase("Ruled out by this answer: {titles}", titles=every)
        return
    for why, titles in titles_by_reason.items():
        what = titles[0] if len(titles) == 1 else phrase_count(len(titles), "1 requirement", "{count} requirements")
        yield phrase("Ruled out: {what}, because {why}", what=what, why=why)


def render_added_questions(
    before: Iterable[OpenQuestion], phase: Phase, running_assessment: RunningAssessment
) -> Iterator[str]:
    """A line if a phase became longer than the questions that were open before, with the reason."""
    known = {open_question.question for open_question in before if open_question.phase is phase}
    known |= set(running_assessment.situation.answers)
    added = [
        open_question
        for open_question in running_assessment.open
        if open_question.phase is phase and open_question.question not in known
    ]
    if added:
        requirements = running_assessment.library.requirements
        titles = (requirements[id].title for open_question in added for id in open_question.needed_by)
        one, many = "1 more question, for: {titles}", "{count} more questions, for: {titles}"
        yield phrase_count(len(added), one, many, titles=phrase_some_items(titles, 1))


def render_next_count(count: int, command: str) -> str:
    """How many questions are next, and the command that shows them."""
    if not count:
        return phrase("Nothing is open.")
    one, many = "1 question is open next; see it: {command}", "{count} questions are open next; see them: {command}"
    return phrase_count(count, one, many, command=command)
