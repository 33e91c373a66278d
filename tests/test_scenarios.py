"""The checklists that ship, tried on the situations written beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenken import library, lint, scenarios
from tenken.agenda import list_open_questions
from tenken.logic import Situation, Truth

SHIPPED = library.list_shipped_checklists()


@pytest.mark.parametrize("path", scenarios.list_shipped_scenarios(), ids=lambda path: path.stem)
def test_every_scenario_ends_as_expected(path: Path) -> None:
    assert [str(problem) for outcome in scenarios.run_scenario_file(path) for problem in outcome.differences] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_a_checklist_has_no_mistakes(id: str) -> None:
    assert [str(problem) for problem in lint.validate_files([library.find_checklist_file(id)])] == []


def test_nothing_is_asked_where_the_law_does_not_reach() -> None:
    everything = library.load_library()
    elsewhere = Situation({"where": ("elsewhere",)}, next(iter(everything.checklists.values())).reviewed)
    left = list_open_questions(everything, elsewhere)
    assert [item.question for item in left] == []
    assert all(Truth.NO for _ in left)


def test_every_question_explains_itself_and_says_who_knows() -> None:
    for id, question in library.load_library().questions.items():
        for words in ("why", "help", "example", "counter_example", "who_knows"):
            assert getattr(question, words), f"{id} has no {words}"
