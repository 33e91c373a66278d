"""A translation is looked at again when the English words it was made from change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.command_line import run_tenken
from tenken.authoring.lint import validate_files
from tenken.authoring.starter_files import write_starter_files
from tenken.authoring.translation_lock import LOCK_FILE_NAME, read_original, render_lock_file, write_translation_locks
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder

SHIPPED = find_shipped_folder("checklists")


def said(path: Path) -> list[str]:
    return [str(problem).removeprefix(str(path)) for problem in validate_files([path])]


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    write_starter_files("lamps", tmp_path, date(2026, 11, 23))
    write_translation_locks([tmp_path / "lamps.ja.yaml"])
    return tmp_path / "lamps.yaml"


def test_the_lock_that_ships_names_every_translated_entry_as_it_is_now() -> None:
    translations = [path for path in SHIPPED.rglob("*.*.yaml") if "schemas" not in path.parts]
    assert len(translations) > 10
    where = SHIPPED.resolve() / LOCK_FILE_NAME
    fresh = render_lock_file(where, {path: read_original(path) for path in translations})
    assert where.read_text("utf-8") == fresh, "look at the translation, then: tenken checklists lock FILE..."
    named = {line.partition(" ")[0] for line in fresh.splitlines() if not line.startswith("#")}
    assert named == {path.relative_to(SHIPPED).as_posix() for path in translations}


def test_the_lock_is_sorted_a_line_for_each_entry_and_small(rules: Path) -> None:
    for path in (SHIPPED / LOCK_FILE_NAME, rules.with_name(LOCK_FILE_NAME)):
        head, *lines = path.read_text("utf-8").splitlines()
        assert head.startswith("#")
        assert lines == sorted(lines)
        assert path.stat().st_size < 200_000
    assert "lamps.ja.yaml requirements.LAMPS-1 " in rules.with_name(LOCK_FILE_NAME).read_text("utf-8")


def test_changed_english_words_are_told_at_the_translation_until_it_is_locked_again(rules: Path) -> None:
    translation = rules.with_name("lamps.ja.yaml")
    assert said(translation) == []
    changed(rules, "ask: Does it talk to people?", "ask: Does it speak to people?")
    changed(rules, "title: Title of the law", "title: The law of lamps")
    text = "changed since it was translated; look at it again"
    assert said(translation) == [
        f":3:1: the English of title {text}",
        f":11:3: the English of questions.lamps_speaks {text}",
    ]
    write_translation_locks([translation])
    assert said(translation) == []


def test_a_comment_a_date_or_a_condition_is_no_change_of_words(rules: Path) -> None:
    changed(rules, "reviewed: 2026-11-23 # the day", "reviewed: 2026-11-24 # a day")
    changed(rules, "when: {lamps_staff: yes}", "when: {lamps_staff: no}")
    assert said(rules.with_name("lamps.ja.yaml")) == []


def test_an_entry_that_was_never_locked_is_told_once_its_file_is(rules: Path) -> None:
    changed(rules, "  lamps_staff:", "  lamps_new: {short: New, ask: 'Is it new?'}\n  lamps_staff:")
    translation = rules.with_name("lamps.ja.yaml")
    changed(translation, "  lamps_staff:", "  lamps_new: {short: 新しい, ask: 新しいですか。}\n  lamps_staff:")
    assert said(translation) == [
        f":19:3: questions.lamps_new is not locked; once it is translated: tenken checklists lock {translation}"
    ]
    rules.with_name(LOCK_FILE_NAME).unlink()
    assert said(translation) == []


def test_only_the_files_named_are_touched(rules: Path) -> None:
    write_starter_files("moths", rules.parent, date(2026, 11, 23))
    before = rules.with_name(LOCK_FILE_NAME).read_text("utf-8")
    changed(rules, "ask: Does it talk to people?", "ask: Does it speak to people?")
    write_translation_locks([rules.with_name("moths.ja.yaml")])
    after = rules.with_name(LOCK_FILE_NAME).read_text("utf-8").splitlines()
    assert [line for line in after if " " in line and not line.startswith("moths.")] == before.splitlines()


def test_a_lock_one_folder_up_serves_as_well(rules: Path) -> None:
    below = rules.parent / "crosswalks"
    below.mkdir()
    write_starter_files("moths", below, date(2026, 11, 23))
    assert write_translation_locks([below / "moths.ja.yaml"]) == {rules.with_name(LOCK_FILE_NAME)}
    assert "\ncrosswalks/moths.ja.yaml title " in rules.with_name(LOCK_FILE_NAME).read_text("utf-8")


def test_a_conflict_in_the_lock_and_a_file_that_is_no_translation_are_told(rules: Path) -> None:
    with pytest.raises(Problems, match=r"this is no translation; one is named lamps\.ja\.yaml"):
        write_translation_locks([rules])
    changed(rules.with_name(LOCK_FILE_NAME), "lamps.ja.yaml", "<<<<<<< HEAD\nlamps.ja.yaml")
    assert "translations.lock:2:1: each line should be FILE KEY HASH" in said(rules.with_name("lamps.ja.yaml"))[0]


def test_the_command_says_where_it_is_noted(rules: Path) -> None:
    done = run_tenken("checklists", "lock", "lamps.ja.yaml", cwd=rules.parent)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"Everything is saved in {rules.with_name(LOCK_FILE_NAME).resolve()}.\n"
