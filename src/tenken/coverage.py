"""What scenarios leave untried: the statuses, ways out and days of a requirement that none of them shows.

Only what can happen is asked for: a situation is searched for and judged as any other, and stands ready to be proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tenken import scenarios
from tenken.answers import Given
from tenken.assess import Finding, Status, Timing
from tenken.checklist import Checklist
from tenken.entry import entry
from tenken.library import Library
from tenken.logic import ALWAYS, NEVER, UNSURE, All, AnyOf, Before, Condition, Is, Truth, Value, truth
from tenken.model import EXPLAINED, MET, NOT_MET, AppliesFrom, Basis, Force, Requirement
from tenken.phrases import phrase
from tenken.possible import Search, Wanted
from tenken.problems import Phrase
from tenken.scenarios import Expected, Outcome, Scenario

_NEXT_DAY = timedelta(days=1)

Shown = Callable[[Outcome, Finding, Expected], bool]


@entry
class Case:
    """Something of a requirement that a scenario should show.

    `wanted` are the situations to look for, the most telling first, with `measures` for an answer to every check. What
    is `dated` is about a day and not about a status; what `stays_open` needs an answer that is not known.
    """

    what: Phrase
    on: date
    shown: Shown
    wanted: tuple[Wanted, ...]
    measures: str = ""
    dated: bool = False
    stays_open: bool = False


@entry
class Unshown:
    """A case no scenario shows, and a scenario that would."""

    requirement: Requirement
    case: Case
    proposed: Scenario


@entry
class Coverage:
    """How many cases of a checklist there are, and which of them no scenario shows."""

    library: Library
    checklist: Checklist
    count: int
    unshown: tuple[Unshown, ...]

    def lines(self) -> Iterator[str]:
        """What is missing, a line for each requirement, and how much is shown."""
        missing: dict[str, list[str]] = {}
        for unshown in self.unshown:
            what = unshown.case.what
            missing.setdefault(unshown.requirement.id, []).append(phrase(what.text, **what.facts))
        for id, cases in missing.items():
            yield phrase("{id}: no scenario shows: {cases}", id=id, cases=phrase(", ").join(cases))
        facts = {"id": self.checklist.id, "shown": self.count - len(self.unshown), "count": self.count}
        yield phrase("{id}: {shown} of {count} cases shown", **facts)


def measure(outcomes: Iterable[Outcome]) -> list[Coverage]:
    """What the outcomes of scenarios show of each checklist they are for, over all files together."""
    found: dict[Path, tuple[Checklist, list[Outcome]]] = {}
    for outcome in outcomes:
        for checklist in outcome.library.checklists.values():
            found.setdefault(Path(checklist.at.path).resolve(), (checklist, []))[1].append(outcome)
    return [_measured(checklist, shown) for checklist, shown in found.values()]


def _measured(checklist: Checklist, outcomes: list[Outcome]) -> Coverage:
    library = outcomes[0].library
    unshown: list[Unshown] = []
    count = 0
    for requirement in checklist.requirements.values():
        showing = [outcome for outcome in outcomes if requirement.id in outcome.findings]
        for case in cases(requirement, checklist.reviewed):
            if any(_shows(case, requirement.id, outcome) for outcome in showing):
                count += 1
            elif proposed := _proposed(case, requirement, library):
                count += 1
                unshown.append(Unshown(requirement, case, proposed))
    return Coverage(library, checklist, count, tuple(unshown))


def _shows(case: Case, id: str, outcome: Outcome) -> bool:
    return case.shown(outcome, outcome.findings[id], outcome.scenario.expect[id])


def cases(requirement: Requirement, reviewed: date) -> Iterator[Case]:
    """Everything of a requirement that scenarios should show, as far as it can happen."""
    until = requirement.applies_until
    on = min(reviewed, until) if until else reviewed
    yield from _statuses(requirement, on)
    yield from _ways(requirement, on)
    for number, dated in enumerate(requirement.applies_from):
        if isinstance(dated.date, date):
            yield from _days(requirement, number, dated, dated.date)
        else:
            yield _spared(requirement, dated, on)
    yield from _last_days(requirement)


def _statuses(requirement: Requirement, on: date) -> Iterator[Case]:
    text = tuple(check.when for check in requirement.checks.values() if check.basis is Basis.TEXT)
    prohibited = requirement.force is Force.PROHIBITION
    applies: Wanted = ((requirement.applies, Truth.YES),)
    if not prohibited:
        applies = (*applies, (AnyOf(text), Truth.YES))
    addressed: Wanted = ((requirement.in_scope, Truth.YES), (requirement.applies_when, Truth.NO))
    elsewhere: Wanted = ((requirement.applies, Truth.NO),)
    if not prohibited:
        yield _status(Status.MET, on, (applies,), MET)
    yield _status(Status.GAP, on, (applies,), "" if prohibited else NOT_MET)
    if requirement.may_be_explained and not prohibited:
        yield _status(Status.EXPLAINED, on, (applies,), EXPLAINED)
    yield _status(Status.NOT_APPLICABLE, on, (addressed, elsewhere))
    yield _status(Status.UNDETERMINED, on, (applies,), "" if prohibited else NOT_MET)


def _status(status: Status, on: date, wanted: tuple[Wanted, ...], measures: str = "") -> Case:
    def shown(_outcome: Outcome, finding: Finding, expected: Expected) -> bool:
        decided = finding.applies is not Truth.YES or not finding.measures
        return finding.status is status and bool(expected.status or (expected.applies and decided))

    return Case(Phrase(str(status)), on, shown, wanted, measures, stays_open=status is Status.UNDETERMINED)


def _ways(requirement: Requirement, on: date) -> Iterator[Case]:
    """That each exception is relied on, best while no other one holds."""
    concerned = (requirement.concerns, Truth.YES)
    measures = "" if requirement.force is Force.PROHIBITION else NOT_MET
    for id, way in requirement.exceptions.items():
        others = tuple((other.when, Truth.NO) for key, other in requirement.exceptions.items() if key != id)
        alone: Wanted = (concerned, (way.when, Truth.YES), *others)
        what = Phrase("the exception {id}", {"id": id})
        yield Case(what, on, _relies_on(id), (alone, alone[:2]), measures)


def _relies_on(id: str) -> Shown:
    def shown(_outcome: Outcome, finding: Finding, expected: Expected) -> bool:
        return bool(expected.status or expected.applies) and any(out.way.id == id for out in finding.relied_on)

    return shown


def _days(requirement: Requirement, number: int, dated: AppliesFrom, day: date) -> Iterator[Case]:
    """The day before an entry's date, and the day itself, for a case that this entry dates."""
    wanted: Wanted = (
        (requirement.applies, Truth.YES),
        *((earlier.when, Truth.NO) for earlier in requirement.applies_from[:number]),
        (dated.when, Truth.YES),
        (_begun_by(requirement, day), Truth.YES),
    )
    before, facts = day - _NEXT_DAY, {"date": day}
    coming, begun = _dated_by(dated, before, Timing.COMING), _dated_by(dated, day, Timing.IN_FORCE)
    yield Case(Phrase("the day before {date}", facts), before, coming, (wanted,), dated=True)
    yield Case(Phrase("{date}", facts), day, begun, (wanted,), dated=True)


def _dated_by(dated: AppliesFrom, on: date, timing: Timing) -> Shown:
    def shown(outcome: Outcome, finding: Finding, expected: Expected) -> bool:
        reached = finding.since == dated.date and any(entry.at[1:] == dated.at[1:] for entry in finding.dated_by)
        stated = bool(expected.timing or expected.since)
        return stated and reached and outcome.scenario.on == on and finding.timing is timing

    return shown


def _begun_by(requirement: Requirement, day: date) -> Condition:
    """That no answer to a `not_before` question moves the date back beyond a day."""
    condition: Condition = ALWAYS
    for question in reversed(requirement.not_before):
        never = Is(question, frozenset((NEVER,)))
        condition = AnyOf((Before(question, day + _NEXT_DAY), All((never, condition))))
    return condition


def _spared(requirement: Requirement, dated: AppliesFrom, on: date) -> Case:
    """That a case is spared for good by an entry dated `never`."""
    before = [item for item in requirement.applies_from if item.date == NEVER]
    spared = requirement.spared[before.index(dated)]
    others = tuple((way.when, Truth.NO) for way in requirement.exceptions.values())
    wanted: Wanted = ((requirement.concerns, Truth.YES), *others, (spared, Truth.YES))

    def shown(outcome: Outcome, _finding: Finding, expected: Expected) -> bool:
        stated = bool(expected.status or expected.applies)
        return stated and all(truth(condition, outcome.situation) is verdict for condition, verdict in wanted)

    return Case(Phrase("`never` of line {line}", {"line": dated.at.line}), on, shown, (wanted,))


def _last_days(requirement: Requirement) -> Iterator[Case]:
    until = requirement.applies_until
    if until is None:
        return
    wanted: Wanted = ((requirement.applies, Truth.YES), (_begun_by(requirement, until), Truth.YES))
    last, after = Phrase("the last day, {date}", {"date": until}), Phrase("the day after {date}", {"date": until})
    yield Case(last, until, _ends(until, Truth.YES), (wanted,))
    yield Case(after, until + _NEXT_DAY, _ends(until + _NEXT_DAY, Truth.NO), (wanted,))


def _ends(on: date, applies: Truth) -> Shown:
    """That a requirement whose other conditions hold applies on a day, or no longer."""

    def shown(outcome: Outcome, finding: Finding, expected: Expected) -> bool:
        otherwise = truth(finding.requirement.applies, outcome.situation) is Truth.YES
        stated = bool(expected.status or expected.applies or expected.timing)
        return stated and otherwise and outcome.scenario.on == on and finding.applies is applies

    return shown


def _proposed(case: Case, requirement: Requirement, library: Library) -> Scenario | None:
    """A scenario that shows a case, with the outcome it has now; None if the search found none."""
    for answers in _candidates(case, requirement, library):
        scenario = _scenario(case, requirement, answers)
        outcome = scenarios.tried(scenario, {}, library)
        finding = outcome.findings[requirement.id]
        expected = _expected(finding, case)
        if case.shown(outcome, finding, expected):
            return replace(scenario, expect={requirement.id: expected})
    return None


def _candidates(case: Case, requirement: Requirement, library: Library) -> Iterator[dict[str, Given]]:
    """Answers worth trying; for a case that has to stay open, with one answer after the other left open."""
    for wanted in case.wanted:
        search = Search(library.questions, (condition for condition, _ in wanted), case.on)
        found = search.example(*wanted)
        if found is None:
            continue
        answers = {id: Given(_words(value)) for id, value in found.items()}
        measures = {requirement.id: _given(case.measures)} if case.measures else {}
        if not case.stays_open:
            yield answers | measures
            continue
        yield from (answers | {id: _given(UNSURE)} | measures for id in reversed(answers))
        yield answers | {requirement.id: _given(UNSURE)}


def _given(word: str) -> Given:
    if word != EXPLAINED:
        return Given((word,))
    return Given(
        (word,), reason=phrase("Because of the reason to be written here."), published="https://law.example/why"
    )


def _words(value: Value) -> tuple[str, ...]:
    return (value.isoformat(),) if isinstance(value, date) else value


def _scenario(case: Case, requirement: Requirement, answers: Mapping[str, Given]) -> Scenario:
    return Scenario(
        name="",
        on=case.on,
        expect={requirement.id: Expected()},
        answers=answers,
        source="; ".join(requirement.cites),
        note=phrase("proposed; check it against the source"),
    )


def _expected(finding: Finding, case: Case) -> Expected:
    applies = finding.applies.name.lower()
    if case.dated:
        return Expected(applies, since=finding.since, timing=str(finding.timing or ""))
    return Expected("" if finding.applies is not Truth.UNKNOWN else applies, status=str(finding.status))
