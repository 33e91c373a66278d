"""Handing questions over and taking the answers back, with who and when, and never one answer over another unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paths import LIGHTHOUSE
from support.pseudo_terminal import PseudoTerminal
from support.scripted_prompt import NOON
from tenken.files.problems import Problems
from tenken.interview.incoming_answers import merge_records
from tenken.records.record import GivenAnswer
from tenken.records.record_file import open_record

MIAS = "{answer: yes, by: Mia, at: 2026-11-20T09:00:00Z}"
OURS = f"{{coast: yes, lamps: {{answer: unsure, note: ask the keeper}}, keeper: {MIAS}}}"
THEIRS = "{coast: , lamps: {answer: [white, red], by: Jun}, keeper: no, lit: never}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, answers in (("ours", OURS), ("theirs", THEIRS)):
        text = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {answers}\n"
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def kept(folder: Path) -> dict[str, GivenAnswer]:
    return dict(open_record(folder / "ours.yaml").record.answers)


def test_open_answers_are_taken_over_with_who_and_when(folder: Path) -> None:
    with pytest.raises(Problems):
        merge_records(folder / "ours.yaml", folder / "theirs.yaml", None, by="Legal", clock=lambda: NOON)
    answers = kept(folder)
    assert (answers["lamps"].answer, answers["lamps"].by, answers["lamps"].at) == (("white", "red"), "Jun", NOON)
    assert answers["lamps"].note == "ask the keeper"
    assert (answers["lit"].answer, answers["lit"].by) == (("never",), "Legal")


def test_a_contradiction_is_shown_and_never_resolved_silently(folder: Path) -> None:
    with pytest.raises(Problems) as found:
        merge_records(folder / "ours.yaml", folder / "theirs.yaml", None, by="Legal", clock=lambda: NOON)
    (problem,) = found.value.problems
    assert str(problem).startswith(f"{folder / 'theirs.yaml'}:4:")
    assert "keeper: answered No (Legal, 23 November 2026) here, but Yes (Mia, 20 November 2026)" in str(problem)
    assert kept(folder)["keeper"].answer == ("yes",)


def test_on_a_terminal_a_person_decides(folder: Path) -> None:
    with PseudoTerminal("assess", "ours.yaml", "--merge", "theirs.yaml", "--by", "Legal", folder=folder) as terminal:
        screen = terminal.wait_for("Decide later")
        assert "Yes (Mia, 20 November 2026)" in screen
        terminal.type("1")
        assert terminal.finish() == 0
    assert kept(folder)["keeper"].answer == ("no",)


def test_leaving_the_decision_changes_nothing(folder: Path) -> None:
    before = (folder / "ours.yaml").read_bytes()
    with PseudoTerminal("assess", "ours.yaml", "--merge", "theirs.yaml", folder=folder) as terminal:
        terminal.wait_for("Decide later")
        terminal.type("\x03")
        assert terminal.finish() == 130
    assert (folder / "ours.yaml").read_bytes() == before


def test_what_means_nothing_here_is_refused(folder: Path) -> None:
    theirs = folder / "theirs.yaml"
    theirs.write_text(theirs.read_text("utf-8").replace("lit: never", "lid: never"), "utf-8")
    with pytest.raises(Problems, match="did you mean lit"):
        merge_records(folder / "ours.yaml", theirs, None, by="Legal", clock=lambda: NOON)


@pytest.mark.parametrize(
    ("ours", "theirs", "stands"),
    [
        ("[white, red]", "[red, white]", ("white", "red")),
        ("{white: yes, red: unsure}", "[red, white]", ("red", "white")),
        ("{white: yes, red: unsure}", "white", ("white",)),
        ("[white, unsure]", "{white: yes, red: unsure}", ("white", "red?")),
        ("{white: yes, red: unsure}", "[white, unsure]", None),
        ("{white: yes, red: unsure}", "red", None),
        ("{white: yes, red: unsure}", "none", None),
        ("white", "[white, red]", None),
    ],
)
def test_an_answer_that_settles_a_doubt_or_has_another_order_contradicts_nothing(
    folder: Path, ours: str, theirs: str, stands: tuple[str, ...] | None
) -> None:
    for name, said in (("ours", ours), ("theirs", theirs)):
        text = f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers:\n  lamps: {said}\n"
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    before = kept(folder)["lamps"].answer
    try:
        merge_records(folder / "ours.yaml", folder / "theirs.yaml", None, by="Legal", clock=lambda: NOON)
    except Problems as found:
        assert stands is None, found.problems
    else:
        assert stands is not None
    assert kept(folder)["lamps"].answer == (stands or before)
