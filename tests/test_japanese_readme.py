"""The README in Japanese says what is true: its commands run, its links lead somewhere, and no command is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from support.command_line import run_tenken
from support.paths import ROOT
from tenken.cli.application import app

README = (ROOT / "README.ja.md").read_text("utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*)\n```", README)
    assert found
    return found.group(1)


@pytest.mark.parametrize("name", ["try", "forms"])
def test_a_report_is_made_by_the_command_shown(name: str, tmp_path: Path) -> None:
    words = block(name).rpartition(".venv/bin/tenken ")[2].split()
    target = tmp_path / "report.html"
    done = run_tenken(*(ROOT / word if word.startswith("examples/") else word for word in words), "-o", target)
    assert done.stderr == f"報告書を作成しました：{target}\n"
    assert '<html lang="ja">' in target.read_text("utf-8")


def test_it_is_set_up_in_one_line_as_in_the_english_one() -> None:
    english = re.search(r"<!-- try -->\n```sh\n(.*) && .*\n```", (ROOT / "README.md").read_text("utf-8"))
    assert english
    assert block("try").startswith(english.group(1))


def test_every_command_is_in_the_table() -> None:
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"| `tenken {name}" in README


def test_every_option_it_names_is_there() -> None:
    for command, said in re.findall(r"\| `tenken (\w+)[^|]*\| (.*) \|", README):
        for option in re.findall(r"`(--[a-z]+)", said):
            assert option in run_tenken(command, "--help").stdout, option


def test_every_link_to_a_file_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_each_readme_leads_to_the_other() -> None:
    assert "(README.ja.md)" in (ROOT / "README.md").read_text("utf-8")
    assert "(README.md)" in README
