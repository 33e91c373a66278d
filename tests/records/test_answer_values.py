"""What answers mean to the rules: the same whichever record was read before against the same rules."""

from __future__ import annotations

import pytest

from tenken.files.problems import Place, Problems
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer
from tenken.rules.loading import load_library

RULES = load_library(["eu-transparency"])
CHECK = next(iter(RULES.checks))


def answer(*words: str, reason: str = "") -> GivenAnswer:
    return GivenAnswer(words, reason=reason, place=Place("a.yaml", 1, 1))


def test_a_reason_in_one_record_is_none_in_the_next() -> None:
    reasoned = {CHECK: answer("not_applicable", reason="There is none.")}
    for _ in range(2):
        assert read_answer_values(reasoned, RULES) == {CHECK: ("not_applicable",)}
        with pytest.raises(Problems, match="needs a `reason"):
            read_answer_values({CHECK: answer("not_applicable")}, RULES)


def test_answers_keep_their_order_and_open_ones_have_no_value() -> None:
    for _ in range(2):
        values = read_answer_values(
            {CHECK: answer("yes"), "where": answer(), "does": answer("talks_with_people")}, RULES
        )
        assert list(values.items()) == [(CHECK, ("yes",)), ("does", ("talks_with_people",))]


def test_what_means_nothing_is_told_of_each_record() -> None:
    for _ in range(2):
        with pytest.raises(Problems) as caught:
            read_answer_values({"nothing": answer(), CHECK: answer("perhaps"), "where": answer("eu")}, RULES)
        assert [str(problem).partition(";")[0] for problem in caught.value.problems] == [
            "a.yaml:1:1: nothing is not a question here",
            f"a.yaml:1:1: {CHECK}: perhaps is not an answer",
        ]
