"""`tenken portfolio`: what would change and what did, files that are whole, and rows that come while it works."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.command_line import run_tenken
from support.paths import GOLDEN, LIGHTHOUSE, TENKEN
from support.sample_portfolios import small_records

ON = ("--as-of", "2026-11-23")


@pytest.fixture
def records() -> Iterator[Path]:
    with small_records() as folder:
        (folder / "broken.yaml").unlink()
        yield folder


def rows_of(folder: Path, *more: str | Path) -> dict[str, Any]:
    done = run_tenken("portfolio", folder, "--format", "jsonl", *(more if "--as-of" in more else (*ON, *more)))
    assert done.returncode == 0, done.stderr
    return {Path(row["file"]).name: row for row in map(json.loads, done.stdout.splitlines())}


def moved(row: Any) -> dict[str, tuple[str, Any, Any]]:
    return {
        each["id"]: (each["moved_by"], *(each[time] and each[time]["standing"] for time in ("before", "now")))
        for each in row["changes"]["moved"]
    }


def test_answers_for_all_say_which_systems_change_and_what_is_to_be_asked(records: Path) -> None:
    plain, supposed = rows_of(records), rows_of(records, "--set", "tells_news=no", "--set", "moon=yes")
    assert all("changes" not in row for row in plain.values())
    assert moved(supposed["typical.yaml"]) == {"HM-5": ("answers", "undetermined", "not_applicable")}
    assert supposed["typical.yaml"]["changes"]["not_asked"] == ["moon"]
    assert moved(supposed["final.yaml"]) == {}
    asked = rows_of(records, "--set", "tells_news=yes")["typical.yaml"]["changes"]["ask_again"]
    assert asked == ["HM-5.said"]
    page = run_tenken("portfolio", records, *ON, "--set", "tells_news=no", "--set", "moon=yes").stdout
    assert "What other answers change" in page
    assert "wrote the news | Undetermined, if it applies, in force | Not applicable | 2 systems |" in page
    assert "Not a question to these systems, in which the answer changes nothing:" in page


def test_a_mistake_in_an_answer_for_all_is_told_at_once(records: Path) -> None:
    done = run_tenken("portfolio", records, "--set", "does=fly")
    assert (done.returncode, done.stdout) == (2, "")
    assert "does: fly is not an answer" in done.stderr


def test_a_draft_takes_the_place_of_the_checklist_of_its_name(records: Path, tmp_path: Path) -> None:
    draft = tmp_path / "honest-machines.yaml"
    law = (GOLDEN / "honest-machines.yaml").read_text("utf-8")
    assert "2026-12-02" in law
    draft.write_text(law.replace("2026-12-02", "2026-10-01"), "utf-8")
    found = rows_of(records, "--with", draft)
    assert moved(found["typical.yaml"]) == {"HM-3": ("law", "gap", "gap")}
    (only,) = found["typical.yaml"]["changes"]["moved"]
    assert (only["before"]["timing"], only["now"]["timing"]) == ("coming", "in force")
    assert moved(found["soft.yaml"]) == {}
    assert not found["soft.yaml"]["rules_moved"]


def test_a_draft_of_a_new_law_is_added_to_every_system(records: Path, tmp_path: Path) -> None:
    draft = tmp_path / "lanterns.yaml"
    shutil.copy(LIGHTHOUSE, draft)
    row = rows_of(records, "--with", draft)["typical.yaml"]
    new = {id: (by, was, now) for id, (by, was, now) in moved(row).items() if was is None}
    assert new
    assert all(by == "law" for by, _, _ in new.values())
    assert row["changes"]["ask_again"]


def test_a_draft_with_a_mistake_is_told_with_its_place(records: Path, tmp_path: Path) -> None:
    (tmp_path / "honest-machines.yaml").write_text("title: [\n", "utf-8")
    done = run_tenken("portfolio", records, "--with", tmp_path / "honest-machines.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "honest-machines.yaml:2:1" in done.stderr


def test_a_day_to_come_says_what_the_calendar_moves_and_a_day_that_was_does_not(records: Path) -> None:
    later = rows_of(records, "--as-of", "2099-01-01")
    assert all(each["moved_by"] == "calendar" for row in later.values() for each in row["changes"]["moved"])
    assert "changes" not in rows_of(records)["typical.yaml"]


def test_since_an_older_folder_each_part_stands_apart(records: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(records, older)
    (older / "typical.yaml").rename(older / "another-name.yaml")
    (older / "all-gaps.yaml").unlink()
    text = (records / "typical.yaml").read_text("utf-8")
    (records / "typical.yaml").write_text(
        text.replace("tells_news: {answer: unsure", 'tells_news: {answer: "no"'), "utf-8"
    )
    (records / "soft.yaml").unlink()
    found = rows_of(records, "--as-of", "2026-12-10", "--since", older)
    changes = moved(found["typical.yaml"])
    assert changes["HM-3"] == ("calendar", "gap", "gap")
    assert changes["HM-5"] == ("answers", "undetermined", "not_applicable")
    assert found["all-gaps.yaml"]["changes"]["is_new"]
    assert not found["typical.yaml"]["changes"]["is_new"]
    page = run_tenken("portfolio", records, "--as-of", "2026-12-10", "--since", older).stdout
    assert "New since then: Brush and Voice" in page
    assert f"No longer there: {older / 'soft.yaml'}" in page.replace("\\", "")


def test_an_older_record_that_cannot_be_read_is_told_beside_the_system(records: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(records, older)
    (older / "typical.yaml").write_text("tenken: [\n", "utf-8")
    done = run_tenken("portfolio", records, *ON, "--since", older, "--format", "jsonl")
    assert done.returncode == 2
    (row,) = (row for row in map(json.loads, done.stdout.splitlines()) if row["problems"])
    assert (row["system"], row["problems"][0]["place"]) == ("Acme Help", f"{older / 'typical.yaml'}:2:1")


def test_an_older_record_is_found_by_its_name_before_its_place_and_left_to_whoever_stayed(
    records: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older"
    shutil.copytree(records, older)
    shutil.copy(records / "typical.yaml", records / "a-copy.yaml")
    (records / "soft.yaml").rename(tmp_path / "kept")
    (records / "all-gaps.yaml").rename(records / "soft.yaml")
    (tmp_path / "kept").rename(records / "all-gaps.yaml")
    changes = {name: row["changes"] for name, row in rows_of(records, "--since", older).items()}
    assert [name for name, each in changes.items() if each["is_new"]] == ["a-copy.yaml"]
    assert [name for name, each in changes.items() if each["moved"]] == []


def test_a_draft_of_another_name_or_given_twice_is_refused(records: Path, tmp_path: Path) -> None:
    drafts = [tmp_path / "draft.yaml", tmp_path / "honest-machines.yaml", tmp_path / "b" / "honest-machines.yaml"]
    drafts[2].parent.mkdir()
    for draft in drafts:
        shutil.copy(GOLDEN / "honest-machines.yaml", draft)
    renamed = run_tenken("portfolio", records, *ON, "--with", drafts[0])
    assert (renamed.returncode, renamed.stdout) == (2, "")
    assert "call the draft honest-machines.yaml to put it in its place" in renamed.stderr
    twice = run_tenken("portfolio", records, *ON, "--with", drafts[1], "--with", drafts[2])
    assert (twice.returncode, twice.stdout) == (2, "")
    assert "another draft is called honest-machines, too" in twice.stderr


def test_a_table_tells_where_all_that_moved_stood_before_anything_did(records: Path, tmp_path: Path) -> None:
    draft = tmp_path / "honest-machines.yaml"
    law = (GOLDEN / "honest-machines.yaml").read_text("utf-8").replace("2026-12-02", "2026-10-01")
    draft.write_text(law.replace("  HM-5:", "  HM-55:"), "utf-8")
    asked = ("--with", draft, "--set", "does=talks", "--format", "csv")
    text = run_tenken("portfolio", records / "typical.yaml", *ON, *asked).stdout
    rows = {row["requirement"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))}
    assert (rows["HM-5"]["status"], rows["HM-5"]["status before"]) == ("Not asked for", "Undetermined")
    assert (rows["HM-5"]["moved by"], rows["HM-5"]["cannot be read"]) == ("the law", "")
    assert (rows["HM-3"]["status before"], rows["HM-3"]["moved by"]) == ("Gap", "the law; the answers")


def test_answers_to_what_a_draft_asks_are_checked_and_told_in_its_words(records: Path, tmp_path: Path) -> None:
    draft = tmp_path / "lanterns.yaml"
    shutil.copy(LIGHTHOUSE, draft)
    wrong = run_tenken("portfolio", records, *ON, "--with", draft, "--set", "lamps=green")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    made = run_tenken("portfolio", records, *ON, "--with", draft, "--set", "lamps=white,red").stdout
    assert "“Its lamps” is answered with “White, Red”" in made


def test_a_question_that_nobody_knows_is_told_with_what_may_be_meant(records: Path) -> None:
    done = run_tenken("portfolio", records, *ON, "--set", "tells_new=no", "--format", "jsonl")
    assert done.returncode == 0
    assert "tells_new is asked by no draft and no checklist that ships; did you mean tells_news?" in done.stderr


def test_what_was_and_what_would_be_are_not_asked_at_once(records: Path) -> None:
    done = run_tenken("portfolio", records, "--since", records, "--set", "does=paints")
    assert (done.returncode, done.stderr.partition(":")[0]) == (2, "--since")


@pytest.mark.parametrize("form", ["html", "md", "json", "jsonl", "csv"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_file_of_ours_is_replaced_and_no_other(records: Path, tmp_path: Path, form: str, language: str) -> None:
    made = tmp_path / f"made.{form}"
    for _ in range(2):
        assert run_tenken("portfolio", records, *ON, "-o", made, language=language).returncode == 0
    printed = run_tenken("portfolio", records, *ON, "--format", form, language=language).stdout
    assert form in ("html", "md") or printed == made.read_bytes().decode()
    made.write_text("mine", "utf-8")
    assert run_tenken("portfolio", records, *ON, "-o", made).returncode == 2
    assert made.read_text("utf-8") == "mine"
    assert run_tenken("portfolio", records, *ON, "-o", made, "--force").returncode == 0


def test_no_record_is_ever_replaced(records: Path) -> None:
    before = (records / "typical.yaml").read_bytes()
    done = run_tenken("portfolio", records, *ON, "-o", records / "typical.yaml", "--format", "csv", "--force")
    assert done.returncode == 2
    assert (records / "typical.yaml").read_bytes() == before
    assert not list(records.glob(".*"))


def test_a_folder_without_a_record_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run_tenken("portfolio", tmp_path / "empty", "-o", tmp_path / "made.jsonl")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [tmp_path / "empty"])


@pytest.mark.thorough
@pytest.mark.parametrize("to_file", [True, False])
def test_ctrl_c_leaves_whole_lines_and_no_half_file(tmp_path: Path, to_file: bool) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.yaml").write_text(f"tenken: 2\nsystem: S{number}\nanswers: {{}}\n", "utf-8")
    made = tmp_path / "made.jsonl"
    more = ("-o", str(made)) if to_file else ("--format", "jsonl")
    running = subprocess.Popen([*TENKEN, "portfolio", str(folder), *ON, *more], stdout=subprocess.PIPE)
    assert running.stdout
    first = b"" if to_file else running.stdout.readline()
    while to_file and not list(tmp_path.glob(".made*")):
        pass
    running.send_signal(signal.SIGINT)
    rest, _ = running.communicate()
    assert running.returncode == 130
    assert [path.name for path in tmp_path.iterdir()] == ["records"]
    lines = (first + rest).splitlines(keepends=True)
    assert all(line.endswith(b"\n") and json.loads(line) for line in lines)
    assert len(lines) < 400
