"""How mistakes are shown: with the line they stand in, as JSON, and as annotations of a pull request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.paths import BROKEN
from tenken.authoring.lint import validate_files
from tenken.authoring.problem_listing import render_github_annotations, render_problems_json, render_problems_text
from tenken.files.problems import Place, Problem


def test_the_line_is_shown_with_a_caret_below_the_place() -> None:
    said = render_problems_text(validate_files([BROKEN / "unknown_question.yaml"])).splitlines()
    assert said[0].endswith(":18:20: dose is not a question here; did you mean does?")
    assert said[1:] == ["  18 |     applies_when: {dose: talks_with_people}", "     |                    ^"]


def test_the_caret_stands_below_full_width_characters_as_a_terminal_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "東京.yaml"
    path.write_text("題名：東京\n", "utf-8")
    said = render_problems_text([Problem(Place(str(path), 1, 3), "a colon")]).splitlines()
    assert said[2] == "    |     ^"


def test_of_a_long_line_only_the_neighbourhood_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("x" * 500 + "here" + "y" * 500, "utf-8")
    _, line, caret = render_problems_text([Problem(Place(str(path), 1, 501), "long")]).splitlines()
    assert len(line) < 130
    assert line[caret.index("^") :].startswith("here")


@pytest.mark.parametrize("place", [Place("gone.yaml", 3, 1), Place("--set"), Place(""), Place("gone.yaml", 0, 0)])
def test_what_has_no_line_is_told_without_one(place: Place) -> None:
    assert len(render_problems_text([Problem(place, "wrong")]).splitlines()) == 1


def test_json_has_path_line_column_and_message() -> None:
    path = BROKEN / "unknown_question.yaml"
    (found,) = json.loads(render_problems_json(validate_files([path])))
    message = "dose is not a question here; did you mean does?"
    assert found == {"path": str(path), "line": 18, "column": 20, "message": message}
    assert json.loads(render_problems_json([])) == []


def test_an_annotation_cannot_be_broken_out_of() -> None:
    (said,) = render_github_annotations(
        [Problem(Place("a,b:c\n.yaml", 1, 2), "100%\n::error::{x}", {"x": "y"})]
    ).splitlines()
    assert said == "::error file=a%2Cb%3Ac%0A.yaml,line=1,col=2::100%25%0A::error::y"
