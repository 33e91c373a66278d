"""The decision tables beside the checklists are what the rules say, and every row of them decides."""

from __future__ import annotations

import pytest

from tenken import decisions, library
from tenken.logic import All, Condition, Not, Situation, Truth, truth
from tenken.model import Requirement
from tenken.possible import Search
from tenken.shipped import folder
from tenken.words import Words

DOCUMENTED = sorted(path.stem for path in (folder("checklists") / "decision-tables").glob("*.md"))


def condition_of(row: decisions.Row) -> Condition:
    return All(tuple(fact if wanted is Truth.YES else Not(fact) for fact, wanted in row))


@pytest.mark.parametrize("id", DOCUMENTED)
def test_the_table_is_fresh(id: str) -> None:
    """Mended by `tenken checklists show ID > checklists/decision-tables/ID.md`."""
    known = library.load([id])
    lines = decisions.markdown(known.checklists[id], Words(known))
    written = folder("checklists") / "decision-tables" / f"{id}.md"
    assert "\n".join(lines).rstrip() + "\n" == written.read_text("utf-8")


@pytest.mark.parametrize("id", DOCUMENTED)
def test_every_row_decides_what_it_says(id: str) -> None:
    known = library.load([id])
    for requirement in known.checklists[id].requirements.values():
        search = Search(known.questions, [requirement.applies], known.checklists[id].reviewed)
        for row in decisions.rows(requirement.applies_when):
            assert_decides(row, requirement, Truth.YES, search)
        for way in requirement.exceptions.values():
            for row in decisions.rows(way.when):
                assert_decides(row, requirement, Truth.NO, search)


def assert_decides(row: decisions.Row, requirement: Requirement, verdict: Truth, search: Search) -> None:
    """Some situation has all the facts of a row and the verdict of the row, and none has them and the other verdict."""
    facts = condition_of(row)
    concerned = requirement.in_scope if verdict is Truth.YES else requirement.concerns
    answers = search.example((concerned, Truth.YES), (facts, Truth.YES), (requirement.applies, verdict))
    if answers is not None:
        assert truth(requirement.applies, Situation(answers, search.as_of)) is verdict
    elif search.example((concerned, Truth.YES), (facts, Truth.YES)) is not None:
        pytest.fail(f"{requirement.id}: the row {row} does not lead to {verdict.name}")
