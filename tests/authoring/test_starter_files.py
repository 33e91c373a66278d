"""A new checklist begins with files that work."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from support.command_line import run_tenken
from tenken.authoring.lint import validate_files
from tenken.authoring.scenario_coverage import measure_coverage
from tenken.authoring.scenarios import run_scenario_file
from tenken.authoring.starter_files import write_starter_files
from tenken.authoring.translation_lock import write_translation_locks
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.loading import read_library

TODAY = date(2028, 2, 29)


@pytest.mark.parametrize("id", ["lamps", "talking-exhibits-2", "law"])
def test_what_is_written_has_no_mistake_and_shows_every_case(id: str, tmp_path: Path) -> None:
    paths = write_starter_files(id, tmp_path, TODAY)
    assert [path.name for path in paths] == [f"{id}.yaml", f"{id}-scenarios.yaml", f"{id}.ja.yaml"]
    assert [str(problem) for problem in validate_files(paths)] == []
    outcomes = list(run_scenario_file(paths[1]))
    assert [str(problem) for outcome in outcomes for problem in outcome.differences] == []
    (measured,) = measure_coverage(outcomes)
    assert list(measured.render_coverage_lines()) == [f"{id}: 9 of 9 cases shown"]


def test_the_starter_itself_has_no_mistake() -> None:
    assert [
        str(problem) for problem in validate_files((find_shipped_folder("templates") / "starter").glob("*.yaml"))
    ] == []


def test_nothing_of_the_starter_is_left_and_it_was_read_today(tmp_path: Path) -> None:
    paths = write_starter_files("lamps", tmp_path, TODAY)
    text = "".join(path.read_text("utf-8") for path in paths)
    assert not re.search("the[-_]law", text, re.IGNORECASE)
    for said in ("LAMPS-1:", "lamps_begun:", "reviewed: 2028-02-29", "review_by: 2028-08-27", "version: 2028.02"):
        assert said in text


def test_the_first_line_says_how_an_editor_checks_the_file(tmp_path: Path) -> None:
    for path, kind in zip(
        write_starter_files("lamps", tmp_path, TODAY), ("checklist", "scenarios", "translation"), strict=True
    ):
        advice = path.read_text("utf-8").partition("\n")[0]
        assert f"`tenken checklists schema {kind} > {kind}.json`" in advice
        assert f"`# yaml-language-server: $schema={kind}.json`" in advice


def test_nothing_of_this_machine_is_written_into_a_file_to_be_shared(tmp_path: Path) -> None:
    for path in write_starter_files("lamps", tmp_path, TODAY):
        text = path.read_text("utf-8")
        assert not re.search(r"file:|/home/|/tmp/|\.venv|site-packages", text)
        assert str(find_shipped_folder("checklists").parent) not in text


@pytest.mark.parametrize("name", ["lamps.yaml", "lamps-scenarios.yaml", "lamps.ja.yaml"])
def test_no_file_is_replaced_and_none_written_beside_it(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine\n", "utf-8")
    with pytest.raises(Problems, match=f"{name}: this file is there already"):
        write_starter_files("lamps", tmp_path, TODAY)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text("utf-8") == "mine\n"


@pytest.mark.parametrize("id", ["profile", "eu-gpai", "Lamps", "lamps.ja", "../lamps", "lamps-", "灯台", ""])
def test_an_id_that_is_taken_or_cannot_be_one_is_refused(id: str, tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r"another id|cannot be an id"):
        write_starter_files(id, tmp_path, TODAY)
    assert list(tmp_path.iterdir()) == []


def test_the_commands_it_names_pass(tmp_path: Path) -> None:
    done = run_tenken("checklists", "new", "lamps", "--in", "my rules", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.endswith("there is no such file or folder\n")
    (tmp_path / "my rules").mkdir()
    done = run_tenken("checklists", "new", "lamps", "--in", "my rules", cwd=tmp_path)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    for command in done.stdout.splitlines():
        assert run_tenken(*shlex.split(command)[1:], cwd=tmp_path).returncode == 0, command


def test_files_that_end_in_yml_are_read_like_those_that_end_in_yaml(tmp_path: Path) -> None:
    paths = [path.rename(path.with_suffix(".yml")) for path in write_starter_files("lamps", tmp_path, TODAY)]
    rules, situations, words = paths
    situations.write_text(situations.read_text("utf-8").replace("lamps.yaml", "lamps.yml"), "utf-8")
    write_translation_locks([words])
    record = tmp_path / "record.yml"
    record.write_text("tenken: 2\nsystem: Lamp\nchecklists: [lamps.yml]\n", "utf-8")
    assert [str(problem) for problem in validate_files([*paths, record])] == []
    assert read_library([rules], "ja").checklists["lamps"].title == "法令の名称"
    record.write_text("tenken: 2\nsystem: Lamp\nchecklists: [lamps]\n", "utf-8")
    (said,) = validate_files([record])
    assert "a file of your own is named with its ending, lamps.yml" in str(said)


def test_a_translation_may_come_bit_by_bit(tmp_path: Path) -> None:
    rules, _, words = write_starter_files("lamps", tmp_path, TODAY)
    words.write_text("title: ランプ法\nrequirements:\n  LAMPS-1:\n    title: 知らせる\n", "utf-8")
    found = validate_files([words])
    assert all(problem.is_note and problem.place.line for problem in found)
    told = [str(problem) for problem in found]
    assert f"{words}:3:3: requirements.LAMPS-1 has" in " ".join(told)
    done = run_tenken("validate", words)
    assert (done.returncode, "(a note, not a mistake)" in done.stderr) == (0, True)
    assert read_library([rules], "ja").checklists["lamps"].title == "ランプ法"
    misnamed = words.rename(words.with_name("lamps.jp.yaml"))
    assert [str(problem) for problem in validate_files([misnamed])] == [
        f"{misnamed}: tenken does not speak jp, and never reads this; it can be en, ja"
    ]
