"""What a report is made from is never written over, whatever it is called by and whatever `--force` says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import SMALL, TENKEN

RECORD = "tenken: 1\nsystem: Acme\nchecklists: [small.yaml]\nanswers:\n  where: eu\n"
LETTERHEAD = '{% extends "tenken/report.html.j2" %}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SMALL, tmp_path / "small.yaml")
    (tmp_path / "r.yaml").write_text(RECORD, "utf-8")
    (tmp_path / "old.yaml").write_text(RECORD, "utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "report.html.j2").write_text(LETTERHEAD, "utf-8")
    (tmp_path / "own" / "logo.svg").write_text("<svg/>", "utf-8")
    return tmp_path


@pytest.mark.parametrize("link", [None, os.symlink, os.link])
@pytest.mark.parametrize("read", ["r.yaml", "old.yaml", "small.yaml", "own/report.html.j2", "own/logo.svg"])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_report_replaces_nothing_it_is_made_from(
    folder: Path, read: str, link: Callable[[Path, Path], None] | None, force: tuple[str, ...]
) -> None:
    target, before = folder / read, (folder / read).read_bytes()
    if link:
        target = folder / "other.html"
        link(folder / read, target)
    options: tuple[str | Path, ...] = (
        "--format",
        "html",
        "--since",
        "old.yaml",
        "--template",
        "own",
        "-o",
        target,
        *force,
    )
    done = run_tenken("report", "r.yaml", *options, cwd=folder)
    assert (done.returncode, done.stderr.count("\n"), (folder / read).read_bytes()) == (2, 1, before)
    assert "is never replaced" in done.stderr
    assert target.is_symlink() == (link is os.symlink)


def test_a_record_in_json_is_not_replaced_by_its_result(folder: Path) -> None:
    data = {"tenken": "1", "system": '"made_by": "tenken ', "checklists": ["small.yaml"], "answers": {"where": "eu"}}
    record = folder / "a.json"
    record.write_text(json.dumps(data), "utf-8")
    done = run_tenken("report", "a.json", "--format", "json", cwd=folder)
    assert (done.returncode, json.loads(record.read_text("utf-8"))) == (2, data)


def test_a_record_that_comes_in_on_standard_input_is_not_replaced(folder: Path) -> None:
    with (folder / "r.yaml").open("rb") as record:
        command = [*TENKEN, "report", "-", "--format", "html", "-o", "r.yaml", "--force"]
        done = subprocess.run(command, cwd=folder, stdin=record, capture_output=True, check=False)
    assert (done.returncode, (folder / "r.yaml").read_text("utf-8")) == (2, RECORD)


def test_a_report_may_lie_in_the_folder_of_its_letterhead(folder: Path) -> None:
    for _ in range(2):
        done = run_tenken("report", "r.yaml", "--template", "own", "-o", "own/made.html", cwd=folder)
        assert done.returncode == 0


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_lock_replaces_no_translation(folder: Path, link: Callable[[Path, Path], None]) -> None:
    words = folder / "small.ja.yaml"
    words.write_text("title: 小さな法律\n", "utf-8")
    before = words.read_bytes()
    link(words, folder / "translations.lock")
    done = run_tenken("checklists", "lock", "small.ja.yaml", cwd=folder)
    assert (done.returncode, words.read_bytes()) == (2, before)
