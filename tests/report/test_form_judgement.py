"""The page that asks judges as Python does: the same findings, open questions in the same order, and words."""

from __future__ import annotations

import os
import shutil

import pytest

from support.random_situations import TwoJudges
from tenken.report.export.form_rules import build_form_rules
from tenken.rules.condition_table import ConditionTable
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import All, AnyOf, Is, Not, Term

NODE = pytest.mark.skipif(
    not shutil.which("node") and not os.environ.get("TENKEN_SKIPS_NOTHING"), reason="node is not installed"
)


@NODE
@pytest.mark.parametrize(
    ("count", "seed"),
    [(60, 1), *(pytest.param(1000, seed, marks=pytest.mark.thorough) for seed in range(2, 22))],
)
def test_the_page_and_python_judge_alike(count: int, seed: int) -> None:
    assert TwoJudges().list_differences(count, seed) == []


def test_equal_conditions_have_one_number_and_a_defined_word_that_of_its_meaning() -> None:
    table = ConditionTable()
    lit, keeper = Is("lit", frozenset({"yes"})), Is("keeper", frozenset({"yes"}))
    both = table.find_number(All((lit, keeper)))
    assert table.find_number(Term("manned", All((Is("lit", frozenset({"yes"})), keeper)))) == both
    assert table.find_number(Not(AnyOf((lit, All((lit, keeper)))))) == -3
    assert table.facts == [["is", "lit", ("yes",)], ["is", "keeper", ("yes",)]]
    assert table.compounds == [["all", 0, 1], ["any", 0, -1], ["not", -2]]


def test_the_rules_name_what_stands_before() -> None:
    rules = build_form_rules(load_library(list_shipped_checklists()))
    assert all(0 <= question < len(rules["ids"]) for _, question, _ in rules["facts"])
    for number, (kind, *parts) in enumerate(rules["compounds"]):
        assert kind in ("all", "any", "not", "open")
        assert all(~number < part < len(rules["facts"]) for part in parts)
