"""Answers to findings: pure functions of checklists, answers and a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tenken.assessment.judgement import (
    SplitCheck,
    Timing,
    group_settling_questions,
    judge_requirement,
)
from tenken.assessment.status import Status
from tenken.files.frozen_classes import Frozen
from tenken.rules.answer_kinds import AnswerValue, list_chosen_words
from tenken.rules.deciding_facts import get_only, list_deciding_facts
from tenken.rules.library import Library
from tenken.rules.logic import ALWAYS, Atom, Condition, Situation, Truth, build_truth, evaluate
from tenken.rules.requirement import AppliesFrom, Basis, Check, LegalException, Note, Penalty, Requirement


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


def assess_requirement(requirement: Requirement, library: Library, situation: Situation) -> Finding:
    judged = judge_requirement(requirement, situation)
    applies = build_truth(judged.applies)
    status, set_aside = get_only(judged.statuses)
    dating = get_only(judged.datings)
    is_possible = applies is not Truth.NO
    return Finding(
        requirement=requirement,
        applies=applies,
        status=status,
        set_aside=set_aside,
        since=dating.since if is_possible else None,
        since_latest=dating.since_latest if is_possible else None,
        timing=dating.timing if is_possible else None,
        dated_by=dating.dated_by,
        reasons=()
        if requirement.has_ended(situation.as_of)
        else list_deciding_reasons(requirement.application_condition, situation),
        measures=tuple(_build_measure(split, situation) for split in judged.checks),
        exceptions=_assess_exceptions(requirement, situation),
        settled_by=get_only(group_settling_questions(judged, library, situation)),
        notes=dict(_list_applicable_notes(requirement, applies, situation)),
    )


def _build_measure(split: SplitCheck, situation: Situation) -> Measure:
    answer = next(iter(list_chosen_words(situation.answers.get(split.check.id))), "")
    return Measure(split.check, build_truth(split.concerns), answer, build_truth(split.outstanding))


def list_deciding_reasons(condition: Condition, situation: Situation) -> tuple[Reason, ...]:
    """The answers that decide a condition, each once; they alone give the same verdict."""
    facts = dict.fromkeys(list_deciding_facts(condition, situation))
    return tuple(Reason(fact, evaluate(fact, situation), situation.answers.get(fact.question)) for fact in facts)


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
