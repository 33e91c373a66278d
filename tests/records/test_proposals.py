"""A file of proposals is no record to anybody, and holds what programs say in a form that a person can judge."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import NOWHERE, Problems
from tenken.files.yaml_writing import dump_yaml
from tenken.records.proposals import Proposals, ProposedAnswer, add_proposal, read_proposals, render_proposals_file
from tenken.records.record_paths import list_record_paths
from tenken.rules.requirement import ChosenWords, Prose

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
YES = ProposedAnswer(ChosenWords(("yes",)), Prose("agent"), Prose("src/a.py:1"), Prose("It is so"), AT)
RECORD = f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n"
TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(str.strip).filter(bool)


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("command", ["check", "report", "explain", "update", "questions", "evidence"])
@pytest.mark.parametrize("head", ["", "tenken: 2\n"])
def test_nothing_that_opens_a_record_takes_proposals_for_one(tmp_path: Path, command: str, head: str) -> None:
    path = tmp_path / "tower.proposals.yaml"
    path.write_text(f"{head}proposed: yes\nsystem: Tower\nanswers: {{}}\n", "utf-8")
    done = run_tenken(command, path)
    assert done.returncode == 2
    assert "these are proposals and no record; a person takes them over: tenken assess RECORD --merge" in done.stderr
    assert [*tmp_path.iterdir()] == [path]


def test_proposals_beside_a_record_change_nothing_for_a_folder_of_records(tmp_path: Path) -> None:
    (tmp_path / "tower.yaml").write_text(RECORD, "utf-8")
    before = run_tenken("check", tmp_path, "--as-of", "2026-11-23")
    add_proposal(tmp_path / "tower.proposals.yaml", "Tower", "coast", YES)
    assert [*list_record_paths([tmp_path])] == [tmp_path / "tower.yaml"]
    after = run_tenken("check", tmp_path, "--as-of", "2026-11-23")
    assert (after.returncode, after.stdout, after.stderr) == (before.returncode, before.stdout, before.stderr)


def test_a_proposal_takes_the_place_of_the_one_before_it(tmp_path: Path) -> None:
    path = tmp_path / "tower.proposals.yaml"
    assert add_proposal(path, "Tower", "coast", YES) is None
    assert add_proposal(path, "Tower", "keeper", YES) is None
    no = replace_fields(YES, answer=ChosenWords(("no",)))
    replaced = add_proposal(path, "Tower", "coast", no)
    assert replaced is not None
    assert replaced.answer == ("yes",)
    assert [(id, each.answer) for id, each in read_proposals(path).answers.items()] == [
        ("keeper", ("yes",)),
        ("coast", ("no",)),
    ]
    assert run_tenken("validate", path).returncode == 0


@pytest.mark.parametrize("text", [RECORD, "", "proposed: no\nsystem: Tower\n", "proposed: yes\nanswers: [\n"])
def test_another_file_of_that_name_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tower.proposals.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(Problems):
        add_proposal(path, "Tower", "coast", YES)
    assert text_of(path) == text


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    other, path = tmp_path / "other.yaml", tmp_path / "tower.proposals.yaml"
    other.write_text("proposed: yes\nsystem: Other\nanswers: {}\n", "utf-8")
    path.symlink_to(other)
    with pytest.raises(Problems, match="this is a link"):
        add_proposal(path, "Tower", "coast", YES)
    path.unlink()
    path.symlink_to(tmp_path / "nowhere.yaml")
    with pytest.raises(Problems, match="this is a link"):
        add_proposal(path, "Tower", "coast", YES)
    assert "Tower" not in text_of(other)


@given(st.lists(TEXTS, min_size=1, max_size=3, unique=True), TEXTS, TEXTS, TEXTS)
def test_whatever_a_program_says_is_read_as_it_was_said(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], source: str, place: str, why: str
) -> None:
    path = tmp_path_factory.mktemp("proposals") / "tower.proposals.yaml"
    proposed = ProposedAnswer(ChosenWords(tuple(words)), Prose(source), Prose(place), Prose(why), AT)
    path.write_text(render_proposals_file(Proposals(True, "Tower", {"coast": proposed})), "utf-8")
    assert replace_fields(read_proposals(path).answers["coast"], place=NOWHERE) == proposed


def test_json_and_yaml_are_one(tmp_path: Path) -> None:
    data = {"proposed": "yes", "system": "Tower", "answers": {}}
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8")
    (tmp_path / "a.yaml").write_text(dump_yaml(data), "utf-8")
    assert read_proposals(tmp_path / "a.json") == read_proposals(tmp_path / "a.yaml")
