"""What an answer changed and what an assessment came to, in a few lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tenken.assessment.findings import Assessment, Finding, Status
from tenken.assessment.running_assessment import FindingChange
from tenken.assessment.wording import SOFT_FORCES, Wording
from tenken.interview.question_card import Prompt, phrase_count, phrase_some_items
from tenken.messages.line_breaking import measure_width
from tenken.messages.message_catalog import phrase
from tenken.rules.logic import Truth
from tenken.rules.requirement import Force

_TOLD_STATUS_ORDER = (Status.GAP, Status.UNDETERMINED, Status.EXPLAINED, Status.MET)


def render_answer_changes(changed: Iterable[FindingChange], wording: Wording, as_of: date) -> Iterator[str]:
    """What an answer settled, opened or turned: a line for each kind of change, none where nothing changed."""
    changed = list(changed)
    turned = [after for was, _, after in changed if was is not after.applies]
    yield from _render_applying_findings([after for after in turned if after.applies is Truth.YES], wording, as_of)
    yield from _render_ruled_out_findings([after for after in turned if after.applies is Truth.NO], wording)
    if reopened := [render_cited_title(after, wording) for after in turned if after.applies is Truth.UNKNOWN]:
        yield phrase("Open again: {titles}", titles=phrase_some_items(reopened))
    for _, before, after in changed:
        if before and (before.status, before.since) != (after.status, after.since):
            yield phrase(
                "{status}: {title}",
                status=wording.render_status(after),
                title=_render_dated_title(after, wording, as_of),
            )


def render_cited_title(finding: Finding, wording: Wording) -> str:
    """A requirement by its title and where it stands; a citation in the title's own words is not repeated."""
    requirement = finding.requirement
    return wording.add_in_brackets(requirement.title, wording.render_citation(requirement.cites[0]))


def _render_dated_title(finding: Finding, wording: Wording, as_of: date) -> str:
    return wording.join_list((render_cited_title(finding, wording), wording.render_timing(finding, as_of)))


def _render_applying_findings(findings: list[Finding], wording: Wording, as_of: date) -> Iterator[str]:
    for finding in findings:
        if finding.requirement.force is Force.PROHIBITION:
            what = _render_dated_title(finding, wording, as_of)
            yield phrase("Prohibited: {what}. Take this to a lawyer before you go on.", what=what)
    bound = [finding for finding in findings if finding.requirement.force not in (Force.PROHIBITION, *SOFT_FORCES)]
    soft = [finding for finding in findings if finding.requirement.force in SOFT_FORCES]
    if bound:
        yield phrase(
            "Now applies: {titles}",
            titles=phrase_some_items(_render_dated_title(finding, wording, as_of) for finding in bound),
        )
    if soft:
        yield phrase(
            "Now concerns you: {titles}",
            titles=phrase_some_items(render_cited_title(finding, wording) for finding in soft),
        )


def _render_ruled_out_findings(findings: list[Finding], wording: Wording) -> Iterator[str]:
    """What no longer applies, gathered under the answers that decided it."""
    because: dict[str, list[str]] = {}
    for finding in findings:
        why = phrase_some_items(wording.render_reasons(finding.reasons), 2)
        because.setdefault(why, []).append(render_cited_title(finding, wording))
    if len(because) > 2:
        every = phrase_some_items((render_cited_title(finding, wording) for finding in findings), 2)
        yield phrase("Ruled out by this answer: {titles}", titles=every)
        return
    for why, titles in because.items():
        what = titles[0] if len(titles) == 1 else phrase_count(len(titles), "1 requirement", "{count} requirements")
        yield phrase("Ruled out: {what}, because {why}", what=what, why=why)


def phrase_answer_outcome(changed: Iterable[FindingChange], offered: Sequence[str] = ()) -> str:
    """What one answer would lead to, in a phrase, with the checklists it would bring up."""
    turned = [after for was, _, after in changed if was is not after.applies]
    now = [after.requirement.title for after in turned if after.applies is Truth.YES]
    out = [after.requirement.title for after in turned if after.applies is Truth.NO]
    said = [phrase("leads to: {titles}", titles=_phrase_titles_or_count(now))] if now else []
    said += [phrase("rules out: {titles}", titles=_phrase_titles_or_count(out))] if out else []
    said += [phrase("offers a checklist: {titles}", titles=phrase_some_items(offered))] if offered else []
    return phrase("; ").join(said) or phrase("settles nothing by itself")


def _phrase_titles_or_count(titles: Sequence[str]) -> str:
    return (
        phrase("; ").join(titles)
        if len(titles) <= 2
        else phrase_count(len(titles), "1 requirement", "{count} requirements")
    )


def list_result_rows(assessment: Assessment, wording: Wording) -> Iterator[tuple[str, str]]:
    """The outcome as pairs of status and requirement, the most pressing first; what does not apply is counted only."""
    as_of = assessment.situation.as_of
    shown = [finding for finding in assessment.findings if finding.status in _TOLD_STATUS_ORDER]
    for finding in sorted(shown, key=_rank_finding_to_tell):
        yield wording.render_status(finding), _render_dated_title(finding, wording, as_of)
    aside = sum(1 for finding in assessment.findings if finding.set_aside)
    if aside:
        yield phrase("Set aside"), phrase_count(aside, "1 requirement, by you", "{count} requirements, by you")
    if ruled_out := len(assessment.findings) - len(shown) - aside:
        yield phrase("Not applicable"), phrase_count(ruled_out, "1 requirement", "{count} requirements")


def show_assessment(assessment: Assessment, wording: Wording, prompt: Prompt) -> None:
    """The outcome as a narrow table, and what to do first."""
    pairs = list(list_result_rows(assessment, wording))
    column = max((measure_width(status) for status, _ in pairs), default=0)
    prompt.say_paragraph()
    for status, text in pairs:
        prompt.say_paragraph(text, mark=status + " " * (column - measure_width(status)))
    prompt.say_paragraph()
    if steps := list(list_first_steps(assessment, wording)):
        prompt.say_paragraph(phrase("First:"))
        for number, step in enumerate(steps, start=1):
            prompt.say_paragraph(step, mark=f"{number}.")
        prompt.say_paragraph()


def list_first_steps(assessment: Assessment, wording: Wording, most: int = 3) -> Iterator[str]:
    """What to do first: a step for each of the earliest gaps, as in the report, then what would settle the rest."""
    gaps = sorted(
        (finding for finding in assessment.findings if finding.status is Status.GAP and finding.applies is Truth.YES),
        key=_rank_finding_to_tell,
    )
    steps: list[str] = [_render_first_step(finding) for finding in gaps]
    steps += [
        phrase("Find out: {question}", question=wording.find_question_heading(id))
        for finding in assessment.findings
        for id in finding.settled_by[:1]
    ]
    yield from list(dict.fromkeys(steps))[:most]


def _render_first_step(finding: Finding) -> str:
    open_checks = [measure.check for measure in finding.outstanding]
    return finding.requirement.remedy or next(
        (check.remedy or check.ask for check in open_checks), finding.requirement.says
    )


def _rank_finding_to_tell(finding: Finding) -> tuple[int, bool, bool, date]:
    """Gaps before the undetermined before the rest; in each, prohibitions, then what binds, then the earliest date."""
    force = finding.requirement.force
    rank = _TOLD_STATUS_ORDER.index(finding.status)
    return rank, force is not Force.PROHIBITION, force in SOFT_FORCES, finding.since or date.max
