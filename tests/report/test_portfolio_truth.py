"""What a portfolio says is true: nothing is called fine that is not, left out, counted twice, or taken for another."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from support.command_line import run_tenken
from support.paths import SMALL
from support.sample_portfolios import list_rows
from support.sample_reports import DAY
from support.small_records import write_small_record
from tenken.assessment.judgement import Timing
from tenken.assessment.rule_words import RuleWords
from tenken.assessment.status import Standing
from tenken.assessment.system_row_types import MovedBy
from tenken.report.portfolio.changes_tally import ChangesTally, Move, Stand
from tenken.report.portfolio.changes_view import build_changes_view
from tenken.report.portfolio.formats import PortfolioMaterial
from tenken.report.portfolio.summary import PortfolioSummary
from tenken.report.portfolio.system_names import SystemNames
from tenken.rules.requirement import Force

ON = ("--as-of", DAY.isoformat())
MET = {"S-1.told": "yes", "S-1.clear": "yes"}
GAP = {"S-1.told": "no", "S-1.clear": "yes"}
HOUSE_RULES = (
    f"title: Harbour policy\nadds_to: {SMALL}\nrequirements:\n  S-1:\n    checks:\n"
    "      spoken: {ask: 'Is it said aloud?', basis: house, cites: Policy}\n"
)


def show(folder: Path, *more: str | Path, form: str = "md") -> str:
    return run_tenken("portfolio", folder, *(more if "--as-of" in more else (*ON, *more)), "--format", form).stdout


def summarize(folder: Path) -> PortfolioSummary:
    summary = PortfolioSummary(DAY)
    for row in list_rows(folder):
        summary.take(row)
    return summary


def list_tasks(folder: Path) -> list[tuple[str, str, str]]:
    people = summarize(folder).work.list_people()
    return [(owner, task.id, task.due) for owner, work in people for task in work.tasks.things]


@pytest.mark.parametrize(
    ("said", "tasks", "asked"), [("no", [("", "S-1", "")], []), ("unsure", [], ["S-1.spoken"]), ("yes", [], [])]
)
def test_rules_of_the_house_are_work_and_questions_as_they_stop_a_build(
    tmp_path: Path, said: str, tasks: list[tuple[str, str, str]], asked: list[str]
) -> None:
    (tmp_path / "house-rules").mkdir()
    (tmp_path / "house-rules" / "harbour.yaml").write_text(HOUSE_RULES, "utf-8")
    spoken = "{answer: unsure, ask: Ada}" if said == "unsure" else f'"{said}"'
    write_small_record(tmp_path / "a.yaml", {**MET, "S-1.spoken": spoken})
    assert list_tasks(tmp_path) == tasks
    questions = {id: [*tally.whom] for id, tally in summarize(tmp_path).list_questions() if "spoken" in id}
    assert questions == {id: ["Ada"] for id in asked}
    assert ("Is it said aloud?" in show(tmp_path, form="csv")) == (said != "yes")


def test_what_somebody_has_in_hand_stands_in_the_list_of_that_person(tmp_path: Path) -> None:
    told = "{answer: unsure, owner: Ada, due: 2026-11-01}"
    makes = "{answer: unsure, owner: Ben, due: 2026-11-25}"
    write_small_record(tmp_path / "a.yaml", {"S-1.told": told, "S-1.clear": "yes", "small_audience": makes})
    assert list_tasks(tmp_path) == [("Ada", "S-1", "2026-11-01"), ("Ben", "small_audience", "2026-11-25")]
    assert "small\\_audience The audience" in show(tmp_path)


def test_a_question_that_decides_nothing_any_longer_is_nobody_s_work(tmp_path: Path) -> None:
    asked = "{answer: unsure, owner: Ben, due: 2026-11-25}"
    write_small_record(tmp_path / "a.yaml", {"does": "none", "small_audience": asked})
    assert list_tasks(tmp_path) == []
    assert "Work is due" not in show(tmp_path)


def test_an_accepted_gap_is_not_nothing_open_and_stays_the_work_of_its_owner(tmp_path: Path) -> None:
    record = write_small_record(tmp_path / "a.yaml", {**GAP, "S-1.told": '{answer: "no", owner: Ada}'})
    until = str(date.today() + timedelta(days=30))
    run_tenken("accept", record, "S-1", "--by", "Eve", "--until", until, "--because", "A new screen comes.")
    made = run_tenken("portfolio", tmp_path, "--as-of", str(date.today()), "--format", "md").stdout
    assert "1 system: 1 with accepted gaps." in made
    assert "≡ gaps accepted" in made
    assert "nothing open that binds" not in made
    assert "### Ada" in made


def test_what_is_set_aside_is_not_said_not_to_apply(tmp_path: Path) -> None:
    aside = "{answer: not_applicable, reason: Nobody talks to it.}"
    write_small_record(tmp_path / "a.yaml", dict.fromkeys(MET, aside))
    assert "1 set aside on your word" in show(tmp_path)


def test_a_record_that_was_changed_after_it_was_sealed_is_not_signed_off(tmp_path: Path) -> None:
    head = "status: final\nsigned_off: [{by: Ada, on: 2026-11-02, role: approved, digest: '%s'}]\n"
    write_small_record(tmp_path / "a.yaml", MET, head=head % ("0" * 64))
    (row,) = list_rows(tmp_path)
    assert "system" in row
    assert row["stage"] == "changed"
    assert "changed since it was signed off" in show(tmp_path)
    assert "承認後に変更あり" in run_tenken("portfolio", tmp_path, language="ja").stdout


def test_systems_of_one_name_are_told_apart_and_one_without_a_name_by_its_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_small_record(tmp_path / f"{name}.yaml", GAP)
    write_small_record(tmp_path / "c.yaml", GAP, system='""')
    made = show(tmp_path).replace("\\", "")
    for name in ("a", "b"):
        assert f"- Acme ({tmp_path / name}.yaml): S-1 Tell people" in made
        assert f"| Acme (draft, {tmp_path / name}.yaml) |" in made
    assert f"- {tmp_path / 'c.yaml'}: S-1 Tell people" in made
    assert f"| {tmp_path / 'c.yaml'} (draft) |" in made


def test_what_is_not_known_of_a_duty_to_come_is_not_called_not_ready(tmp_path: Path) -> None:
    makes = {"does": "makes_content", "small_outputs": "text", "placed": "2026-03-01"}
    write_small_record(tmp_path / "a.yaml", {**makes, "S-2.marked": '"no"'}, system="Gap")
    write_small_record(tmp_path / "b.yaml", {**makes, "S-2.marked": "unsure"}, system="Open")
    write_small_record(tmp_path / "c.yaml", {**makes, "S-2.marked": "yes"}, system="Ready")
    assert "Starts: S-2 Mark what it makes: Gap, Open, Ready (1 not ready, 1 not known)" in show(tmp_path)


def test_a_day_that_is_not_known_is_not_called_sure(tmp_path: Path) -> None:
    write_small_record(tmp_path / "a.yaml", {"placed": "unsure"})
    made = show(tmp_path, "--set", "eu_role=deployer")
    assert "from a day not known yet (2 August 2026 at the earliest) → Not applicable" in made


def test_the_earliest_of_days_to_come_is_told_as_such(tmp_path: Path) -> None:
    write_small_record(tmp_path / "a.yaml", {"does": "makes_content", "small_outputs": "text", "placed": "unsure"})
    made = show(tmp_path, "--set", "placed=2026-03-01", "--as-of", "2026-07-01")
    assert re.search(r"from 2 August 2026 at the earliest → [^→]*, from 2 December 2026 \(the answers", made)


def test_where_only_the_day_is_another_it_says_so(tmp_path: Path) -> None:
    write_small_record(tmp_path / "a.yaml", GAP)
    made = show(tmp_path, "--set", "placed=2026-10-01")
    assert "| Gap, in force | Gap, in force, from another day than before |" in made


def test_no_table_of_what_moved_is_empty_however_much_moved() -> None:
    tally, words = ChangesTally(), RuleWords("en")
    now = Stand(Standing.GAP, may_apply=False, timing=Timing.IN_FORCE)
    for by, count in ((MovedBy.LAW, 100), (MovedBy.ANSWERS, 3)):
        for number in range(count):
            tally.moves[Move(by, "A law", f"{by}-{number}", Force.OBLIGATION, None, now)] += count
            tally.by[by] += 1
    material = PortfolioMaterial([], DAY, words, Path(), then=DAY)
    view: Any = build_changes_view(tally, material, SystemNames([], material.wording))
    assert [len(group["rows"]) for group in view["groups"]] == [60, 3]
    assert view["more"].startswith("And 40 more")


def test_the_last_of_all_days_is_a_day_too(tmp_path: Path) -> None:
    write_small_record(tmp_path / "a.yaml", GAP)
    done = run_tenken("portfolio", tmp_path, "--as-of", "9999-12-31")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_record_that_is_named_twice_is_counted_once(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    inner = write_small_record(tmp_path / "more" / "a.yaml", GAP)
    write_small_record(tmp_path / "b.yaml", GAP, system="Other")
    for paths in ([inner, tmp_path], [tmp_path, inner], [inner.parent, tmp_path, tmp_path], [tmp_path, inner.parent]):
        done = run_tenken("portfolio", *paths, *ON, "--format", "jsonl")
        assert sorted(json.loads(line)["system"] for line in done.stdout.splitlines()) == ["Acme", "Other"]
