"""Questions for one person: a file to send, to fill in, and to take back."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from tenken.records.record_file import open_record, parse_record

ANSWERS = """
  coast: yes
  lamps: {answer: unsure, ask: Jun Mori, note: he bought them}
  keeper: {answer: no, ask: Jun Mori}
  lit: {answer: unsure, ask: The surveyor}
  L-1.shines: {answer: unsure, ask: Jun Mori}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "our tower.yaml"
    path.write_text(f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers:{ANSWERS}", "utf-8")
    return path


@pytest.mark.parametrize("name", ["Jun Mori", "jun  mori", "Ｊｕｎ Mori"])
def test_only_what_this_person_would_know_and_is_still_open(path: Path, name: str) -> None:
    asked = run_tenken("questions", path.name, "--for", name, cwd=path.parent)
    assert asked.returncode == 0
    sent = parse_record(asked.stdout.encode(), "sent")
    assert list(sent.answers) == ["lamps", "L-1.shines"]
    assert all(given.answer == () for given in sent.answers.values())


def test_it_says_how_it_comes_back_and_that_works_word_for_word(path: Path) -> None:
    sent = run_tenken("questions", path.name, "--for", "Jun Mori", cwd=path.parent).stdout
    assert sent.startswith("# For Jun Mori: you would know the answers to these questions.\n")
    (command,) = (line.removeprefix("#   ") for line in sent.splitlines() if line.startswith("#   tenken assess"))
    assert command == "tenken assess 'our tower.yaml' --merge FILE --by 'Jun Mori'"
    filled = sent.replace("  lamps:\n", "  lamps: [white, red]\n").replace("  L-1.shines:\n", "  L-1.shines: unsure\n")
    path.with_name("FILE").write_text(filled, "utf-8")
    done = run_tenken(*shlex.split(command)[1:], cwd=path.parent)
    assert (done.returncode, done.stderr) == (0, "2 answers taken over.\n")
    kept = open_record(path).record.answers
    assert (kept["lamps"].answer, kept["lamps"].by, kept["lamps"].ask) == (("white", "red"), "Jun Mori", "")
    assert (kept["lamps"].note, kept["L-1.shines"].ask) == ("he bought them", "Jun Mori")


def test_an_unknown_name_is_answered_with_the_names_there_are(path: Path) -> None:
    done = run_tenken("questions", path.name, "--for", "June", cwd=path.parent)
    said = "--for: June is to be asked about nothing here; those who are: Jun Mori, The surveyor\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_where_nobody_is_named_it_says_how_to_name_somebody(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("ask:", "note:").replace(", note: he bought them", ""), "utf-8")
    done = run_tenken("questions", path.name, "--for", "Jun", cwd=path.parent)
    assert (done.returncode, "`ask: NAME`" in done.stderr) == (2, True)


def test_without_a_record_nobody_is_named(path: Path) -> None:
    done = run_tenken("questions", "--for", "Jun", cwd=path.parent)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_the_letter_is_japanese_for_japanese(path: Path) -> None:
    sent = run_tenken("questions", path.name, "--for", "Jun Mori", language="ja", cwd=path.parent).stdout
    assert sent.startswith("# Jun Mori 宛て：")


def test_a_system_with_a_name_that_yaml_reads_differently_keeps_it(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("system: Tower", "system: 'Tower: North # 1'"), "utf-8")
    sent = run_tenken("questions", path.name, "--for", "Jun Mori", cwd=path.parent).stdout
    assert parse_record(sent.encode(), "sent").system == "Tower: North # 1"


def test_a_name_of_several_lines_stays_a_comment(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("ask: The surveyor", 'ask: "A\\nB: c"'), "utf-8")
    done = run_tenken("questions", path.name, "--for", "A\nB: c", cwd=path.parent)
    assert list(parse_record(done.stdout.encode(), "sent").answers) == ["lit"]
