"""What scenarios leave untried: the statuses, ways out and days of a requirement that none of them shows.

Only what can happen is asked for: a situation is searched for and judged as any other, and stands ready to be proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from tenken.assessment.findings import Finding
from tenken.assessment.judgement import Timing
from tenken.assessment.status import Status
from tenken.authoring.satisfiability import AnswerSearch, SearchEffort, WantedTruths
from tenken.authoring.scenarios import PROPOSED, Expected, Scenario, ScenarioOutcome, run_scenario
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.files.problems import Phrase
from tenken.messages.message_catalog import phrase
from tenken.records.record import GivenAnswer
from tenken.rules.answer_kinds import NEVER, UNSURE, write_answer
from tenken.rules.checklist import Checklist
from tenken.rules.library import Library
from tenken.rules.logic import ALWAYS, All, AnyOf, Before, Condition, Is, OnOrAfter, Truth, evaluate
from tenken.rules.requirement import CHECK_ANSWERS, EXPLAINED, NOT_MET, AppliesFrom, Basis, Force, Requirement

_NEXT_DAY = timedelta(days=1)

CaseTest = Callable[[ScenarioOutcome, Finding, Expected], bool]


class CoverageCase(Frozen):
    """Something of a requirement that a scenario should show.

    `wanted` are the situations to look for, the most telling first, with `measures` for an answer to every check. What
    is `dated` is about a day and not about a status; what `stays_open` needs an answer that is not known.
    """

    what: Phrase
    on: date
    shown: CaseTest
    wanted: tuple[WantedTruths, ...]
    measures: str = ""
    dated: bool = False
    stays_open: bool = False


class UnshownCase(Frozen):
    """A case no scenario shows, and a scenario that would."""

    requirement: Requirement
    case: CoverageCase
    proposed: Scenario


class Coverage(Frozen):
    """How many cases of a checklist there are, and which of them no scenario shows."""

    library: Library
    checklist: Checklist
    count: int
    unshown: tuple[UnshownCase, ...]

    def render_coverage_lines(self) -> Iterator[str]:
        """What is missing, a line for each requirement, and how much is shown."""
        missing: dict[str, list[str]] = {}
        for unshown in self.unshown:
            what = unshown.case.what
            missing.setdefault(unshown.requirement.id, []).append(phrase(what.text, **what.facts))
        for id, cases in missing.items():
            yield phrase("{id}: no scenario shows: {cases}", id=id, cases=phrase(", ").join(cases))
        facts = {"id": self.checklist.id, "shown": self.count - len(self.unshown), "count": self.count}
        yield phrase("{id}: {shown} of {count} cases shown", **facts)


def measure_coverage(outcomes: Iterable[ScenarioOutcome]) -> list[Coverage]:
    """What the outcomes of scenarios show of each checklist they are for, over all files together."""
    found: dict[Path, tuple[Checklist, list[ScenarioOutcome]]] = {}
    for outcome in outcomes:
        for checklist in outcome.library.checklists.values():
            found.setdefault(Path(checklist.at.path).resolve(), (checklist, []))[1].append(outcome)
    return [_measure_checklist_coverage(checklist, shown) for checklist, shown in found.values()]


def _measure_checklist_coverage(checklist: Checklist, outcomes: list[ScenarioOutcome]) -> Coverage:
    library = outcomes[0].library
    unshown: list[UnshownCase] = []
    effort = SearchEffort()
    count = 0
    for requirement in checklist.requirements.values():
        showing = [outcome for outcome in outcomes if requirement.id in outcome.findings]
        for case in list_coverage_cases(requirement, checklist.reviewed):
            if any(_is_case_shown(case, requirement.id, outcome) for outcome in showing):
                count += 1
            elif proposed := _propose_scenario(case, requirement, library, effort):
                count += 1
                unshown.append(UnshownCase(requirement, case, proposed))
    return Coverage(library, checklist, count, tuple(unshown))


def _is_case_shown(case: CoverageCase, id: str, outcome: ScenarioOutcome) -> bool:
    return case.shown(outcome, outcome.findings[id], outcome.scenario.expect[id])


def list_coverage_cases(requirement: Requirement, reviewed: date) -> Iterator[CoverageCase]:
    """Everything of a requirement that scenarios should show, as far as it can happen."""
    until = requirement.last_day
    on = min(reviewed, until) if until else reviewed
    yield from _list_status_cases(requirement, on)
    yield from _list_exception_cases(requirement, on)
    for number, dated in enumerate(requirement.applies_from):
        if isinstance(dated.date, date):
            yield from _list_date_cases(requirement, number, dated, dated.date)
        else:
            yield _build_never_case(requirement, dated, on)
    yield from _list_last_day_cases(requirement)


def _list_status_cases(requirement: Requirement, on: date) -> Iterator[CoverageCase]:
    text = tuple(check.when for check in requirement.checks.values() if check.basis is Basis.TEXT)
    prohibited = requirement.force is Force.PROHIBITION
    applies: WantedTruths = ((requirement.application_condition, Truth.YES),)
    if not prohibited:
        applies = (*applies, (AnyOf(text), Truth.YES))
    addressed: WantedTruths = ((requirement.in_scope, Truth.YES), (requirement.applies_when, Truth.NO))
    elsewhere: WantedTruths = ((requirement.application_condition, Truth.NO),)
    for status in sorted(Status, key=_rank_status_to_show):
        answered = status.meaning.answered
        if not answered:
            yield _build_status_case(status, on, (addressed, elsewhere))
        elif _can_lead_to(status, requirement):
            yield _build_status_case(status, on, (applies,), "" if prohibited else answered)


def _rank_status_to_show(status: Status) -> tuple[bool, int]:
    """What answers to the measures lead to, in their order; then what does not apply, and last what stays open."""
    return status.needs_answer, (*CHECK_ANSWERS, "").index(status.meaning.answered)


def _can_lead_to(status: Status, requirement: Requirement) -> bool:
    """Whether something that applies can come to a status: a prohibition has no measures to be in place."""
    if requirement.force is Force.PROHIBITION:
        return status.is_open
    return requirement.may_be_explained or status.meaning.answered != EXPLAINED


def _build_status_case(status: Status, on: date, wanted: tuple[WantedTruths, ...], measures: str = "") -> CoverageCase:
    def is_shown(_outcome: ScenarioOutcome, finding: Finding, expected: Expected) -> bool:
        decided = finding.applies is not Truth.YES or not finding.measures
        return finding.status is status and bool(expected.status or (expected.applies and decided))

    return CoverageCase(Phrase(str(status)), on, is_shown, wanted, measures, stays_open=status.needs_answer)


def _list_exception_cases(requirement: Requirement, on: date) -> Iterator[CoverageCase]:
    """That each exception is relied on, best while no other one holds."""
    concerned = (requirement.concern_condition, Truth.YES)
    measures = "" if requirement.force is Force.PROHIBITION else NOT_MET
    for id, exception in requirement.exceptions.items():
        others = tuple((other.when, Truth.NO) for key, other in requirement.exceptions.items() if key != id)
        alone: WantedTruths = (concerned, (exception.when, Truth.YES), *others)
        what = Phrase("the exception {id}", {"id": id})
        yield CoverageCase(what, on, _build_exception_test(id), (alone, alone[:2]), measures)


def _build_exception_test(id: str) -> CaseTest:
    def is_shown(_outcome: ScenarioOutcome, finding: Finding, expected: Expected) -> bool:
        return bool(expected.status or expected.applies) and any(
            exception_finding.exception.id == id for exception_finding in finding.relied_on_exceptions
        )

    return is_shown


def _list_date_cases(requirement: Requirement, number: int, dated: AppliesFrom, day: date) -> Iterator[CoverageCase]:
    """The day before an entry's date, and the day itself, for a case that this entry dates."""
    wanted: WantedTruths = (
        (requirement.application_condition, Truth.YES),
        *((earlier.when, Truth.NO) for earlier in requirement.applies_from[:number]),
        (dated.when, Truth.YES),
        (_build_begun_condition(requirement, day), Truth.YES),
    )
    facts = {"date": day}
    if day > date.min:
        before = day - _NEXT_DAY
        coming = _build_date_test(dated, before, Timing.COMING)
        yield CoverageCase(Phrase("the day before {date}", facts), before, coming, (wanted,), dated=True)
    begun = _build_date_test(dated, day, Timing.IN_FORCE)
    yield CoverageCase(Phrase("{date}", facts), day, begun, (wanted,), dated=True)


def _build_date_test(dated: AppliesFrom, on: date, timing: Timing) -> CaseTest:
    def is_shown(outcome: ScenarioOutcome, finding: Finding, expected: Expected) -> bool:
        reached = finding.since == dated.date and any(entry.at[1:] == dated.at[1:] for entry in finding.dated_by)
        stated = bool(expected.timing or expected.since)
        return stated and reached and outcome.scenario.on == on and finding.timing is timing

    return is_shown


def _build_begun_condition(requirement: Requirement, day: date) -> Condition:
    """That no answer to a `not_before` question moves the date back beyond a day."""
    condition: Condition = ALWAYS
    for question in reversed(requirement.not_before):
        never = Is(question, frozenset((NEVER,)))
        by_then = Before(question, day + _NEXT_DAY) if day < date.max else OnOrAfter(question, date.min)
        condition = AnyOf((by_then, All((never, condition))))
    return condition


def _build_never_case(requirement: Requirement, dated: AppliesFrom, on: date) -> CoverageCase:
    """That a case is spared for good by an entry dated `never`."""
    before = [item for item in requirement.applies_from if item.date == NEVER]
    spared = requirement.never_conditions[before.index(dated)]
    others = tuple((exception.when, Truth.NO) for exception in requirement.exceptions.values())
    wanted: WantedTruths = ((requirement.concern_condition, Truth.YES), *others, (spared, Truth.YES))

    def is_shown(outcome: ScenarioOutcome, _finding: Finding, expected: Expected) -> bool:
        stated = bool(expected.status or expected.applies)
        return stated and all(evaluate(condition, outcome.situation) is verdict for condition, verdict in wanted)

    return CoverageCase(Phrase("`never` of line {line}", {"line": dated.at.line}), on, is_shown, (wanted,))


def _list_last_day_cases(requirement: Requirement) -> Iterator[CoverageCase]:
    until = requirement.last_day
    if until is None:
        return
    wanted: WantedTruths = (
        (requirement.application_condition, Truth.YES),
        (_build_begun_condition(requirement, until), Truth.YES),
    )
    last, after = Phrase("the last day, {date}", {"date": until}), Phrase("the day after {date}", {"date": until})
    yield CoverageCase(last, until, _build_end_test(until, Truth.YES), (wanted,))
    if until < date.max:
        yield CoverageCase(after, until + _NEXT_DAY, _build_end_test(until + _NEXT_DAY, Truth.NO), (wanted,))


def _build_end_test(on: date, applies: Truth) -> CaseTest:
    """That a requirement whose other conditions hold applies on a day, or no longer."""

    def is_shown(outcome: ScenarioOutcome, finding: Finding, expected: Expected) -> bool:
        otherwise = evaluate(finding.requirement.application_condition, outcome.situation) is Truth.YES
        stated = bool(expected.status or expected.applies or expected.timing)
        return stated and otherwise and outcome.scenario.on == on and finding.applies is applies

    return is_shown


def _propose_scenario(
    case: CoverageCase, requirement: Requirement, library: Library, effort: SearchEffort
) -> Scenario | None:
    """A scenario that shows a case, with the outcome it has now; None if the search found none."""
    for answers in _list_candidate_answers(case, requirement, library, effort):
        scenario = _build_unnamed_scenario(case, requirement, answers)
        outcome = run_scenario(scenario, {}, library)
        finding = outcome.findings[requirement.id]
        expected = _build_expected_outcome(finding, case)
        if case.shown(outcome, finding, expected):
            return replace_fields(scenario, expect={requirement.id: expected})
    return None


def _list_candidate_answers(
    case: CoverageCase, requirement: Requirement, library: Library, effort: SearchEffort
) -> Iterator[dict[str, GivenAnswer]]:
    """Answers worth trying; for a case that has to stay open, with one answer after the other left open."""
    for wanted in case.wanted:
        search = AnswerSearch(library.questions, (condition for condition, _ in wanted), case.on, effort)
        found = search.find_example(*wanted)
        if found is None:
            continue
        answers = {id: GivenAnswer(write_answer(value)) for id, value in found.items()}
        measures = {requirement.id: _build_measure_answer(case.measures)} if case.measures else {}
        if not case.stays_open:
            yield answers | measures
            continue
        yield from (answers | {id: _build_measure_answer(UNSURE)} | measures for id in reversed(answers))
        yield answers | {requirement.id: _build_measure_answer(UNSURE)}


def _build_measure_answer(word: str) -> GivenAnswer:
    if word != EXPLAINED:
        return GivenAnswer((word,))
    return GivenAnswer(
        (word,), reason=phrase("Because of the reason to be written here."), published="https://law.example/why"
    )


def _build_unnamed_scenario(
    case: CoverageCase, requirement: Requirement, answers: Mapping[str, GivenAnswer]
) -> Scenario:
    return Scenario(
        name="",
        on=case.on,
        expect={requirement.id: Expected()},
        answers=answers,
        source="; ".join(requirement.cites),
        note=f"{PROPOSED}; {phrase('check it against the source, then take this note out')}",
    )


def _build_expected_outcome(finding: Finding, case: CoverageCase) -> Expected:
    applies = finding.applies.name.lower()
    if case.dated:
        return Expected(applies, since=finding.since, timing=str(finding.timing or ""))
    return Expected("" if finding.applies is not Truth.UNKNOWN else applies, status=str(finding.status))
