"""Time and memory have bounds, whatever a file, a pipe or a folder holds; `tests/fuzz.py files` tries far more."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.hostile_files import OTHERS, RECORDS, RULES, measure_hostile_file
from support.paths import LIGHTHOUSE, SMALL, TENKEN

pytestmark = pytest.mark.thorough

RECORD = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n"


@pytest.mark.parametrize(
    ("name", "command"),
    [
        *(("versions begun", "validate FILE"), ("a quote left open", "validate FILE"), ("aliases", "check FILE")),
        *(
            ("the same checklist", "check FILE"),
            ("unknown ids", "validate FILE"),
            ("words of one answer", "check FILE"),
        ),
        *(("earlier answers", "assess FILE --set size=sme"), ("comments", "assess FILE --set size=sme")),
        *(("pigeons", "validate FILE"), ("pigeons", "checklists show FILE"), ("check sets", "validate FILE")),
        *(("a condition of many facts", "validate FILE"), ("a condition of many facts", "report k.yaml -o o.html")),
        *(("renamed in a row", "validate FILE"), ("retired", "check k.yaml"), ("merged", "check k.yaml")),
        ("scenarios", "validate FILE"),
    ],
)
def test_a_hostile_file_costs_two_seconds_and_300_megabytes_at_most(name: str, command: str, tmp_path: Path) -> None:
    build = next(files[name] for files in (RECORDS, RULES, OTHERS) if name in files)
    assert measure_hostile_file(build(), command, tmp_path) == ""


def test_an_update_of_very_many_answers_is_told_in_fifty_lines(tmp_path: Path) -> None:
    (tmp_path / "k.yaml").write_text(RULES["merged"](), "utf-8")
    answers = "".join(f"  k{n}: yes\n" for n in range(9000))
    (tmp_path / "r.yaml").write_text(f"tenken: 1\nsystem: x\nchecklists: [k.yaml]\nanswers:\n{answers}", "utf-8")
    done = run_tenken("assess", tmp_path / "r.yaml", "--set", "where=eu")
    assert done.returncode == 0
    assert done.stderr.count("\n") < 60
    assert "and 17,950 more" in done.stderr


def test_a_record_names_fifty_checklists_at_most_and_each_once(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    for names, status in (([str(SMALL)] * 60, 0), ([f"c{number}.yaml" for number in range(51)], 2)):
        path.write_text(f"tenken: 1\nsystem: x\nchecklists: [{', '.join(names)}]\nanswers: {{}}\n", "utf-8")
        assert run_tenken("validate", path).returncode == status


@pytest.mark.parametrize("source", ["cat /dev/zero", "yes back"])
def test_a_pipe_without_end_ends_an_interview(source: str, tmp_path: Path) -> None:
    (tmp_path / "tower.yaml").write_text(RECORD, "utf-8")
    with subprocess.Popen(source.split(), stdout=subprocess.PIPE) as sending:
        command = [*TENKEN, "assess", "tower.yaml", "--plain"]
        done = subprocess.run(
            command, cwd=tmp_path, stdin=sending.stdout, stderr=subprocess.DEVNULL, timeout=60, check=False
        )
        sending.kill()
    assert done.returncode == 130


def test_a_pipe_among_the_files_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    command = [*TENKEN, "assess", "--plain"]
    done = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
    assert done.returncode == 130
