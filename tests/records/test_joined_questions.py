"""Answers to questions that were asked one by one, carried over to the lists they were joined in."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT
from tenken.records.rule_updates import update_record
from tenken.rules.loading import load_library

RULES = load_library()
BEFORE = dict.fromkeys(RULES.versions, "2026.11.1 0badcafe")

Answers = Mapping[str, tuple[str, ...]]


def carry(answers: Answers) -> Answers:
    given = {id: GivenAnswer(words) for id, words in answers.items()}
    record = Record(RECORD_FORMAT, "Tower", answers=given, answered_against=BEFORE)
    done = update_record(record, RULES).record
    assert set(answers) <= {*done.answers, *done.earlier, *MERGED}, "an answer that moved is kept somewhere"
    return {id: kept.answer for id, kept in done.answers.items()}


MERGED = ("EU-4.fits_knowledge", "EU-4.fits_context", "EU-4.people_affected", "intimate_feasible", "purpose")
LIKE_REAL = ("would_pass", "resembles", "real_thing", "exists")
PLACED = ("2025-05-01",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"likeness": LIKE_REAL, "deep_fake_made": ("since",), "work": ("not_a_work",)}, {"likeness": LIKE_REAL}),
        ({"likeness": LIKE_REAL, "deep_fake_made": ("all_before",)}, {}),
        ({"likeness": LIKE_REAL, "work": ("evident",)}, {}),
        ({"public_text": ("published",), "text_published": ("since",)}, {"public_text": ("published",)}),
        ({"public_text": ("published",), "text_published": ("unsure",)}, {}),
        ({"placed": PLACED, "new_generation": ("no",)}, {"placed": PLACED}),
        ({"placed": PLACED, "new_generation": ("yes",)}, {}),
        ({"exchange": ("dialogue",)}, {"exchange": ("dialogue",)}),
        ({"exchange": ("dialogue", "obvious"), "obvious": ("no_doubt",)}, {}),
        ({"subject": ("ai_system",), "purpose": ("none",)}, {"subject": ("ai_system",), "purpose": ("none",)}),
        ({"subject": ("ai_system",), "purpose": ("military",)}, {}),
        ({"intimate_feasible": ("none",)}, {"intimate_material": ("none",)}),
        ({"intimate_aim": ("persons",), "intimate_feasible": ("none",)}, {}),
        ({"intimate_feasible": ("persons",), "intimate_prevented": ("persons",)}, {}),
        ({"used_on_workers": ("no",), "public_role": ("none",), "takes_over": ("none",)}, {}),
        ({"japan_effects": ("none",), "japan_serious": ("yes",)}, {}),
        ({"japan_hiroshima": ("share",), "japan_risk": ("more",)}, {"japan_hiroshima": ("share",)}),
        ({"japan_hiroshima": ("share",), "japan_risk": ("slight",)}, {}),
        (dict.fromkeys(MERGED[:3], ("yes",)), {"EU-4.fitted": ("yes",)}),
        ({MERGED[0]: ("yes",), MERGED[1]: ("no",), MERGED[2]: ("yes",)}, {}),
    ],
)
def test_an_answer_is_carried_where_it_settles_the_list_and_asked_again_where_it_does_not(
    before: Answers, after: Answers
) -> None:
    assert carry(before) == after
