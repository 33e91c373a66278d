"""A gap that somebody answers for stays one, passes the gate until its day, and ends when what it rests on changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from support.small_records import write_small_record
from tenken.files.frozen_classes import replace_fields
from tenken.records.acceptance import digest_rule
from tenken.records.record_file import open_record
from tenken.rules.loading import load_library

TODAY = date.today()
SOON = TODAY + timedelta(days=30)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_small_record(tmp_path / "acme.yaml", {"S-1.told": "no", "S-1.clear": "yes"})


def accept(record: Path, *more: str, until: date = SOON) -> tuple[int, str]:
    done = run_tenken("accept", record, "S-1", "--by", "Jo", "--until", str(until), "--because", "New version", *more)
    return done.returncode, done.stdout + done.stderr


def gate(record: Path, day: date = TODAY) -> tuple[int, str]:
    done = run_tenken("check", record, "--as-of", str(day))
    return done.returncode, done.stdout + done.stderr


def test_an_accepted_gap_passes_until_its_day_and_fails_from_the_next(record: Path) -> None:
    assert gate(record)[0] == 1
    assert accept(record) == (0, f"S-1 is accepted until {SOON}. It stays a gap.\nEverything is saved in {record}.\n")
    status, said = gate(record, SOON)
    assert (status, f"Accepted: S-1, by Jo, until {SOON}: New version" in said) == (0, True)
    assert "Gap: 1" in said
    status, said = gate(record, SOON + timedelta(days=1))
    assert (status, "the last day has passed" in said) == (1, True)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("S-1.clear: yes", "S-1.clear: no", "the answers it rests on have changed since"),
        ("small_audience: public", "small_audience: unsure", ""),
        ("by: Jo", "by: .", "the name, the reason or the day is missing"),
        (f"until: {SOON}", f"until: {TODAY + timedelta(days=400)}", "it would last more than a year"),
        ("rule: ", "rule: 0", "the rule has changed since"),
        (f"on: {TODAY}", f"on: {SOON}", "it is accepted only from a later day"),
    ],
)
def test_what_changes_below_it_ends_it(record: Path, before: str, after: str, said: str) -> None:
    accept(record)
    text = record.read_text("utf-8")
    assert before in text
    record.write_text(text.replace(before, after), "utf-8")
    status, told = gate(record)
    assert (status, said in told) == (1, True), told


def test_notes_and_owners_do_not_end_it(record: Path) -> None:
    accept(record)
    text = record.read_text("utf-8").replace("S-1.told: no", "S-1.told: {answer: no, owner: Jo, note: Soon}")
    record.write_text(text, "utf-8")
    assert gate(record)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["S-1", "--until", str(SOON), "--because", "Why"], "say who answers for it"),
        (["S-1", "--by", "Jo", "--until", str(SOON), "--because", "."], "say why it is accepted, in words"),
        (["S-1", "--by", "Jo", "--until", "soon", "--because", "Why"], "say until which day"),
        (["S-1", "--by", "Jo", "--until", str(TODAY - timedelta(days=1)), "--because", "Why"], "a year at most"),
        (["S-1", "--by", "Jo", "--until", str(TODAY + timedelta(days=367)), "--because", "Why"], "a year at most"),
        (["S-9", "--by", "Jo", "--until", str(SOON), "--because", "Why"], "S-9 is not a requirement here"),
    ],
)
def test_it_takes_a_name_a_reason_and_a_day_within_a_year(record: Path, arguments: list[str], said: str) -> None:
    before = record.read_bytes()
    done = run_tenken("accept", record, *arguments)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert record.read_bytes() == before


def test_what_is_met_or_not_known_cannot_be_accepted(record: Path) -> None:
    for answer in ("yes", "unsure"):
        text = record.read_text("utf-8").replace("S-1.told: no", f"S-1.told: {answer}")
        other = record.with_name("other.yaml")
        other.write_text(text, "utf-8")
        assert accept(other) == (2, "S-1: this is no gap today; only a gap can be accepted\n")


def test_it_can_be_withdrawn(record: Path) -> None:
    accept(record)
    assert run_tenken("accept", record, "S-1", "--withdraw").returncode == 0
    assert open_record(record).record.accepted == {}
    assert gate(record)[0] == 1


def test_what_nobody_answers_for_cannot_be_withdrawn_and_what_is_no_rule_any_more_can(record: Path) -> None:
    done = run_tenken("accept", record, "S-1", "--withdraw")
    assert (done.returncode, "nobody answers for S-1" in done.stderr) == (2, True)
    accept(record)
    record.write_text(record.read_text("utf-8").replace("  S-1:", "  S-9:"), "utf-8")
    done = run_tenken("validate", record)
    assert (done.returncode, "S-9 is not a requirement here; did you mean" in done.stderr) == (0, True)
    assert run_tenken("accept", record, "S-9", "--withdraw").returncode == 0
    assert open_record(record).record.accepted == {}


def test_what_does_not_bind_is_not_accepted(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(
        f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{coast: yes, keeper: yes, L-4.open: no}}\n",
        "utf-8",
    )
    done = run_tenken("accept", path, "L-4", "--by", "Jo", "--until", str(SOON), "--because", "No stairs")
    assert (done.returncode, done.stderr.split(";")[0]) == (
        2, "L-4: this does not have to be met, so that nobody need answer for it",
    )  # fmt: skip


def test_a_name_of_one_character_is_a_name(record: Path) -> None:
    arguments = ("S-1", "--by", "林", "--until", str(SOON), "--because", "New version")
    assert run_tenken("accept", record, *arguments).returncode == 0
    assert gate(record)[0] == 0


def test_who_answers_for_a_gap_can_change_while_lines_above_are_written(record: Path) -> None:
    accept(record)
    ours, id = open_record(record), "S-1"
    record.write_text("# somebody wrote this line\n" + record.read_text("utf-8"), "utf-8")
    ours.take_acceptance(id, replace_fields(ours.record.accepted[id], by="Mia"))
    ours.save()
    assert open_record(record).record.accepted[id].by == "Mia"


def list_rules(language: str) -> Iterator[tuple[str, str]]:
    for id, requirement in load_library(language=language).requirements.items():
        yield id, digest_rule(requirement)


def test_the_hash_of_a_rule_is_the_same_in_every_language_and_of_no_other_rule() -> None:
    english = dict(list_rules("en"))
    assert english == dict(list_rules("ja"))
    assert len(set(english.values())) == len(english)


@pytest.mark.parametrize("signed", ["status: final\n", "signed_off: {by: Mia, on: 2026-11-01, role: checked}\n"])
def test_a_record_that_is_signed_says_that_it_is_a_draft_again(record: Path, signed: str) -> None:
    record.write_text(record.read_text("utf-8").replace("answers:\n", f"{signed}answers:\n"), "utf-8")
    assert "makes it a draft again" in accept(record)[1]
    assert "signed" not in record.read_text("utf-8").replace("rule", "")


def test_it_is_taken_against_the_rules_it_was_judged_by(record: Path) -> None:
    text = record.read_text("utf-8").replace("answers:\n", "answered_against: {small: 2020.01 0123abcd}\nanswers:\n")
    record.write_text(text, "utf-8")
    accept(record)
    assert "0123abcd" not in record.read_text("utf-8")
