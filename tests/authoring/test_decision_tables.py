"""The decision tables beside the checklists are what the rules say, and every row of them decides."""

from __future__ import annotations

import pytest

from tenken.assessment.wording import Wording
from tenken.authoring.decision_rows import DecisionRow, list_decision_rows
from tenken.authoring.decision_tables import render_decision_tables
from tenken.authoring.satisfiability import AnswerSearch
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.loading import load_library
from tenken.rules.logic import All, Condition, Not, Situation, Truth, evaluate
from tenken.rules.requirement import Requirement

DOCUMENTED = sorted(path.stem for path in (find_shipped_folder("checklists") / "decision-tables").glob("*.md"))


def condition_of(row: DecisionRow) -> Condition:
    return All(tuple(fact if wanted is Truth.YES else Not(fact) for fact, wanted in row))


@pytest.mark.parametrize("id", DOCUMENTED)
def test_the_table_is_fresh(id: str) -> None:
    """Mended by `tenken checklists show ID > checklists/decision-tables/ID.md`."""
    known = load_library([id])
    lines = render_decision_tables(known.checklists[id], Wording(known))
    written = find_shipped_folder("checklists") / "decision-tables" / f"{id}.md"
    assert "\n".join(lines).rstrip() + "\n" == written.read_text("utf-8")


@pytest.mark.parametrize("id", DOCUMENTED)
def test_every_row_decides_what_it_says(id: str) -> None:
    known = load_library([id])
    for requirement in known.checklists[id].requirements.values():
        search = AnswerSearch(known.questions, [requirement.application_condition], known.checklists[id].reviewed)
        for row in list_decision_rows(requirement.applies_when):
            assert_decides(row, requirement, Truth.YES, search)
        for way in requirement.exceptions.values():
            for row in list_decision_rows(way.when):
                assert_decides(row, requirement, Truth.NO, search)


def assert_decides(row: DecisionRow, requirement: Requirement, verdict: Truth, search: AnswerSearch) -> None:
    """Some situation has all the facts of a row and the verdict of the row, and none has them and the other verdict."""
    facts = condition_of(row)
    concerned = requirement.in_scope if verdict is Truth.YES else requirement.concern_condition
    answers = search.find_example(
        (concerned, Truth.YES), (facts, Truth.YES), (requirement.application_condition, verdict)
    )
    if answers is not None:
        assert evaluate(requirement.application_condition, Situation(answers, search.as_of)) is verdict
    elif search.find_example((concerned, Truth.YES), (facts, Truth.YES)) is not None:
        pytest.fail(f"{requirement.id}: the row {row} does not lead to {verdict.name}")
