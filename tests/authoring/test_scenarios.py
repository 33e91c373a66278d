"""The checklists that ship, tried on the situations written beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import SMALL
from tenken.assessment.open_questions import list_open_questions
from tenken.authoring.lint import validate_files
from tenken.authoring.scenarios import list_shipped_scenarios, run_scenario_file
from tenken.authoring.starter_files import write_starter_files
from tenken.rules.loading import find_checklist_file, list_shipped_checklists, load_library
from tenken.rules.logic import Situation, Truth

SHIPPED = list_shipped_checklists()


@pytest.mark.parametrize("path", list_shipped_scenarios(), ids=lambda path: path.stem)
def test_every_scenario_ends_as_expected(path: Path) -> None:
    assert [str(problem) for outcome in run_scenario_file(path) for problem in outcome.differences] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_a_checklist_has_no_mistakes(id: str) -> None:
    assert [str(problem) for problem in validate_files([find_checklist_file(id)])] == []


def test_nothing_is_asked_where_the_law_does_not_reach() -> None:
    everything = load_library()
    elsewhere = Situation({"where": ("elsewhere",)}, next(iter(everything.checklists.values())).reviewed)
    left = list_open_questions(everything, elsewhere)
    assert [item.question for item in left] == []
    assert all(Truth.NO for _ in left)


def test_every_question_explains_itself_and_says_who_knows() -> None:
    for id, question in load_library().questions.items():
        for words in ("why", "help", "example", "counter_example", "who_knows"):
            assert getattr(question, words), f"{id} has no {words}"


MADE_UP = """\
checklists: [small.yaml]
given:
  {where: eu, subject: ai_system, eu_role: provider, does: talks_with_people, placed: 2026-09-01}
scenarios:
  - name: Nobody is told
    on: 2026-11-23
    answers: {small_audience: public, S-1: no}
    expect: {S-1: EXPECTED}
"""


def expect(folder: Path, expected: str) -> list[str]:
    (folder / "small.yaml").write_text(SMALL.read_text("utf-8"), "utf-8")
    path = folder / "situations.yaml"
    path.write_text(MADE_UP.replace("EXPECTED", expected), "utf-8")
    return [str(problem).removeprefix(f"{path}:") for problem in validate_files([path])]


def test_a_word_that_is_no_status_is_told_with_those_that_are(tmp_path: Path) -> None:
    (said,) = expect(tmp_path, "failed")
    assert said == "8:14: failed is no status; it can be gap, undetermined, met, explained, not applicable"
    assert expect(tmp_path, "{timing: soon}") == ["8:14: soon is no timing; it can be in force, coming, open"]
    (said,) = expect(tmp_path, "{applies: perhaps}")
    assert said == "8:14: perhaps does not say whether it applies; it can be no, unknown, yes"


def test_not_applicable_is_taken_in_the_spelling_of_records_too(tmp_path: Path) -> None:
    assert expect(tmp_path, "gap") == []
    said = [expect(tmp_path, word) for word in ("not applicable", "not_applicable", "{status: not_applicable}")]
    assert [each[0].partition(" (")[0] for each in said] == [
        "8:14: Nobody is told: S-1: status should be not applicable, is gap"
    ] * 3


def test_of_a_wrong_status_the_checks_are_named_that_decided_it(tmp_path: Path) -> None:
    (said,) = expect(tmp_path, "met")
    assert said.endswith("status should be met, is gap (because S-1.told: no, S-1.clear: no)")


def test_a_proposal_that_nobody_has_read_is_no_proof(tmp_path: Path) -> None:
    rules, situations, _ = write_starter_files("lamps", tmp_path, date(2028, 2, 29))
    done = run_tenken("checklists", "test", situations, "--coverage")
    assert done.returncode == 0
    text = situations.read_text("utf-8").replace("    on: ", "    note: 'proposed: check it'\n    on: ", 1)
    situations.write_text(text, "utf-8")
    done = run_tenken("checklists", "test", situations, "--coverage")
    assert done.returncode == 1
    assert "1 scenarios are proposed only" in done.stderr
    assert rules.exists()
