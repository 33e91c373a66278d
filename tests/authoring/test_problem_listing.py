"""How mistakes are shown: with the line they stand in, as JSON, and as annotations of a pull request."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path

import pytest

from support.paths import BROKEN
from tenken.authoring.lint import validate_files
from tenken.authoring.problem_listing import (
    PROBLEM_FORMATS,
    render_github_annotations,
    render_problems_json,
    render_problems_text,
)
from tenken.files.problems import Phrase, Place, Problem, limit_problems
from tenken.files.strict_yaml import read_yaml


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
    assert found == {"path": str(path), "line": 18, "column": 20, "note": False, "message": message}
    assert json.loads(render_problems_json([])) == []


def test_an_annotation_cannot_be_broken_out_of() -> None:
    (said,) = render_github_annotations(
        [Problem(Place("a,b:c\n.yaml", 1, 2), "100%\n::error::{x}", {"x": "y"})]
    ).splitlines()
    assert said == "::error file=a%2Cb%3Ac%0A.yaml,line=1,col=2::100%25%0A::error::y"


BREAKING_FACT = "eu\n::error::x\r\x1b[31m\u2028\u202e"


@pytest.mark.parametrize("fact", [BREAKING_FACT, Phrase("{said}", {"said": BREAKING_FACT})], ids=["text", "phrase"])
@pytest.mark.parametrize("form", PROBLEM_FORMATS)
def test_a_problem_never_breaks_its_line(form: str, fact: object) -> None:
    problem = Problem(Place("a\nb.yaml"), "{said} is wrong", {"said": fact})
    shown = PROBLEM_FORMATS[form]([problem])
    if form == "json":
        shown = json.loads(shown)[0]["message"]
    assert shown.isprintable()
    assert r"eu\n::error::x\r\x1b[31m\u2028\u202e is wrong" in shown
    assert str(problem).isprintable()


def test_a_fact_without_end_is_shortened() -> None:
    assert len(str(Problem(Place("a.yaml"), "{said} is wrong", {"said": "x" * 100_000}))) < 1100


def list_unknown_answers(count: int, tmp_path: Path) -> list[Problem]:
    path = tmp_path / "record.yaml"
    answers = "".join(f"  q{number}: yes\n" for number in range(count))
    path.write_text(f"tenken: 1\nsystem: x\nchecklists: [eu-transparency]\nanswers:\n{answers}", "utf-8")
    return validate_files([path])


@pytest.mark.parametrize("form", PROBLEM_FORMATS)
def test_the_first_fifty_problems_are_told_and_the_others_counted(form: str, tmp_path: Path) -> None:
    began = time.process_time()
    found = list_unknown_answers(5000, tmp_path)
    shown = PROBLEM_FORMATS[form](found)
    assert time.process_time() - began < 4
    assert len(found) == 51
    assert shown.count("is not a question here") == 50
    assert "and 4,950 more" in shown


def test_what_was_counted_in_one_file_is_counted_with_the_others(tmp_path: Path) -> None:
    found = list_unknown_answers(60, tmp_path)
    assert [str(problem) for problem in limit_problems([*found, *found])][50:] == ["and 70 more"]


def test_of_a_huge_file_no_line_is_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert render_problems_text(validate_files([path])).count("\n") == 0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10


def test_ten_thousand_unknown_names_cost_little_more_than_reading_them(tmp_path: Path) -> None:
    list_unknown_answers(1, tmp_path)
    began = time.process_time()
    found = list_unknown_answers(10_000, tmp_path)
    told = time.process_time()
    read_yaml(tmp_path / "record.yaml")
    assert (len(found), found[50].facts["count"]) == (51, 9_950)
    assert (told - began) - (time.process_time() - told) < 2
