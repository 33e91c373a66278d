"""What an answer changed and what an assessment came to, in a few lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tenken.assess import Assessment, Finding, Status
from tenken.interview.card import Prompt, counted, some
from tenken.interview.outlook import Change
from tenken.lines import width
from tenken.logic import Truth
from tenken.model import Force
from tenken.phrases import phrase
from tenken.words import SOFT, Words

_URGENCY = (Status.GAP, Status.UNDETERMINED, Status.EXPLAINED, Status.MET)


def changes(changed: Iterable[Change], words: Words, as_of: date) -> Iterator[str]:
    """What an answer settled, opened or turned: a line for each kind of change, none where nothing changed."""
    changed = list(changed)
    turned = [after for was, _, after in changed if was is not after.applies]
    yield from _applies([after for after in turned if after.applies is Truth.YES], words, as_of)
    yield from _ruled_out([after for after in turned if after.applies is Truth.NO], words)
    if reopened := [title(after, words) for after in turned if after.applies is Truth.UNKNOWN]:
        yield phrase("Open again: {titles}", titles=some(reopened))
    for _, before, after in changed:
        if before and (before.status, before.since) != (after.status, after.since):
            yield phrase("{status}: {title}", status=words.status(after), title=_dated(after, words, as_of))


def title(finding: Finding, words: Words) -> str:
    """A requirement by its title and where it stands; a citation in the title's own words is not repeated."""
    requirement = finding.requirement
    return words.beside(requirement.title, words.cite(requirement.cites[0]))


def _dated(finding: Finding, words: Words, as_of: date) -> str:
    return words.listed((title(finding, words), words.timing(finding, as_of)))


def _applies(findings: list[Finding], words: Words, as_of: date) -> Iterator[str]:
    for finding in findings:
        if finding.requirement.force is Force.PROHIBITION:
            what = _dated(finding, words, as_of)
            yield phrase("Prohibited: {what}. Take this to a lawyer before you go on.", what=what)
    bound = [f for f in findings if f.requirement.force not in (Force.PROHIBITION, *SOFT)]
    soft = [f for f in findings if f.requirement.force in SOFT]
    if bound:
        yield phrase("Now applies: {titles}", titles=some(_dated(finding, words, as_of) for finding in bound))
    if soft:
        yield phrase("Now concerns you: {titles}", titles=some(title(finding, words) for finding in soft))


def _ruled_out(findings: list[Finding], words: Words) -> Iterator[str]:
    """What no longer applies, gathered under the answers that decided it."""
    because: dict[str, list[str]] = {}
    for finding in findings:
        why = some(words.reasons(finding.reasons), 2)
        because.setdefault(why, []).append(title(finding, words))
    if len(because) > 2:
        every = some((title(finding, words) for finding in findings), 2)
        yield phrase("Ruled out by this answer: {titles}", titles=every)
        return
    for why, titles in because.items():
        what = titles[0] if len(titles) == 1 else counted(len(titles), "1 requirement", "{count} requirements")
        yield phrase("Ruled out: {what}, because {why}", what=what, why=why)


def leads_to(changed: Iterable[Change], offered: Sequence[str] = ()) -> str:
    """What one answer would lead to, in a phrase, with the checklists it would bring up."""
    turned = [after for was, _, after in changed if was is not after.applies]
    now = [after.requirement.title for after in turned if after.applies is Truth.YES]
    out = [after.requirement.title for after in turned if after.applies is Truth.NO]
    said = [phrase("leads to: {titles}", titles=_few(now))] if now else []
    said += [phrase("rules out: {titles}", titles=_few(out))] if out else []
    said += [phrase("offers a checklist: {titles}", titles=some(offered))] if offered else []
    return phrase("; ").join(said) or phrase("settles nothing by itself")


def _few(titles: Sequence[str]) -> str:
    return (
        phrase("; ").join(titles) if len(titles) <= 2 else counted(len(titles), "1 requirement", "{count} requirements")
    )


def result(assessment: Assessment, words: Words) -> Iterator[tuple[str, str]]:
    """The outcome as pairs of status and requirement, the most pressing first; what does not apply is counted only."""
    as_of = assessment.situation.as_of
    shown = [finding for finding in assessment.findings if finding.status in _URGENCY]
    for finding in sorted(shown, key=_urgency):
        yield words.status(finding), _dated(finding, words, as_of)
    aside = sum(1 for finding in assessment.findings if finding.set_aside)
    if aside:
        yield phrase("Set aside"), counted(aside, "1 requirement, by you", "{count} requirements, by you")
    if ruled_out := len(assessment.findings) - len(shown) - aside:
        yield phrase("Not applicable"), counted(ruled_out, "1 requirement", "{count} requirements")


def show(assessment: Assessment, words: Words, prompt: Prompt) -> None:
    """The outcome as a narrow table, and what to do first."""
    pairs = list(result(assessment, words))
    column = max((width(status) for status, _ in pairs), default=0)
    prompt.say()
    for status, text in pairs:
        prompt.say(text, mark=status + " " * (column - width(status)))
    prompt.say()
    if steps := list(first_steps(assessment, words)):
        prompt.say(phrase("First:"))
        for number, step in enumerate(steps, start=1):
            prompt.say(step, mark=f"{number}.")
        prompt.say()


def first_steps(assessment: Assessment, words: Words, most: int = 3) -> Iterator[str]:
    """What to do first: a step for each of the earliest gaps, as in the report, then what would settle the rest."""
    gaps = sorted((f for f in assessment.findings if f.status is Status.GAP and f.applies is Truth.YES), key=_urgency)
    steps: list[str] = [_step(finding) for finding in gaps]
    steps += [
        phrase("Find out: {question}", question=words.short(id))
        for finding in assessment.findings
        for id in finding.settled_by[:1]
    ]
    yield from list(dict.fromkeys(steps))[:most]


def _step(gap: Finding) -> str:
    open_checks = [measure.check for measure in gap.outstanding]
    return gap.requirement.remedy or next((check.remedy or check.ask for check in open_checks), gap.requirement.says)


def _urgency(finding: Finding) -> tuple[int, bool, bool, date]:
    """Gaps before the undetermined before the rest; in each, prohibitions, then what binds, then the earliest date."""
    force = finding.requirement.force
    rank = _URGENCY.index(finding.status)
    return rank, force is not Force.PROHIBITION, force in SOFT, finding.since or date.max
