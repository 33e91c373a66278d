"""Answers to findings: pure functions of checklists, answers and a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from tenken.assessment.status import Status, decide_status
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.rules.answer_kinds import AnswerValue, DaySpan, find_possible_days, list_chosen_words
from tenken.rules.library import Library
from tenken.rules.logic import (
    ALWAYS,
    Atom,
    Condition,
    Situation,
    Truth,
    evaluate,
    evaluate_choice,
    list_deciding_facts,
)
from tenken.rules.requirement import (
    AppliesFrom,
    Basis,
    Check,
    Force,
    LegalException,
    Note,
    Penalty,
    Requirement,
)


class Timing(StrEnum):
    """Whether what applies holds already."""

    IN_FORCE = "in force"
    COMING = "coming"
    OPEN = "open"
    """It may hold already: an answer that is missing decides from which day."""


class Reason(Frozen):
    """One answer that decided something: the fact it decides, how, and the value that was given."""

    fact: Atom
    holds: Truth
    value: AnswerValue | None

    @property
    def question(self) -> str:
        return self.fact.question


class Measure(Frozen):
    """One check in one situation: does it concern this case, what was answered, is it outstanding."""

    check: Check
    concerns: Truth
    answer: str
    outstanding: Truth


class ExceptionFinding(Frozen):
    """One exception in one situation, and the answers that grant, refuse or leave it open."""

    exception: LegalException
    holds: Truth
    shown: Truth
    reasons: tuple[Reason, ...]

    @property
    def is_only_claimed(self) -> bool:
        """Whether it holds by the text, without what official guidance wants to be shown for it."""
        return self.holds is Truth.YES and self.shown is not Truth.YES


class Finding(Frozen):
    """One requirement in one situation.

    It counts from a day between `since` and `since_latest`, as far as the answers tell; None where there is no such
    bound. It is in force once the latest has come, and coming while the earliest has not.
    """

    requirement: Requirement
    applies: Truth
    status: Status
    set_aside: bool
    since: date | None
    since_latest: date | None
    timing: Timing | None
    dated_by: tuple[AppliesFrom, ...]
    reasons: tuple[Reason, ...]
    measures: tuple[Measure, ...]
    exceptions: tuple[ExceptionFinding, ...]
    settled_by: tuple[str, ...]
    notes: Mapping[str, Note]

    @property
    def is_dated_exactly(self) -> bool:
        return self.since is not None and self.since == self.since_latest

    @property
    def is_start_rule_known(self) -> bool:
        """Whether only one of the rules on its first day can be the one."""
        return len(self.dated_by) == 1

    @property
    def listed_day(self) -> date | None:
        """The day it is listed under: by which it counts for certain, or before which it does not; None if open."""
        match self.timing:
            case Timing.IN_FORCE:
                return self.since_latest
            case Timing.COMING:
                return self.since
            case Timing.OPEN | None:
                return None

    @property
    def has_unknown_day(self) -> bool:
        """Whether it counts from a day that nobody has named yet, such as that of the launch, and that may be near."""
        return self.timing in (Timing.COMING, Timing.OPEN) and self.listed_day is None

    @property
    def outstanding(self) -> tuple[Measure, ...]:
        """Measures the text asks for that are certainly missing."""
        return self._list_measures(Basis.TEXT, Truth.YES)

    @property
    def house_open(self) -> tuple[Measure, ...]:
        """Measures the rules of the house ask for that are certainly missing."""
        return self._list_measures(Basis.HOUSE, Truth.YES)

    @property
    def house_unknown(self) -> tuple[Measure, ...]:
        """Measures the rules of the house ask for of which nobody knows yet."""
        return self._list_measures(Basis.HOUSE, Truth.UNKNOWN)

    @property
    def good_practice_open(self) -> tuple[Measure, ...]:
        return self._list_measures(Basis.GUIDANCE, Truth.YES)

    def _list_measures(self, basis: Basis, outstanding: Truth) -> tuple[Measure, ...]:
        return tuple(m for m in self.measures if m.check.basis is basis and m.outstanding is outstanding)

    @property
    def relied_on_exceptions(self) -> tuple[ExceptionFinding, ...]:
        return tuple(exception for exception in self.exceptions if exception.holds is Truth.YES)

    @property
    def claimed_exceptions(self) -> tuple[ExceptionFinding, ...]:
        """The exceptions it rests on, if none of them is shown as official guidance wants it."""
        relied_on = self.relied_on_exceptions
        return relied_on if all(exception.is_only_claimed for exception in relied_on) else ()


class PenaltyTier(Frozen):
    """A penalty that belongs to something that applies or may apply, with the special cases that hold here."""

    checklist: str
    penalty: Penalty
    requirements: tuple[str, ...]
    cases: tuple[str, ...]


class Assessment(Frozen):
    library: Library
    situation: Situation
    findings: tuple[Finding, ...]
    penalties: tuple[PenaltyTier, ...] = ()


def assess_all(library: Library, situation: Situation) -> Assessment:
    findings = (assess_requirement(requirement, library, situation) for requirement in library.requirements.values())
    return build_assessment(library, situation, findings)


def build_assessment(library: Library, situation: Situation, found: Iterable[Finding]) -> Assessment:
    """The whole of findings that are there, one for each requirement."""
    findings = tuple(found)
    return Assessment(library, situation, findings, tuple(_list_penalty_tiers(library, situation, findings)))


def _list_penalty_tiers(library: Library, situation: Situation, findings: Iterable[Finding]) -> Iterator[PenaltyTier]:
    for checklist in library.checklists.values():
        for id, penalty in checklist.penalties.items():
            concerned = tuple(
                finding.requirement.id
                for finding in findings
                if finding.requirement.checklist == checklist.id
                and finding.requirement.penalty == id
                and finding.applies is not Truth.NO
            )
            cases = tuple(case.says for case in penalty.cases if evaluate(case.when, situation) is Truth.YES)
            if concerned:
                yield PenaltyTier(checklist.id, penalty, concerned, cases)


def evaluate_applicability(requirement: Requirement, situation: Situation) -> Truth:
    """Whether a requirement applies, as far as the answers tell; no longer after its last day."""
    return (
        Truth.NO if requirement.has_ended(situation.as_of) else evaluate(requirement.application_condition, situation)
    )


def assess_requirement(requirement: Requirement, library: Library, situation: Situation) -> Finding:
    applies = evaluate_applicability(requirement, situation)
    measures = tuple(_assess_check(requirement, check, applies, situation) for check in requirement.checks.values())
    status, set_aside = _evaluate_status(requirement, applies, measures)
    dated_by = tuple(list_possible_start_dates(requirement, situation))
    (since, since_latest), timing = _evaluate_timing(requirement, dated_by, situation)
    is_possible = applies is not Truth.NO
    finding = Finding(
        requirement=requirement,
        applies=applies,
        status=status,
        set_aside=set_aside,
        since=since if is_possible else None,
        since_latest=since_latest if is_possible else None,
        timing=timing if is_possible else None,
        dated_by=dated_by,
        reasons=()
        if requirement.has_ended(situation.as_of)
        else list_deciding_reasons(requirement.application_condition, situation),
        measures=measures,
        exceptions=_assess_exceptions(requirement, situation),
        settled_by=(),
        notes=dict(_list_applicable_notes(requirement, applies, situation)),
    )
    return replace_fields(finding, settled_by=_find_settling_questions(finding, library, situation))


def list_deciding_reasons(condition: Condition, situation: Situation) -> tuple[Reason, ...]:
    """The answers that decide a condition, each once; they alone give the same verdict."""
    facts = dict.fromkeys(list_deciding_facts(condition, situation))
    return tuple(Reason(fact, evaluate(fact, situation), situation.answers.get(fact.question)) for fact in facts)


def _assess_check(requirement: Requirement, check: Check, applies: Truth, situation: Situation) -> Measure:
    value = situation.answers.get(check.id)
    concerns = evaluate(check.when, situation)
    missing = ~evaluate_choice(value, requirement.accepted_answers)
    answer = next(iter(list_chosen_words(value)), "")
    # The minimum is the `all` of the logic, without a condition to build for every check.
    return Measure(check, concerns, answer, outstanding=min(applies, concerns, missing))


def _evaluate_status(requirement: Requirement, applies: Truth, measures: tuple[Measure, ...]) -> tuple[Status, bool]:
    text = [m for m in measures if m.check.basis is Basis.TEXT and m.concerns is not Truth.NO]
    prohibits = requirement.force is Force.PROHIBITION
    return decide_status(applies, [m.outstanding for m in text], {m.answer for m in text}, prohibits=prohibits)


def list_possible_start_dates(requirement: Requirement, situation: Situation) -> Iterator[AppliesFrom]:
    """The dates that can still be the one: up to the first entry that certainly holds."""
    for dated in requirement.applies_from:
        holds = evaluate(dated.when, situation)
        if holds is not Truth.NO:
            yield dated
        if holds is Truth.YES:
            return


def _evaluate_timing(
    requirement: Requirement, dated_by: tuple[AppliesFrom, ...], situation: Situation
) -> tuple[DaySpan, Timing]:
    """Between which days a requirement starts to count: a day of the law, moved back to the system's own first day."""
    as_of = situation.as_of
    days = [dated.date for dated in dated_by if isinstance(dated.date, date)]
    first, last = min(days, default=None), max(days, default=None)
    begin = _find_begin_days(requirement, situation)
    if begin == (None, None):
        last = None
    elif begin is not None:
        _, latest = begin
        if latest is None:
            # It starts on a day that nobody knows: a day of the law that has passed would name the wrong one.
            return (first if first and first > as_of else None, None), Timing.COMING
        first, last = max(latest, first or latest), max(latest, last or latest)
    elif not days:
        return (None, None), Timing.IN_FORCE
    if first and first > as_of:
        return (first, last), Timing.COMING
    return (first, last), Timing.IN_FORCE if last and last <= as_of else Timing.OPEN


def _find_begin_days(requirement: Requirement, situation: Situation) -> DaySpan | None:
    """Between which days that of the first `not_before` question lies that is not answered `never`; None if all are."""
    for question in requirement.not_before:
        days = find_possible_days(situation.answers.get(question), situation.as_of)
        if days is not None:
            return days
    return None


def list_dating_questions(requirement: Requirement, situation: Situation) -> Iterator[str]:
    """What the day still depends on from which a requirement counts, in the order of its text; one may come twice."""
    for dated in list_possible_start_dates(requirement, situation):
        if evaluate(dated.when, situation) is Truth.UNKNOWN:
            yield from (fact.question for fact in list_deciding_facts(dated.when, situation))
    for question in requirement.not_before:
        days = find_possible_days(situation.answers.get(question), situation.as_of)
        if days is not None:
            if days[0] is None or days[0] != days[1]:
                yield question
            return


def _assess_exceptions(requirement: Requirement, situation: Situation) -> tuple[ExceptionFinding, ...]:
    """The exceptions worth a word: none where the law does not address the case at all."""
    if evaluate(requirement.concern_condition, situation) is Truth.NO:
        return ()
    return tuple(_assess_exception(exception, situation) for exception in requirement.exceptions.values())


def _assess_exception(exception: LegalException, situation: Situation) -> ExceptionFinding:
    holds, shown = evaluate(exception.when, situation), evaluate(exception.shown_when, situation)
    decides = exception.when if holds is not Truth.YES or shown is Truth.YES else exception.shown_when
    return ExceptionFinding(exception, holds, shown, list_deciding_reasons(decides, situation))


def _list_applicable_notes(
    requirement: Requirement, applies: Truth, situation: Situation
) -> Iterator[tuple[str, Note]]:
    """Notes with a condition wherever it holds; the others where the requirement applies or may."""
    for key, note in requirement.notes.items():
        if (applies is not Truth.NO or note.when != ALWAYS) and evaluate(note.when, situation) is Truth.YES:
            yield key, note


def _find_settling_questions(finding: Finding, library: Library, situation: Situation) -> tuple[str, ...]:
    """The answers that would settle an undetermined finding, or the day of a gap, in the order they are asked."""
    requirement = finding.requirement
    if finding.status.needs_action and finding.timing is Timing.OPEN:
        return tuple(sorted(set(list_dating_questions(requirement, situation)), key=library.order.__getitem__))
    if not finding.status.needs_answer:
        return ()
    conditions = [requirement.application_condition]
    # Whether it applies comes first: to know of its measures helps only where it does.
    if finding.applies is Truth.YES:
        text = (m for m in finding.measures if m.check.basis is Basis.TEXT)
        conditions = [requirement.build_outstanding_condition(m.check) for m in text if m.outstanding is Truth.UNKNOWN]
    ids = {fact.question for condition in conditions for fact in list_deciding_facts(condition, situation)}
    return tuple(sorted(ids, key=library.order.__getitem__))
