"""Documents on standard output are the bytes their file would hold, and streams that fail are told in one line."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from support.paths import SMALL, TENKEN

pytestmark = pytest.mark.thorough

RECORD = f"""tenken: 1
system: Café 点検
checklists: [{SMALL}]
answers:
  where: eu
  subject: ai_system
  eu_role: provider
  does: talks_with_people
  small_audience: public
  placed: 2026-09-01
  S-1.told: no
"""
FORMATS = ("html", "json", "md", "csv", "ics")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "r.yaml"
    path.write_text(RECORD, "utf-8")
    return path


def run_shell(script: str, record: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A line for a shell, in which `tenken` is ours, in the folder of the record."""
    return subprocess.run(
        ["bash", "-c", f'tenken() {{ "{TENKEN[0]}" {" ".join(TENKEN[1:])} "$@"; }}; {script}'],
        cwd=record.parent,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_the_same_in_a_file_and_in_a_pipe_on_every_code_page(
    record: Path, form: str, encoding: str
) -> None:
    part = "--only dates" if form == "ics" else ""
    script = f"tenken report r.yaml --format {form} {part} --as-of 2026-11-23 -o"
    piped = run_shell(f"{script} - | cat", record, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert run_shell(f"{script} made.{form}", record).returncode == 0
    assert piped.stdout == (record.parent / f"made.{form}").read_bytes()
    assert "Café 点検".encode() in piped.stdout or form == "csv"


def test_questions_and_a_record_from_a_pipe_can_be_read_again_on_every_code_page(record: Path) -> None:
    narrow = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert "Café 点検".encode() in run_shell("tenken questions r.yaml", record, **narrow).stdout
    answered = run_shell("tenken assess - --set size=sme <r.yaml", record, **narrow)
    assert set(RECORD.splitlines()) <= set(answered.stdout.decode().splitlines())


@pytest.mark.parametrize(
    "command",
    ["report r.yaml -o -", "check r.yaml", "explain r.yaml", "questions r.yaml", "diff r.yaml r.yaml", "--version"],
)
@pytest.mark.parametrize("stream", [">/dev/full", ">&-"])
def test_what_cannot_be_written_is_a_mistake_told_in_one_line(record: Path, command: str, stream: str) -> None:
    done = run_shell(
        f"tenken {command} --lang en {stream}" if command != "--version" else f"tenken --version {stream}", record
    )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith("standard output cannot be written: ")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("stream", ["2>&-", "2>/dev/full", ">&- 2>&-", "<&-", "<&- >&- 2>&-"])
def test_closed_streams_never_end_in_a_traceback(record: Path, stream: str) -> None:
    kept = run_shell(f"tenken check r.yaml --as-of 2026-11-23 {stream}", record)
    assert kept.returncode == (2 if ">&- 2" in stream else 1)
    written = run_shell(f"tenken report r.yaml -o made.html {stream}", record)
    assert written.returncode == 0
    assert (record.parent / "made.html").read_bytes().startswith(b"<!doctype html>")
    assert b"Traceback" not in kept.stderr + written.stderr


def test_nothing_to_read_is_a_mistake_of_one_line(record: Path) -> None:
    done = run_shell("tenken report - <&-", record)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


@pytest.mark.parametrize(("command", "status"), [("report r.yaml -o -", 0), ("check r.yaml --as-of 2026-11-23", 1)])
def test_a_reader_that_has_gone_changes_no_status(record: Path, command: str, status: int) -> None:
    done = run_shell(f"tenken {command} | true; exit ${{PIPESTATUS[0]}}", record)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr
