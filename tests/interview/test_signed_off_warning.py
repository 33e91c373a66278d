"""A record that is signed off becomes a draft again with the first changed answer, and nobody is surprised by it."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from support.pseudo_terminal import PseudoTerminal
from support.scripted_prompt import SCOPE, Scripted, talk
from tenken.interview.prompt import PromptKey
from tenken.records.record import Record, RecordStage
from tenken.records.record_file import open_record

SIGNED = "status: final\nsigned_off: {by: Mia, on: 2026-11-20}\n"
TOLD = "This record is signed off by Mia on 20 November 2026. Changing an answer makes it a draft again."
COAST = [PromptKey.REVIEW, ("What applies",), ("coast",), ("no",)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record with the questions of scope answered, and signed off."""
    path = tmp_path / "tower.yaml"
    answers = "{coast: yes, lamps: white, keeper: yes, lit: never, L-1.shines: {answer: unsure, ask: Jun}}"
    path.write_text(f"tenken: 1\nsystem: Tower\n{SIGNED}checklists: [{LIGHTHOUSE}]\nanswers: {answers}\n", "utf-8")
    return path


def kept(path: Path) -> Record:
    return open_record(path).record


def asked(prompt: Scripted) -> int:
    return sum(card.ask == TOLD for card in prompt.cards)


def test_the_first_changed_answer_is_asked_about_and_the_second_is_not(path: Path) -> None:
    prompt = talk(path, *COAST, ("change",), PromptKey.REVIEW, ("What applies",), ("coast",), ("yes",))
    assert asked(prompt) == 1
    assert (kept(path).status, kept(path).signed_off) == (RecordStage.DRAFT, ())
    assert kept(path).answers["coast"].by == "Mia"


@pytest.mark.parametrize("reply", [("leave",), PromptKey.BACK])
def test_a_record_that_is_to_stay_signed_off_stays_as_it_is(path: Path, reply: tuple[str, ...] | PromptKey) -> None:
    before = path.read_bytes()
    prompt = talk(path, *COAST, reply)
    assert asked(prompt) == 1
    assert "✔ On a coast: No" not in prompt.said
    assert path.read_bytes() == before


def test_looking_through_a_record_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    assert (
        asked(
            talk(
                path,
                PromptKey.WHY,
                PromptKey.KEYS,
                PromptKey.BACK,
                PromptKey.SKIP,
                PromptKey.REVIEW,
                ("What applies",),
                PromptKey.BACK,
            )
        )
        == 0
    )
    assert path.read_bytes() == before


def test_a_note_is_a_change_too(path: Path) -> None:
    prompt = talk(path, PromptKey.NOTE, "since then the lamp broke", ("change",))
    assert asked(prompt) == 1
    assert kept(path).status is RecordStage.DRAFT


def test_a_record_that_is_final_without_a_name_says_so(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace(SIGNED, "status: final\n"), "utf-8")
    prompt = talk(path, *COAST, ("change",))
    assert "This record is final. Changing an answer makes it a draft again." in [card.ask for card in prompt.cards]
    assert kept(path).status is RecordStage.DRAFT


def test_a_draft_is_not_asked_about(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace(SIGNED, ""), "utf-8")
    assert asked(talk(path, *COAST)) == 0


def assess(path: Path, *arguments: str, language: str = "en") -> CompletedProcess[str]:
    return run_tenken("assess", path.name, *arguments, cwd=path.parent, language=language)


def test_without_a_terminal_it_is_said_and_done(path: Path) -> None:
    done = assess(path, "--set", "coast=no")
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (0, "", TOLD)
    assert (kept(path).status, kept(path).signed_off) == (RecordStage.DRAFT, ())
    assert TOLD not in assess(path, "--set", "coast=yes").stderr


def test_it_is_said_in_japanese(path: Path) -> None:
    assert "Miaが2026年11月20日に承認しています" in assess(path, "--set", "coast=no", language="ja").stderr


def test_an_answer_that_means_nothing_leaves_it_signed_off(path: Path) -> None:
    before = path.read_bytes()
    assert assess(path, "--set", "coast=maybe").returncode == 2
    assert path.read_bytes() == before


def theirs(path: Path, answers: str) -> str:
    text = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {answers}\n"
    path.with_name("theirs.yaml").write_text(text, "utf-8")
    return "theirs.yaml"


def test_answers_taken_over_make_it_a_draft_and_say_so(path: Path) -> None:
    done = assess(path, "--merge", theirs(path, "{L-1.shines: yes}"))
    assert done.stderr.splitlines() == [TOLD, "1 answer taken over."]
    assert kept(path).status is RecordStage.DRAFT


def test_a_merge_that_changes_nothing_leaves_it_signed_off(path: Path) -> None:
    assert TOLD not in assess(path, "--merge", theirs(path, "{coast: yes}")).stderr
    assert TOLD not in assess(path, "--merge", theirs(path, "{coast: no}")).stderr
    assert kept(path).status is RecordStage.FINAL


@pytest.mark.parametrize(("key", "stage"), [("1", RecordStage.DRAFT), ("2", RecordStage.FINAL)])
def test_on_a_terminal_a_person_is_asked_before_answers_are_taken_over(
    path: Path, key: str, stage: RecordStage
) -> None:
    arguments = ("assess", path.name, "--merge", theirs(path, "{L-1.shines: yes}"))
    with PseudoTerminal(*arguments, folder=path.parent) as terminal:
        terminal.wait_for("Leave it as it is")
        terminal.type(key)
        assert terminal.finish() == 0
    assert kept(path).status is stage


def test_what_another_record_says_of_the_organisation_makes_it_a_draft_too(path: Path) -> None:
    path.write_text(f"tenken: 1\nsystem: Tower\n{SIGNED}answers: {{}}\n", "utf-8")
    path.with_name("other.yaml").write_text("tenken: 1\nsystem: Other\nanswers: {size: sme}\n", "utf-8")
    assert assess(path, "--from", "other.yaml").stderr.splitlines() == [
        TOLD,
        "1 answer taken over.",
    ]
    assert kept(path).status is RecordStage.DRAFT


def test_starting_over_begins_a_draft_and_keeps_what_was_signed_off(path: Path) -> None:
    with PseudoTerminal("assess", path.name, folder=path.parent) as terminal:
        terminal.wait_for("What now?")
        terminal.type("3")
        terminal.wait_for("Does it stand on a coast?")
    assert (kept(path).status, kept(path.with_name("tower-2.yaml")).status) == (RecordStage.DRAFT, RecordStage.FINAL)


def test_a_conversation_begun_as_a_draft_never_mentions_it(tmp_path: Path) -> None:
    assert asked(talk(tmp_path / "new.yaml", *SCOPE)) == 0
