"""What is different since last time: the law's doing, the clock's and one's own are kept apart."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from support.command_line import collect_output, run_tenken
from support.paths import LIGHTHOUSE, MOVED_LIGHTHOUSE
from tenken.assessment.changes_since import (
    ChangesSince,
    EarlierState,
    MovedFinding,
    find_changes_since,
    read_earlier_state,
)
from tenken.assessment.findings import assess_all
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer, Record, SignOff
from tenken.records.record_file import RECORD_FORMAT, RecordFile
from tenken.report.export.json_result import build_result, render_json_result
from tenken.rules.library import Library
from tenken.rules.loading import read_library
from tenken.rules.logic import Situation
from tenken.rules.requirement import CHECK_ANSWERS, EXPLAINED

THEN, NOW = read_library([LIGHTHOUSE]), read_library([MOVED_LIGHTHOUSE])
SUMMER, AUTUMN, WINTER = date(2026, 7, 1), date(2026, 11, 23), date(2027, 2, 1)
FACTS = {"coast": "yes", "lamps": "white", "keeper": "yes", "lit": "2026-01-01"}


def made(known: Library, checklist: Path, **answers: str) -> Record:
    given = {id.replace("__", "."): GivenAnswer((word,)) for id, word in answers.items()}
    against = {id: known.versions[id] for id in known.versions}
    return Record(RECORD_FORMAT, "Tower", checklists=(str(checklist),), answered_against=against, answers=given)


def earlier(answers: Record, day: date, known: Library = THEN) -> EarlierState:
    """What a result of that day holds."""
    findings = assess_all(known, Situation(read_answer_values(answers.answers, known), day)).findings
    names = ("applies", "status", "set_aside", "since", "timing")
    return EarlierState(
        answers, day, {found.requirement.id: {name: getattr(found, name) for name in names} for found in findings}
    )


def ids(moved: tuple[MovedFinding, ...]) -> list[str]:
    return [each.after.requirement.id for each in moved]


def same_law(old: Record, new: Record, then: date, now: date) -> ChangesSince:
    return find_changes_since(earlier(old, then), new, THEN, now)


def test_a_date_that_passed_is_the_clocks_doing_alone() -> None:
    answers = made(THEN, LIGHTHOUSE, **FACTS)
    moved = same_law(answers, answers, AUTUMN, WINTER)
    assert (ids(moved.law), ids(moved.clock), ids(moved.you), moved.answers) == ([], ["L-1"], [], {})


def test_an_answer_that_changed_is_yours_alone() -> None:
    old, new = made(THEN, LIGHTHOUSE, **FACTS), made(THEN, LIGHTHOUSE, **FACTS, **{"L-2__log": "yes"})
    moved = same_law(old, new, AUTUMN, AUTUMN)
    assert (ids(moved.law), ids(moved.clock), ids(moved.you)) == ([], [], ["L-2"])
    assert moved.you[0].answers == tuple(moved.answers) == ("L-2.log",)


def test_newer_rules_are_the_laws_doing_alone() -> None:
    old = made(THEN, LIGHTHOUSE, **FACTS, **{"L-1__shines": "yes", "L-1__clean": "yes"})
    new = made(NOW, MOVED_LIGHTHOUSE, by_the_sea="yes", lamps="white", lit="2026-01-01", **{"L-1__at_dusk": "yes"})
    new = replace_fields(new, answers={**new.answers, "L-1.until_dawn": GivenAnswer(("yes",))})
    moved = find_changes_since(earlier(old, AUTUMN), new, NOW, AUTUMN)
    assert (ids(moved.law), ids(moved.clock), ids(moved.you)) == (["L-1"], [], [])
    assert [step.id for step in moved.update.steps] == ["coast", "L-1.shines", "L-1.clean", "keeper"]


def test_the_day_of_a_record_is_that_of_its_last_answer_or_its_signature() -> None:
    old = made(THEN, LIGHTHOUSE, **FACTS)
    dated = replace_fields(
        old, answers={**old.answers, "coast": GivenAnswer(("yes",), at=datetime(2026, 10, 1, tzinfo=UTC))}
    )
    signed = replace_fields(dated, signed_off=(SignOff("Ada", date(2026, 10, 5)),))
    days = [find_changes_since(EarlierState(each, None, {}), old, THEN, AUTUMN).then for each in (old, dated, signed)]
    assert days == [AUTUMN, date(2026, 10, 1), date(2026, 10, 5)]


@pytest.mark.parametrize("word", [word for word in CHECK_ANSWERS if word != EXPLAINED])
def test_the_three_parts_together_lead_from_then_to_now(word: str) -> None:
    old = made(THEN, LIGHTHOUSE, **FACTS)
    new = made(THEN, LIGHTHOUSE, **FACTS, **{"L-2__log": word, "L-1__shines": word})
    moved = same_law(old, new, SUMMER, WINTER)
    now = assess_all(THEN, Situation(read_answer_values(new.answers, THEN), WINTER)).findings
    for found in now:
        last = [each.after for each in (*moved.clock, *moved.you) if each.after.requirement.id == found.requirement.id]
        if last:
            assert (last[-1].status, last[-1].timing) == (found.status, found.timing)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A result of the summer, and the record as it is today."""
    answers = made(THEN, LIGHTHOUSE, **FACTS)
    result, now = tmp_path / "summer.json", tmp_path / "tower.yaml"
    situation = Situation(read_answer_values(answers.answers, THEN), SUMMER)
    result.write_text(render_json_result(build_result(assess_all(THEN, situation), answers)), "utf-8")
    RecordFile(now, replace_fields(answers, answers={**answers.answers, "L-2.log": GivenAnswer(("no",))})).save()
    return result, now


def run(*arguments: str | Path) -> tuple[int, str]:
    done = run_tenken(*arguments)
    return done.returncode, done.stdout + done.stderr


def test_a_result_and_a_record_are_compared(files: tuple[Path, Path]) -> None:
    status, said = run("diff", *files, "--as-of", "2027-02-01")
    assert status == 0, said
    law, clock, you = (said.index(part) for part in ("What the law", "What the calendar", "What you"))
    assert law < clock < said.index("L-1 Shine at night") < you < said.index("L-2 Keep a log")
    assert "Not answered yet → No" in said


FOUND = {"id": "L-1", "applies": "yes", "status": "met", "set_aside": False, "since": "2026-08-02", "timing": "open"}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("as_of", "yesterday", "yesterday is not a day"),
        ("findings", [{"id": "L-1"}], "this is not a result as tenken makes it"),
        ("findings", [{**FOUND, "since": []}], "this is not a result as tenken makes it"),
        ("findings", [{**FOUND, "id": []}], "this is not a result as tenken makes it"),
        ("findings", ["L-1"], "this is not a result as tenken makes it"),
        ("record", {"system": 1}, "`tenken` is missing here"),
        ("schema_version", "3", "it reads the schemas 1, 2"),
        ("schema_version", ["2"], "it reads the schemas 1, 2"),
    ],
)
def test_a_result_that_was_changed_by_hand_gets_one_line(
    files: tuple[Path, Path], key: str, value: object, said: str
) -> None:
    result, _ = files
    result.write_text(json.dumps({**json.loads(result.read_text("utf-8")), key: value}), "utf-8")
    with pytest.raises(Problems, match=said):
        read_earlier_state(result)


def in_the_first_schema(result: dict[str, Any]) -> dict[str, Any]:
    """A result as it was made before: the record as its file held it, the answers once more in every reason."""
    answers = {id: given["answer"][0] for id, given in result["record"]["answers"].items()}
    result["schema_version"], result["counts"] = "1", result["counts"]["binding"]
    result["record"]["answers"] = answers
    for finding in result["findings"]:
        finding["reasons"] = [{"question": id, "answer": answers.get(id)} for id in finding["reasons"]]
        for added in ("title", "last_day", "checks_set_aside", "checks", "remedy"):
            del finding[added]
    return result


def test_a_result_of_the_first_schema_is_compared_as_well(files: tuple[Path, Path]) -> None:
    result, now = files
    said = run("diff", result, now, "--as-of", "2027-02-01")
    older = in_the_first_schema(json.loads(result.read_text("utf-8")))
    assert {type(given) for given in older["record"]["answers"].values()} == {str}
    result.write_text(json.dumps(older), "utf-8")
    assert run("diff", result, now, "--as-of", "2027-02-01") == said


def test_the_report_shows_what_is_different_in_every_form(files: tuple[Path, Path]) -> None:
    result, now = files
    for form, text in (("html", '<section id="since">'), ("md", "## Since last time"), ("json", '"since": {')):
        status, said = run("report", now, "--since", result, "--as-of", "2027-02-01", "--format", form, "-o", "-")
        assert (status, text in said) == (0, True), said
        assert run("report", now, "--format", form, "-o", "-")[1].count(text) == 0
    moved = json.loads(run("report", now, "--since", result, "--as-of", "2027-02-01", "-o", "-", "--format", "json")[1])
    assert [each["id"] for each in moved["since"]["clock"]] == ["L-1"]
    assert moved["since"]["you"] == [{"id": "L-2", "before": "undetermined", "now": "gap", "answers": ["L-2.log"]}]


@pytest.mark.parametrize(("language", "wrong", "right"), [("en", "?, ", "?; "), ("ja", "。、", "。")])
def test_questions_in_a_row_are_told_apart_without_two_marks(language: str, wrong: str, right: str) -> None:
    examples = find_shipped_folder("examples")
    now, then = examples / "support-chatbot.yaml", examples / "newsroom.yaml"
    said = collect_output("report", now, "--since", then, "--format", "md", "-o", "-", language=language)
    told = said.partition("\n## ")[2].partition("\n## ")[2].partition("\n## ")[0]
    assert wrong not in told
    assert right in told
