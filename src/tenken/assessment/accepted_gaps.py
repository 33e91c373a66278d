"""Which gaps somebody answers for, and what can be answered for at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.status import Status
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem
from tenken.messages.message_catalog import phrase
from tenken.records.acceptance import (
    LONGEST,
    AcceptanceEnd,
    digest_answers,
    digest_rule,
    find_acceptance_ends,
    is_name,
)
from tenken.records.answer_values import has_words
from tenken.records.evidence import add_months
from tenken.records.record import Acceptance, Record
from tenken.rules.requirement import Force


class AcceptedGap(Frozen):
    """A gap that somebody answers for, or answered for; `ended` says why that no longer holds."""

    finding: Finding
    acceptance: Acceptance
    ended: AcceptanceEnd | None


def list_accepted_gaps(record: Record, assessment: Assessment) -> tuple[AcceptedGap, ...]:
    """Every gap of today that was accepted once, in the order of the requirements."""
    ends = find_acceptance_ends(record, assessment.library, assessment.situation.as_of) if record.accepted else {}
    return tuple(
        AcceptedGap(finding, record.accepted[finding.requirement.id], ends[finding.requirement.id])
        for finding in assessment.findings
        if finding.requirement.id in ends and _can_be_accepted(finding)
    )


def map_accepted_gaps(record: Record, assessment: Assessment) -> dict[str, AcceptedGap]:
    """The same by the ids of their requirements."""
    return {gap.finding.requirement.id: gap for gap in list_accepted_gaps(record, assessment)}


def build_acceptance(
    finding: Finding, record: Record, assessment: Assessment, *, by: str, until: date, because: str, on: date
) -> Acceptance:
    """Somebody's answering for a gap, resting on the rule and on the answers as they are."""
    rule, answers = digest_rule(finding.requirement), digest_answers(record, finding.requirement, assessment.library)
    return Acceptance(by, until, because, on, rule, answers)


def list_acceptable_findings(record: Record, assessment: Assessment) -> list[Finding]:
    """The gaps somebody can answer for, and nobody does by now."""
    gaps = list_accepted_gaps(record, assessment)
    standing = {gap.finding.requirement.id for gap in gaps if gap.ended is None}
    return [
        finding
        for finding in assessment.findings
        if _can_be_accepted(finding) and finding.requirement.id not in standing
    ]


def _can_be_accepted(finding: Finding) -> bool:
    requirement = finding.requirement
    return finding.status is Status.GAP and requirement.is_binding and requirement.force is not Force.PROHIBITION


def list_refusals(acceptance: Acceptance, finding: Finding) -> Iterator[Problem]:
    """Why a gap cannot be accepted like this."""
    id = finding.requirement.id
    if finding.requirement.force is Force.PROHIBITION:
        yield Problem(Place(id), "what is prohibited cannot be accepted; end it or change it")
    elif not finding.requirement.is_binding:
        text = (
            "this does not have to be met, so that nobody need answer for it; a note on its checks says why it is left"
        )
        yield Problem(Place(id), text)
    elif finding.status is not Status.GAP:
        yield Problem(Place(id), "this is no gap today; only a gap can be accepted")
    if not is_name(acceptance.by):
        yield Problem(Place("--by"), "say who answers for it")
    if not has_words(acceptance.because):
        yield Problem(Place("--because"), "say why it is accepted, in words")
    if acceptance.on and not acceptance.on <= acceptance.until <= add_months(acceptance.on, LONGEST):
        facts = {"first": acceptance.on, "last": add_months(acceptance.on, LONGEST)}
        yield Problem(Place("--until"), "a gap can be accepted from {first} to {last}, a year at most", facts)


def render_accepted_gap(gap: AcceptedGap) -> str:
    """One line for a terminal: who answers for it until when and why, or why that has ended."""
    facts = {"id": gap.finding.requirement.id, "by": gap.acceptance.by, "day": gap.acceptance.until}
    if gap.ended is None:
        return phrase("Accepted: {id}, by {by}, until {day}: {why}", **facts, why=gap.acceptance.because)
    return phrase("No longer accepted: {id}, by {by}, until {day}: {why}", **facts, why=phrase_end(gap.ended))


def phrase_end(end: AcceptanceEnd) -> str:
    return {
        AcceptanceEnd.EXPIRED: phrase("the last day has passed"),
        AcceptanceEnd.RULE_CHANGED: phrase("the rule has changed since"),
        AcceptanceEnd.ANSWERS_CHANGED: phrase("the answers it rests on have changed since"),
        AcceptanceEnd.TOO_LONG: phrase("it would last more than a year"),
        AcceptanceEnd.AHEAD: phrase("it is accepted only from a later day"),
        AcceptanceEnd.INCOMPLETE: phrase("the name, the reason or the day is missing"),
    }[end]
