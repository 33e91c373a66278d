"""Answers older than a year are confirmed with one key; between two parts somebody can answer for a gap."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from support.scripted_prompt import EACH, NOON, Scripted
from support.small_records import write_small_record
from tenken.interview.prompt import PromptKey
from tenken.interview.whole_interview import run_interview
from tenken.records.record_file import open_record

OLD = "2025-11-01T08:00:00Z"
GAP = {
    "where": f"{{answer: eu, by: Jun, at: {OLD}}}",
    "subject": f"{{answer: ai_system, by: Jun, at: {OLD}}}",
    "eu_role": "{answer: provider, by: Jun, at: 2026-11-01T08:00:00Z}",
    "does": f"{{answer: talks_with_people, by: Jun, at: {OLD}}}",
    "S-1.told": "no",
    "S-1.clear": "yes",
}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_small_record(tmp_path / "acme.yaml", GAP)


def resume(record: Path, *replies: object, now: datetime = NOON) -> Scripted:
    prompt = Scripted(*replies)
    with suppress(KeyboardInterrupt):
        run_interview(record, prompt, lambda: now, now.date(), by="Mia")
    return prompt


def test_old_answers_are_confirmed_asked_again_or_left(record: Path) -> None:
    said = resume(record, ("confirm",), ("yes",), ("no",), ("ai_system",), ("later",))
    menu = said.cards[0]
    assert [option.label for option in menu.options][:2] == ["Go on", "Confirm 3 answers older than a year"]
    answers = open_record(record).record.answers
    assert {id: (given.by, given.at) for id, given in answers.items() if given.by} == {
        "where": ("Mia", NOON),
        "subject": ("Mia", NOON),
        "eu_role": ("Jun", datetime(2026, 11, 1, 8, tzinfo=UTC)),
        "does": ("Jun", datetime(2025, 11, 1, 8, tzinfo=UTC)),
    }
    assert answers["where"].answer == ("eu",)


def test_nothing_is_offered_where_no_answer_is_old(record: Path) -> None:
    said = resume(record, now=datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert "confirm" not in {option.word for option in said.cards[0].options}


def test_an_answer_that_is_as_before_changes_nothing_else(record: Path) -> None:
    before = record.read_text("utf-8").splitlines()
    resume(record, ("confirm",), ("yes",))
    after = record.read_text("utf-8").splitlines()
    assert [line for line in after if line in before] == [line for line in before if not line.startswith("  where")]


def test_somebody_answers_for_a_gap_between_two_parts(record: Path) -> None:
    said = resume(record, ("continue",), ("accept",), ("S-1",), "Jo", "2028-01-01", "2027-02-21", ".", "New version")
    accepted = open_record(record).record.accepted["S-1"]
    assert (accepted.by, accepted.until, accepted.because) == ("Jo", NOON.date() + timedelta(days=90), "New version")
    assert accepted.on == date(2026, 11, 23)
    assert "a gap can be accepted from 2026-11-23 to 2027-11-23, a year at most" in said.said
    assert "say why it is accepted, in words" in said.said
    assert "✔ S-1 is accepted until 2027-02-21. It stays a gap." in said.said
    assert "accept" not in {option.word for option in said.cards[-1].options}


@pytest.mark.parametrize(
    "replies", [(("",),), (("S-1",), None), (("S-1",), "Jo", None), (("S-1",), "Jo", "2027-01-01", None)]
)
def test_who_goes_back_answers_for_nothing(record: Path, replies: tuple[object, ...]) -> None:
    before = record.read_bytes()
    said = resume(record, ("continue",), ("accept",), *replies)
    assert record.read_bytes() == before
    assert sum(", as of " in line for line in said.said) == 1


def test_who_goes_back_from_a_gap_is_where_they_were(record: Path) -> None:
    record.write_text(record.read_text("utf-8").replace("  S-1.clear: yes\n", ""), "utf-8")
    put_off = [("binding",), EACH, PromptKey.SKIP]
    said = resume(record, ("continue",), *put_off, ("accept",), ("",), PromptKey.BACK)
    assert said.cards[-1].ask == said.cards[3].ask == "Is it clear?"


def test_what_a_penalty_depends_on_is_offered_where_nothing_else_is_left_of_what_binds(record: Path) -> None:
    record.write_text(record.read_text("utf-8").replace("  size: sme\n", ""), "utf-8")
    said = resume(record, ("continue",), ("penalty",), ("sme",), ("result",))
    labels = {option.word: option.label for option in said.cards[1].options}
    assert labels["penalty"] == "What a penalty depends on (1 question)"
    assert open_record(record).record.answers["size"].answer == ("sme",)
