"""The JSON result: what binds is counted apart, each answer stands once and in one form."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE, SMALL
from support.small_records import write_small_record
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.requirement import Force

EXAMPLES = sorted(find_shipped_folder("examples").glob("*.yaml"))
GROUPS = {Force.OBLIGATION: "binding", Force.PROHIBITION: "binding", Force.EFFORT: "effort"}


def result_of(record: Path) -> dict[str, Any]:
    done = run_tenken("report", record, "--format", "json", "-o", "-", "--as-of", "2026-11-23")
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    return made


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_binds_is_counted_apart_from_what_is_voluntary(path: Path) -> None:
    result = result_of(path)
    stands = Counter((GROUPS.get(each["force"], "voluntary"), each["status"]) for each in result["findings"])
    counts = {(group, status): count for group, row in result["counts"].items() for status, count in row.items()}
    assert {key: count for key, count in counts.items() if count} == stands


def test_recommendations_that_are_not_followed_are_no_gaps_of_the_law() -> None:
    counts = result_of(find_shipped_folder("examples") / "tokyo-company.yaml")["counts"]
    assert counts["binding"]["gap"] < counts["voluntary"]["gap"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_answer_stands_once_and_always_as_a_list(path: Path) -> None:
    result = result_of(path)
    answers = result["record"]["answers"]
    assert {type(given.get("answer", [])) for given in answers.values()} == {list}
    for finding in result["findings"]:
        for reasons in (finding["reasons"], *(each["reasons"] for each in finding["exceptions"])):
            assert len(set(reasons)) == len(reasons)
            assert all(isinstance(id, str) for id in reasons)
        assert finding["status"] != "gap" or set(finding["reasons"]) <= set(answers)
    assert json.dumps(result).count('"answer": [') == json.dumps(answers).count('"answer": [')


def test_a_check_that_was_set_aside_is_told_although_its_requirement_is_met(tmp_path: Path) -> None:
    answers = {"S-1.told": "{answer: not_applicable, reason: Nobody talks yet}", "S-1.clear": "yes"}
    result = result_of(write_small_record(tmp_path / "tower.yaml", answers))
    (finding,) = (each for each in result["findings"] if each["id"] == "S-1")
    assert finding["checks_set_aside"] == ["S-1.told"]


def test_what_decides_most_and_was_set_aside_is_told_in_the_headline_too(tmp_path: Path) -> None:
    said = "The measure that decides most was set aside as not applicable, and not done: Tell people."
    for told, is_said in (("{answer: not_applicable, reason: Nobody talks yet}", True), ("yes", False)):
        record = write_small_record(tmp_path / "tower.yaml", {"S-1.told": told, "S-1.clear": "yes"})
        page = run_tenken("report", record, "--format", "html", "-o", "-", "--as-of", "2026-11-23").stdout
        assert (said in page.partition('<section id="answer">')[2].partition("</section>")[0]) is is_said
        markdown = run_tenken("report", record, "--format", "md", "-o", "-", "--as-of", "2026-11-23").stdout
        assert (said in markdown) is is_said


def test_what_decides_most_is_what_the_rules_mark(tmp_path: Path) -> None:
    rules = SMALL.read_text("utf-8").replace("ask: Is it clear?\n", "ask: Is it clear?\n      decisive: yes\n")
    (tmp_path / "small.yaml").write_text(rules, "utf-8")
    aside = "{answer: not_applicable, reason: Nobody talks yet}"
    for answers, is_said in (({"S-1.told": aside, "S-1.clear": "yes"}, False), ({"S-1.clear": aside}, True)):
        record = write_small_record(tmp_path / "tower.yaml", answers, checklist=Path("small.yaml"))
        markdown = run_tenken("report", record, "--format", "md", "-o", "-", "--as-of", "2026-11-23").stdout
        assert ("The measure that decides most was set aside" in markdown) is is_said


def test_a_last_day_is_in_the_result(tmp_path: Path) -> None:
    rules = SMALL.read_text("utf-8").replace(
        "    not_before: placed\n", "    not_before: placed\n    applies_until: 2027-12-31\n", 1
    )
    (tmp_path / "small.yaml").write_text(rules, "utf-8")
    record = write_small_record(tmp_path / "tower.yaml", {}, checklist=Path("small.yaml"), head="release: 4.2\n")
    result = result_of(record)
    assert {each["id"]: each["last_day"] for each in result["findings"]}["S-1"] == "2027-12-31"
    assert result["release"] == "4.2"


def test_what_the_house_wants_to_see_is_in_the_result(tmp_path: Path) -> None:
    (tmp_path / "house-rules").mkdir()
    (tmp_path / "house-rules" / "harbour.yaml").write_text(
        f"""\
title: Harbour policy
adds_to: {LIGHTHOUSE}
requirements:
  L-1:
    checks:
      seen: {{ask: "Is it seen?", basis: house, cites: Policy, evidence: A photograph}}
    evidence:
      shines: A film of one night
""",
        "utf-8",
    )
    answers = "answers: {coast: yes, lamps: white, keeper: yes, lit: 2026-01-01, L-1.seen: no}\n"
    record = tmp_path / "tower.yaml"
    record.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\n{answers}", "utf-8")
    result = result_of(record)
    checks = {each["id"]: each for finding in result["findings"] for each in finding["checks"]}
    assert "[Harbour policy] A film of one night" in checks["L-1.shines"]["evidence"]
    assert (checks["L-1.seen"]["basis"], checks["L-1.seen"]["evidence"]) == ("house", "A photograph")
    assert (checks["L-1.seen"]["outstanding"], checks["L-1.shines"]["outstanding"]) == ("yes", "unknown")
    assert any("Harbour policy" in said for checklist in result["checklists"] for said in checklist["house"])
