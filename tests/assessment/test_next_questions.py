"""What a file asks at once: what waits for no other answer, what else hangs on which choice, and how long that gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from support.paths import LIGHTHOUSE, ROOT
from tenken.assessment.next_questions import list_next_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.question_card import build_check_card, build_question_card
from tenken.records.answer_values import read_answer_values
from tenken.records.record_file import open_record, parse_record
from tenken.records.rule_updates import load_updated_rules
from tenken.report.export.blank_record import render_blank_record
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.library import Library
from tenken.rules.loading import load_library
from tenken.rules.logic import Situation

AS_OF = date(2026, 11, 23)
A_MAKER: dict[str, AnswerValue] = {
    "where": ("eu",),
    "subject": ("ai_system",),
    "eu_role": ("provider",),
    "does": ("talks_with_people", "makes_content"),
    "placed": date(2026, 9, 1),
}


def begin(library: Library, answers: dict[str, AnswerValue] | None = None) -> RunningAssessment:
    return RunningAssessment(library, Situation(answers or {}, AS_OF))


def test_a_new_file_asks_the_shared_questions_and_says_when_each_matters() -> None:
    library = load_library()
    asked = {question.question: question for question in list_next_questions(begin(library))}
    assert set(asked) <= set(library.profile.questions)
    assert asked["eu_role"].only_if["where"] == ("eu",)
    assert "talks_with_people" in asked["does"].leads_on
    assert "none" not in asked["does"].leads_on


def test_what_hangs_on_one_choice_of_another_waits_for_it() -> None:
    running = begin(load_library(), A_MAKER)
    asked = {question.question: question for question in list_next_questions(running)}
    assert {"exchange", "high_risk_area"} <= set(asked)
    assert "obvious" not in asked
    assert "no_doubt" in asked["exchange"].leads_on
    running.take_answer("exchange", ("no_doubt",))
    assert "obvious" in {question.question for question in list_next_questions(running)}


def test_choices_that_lead_on_only_together_are_named() -> None:
    running = begin(load_library(), {**A_MAKER, "eu_role": ("deployer",)})
    running.take_answer("outputs", ("text",))
    asked = {question.question: question for question in list_next_questions(running)}
    assert {"published", "informs"} <= set(asked["public_text"].leads_on)


def test_what_no_answer_could_open_is_not_there() -> None:
    asked = list_next_questions(begin(load_library([str(LIGHTHOUSE)]), {"coast": ("no",)}))
    assert asked == []


def list_cards(library: Library, answers: dict[str, AnswerValue]) -> Iterator[str]:
    """What an interview shows until all these answers are given, leaving out its explanations."""
    running, wording = begin(library), Wording(library)
    while found := next((item for item in running.open if item.question in answers), None):
        build = build_check_card if found.question in library.checks else build_question_card
        card = build(found, library, wording, None, "")
        options = (f"{option.label} {option.means}" for option in card.options)
        yield " ".join((card.section, card.subject, card.ask, card.why, card.source, *options))
        running.take_answer(found.question, answers[found.question])


def list_forms(library: Library, answers: dict[str, AnswerValue]) -> Iterator[str]:
    """The files it takes until all these answers are given."""
    running = begin(library)
    while (asked := list_next_questions(running)) and (known := answers.keys() & {item.question for item in asked}):
        yield render_blank_record(library, Wording(library), asked)
        for id in known:
            running.take_answer(id, answers[id])


@pytest.mark.thorough
@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_with_all_its_help_it_is_at_most_twice_as_long_as_the_questions_of_an_interview(path: Path) -> None:
    record_file = open_record(path)
    library, _ = load_updated_rules(record_file, "en")
    answers = read_answer_values(record_file.record.answers, library)
    forms, cards = list(list_forms(library, answers)), list(list_cards(library, answers))
    assert len("".join(forms)) <= 2 * len("".join(cards))
    assert len({id for form in forms for id in parse_record(form.encode(), "form").answers}) <= 1.3 * len(cards)
    assert len(forms) <= 8
