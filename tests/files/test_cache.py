"""What is kept between two starts saves time and changes nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from support.paths import ROOT, TENKEN
from support.shared_rules import read_library_anew
from tenken.assessment.findings import assess_all
from tenken.files.cache import load_cached
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import open_record
from tenken.report.export.json_result import build_result
from tenken.rules import loading
from tenken.rules.loading import find_checklist_file, load_library
from tenken.rules.logic import Situation

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(autouse=True)
def bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for what Python compiles."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "bytecode"))
    monkeypatch.setattr(loading, "read_library", read_library_anew)
    return tmp_path / "bytecode"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.yaml"
    path.write_text("one")
    return path


def counted(made: list[int], what: Callable[[], object]) -> Callable[[], object]:
    def make() -> object:
        made.append(1)
        return what()

    return make


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("kept_*.pyc"))


def test_it_is_made_once(source: Path) -> None:
    made: list[int] = []
    for _ in range(3):
        assert load_cached("test", [source], counted(made, source.read_text)) == "one"
    assert len(made) == 1


def test_a_changed_file_is_seen_at_once(source: Path) -> None:
    for text in ("one", "two", "one"):
        source.write_text(text)
        assert load_cached("test", [source], source.read_text) == text


def test_a_file_that_changes_while_it_is_read_is_not_kept(source: Path, bytecode: Path) -> None:
    def read_late() -> str:
        source.write_text("two")
        return source.read_text()

    assert load_cached("test", [source], read_late) == "two"
    assert not files(bytecode)


@pytest.mark.parametrize("place", [0, 31, 32, -1])
def test_one_flipped_bit_is_enough_to_read_again(source: Path, bytecode: Path, place: int) -> None:
    load_cached("test", [source], source.read_text)
    (path,) = files(bytecode)
    whole = path.read_bytes()
    for damaged in (whole[:place], bytes([*whole[:place], whole[place] ^ 1]) + whole[place:][1:], b""):
        path.write_bytes(damaged)
        assert load_cached("test", [source], source.read_text) == "one"
        assert path.read_bytes() == whole


def test_where_nothing_can_be_kept_everything_works(
    source: Path, bytecode: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bytecode.write_text("a file where the folder should be")
    assert load_cached("test", [source], source.read_text) == "one"
    monkeypatch.setattr(sys, "pycache_prefix", str(bytecode) + "2")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert load_cached("test", [source], source.read_text) == "one"
    assert not files(bytecode.parent)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_example_comes_to_the_same(language: str, bytecode: Path) -> None:
    def judged(path: Path) -> str:
        file = open_record(path)
        checklists = load_rules_for(file.record, language)
        situation = Situation(read_answer_values(file.record.answers, checklists), date(2026, 11, 23))
        return str(build_result(assess_all(checklists, situation), file.record))

    assert EXAMPLES
    for path in EXAMPLES:
        first = judged(path)
        before = files(bytecode)
        assert before
        assert judged(path) == first
        assert files(bytecode) == before


def test_a_checklist_of_ones_own_is_read_every_time(tmp_path: Path, bytecode: Path) -> None:
    own = tmp_path / "own.yaml"
    shutil.copy(find_checklist_file("eu-gpai"), own)
    load_library([str(own)])
    assert not files(bytecode)


def test_a_changed_rule_and_a_changed_program_are_seen_at_once(tmp_path: Path) -> None:
    for folder in ("src", "checklists", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))

    def title() -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": ""}
        command = [*TENKEN, "checklists", "show", "eu-gpai"]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)
        return done.stdout.splitlines()[0]

    def changed(path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    first = title()
    assert title() == first
    assert files(tmp_path / "src")
    changed(tmp_path / "checklists" / "eu-gpai.yaml", "title: ", "title: Changed ")
    assert title() == first.replace("# ", "# Changed ", 1)
    changed(tmp_path / "src" / "tenken" / "rules" / "value_binding.py", "value.strip()", "value.strip().upper()")
    assert title() == first.replace("# ", "# Changed ", 1).upper()
