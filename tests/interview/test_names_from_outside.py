"""Names that people type or give to files: whatever they are, no traceback, and a record that can be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import SMALL
from support.scripted_prompt import NOON, Scripted
from tenken.interview.kept_details import ask_evidence
from tenken.interview.record_choice import find_free_file_name
from tenken.records.record import GivenAnswer
from tenken.records.record_file import open_record

RECORD = f"tenken: 1\nsystem: x\nchecklists: [{SMALL}]\nanswers:\n  where: eu\n"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "r.yaml"
    path.write_text(RECORD, "utf-8")
    return path


@pytest.mark.parametrize("by", [os.fsdecode(b"\xff"), "\x1b[31m", "a\u202eb", "x" * 70_000])
def test_a_name_no_record_can_hold_is_a_mistake_of_one_line(record: Path, by: str) -> None:
    done = run_tenken("assess", record, "--set", "size=sme", "--by", by)
    assert (done.returncode, done.stderr.count("\n"), record.read_text("utf-8")) == (2, 1, RECORD)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("sign", "--key", "key", "--by", "Vera", "--position", "a\x07"), "--position"),
        (("log", "begin", "--role", "Mia=a\x07"), "--role"),
    ],
)
def test_the_option_is_named_that_no_record_can_hold(record: Path, command: tuple[str, ...], option: str) -> None:
    done = run_tenken(*command, record)
    assert (done.returncode, done.stderr.split(":")[0]) == (2, option)


def test_a_name_with_a_wide_blank_is_a_name(record: Path) -> None:
    assert run_tenken("assess", record, "--set", "size=sme", "--by", "山田\u3000太郎").returncode == 0
    assert open_record(record).record.answers["size"].by == "山田 太郎"


@pytest.mark.thorough
@pytest.mark.parametrize("name", [b"caf\xe9.yaml", b"a\x1bb.yaml", b"\xff.yaml", b"a\nb.yaml"])
def test_a_new_record_is_named_after_any_file(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    for setting in ("where=eu", "subject=ai_system"):
        assert run_tenken("assess", path, "--set", setting).returncode == 0
    assert open_record(path).record.system
    for form in ("html", "json", "md", "csv"):
        assert run_tenken("report", path, "--format", form).returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        *(("report", "{}"), ("check", "{}"), ("assess", "{}", "--set", "where=eu"), ("validate", "{}")),
        *(("report", "r.yaml", "-o", "{}.html"), ("report", "r.yaml", "--since", "{}"), ("questions", "{}")),
        *(("assess", "r.yaml", "--from", "{}"), ("diff", "{}", "r.yaml"), ("checklists", "lock", "{}.ja.yaml")),
        *(("checklists", "new", "x", "--in", "{}"), ("checklists", "show", "{}.yaml")),
    ],
)
def test_a_name_too_long_for_a_file_is_a_mistake_of_one_line(record: Path, command: tuple[str, ...]) -> None:
    done = run_tenken(*(word.format("n" * 300) for word in command), cwd=record.parent)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Traceback" not in done.stderr


def test_evidence_may_be_longer_than_the_name_of_a_file(record: Path) -> None:
    record_file = open_record(record)
    prompt = Scripted("n" * 300, "it is long", "")
    given = ask_evidence(GivenAnswer(), record_file, prompt, NOON)
    assert given.evidence[0].at == "n" * 300


def test_a_long_name_of_a_system_makes_a_name_of_a_file(tmp_path: Path) -> None:
    assert len(find_free_file_name("点" * 300, tmp_path).encode()) < 255
