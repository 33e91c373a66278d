"""The sentence on each law: what is not known is never praised, and one law that speaks twice says how."""

from __future__ import annotations

from datetime import date

import pytest

from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.report.view.counts import build_law_sentences
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.loading import load_library
from tenken.rules.logic import Situation

AS_OF = date(2026, 11, 23)
CHATBOT: dict[str, AnswerValue] = {
    "where": ("eu",),
    "subject": ("ai_system",),
    "eu_role": ("deployer",),
    "does": ("none",),
    "placed": date(2026, 9, 1),
}


def tell(checklist: str, answers: dict[str, AnswerValue], language: str = "en") -> dict[str, str]:
    library = load_library([checklist], language=language)
    told = build_law_sentences(assess_all(library, Situation(answers, AS_OF)), Wording(library, language))
    assert len({law["title"] for law in told}) == len(told)
    return {law["title"]: law["sentence"] for law in told}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Nothing is known yet about the one requirement"), ("ja", "まだ何も分かっていません")]
)
def test_of_what_nothing_is_known_it_says_just_that(language: str, said: str) -> None:
    (sentence,) = tell("eu-transparency", CHATBOT, language).values()
    assert said in sentence
    assert "No gap" not in sentence


def test_a_requirement_that_is_begun_and_open_is_no_requirement_without_a_gap() -> None:
    (sentence,) = tell("eu-transparency", {**CHATBOT, "EU-4.staff_supported": ("yes",)}).values()
    assert sentence == "The one requirement that may apply cannot be determined yet."


def test_what_a_law_recommends_is_told_apart_from_what_it_binds_to() -> None:
    titles = list(tell("korea-ai-basic-act", {"where": ("korea",)}))
    assert [title.rpartition(" (")[2] for title in titles] == ["Obligation)", "Duty to make an effort)"]
