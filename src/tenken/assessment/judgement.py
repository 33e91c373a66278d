"""How a requirement is judged in one situation or in many at once: pure functions of it, of answers and of a day.

Whatever differs from situation to situation is told as groups: those in which the same is true, a bit each. So one
record costs what it costs alone, and ten thousand hardly more than their differences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import NamedTuple

from tenken.assessment.status import Status
from tenken.rules.answer_kinds import DaySpan, find_possible_days, list_chosen_words
from tenken.rules.deciding_facts import Facts, group_deciding_facts, join_deciding_facts
from tenken.rules.library import Library
from tenken.rules.logic import (
    Condition,
    Situation,
    Situations,
    Split,
    Truth,
    build_truth,
    evaluate_choice,
    split_situations,
)
from tenken.rules.requirement import EXPLAINED, SET_ASIDE, AppliesFrom, Basis, Check, Force, Requirement

JudgedSituations = Situation | Situations
Ids = tuple[str, ...]


class Timing(StrEnum):
    """Whether what applies holds already."""

    IN_FORCE = "in force"
    COMING = "coming"
    OPEN = "open"
    """It may hold already: an answer that is missing decides from which day."""


class SplitCheck(NamedTuple):
    """One check: in which situations it concerns the case, and in which it is outstanding."""

    check: Check
    concerns: Split
    outstanding: Split


class Dating(NamedTuple):
    """From when a requirement counts: between two days, as far as the answers tell, and the rules that say so."""

    dated_by: tuple[AppliesFrom, ...]
    since: date | None
    since_latest: date | None
    timing: Timing


class JudgedRequirement(NamedTuple):
    requirement: Requirement
    applies: Split
    checks: tuple[SplitCheck, ...]
    statuses: Sequence[tuple[int, tuple[Status, bool]]]
    """With each, whether it is "not applicable" only because every measure was set aside."""
    datings: Sequence[tuple[int, Dating]]


def judge_requirement(requirement: Requirement, situations: JudgedSituations) -> JudgedRequirement:
    applies = split_applicability(requirement, situations)
    checks = tuple(_split_check(requirement, check, applies, situations) for check in requirement.checks.values())
    statuses = tuple(_group_statuses(requirement, applies, checks, situations))
    return JudgedRequirement(requirement, applies, checks, statuses, tuple(_group_datings(requirement, situations)))


def split_applicability(requirement: Requirement, situations: JudgedSituations) -> Split:
    """Whether a requirement applies, as far as the answers tell; no longer after its last day."""
    if requirement.has_ended(situations.as_of):
        return 0, situations.everyone
    return split_situations(requirement.application_condition, situations)


def evaluate_applicability(requirement: Requirement, situation: Situation) -> Truth:
    return build_truth(split_applicability(requirement, situation))


def _split_check(requirement: Requirement, check: Check, applies: Split, situations: JudgedSituations) -> SplitCheck:
    done = missing = 0
    for value, mask in situations.list_values(check.id):
        verdict = evaluate_choice(value, requirement.accepted_answers)
        if verdict is Truth.YES:
            done |= mask
        elif verdict is Truth.NO:
            missing |= mask
    concerns = split_situations(check.when, situations)
    # The minimum is the `all` of the logic, without a condition to build for every check.
    outstanding = applies[0] & concerns[0] & missing, applies[1] | concerns[1] | done
    return SplitCheck(check, concerns, outstanding)


def _group_statuses(
    requirement: Requirement, applies: Split, checks: Sequence[SplitCheck], situations: JudgedSituations
) -> Iterator[tuple[int, tuple[Status, bool]]]:
    everyone = situations.everyone
    if applies[1] == everyone:
        yield everyone, (Status.NOT_APPLICABLE, False)
        return
    text = [split for split in checks if split.check.basis is Basis.TEXT]
    missing, unknown, concerned = 0, 0, 0
    for split in text:
        yes, no = split.outstanding
        missing |= yes
        unknown |= everyone & ~(yes | no)
        concerned |= everyone & ~split.concerns[1]
    if requirement.force is Force.PROHIBITION:
        # Without a measure there is nothing to fail, unless the rule forbids the thing itself.
        forbidden, concerned = everyone & ~concerned, everyone
        missing |= forbidden & applies[0]
        unknown |= forbidden & ~applies[0]
    left = concerned & ~applies[1]
    unconcerned = everyone & ~left
    gap = left & missing
    undetermined = left & unknown & ~gap
    settled = left & ~(gap | undetermined)
    aside, explained = _find_deviations(text, settled, situations)
    for mask, status, set_aside in (
        (unconcerned, Status.NOT_APPLICABLE, False),
        (gap, Status.GAP, False),
        (undetermined, Status.UNDETERMINED, False),
        (aside, Status.NOT_APPLICABLE, True),
        (explained, Status.EXPLAINED, False),
        (settled & ~(aside | explained), Status.MET, False),
    ):
        if mask:
            yield mask, (status, set_aside)


def _find_deviations(text: Sequence[SplitCheck], among: int, situations: JudgedSituations) -> tuple[int, int]:
    """Where every measure was set aside and where one was explained, among situations in which nothing is open."""
    explained, otherwise = 0, 0
    for split in text if among else ():
        concerned = among & ~split.concerns[1]
        for value, mask in situations.list_values(split.check.id):
            word = next(iter(list_chosen_words(value)), "")
            if word != SET_ASIDE:
                otherwise |= concerned & mask
            if word == EXPLAINED:
                explained |= concerned & mask
    return among & ~otherwise, explained


def _group_datings(requirement: Requirement, situations: JudgedSituations) -> Iterator[tuple[int, Dating]]:
    for mask, dated_by in _group_start_rules(requirement, situations):
        days = [dated.date for dated in dated_by if isinstance(dated.date, date)]
        law = min(days, default=None), max(days, default=None)
        for others, ((since, latest), timing) in _group_timings(law, requirement, situations):
            if both := mask & others:
                yield both, Dating(dated_by, since, latest, timing)


def _group_timings(
    law: DaySpan, requirement: Requirement, situations: JudgedSituations
) -> Iterable[tuple[int, tuple[DaySpan, Timing]]]:
    """When it counts if the law's own days are these; the same for many requirements, and so worked out once."""
    key = law, requirement.not_before
    known: dict[object, list[tuple[int, tuple[DaySpan, Timing]]]] = situations.worked_out
    if key not in known:
        joined: dict[tuple[DaySpan, Timing], int] = {}
        for mask, begin in _group_begin_days(requirement, situations):
            timing = _find_timing(law, begin, situations.as_of)
            joined[timing] = joined.get(timing, 0) | mask
        known[key] = [(mask, timing) for timing, mask in joined.items()]
    return known[key]


def _group_start_rules(
    requirement: Requirement, situations: JudgedSituations
) -> Iterator[tuple[int, tuple[AppliesFrom, ...]]]:
    """The dates that can still be the one: up to the first entry that certainly holds."""
    left: list[tuple[int, tuple[AppliesFrom, ...]]] = [(situations.everyone, ())]
    for dated in requirement.applies_from:
        yes, no = split_situations(dated.when, situations)
        reached, left = left, []
        for mask, before in reached:
            if holds := mask & yes:
                yield holds, (*before, dated)
            if may_hold := mask & ~(yes | no):
                left.append((may_hold, (*before, dated)))
            if fails := mask & no:
                left.append((fails, before))
    yield from left


def _group_begin_days(requirement: Requirement, situations: JudgedSituations) -> Iterator[tuple[int, DaySpan | None]]:
    """Between which days that of the first `not_before` question lies that is not answered `never`; None if all are."""
    left = situations.everyone
    for question in requirement.not_before:
        never = 0
        for value, mask in situations.list_values(question):
            if found := mask & left:
                days = find_possible_days(value, situations.as_of)
                if days is None:
                    never |= found
                else:
                    yield found, days
        left = never
    if left:
        yield left, None


def _find_timing(law: DaySpan, begin: DaySpan | None, as_of: date) -> tuple[DaySpan, Timing]:
    """Between which days a requirement starts to count: a day of the law, moved back to the system's own first day."""
    first, last = law
    if begin == (None, None):
        last = None
    elif begin is not None:
        _, latest = begin
        if latest is None:
            # It starts on a day that nobody knows: a day of the law that has passed would name the wrong one.
            return (first if first and first > as_of else None, None), Timing.COMING
        first, last = max(latest, first or latest), max(latest, last or latest)
    elif first is None:
        return law, Timing.IN_FORCE
    if first and first > as_of:
        return (first, last), Timing.COMING
    return (first, last), Timing.IN_FORCE if last and last <= as_of else Timing.OPEN


def group_dating_questions(
    requirement: Requirement, situations: JudgedSituations, among: int
) -> Iterator[tuple[int, Ids]]:
    """What the day still depends on from which a requirement counts, in the order of its text; one may come twice."""
    reached, conditions = among, list[tuple[Condition, int]]()
    for dated in requirement.applies_from:
        yes, no = split_situations(dated.when, situations)
        conditions.append((dated.when, reached & ~(yes | no)))
        reached &= ~yes
    inexact = list(_group_inexact_days(requirement, situations))
    for mask, ids in _name_questions(join_deciding_facts(conditions, situations, among)):
        for others, more in inexact:
            if both := mask & others:
                yield both, ids + more


def _group_inexact_days(requirement: Requirement, situations: JudgedSituations) -> Iterator[tuple[int, Ids]]:
    """The question whose day counts, where that day is not known exactly."""
    left, exact = situations.everyone, 0
    for question in requirement.not_before:
        never = inexact = 0
        for value, mask in situations.list_values(question):
            days = find_possible_days(value, situations.as_of)
            if days is None:
                never |= mask
            elif days[0] is None or days[0] != days[1]:
                inexact |= mask
        if found := left & inexact:
            yield found, (question,)
        exact |= left & ~(never | inexact)
        left &= never
    if exact or left:
        yield exact | left, ()


def group_settling_questions(
    judged: JudgedRequirement, library: Library, situations: JudgedSituations
) -> Iterator[tuple[int, Ids]]:
    """The answers that would settle an undetermined finding, or the day of a gap, in the order they are asked."""
    gaps = unsettled = 0
    for mask, (status, _) in judged.statuses:
        gaps |= mask if status.needs_action else 0
        unsettled |= mask if status.needs_answer else 0
    if not (gaps or unsettled):
        yield situations.everyone, ()
        return
    groups: list[tuple[int, Ids]] = []
    if undated := gaps & _find_open_dates(judged):
        groups += group_dating_questions(judged.requirement, situations, undated)
    # Whether it applies comes first: to know of its measures helps only where it does.
    if applying := unsettled & ~judged.applies[0]:
        facts = group_deciding_facts(judged.requirement.application_condition, situations, applying)
        groups += _name_questions(facts)
    if missing := unsettled & judged.applies[0]:
        groups += _name_questions(_group_missing_facts(judged, situations, missing))
    for mask, ids in groups:
        yield mask, tuple(sorted(set(ids), key=library.order.__getitem__))
    if settled := situations.everyone ^ (undated | applying | missing):
        yield settled, ()


def _find_open_dates(judged: JudgedRequirement) -> int:
    return reduce(or_, (mask for mask, dating in judged.datings if dating.timing is Timing.OPEN), 0)


def _group_missing_facts(
    judged: JudgedRequirement, situations: JudgedSituations, among: int
) -> Sequence[tuple[int, Facts]]:
    """What leaves it open whether measures of the text are missing."""
    text = (split for split in judged.checks if split.check.basis is Basis.TEXT)
    conditions = (
        (judged.requirement.build_outstanding_condition(check), among & ~(missing | done))
        for check, _, (missing, done) in text
    )
    return join_deciding_facts(conditions, situations, among)


def _name_questions(groups: Iterable[tuple[int, Facts]]) -> Iterator[tuple[int, Ids]]:
    return ((mask, tuple(fact.question for fact in facts)) for mask, facts in groups)
