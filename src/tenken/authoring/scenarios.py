"""Situations a lawyer wrote down, with what should follow; run against the checklists they are for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from tenken.assessment.findings import Finding, assess_requirement
from tenken.assessment.judgement import Timing
from tenken.assessment.status import Status
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import NOWHERE, NameHint, Phrase, Place, Problem, Problems, find_near_name, suggest_instead
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer
from tenken.rules.answer_kinds import AnswerValue, write_answer
from tenken.rules.checklist_names import tell_names_in_place
from tenken.rules.library import Library
from tenken.rules.loading import load_library, read_file_as
from tenken.rules.logic import Situation, Truth
from tenken.rules.requirement import Basis, DayOrNever


class Expected(Frozen):
    """What a scenario expects of one requirement; what it leaves out may be anything."""

    applies: str = ""
    since: DayOrNever | None = None
    timing: str = ""
    status: str = ""
    at: Place = NOWHERE

    @classmethod
    def bare(cls, words: tuple[str, ...], at: Place) -> Expected:
        """One word for the usual cases: `applies` (in force), or a status."""
        word = " ".join(words)
        return cls(applies="yes", timing="in force", at=at) if word == "applies" else cls(status=word, at=at)


class Scenario(Frozen):
    """A situation and what follows, in words a lawyer can check."""

    name: str
    on: date
    expect: Mapping[str, Expected]
    answers: Mapping[str, GivenAnswer] = {}
    source: str = ""
    note: str = ""
    at: Place = NOWHERE

    @property
    def is_unread(self) -> bool:
        return self.note.startswith(PROPOSED)


class Scenarios(Frozen):
    """Scenarios for some checklists; `given` is the ordinary case, which each scenario may change."""

    checklists: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    given: Mapping[str, GivenAnswer] = {}
    at: Place = NOWHERE


class ScenarioOutcome(Frozen):
    """One scenario, what its requirements came to, and where that differs from what was expected."""

    scenario: Scenario
    library: Library
    situation: Situation
    findings: Mapping[str, Finding]
    differences: tuple[Problem, ...]


PROPOSED = "proposed"
"""How the note of a scenario begins that a program wrote and nobody has read against its source."""
_NO_SCENARIO = "no scenario stands here; write one, and `tenken checklists test --write FILE` proposes the others"


def list_shipped_scenarios() -> list[Path]:
    return sorted((find_shipped_folder("checklists") / "scenarios").glob("*.yaml"))


def read_scenarios(path: Path) -> Scenarios:
    return read_file_as(Scenarios, path)


def run_scenario_file(path: Path) -> Iterator[ScenarioOutcome]:
    """Tries every scenario of a file; raises `Problems` if it cannot be read or names what is not there."""
    scenarios = read_scenarios(path)
    with tell_names_in_place(str(path), "checklists"):
        library = load_library(scenarios.checklists, scenarios.at)
    if not scenarios.scenarios:
        raise Problems(Problem(scenarios.at, _NO_SCENARIO))
    problems: list[Problem] = []
    for scenario in scenarios.scenarios:
        try:
            yield run_scenario(scenario, scenarios.given, library)
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(*problems)


def run_scenario(scenario: Scenario, given_answers: Mapping[str, GivenAnswer], library: Library) -> ScenarioOutcome:
    """What a scenario comes to; raises `Problems` if it names what is not there."""
    answers = _spread_requirement_answers({**given_answers, **scenario.answers}, library)
    situation = Situation(read_answer_values(answers, library), scenario.on)
    unknown = [id for id in scenario.expect if id not in library.requirements]
    if unknown:
        hint = suggest_instead(unknown[0], library.requirements)
        facts = {"id": unknown[0], "hint": hint}
        raise Problems(Problem(scenario.expect[unknown[0]].at, "{id} is not a requirement here; {hint}", facts))
    if wrong := [problem for expected in scenario.expect.values() for problem in _check_expected_words(expected)]:
        raise Problems(*wrong)
    findings = {id: assess_requirement(library.requirements[id], library, situation) for id in scenario.expect}
    differences = tuple(
        difference
        for id, expected in scenario.expect.items()
        for difference in _check_expected_outcome(expected, findings[id], scenario)
    )
    return ScenarioOutcome(scenario, library, situation, findings, differences)


def _spread_requirement_answers(answers: Mapping[str, GivenAnswer], library: Library) -> dict[str, GivenAnswer]:
    """An answer to a requirement answers all its checks that have none of their own."""
    spread: dict[str, GivenAnswer] = {}
    for id, given in answers.items():
        if id in library.requirements:
            checks = library.requirements[id].checks.values()
            spread |= {check.id: given for check in checks if check.id not in answers}
        else:
            spread[id] = given
    return spread


def _check_expected_words(expected: Expected) -> Iterator[Problem]:
    """Words that say nothing, as they are none of those for what is expected."""
    for said, words, text in (
        (expected.status.replace("_", " "), tuple(Status), "{said} is no status; {hint}"),
        (expected.timing.replace("_", " "), tuple(Timing), "{said} is no timing; {hint}"),
        (expected.applies, [truth.name.lower() for truth in Truth], "{said} does not say whether it applies; {hint}"),
    ):
        if said and said not in words:
            yield Problem(expected.at, text, {"said": said, "hint": _list_words(said, words)})


def _list_words(said: str, words: Collection[str]) -> NameHint | Phrase:
    near = find_near_name(said, words)
    return suggest_instead(said, [near]) if near else Phrase("it can be {names}", {"names": ", ".join(words)})


def _check_expected_outcome(expected: Expected, finding: Finding, scenario: Scenario) -> Iterator[Problem]:
    was = {
        "applies": finding.applies.name.lower(),
        "timing": str(finding.timing or ""),
        "status": str(finding.status),
        "since": str(finding.since or ""),
    }
    for name, got in was.items():
        wanted = str(getattr(expected, name) or "")
        if name in ("status", "timing"):
            wanted = wanted.replace("_", " ")
        if wanted and wanted != got:
            reasons = ", ".join(_list_reasons(name, finding))
            facts = {
                "scenario": scenario.name,
                "id": finding.requirement.id,
                "name": name,
                "wanted": wanted,
                "got": got or Phrase("nothing"),
                "reasons": reasons,
            }
            text = "{scenario}: {id}: {name} should be {wanted}, is {got}"
            text = "{scenario}: {id}: {name} should be {wanted}, is {got} (because {reasons})" if reasons else text
            yield Problem(expected.at, text, facts)


def _list_reasons(name: str, finding: Finding) -> Iterator[str]:
    """The answers that decided what came out: of a status where the rule applies, those to the checks of its text."""
    measures = [measure for measure in finding.measures if measure.check.basis is Basis.TEXT and measure.concerns]
    if name != "status" or finding.applies is not Truth.YES or not measures:
        yield from (f"{reason.question}: {_render_reason_value(reason.value)}" for reason in finding.reasons)
        return
    worst = max(measure.outstanding for measure in measures)
    for measure in measures:
        if measure.outstanding is worst:
            yield f"{measure.check.id}: {measure.answer or 'unanswered'}"


def _render_reason_value(value: AnswerValue | None) -> str:
    return "unanswered" if value is None else ", ".join(write_answer(value))
