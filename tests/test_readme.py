"""The README says what is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from tenken.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*)\n```", README)
    assert found
    return found.group(1)


@pytest.mark.parametrize("name", ["try", "test"])
def test_a_command_to_copy_is_one_line_that_starts_from_nothing(name: str) -> None:
    assert block(name).startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_the_sample_report_is_made_by_the_command_shown(tmp_path: Path) -> None:
    arguments = block("try").rpartition(".venv/bin/tenken ")[2].split()
    arguments[1] = str(ROOT / arguments[1])
    target = tmp_path / "report.html"
    done = subprocess.run(
        [sys.executable, "-m", "tenken", *arguments, "-o", str(target)], capture_output=True, text=True, check=True
    )
    assert str(target) in done.stderr
    assert target.read_text("utf-8").startswith("<!doctype html>")


def test_every_command_is_in_the_table() -> None:
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"| `tenken {name}" in README


def test_every_link_to_a_file_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_the_picture_is_small_and_described() -> None:
    ((words, target),) = re.findall(r"!\[([^\]]{100,})\]\(([^)]+)\)", README)
    picture = (ROOT / target).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= 120 * 1024
    assert "2 of the 3\nrequirements that apply are not met" in words
