"""The checklists that ship, tried on the situations written beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenken.assessment.open_questions import list_open_questions
from tenken.authoring.lint import validate_files
from tenken.authoring.scenarios import list_shipped_scenarios, run_scenario_file
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
