"""A crosswalk of one's own: between one's own checklist and a shipped one, named by the record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.paths import SMALL
from tenken.authoring.lint import validate_files
from tenken.records.answer_values import read_answer_values
from tenken.records.record_file import open_record
from tenken.records.rule_updates import load_updated_rules
from tenken.rules.crosswalk import load_crosswalks, suggest_answer
from tenken.rules.logic import Situation

CROSSWALK = """\
title: The small law and the EU
left: [small.yaml]
right: [eu-transparency]
topics:
  telling:
    title: Telling people
    left: S-1
    right: EU-50-1
    relation: close
    difference: Much the same.
    one_work: Tell them.
covers:
  S-1.told: EU-50-1.told_by_design
"""
RECORD = """\
tenken: 2
system: Tower
checklists: [small.yaml, eu-transparency]
crosswalks: [ours.yaml]
answers:
  S-1.told: yes
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    (tmp_path / "small.yaml").write_text(SMALL.read_text("utf-8"), "utf-8")
    (tmp_path / "ours.yaml").write_text(CROSSWALK, "utf-8")
    path = tmp_path / "record.yaml"
    path.write_text(RECORD, "utf-8")
    return path


def say(path: Path) -> list[str]:
    return [str(problem).removeprefix(f"{path}:") for problem in validate_files([path])]


def test_a_crosswalk_names_a_checklist_of_ones_own_by_its_file(record: Path) -> None:
    ours = record.with_name("ours.yaml")
    assert [*say(ours), *say(record)] == []
    ours.write_text(CROSSWALK.replace("S-1.told:", "S-1.tald:").replace("left: S-1", "left: S-9"), "utf-8")
    assert [problem.partition(" is not ")[0] for problem in say(ours)] == ["7:11: S-9", "13:3: S-1.tald"]


def test_a_side_that_is_not_there_is_told_at_its_name(record: Path) -> None:
    ours = record.with_name("ours.yaml")
    ours.write_text(CROSSWALK.replace("small.yaml", "smal.yaml"), "utf-8")
    assert say(ours) == ["2:8: smal.yaml: there is no such file or folder"]


def test_what_it_covers_is_suggested_to_a_record_that_names_it(record: Path) -> None:
    library, done = load_updated_rules(open_record(record), "en")
    situation = Situation(read_answer_values(done.record.answers, library), date(2026, 11, 23))
    suggested = suggest_answer("EU-50-1.told_by_design", situation, load_crosswalks(library))
    assert suggested is not None
    assert (suggested.words, suggested.given) == (("yes",), {"S-1.told": ("yes",)})
    record.write_text(RECORD.replace("crosswalks: [ours.yaml]\n", ""), "utf-8")
    library, _ = load_updated_rules(open_record(record), "en")
    assert suggest_answer("EU-50-1.told_by_design", situation, load_crosswalks(library)) is None


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("gone.yaml", "4:14: gone.yaml: there is no such file or folder"),
        ("small.yaml", "4:14: small.yaml is no crosswalk"),
        ("ours", "4:14: ours is no file; a crosswalk of your own is named with its ending"),
    ],
)
def test_what_is_no_crosswalk_is_told_where_the_record_names_it(record: Path, named: str, said: str) -> None:
    record.write_text(RECORD.replace("[ours.yaml]", f"[{named}]"), "utf-8")
    assert say(record) == [said]
