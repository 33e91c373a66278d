"""Terms within terms: what is refused is found by counting, and in no more time for many terms than for few."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from tenken.files.problems import Place
from tenken.rules.logic import All, Condition, Not, Term
from tenken.rules.requirement import LegalTerm, Prose
from tenken.rules.term_extents import check_terms

MANY = 20_000


def say(whens: Mapping[str, Condition], *conditions: Condition) -> list[str]:
    terms = {
        id: LegalTerm(Prose("T"), (Prose("Article 1"),), when, at=Place("a.yaml", 1, 1)) for id, when in whens.items()
    }
    began = time.process_time()
    said = [str(problem) for problem in check_terms(terms, conditions)]
    assert time.process_time() - began < 5
    return said


def chain(count: int, begins: Condition) -> dict[str, Condition]:
    return {f"t{number}": Term(f"t{number - 1}") if number else begins for number in range(count)}


def test_a_long_row_of_terms_is_told_once() -> None:
    text = "a.yaml:1:1: the term t63 is nested more than 64 deep, with the terms it uses written out"
    assert say(chain(MANY, Not(All()))) == [text]


def test_a_long_circle_is_told_by_its_first_terms() -> None:
    said = say(chain(MANY, Term(f"t{MANY - 1}")))
    assert (len(said), said[0]) == (50, "a.yaml:1:1: the term t0 is defined by itself")


def test_what_leads_into_a_circle_is_in_none() -> None:
    assert say(chain(MANY, Term("t0"))) == ["a.yaml:1:1: the term t0 is defined by itself"]


@pytest.mark.parametrize(("parts", "told"), [(1998, 0), (1999, 1)])
def test_the_size_is_that_of_everything_written_out(parts: int, told: int) -> None:
    whens = {"one": All(tuple(All() for _ in range(parts)))}
    assert len(say({**whens, "two": Term("one")})) == told


def test_a_file_as_a_whole_has_a_size() -> None:
    whens = {"one": All(tuple(All() for _ in range(1000)))}
    used = Term("one", at=Place("a.yaml", 2, 1))
    text = "a.yaml:2:1: up to here the file stands for more than 500000 conditions, with all terms written out"
    assert say(whens, *([used] * 600)) == [text]


def test_many_terms_that_use_none_cost_little() -> None:
    assert say({f"t{number}": All() for number in range(MANY)}) == []
