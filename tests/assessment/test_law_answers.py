"""What each law says in a sentence: its verdicts, its duties, and nothing of what is not known or elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from tenken.assessment.findings import assess_all
from tenken.assessment.law_answers import LawAnswer, list_law_answers, render_idle_laws
from tenken.assessment.wording import Wording
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.checklist import StartsWith
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import Situation, Truth

AS_OF = date(2026, 11, 23)
EU = ("eu-transparency", "eu-high-risk", "eu-prohibited", "eu-gpai")
USER: dict[str, AnswerValue] = {
    "where": ("eu",),
    "subject": ("ai_system",),
    "eu_role": ("deployer",),
    "does": ("none",),
    "banned_practices": ("none",),
}
SAFE: dict[str, AnswerValue] = {**USER, "high_risk_area": ("none",), "public_text": ("no",)}


def answer_laws(
    answers: dict[str, AnswerValue], *names: str, language: str = "en"
) -> tuple[tuple[LawAnswer, ...], str]:
    library = load_library(list(names or EU), language=language)
    wording = Wording(library, language)
    laws = list_law_answers(assess_all(library, Situation(answers, AS_OF)), wording)
    return laws, render_idle_laws(laws, wording)


def test_checklists_of_one_law_are_answered_in_one_sentence() -> None:
    (law,), idle = answer_laws(SAFE)
    assert (law.title, law.checklists, idle) == ("EU AI Act", EU, "")
    assert "Not high-risk. Nothing prohibited." in law.sentence


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("none", "Not high-risk."),
        ("work", "Whether it is high-risk is open."),
        ("unsure", "Whether it is high-risk is open."),
    ],
)
def test_whether_it_is_high_risk_is_always_said(area: str, said: str) -> None:
    (law,), _ = answer_laws({**USER, "high_risk_area": (area,)})
    assert said in law.sentence


def test_what_else_a_high_risk_system_needs_is_named_as_not_assessed() -> None:
    hiring: dict[str, AnswerValue] = {
        "high_risk_area": ("work",),
        "work_use": ("recruiting",),
        "profiles_people": ("yes",),
    }
    (law,), _ = answer_laws({**USER, **hiring})
    assert "High-risk." in law.sentence
    assert "risk management" in law.not_assessed
    (safe,), _ = answer_laws(SAFE)
    assert safe.not_assessed == ""


def test_of_what_nobody_answered_nothing_is_praised() -> None:
    (law,), _ = answer_laws(SAFE)
    assert law.sentence.endswith("what is in place is not answered yet.")
    assert "no gap" not in law.sentence


def test_a_gap_is_told_with_the_day_of_the_first() -> None:
    (law,), _ = answer_laws({**SAFE, "EU-4.staff_supported": ("no",)})
    assert "not met, since 2 February 2025" in law.sentence


def test_a_law_of_elsewhere_is_not_mentioned_and_one_that_does_not_apply_is() -> None:
    laws, idle = answer_laws({**SAFE, "where": ("california",)})
    assert [law.applies for law in laws] == [Truth.NO]
    assert idle == ""
    laws, idle = answer_laws({"where": ("eu",), "subject": ("ai_system", "special_use"), "purpose": ("military",)})
    assert idle == "Nothing applies of: EU AI Act."


def test_what_binds_comes_before_what_is_voluntary() -> None:
    laws, _ = answer_laws({"where": ("eu", "japan")}, "japan-ai-guidelines", *EU, "japan-ai-promotion-act")
    assert [law.is_voluntary for law in laws] == [False, False, True]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_sentence_can_be_said_of_every_shipped_law(language: str) -> None:
    shipped = load_library(list_shipped_checklists(), language=language)
    assert {checklist.starts_with for checklist in shipped.checklists.values()} == set(StartsWith)
    wording = Wording(shipped, language)
    for value in ("yes", "no", "unsure"):
        answers: dict[str, AnswerValue] = dict.fromkeys(shipped.checks, (value,))
        for law in list_law_answers(assess_all(shipped, Situation(answers, AS_OF)), wording):
            assert law.sentence.endswith("." if language == "en" else "。"), law.title
