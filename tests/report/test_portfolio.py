"""A portfolio: what it says of each system is what the system's own check says, nothing is left out, nothing runs."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.page_text import ENGLISH_SENTENCE, read_page_text
from support.paths import GOLDEN
from support.sample_portfolios import (
    BROKEN,
    golden_portfolio,
    hostile_portfolio,
    list_rows,
    small_records,
    write_hostile_records,
)
from support.sample_reports import DAY, NAMES
from tenken.assessment.system_row_types import SystemRow
from tenken.files.shipped_files import find_shipped_folder
from tenken.report.portfolio.shortlist import Shortlist
from tenken.report.portfolio.standing import SystemStanding
from tenken.report.portfolio.summary import MOST_SYSTEMS, PortfolioSummary, build_summary_data

EXAMPLES = find_shipped_folder("examples")
ON = ("--as-of", DAY.isoformat())


@pytest.mark.parametrize("suffix", ["html", "md"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_portfolios_are_as_they_were(language: str, suffix: str) -> None:
    path = GOLDEN / (f"portfolio.{suffix}" if language == "en" else f"portfolio.{language}.{suffix}")
    made = golden_portfolio(suffix, language)
    if os.environ.get("TENKEN_GOLDEN"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text("utf-8")


def summarize(folder: Path) -> PortfolioSummary:
    summary = PortfolioSummary(DAY)
    for row in list_rows(folder):
        summary.take(row)
    return summary


def test_a_system_stands_as_its_own_check_says() -> None:
    briefs = summarize(EXAMPLES).systems.things
    assert len(briefs) == len(list(EXAMPLES.glob("*.yaml")))
    for brief in briefs:
        strict, lenient = (
            run_tenken("check", brief["file"], *ON, *more).returncode for more in ((), ("--allow-unknown",))
        )
        assert (brief["standing"] is SystemStanding.GAP) == bool(lenient), brief["file"]
        assert (brief["standing"] in (SystemStanding.GAP, SystemStanding.UNKNOWN)) == bool(strict), brief["file"]


def test_small_systems_stand_as_their_own_checks_say() -> None:
    with small_records() as folder:
        for brief in summarize(folder).systems.things:
            said = [run_tenken("check", brief["file"], *ON, *more).returncode for more in ((), ("--allow-unknown",))]
            gap, unknown = brief["standing"] is SystemStanding.GAP, brief["standing"] is SystemStanding.UNKNOWN
            assert [int(gap or unknown), int(gap)] == said, brief["file"]


def test_a_row_says_what_the_result_of_the_system_says() -> None:
    for path in EXAMPLES.glob("*.yaml"):
        (row,) = list_rows(path)
        assert "system" in row
        result = json.loads(run_tenken("report", path, "--format", "json", "-o", "-", *ON).stdout)
        for mine, theirs in zip(row["requirements"], result["findings"], strict=True):
            same = ("id", "checklist", "force", "applies", "status", "set_aside", "timing", "since", "since_latest")
            assert {key: mine[key] for key in same} == {key: theirs[key] for key in same}  # type: ignore[literal-required]
            assert mine["missing"] == theirs["outstanding"]
            assert mine["reasons"] == theirs["reasons"]
            assert mine["settled_by"] == theirs["settled_by"]
        said = sum(checklist["measures"]["said"] for checklist in result["checklists"])
        shown = sum(checklist["measures"]["shown"] for checklist in result["checklists"])
        assert (len(row["proof"]["said"]), len(row["proof"]["shown"])) == (said, shown)
        accepted = {finding["id"]: finding["accepted"] for finding in result["findings"] if finding["accepted"]}
        assert {each["requirement"]: (each["by"], each["until"], each["ended"]) for each in row["accepted"]} == {
            id: (gap["by"], gap["until"], gap["ended"]) for id, gap in accepted.items()
        }


def test_every_file_is_a_row_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    wrong = {
        "broken.yaml": BROKEN,
        "no-such-list.yaml": "tenken: 2\nsystem: A\nchecklists: [nowhere]\nanswers: {}\n",
        "no-such-question.yaml": "tenken: 2\nsystem: A\nanswers: {moon: yes}\n",
        "no-such-word.yaml": "tenken: 2\nsystem: A\nanswers: {eu_role: king}\n",
        "cut.json": '{"tenken": "2", "system":',
    }
    for name, text in wrong.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "fine.yaml").write_text("tenken: 2\nsystem: A\nanswers: {}\n", "utf-8")
    done = run_tenken("portfolio", tmp_path, tmp_path / "gone.yaml", "--format", "jsonl", *ON)
    assert done.returncode == 2
    rows = {Path(row["file"]).name: row for row in map(json.loads, done.stdout.splitlines())}
    assert set(rows) == {*wrong, "fine.yaml", "gone.yaml"}
    for name in (*wrong, "gone.yaml"):
        assert set(rows[name]) - {"made_by"} == {"schema_version", "file", "problems"}
        assert all(problem["message"] for problem in rows[name]["problems"])
    page = run_tenken("portfolio", tmp_path, "--format", "html", *ON).stdout
    assert all(name in page for name in wrong)
    assert "`[` that was opened here is not closed" in page


def test_a_table_has_what_applies_or_may_and_each_file_once_at_least() -> None:
    text = golden_portfolio("csv")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert {row["file"] for row in rows} == {*(f"{name}.yaml" for name in NAMES), "broken.yaml"}
    for line in map(json.loads, golden_portfolio("jsonl").splitlines()):
        mine = [row["requirement"] for row in rows if row["file"] == line["file"]]
        assert mine == ([r["id"] for r in line.get("requirements", []) if r["applies"] != "no"] or [""])


def test_one_document_has_the_rows_and_what_they_come_to() -> None:
    whole = json.loads(golden_portfolio("json"))
    lines = [json.loads(line) for line in golden_portfolio("jsonl").splitlines()]
    lines[0].pop("made_by")
    assert whole["rows"] == lines
    assert whole["summary"]["systems"] == len(NAMES)
    assert whole["summary"]["cannot_be_read"] == 1
    assert sum(whole["summary"]["standings"].values()) == len(NAMES)
    assert whole["summary"]["changes"] is None
    changes = json.loads(golden_portfolio("json", settings=["tells_news=no"]))["summary"]["changes"]
    assert sum(move["systems"] for move in changes["moved"] if move["id"] == "HM-5") == changes["systems"]


def test_what_the_checklists_of_a_record_leave_out_is_not_said_not_to_apply() -> None:
    records = (EXAMPLES / f"{name}.yaml" for name in ("seoul-voices", "support-chatbot"))
    said = run_tenken("portfolio", *records, *ON, "--format", "md").stdout
    rows = {line.split(" (")[0]: line for line in said.splitlines() if line.startswith("| ")}
    assert "| · not checked |" in rows["| Damso Voices"]
    assert "does not apply" not in rows["| Damso Voices"]


def test_a_cell_leads_to_the_report_that_lies_beside(tmp_path: Path) -> None:
    for form in ("html", "md"):
        made = golden_portfolio(form)
        assert re.search(r"typical\.html#HM-2\b", made)
        assert not re.search(r"(soft|empty|final|all-gaps)\.html", made)
    record = tmp_path / "a.yaml"
    record.write_text("tenken: 2\nsystem: A\nanswers: {}\n", "utf-8")
    record.with_suffix(".html").write_text("<p>somebody else's</p>", "utf-8")
    assert "a.html" not in run_tenken("portfolio", tmp_path, *ON).stdout


HARMFUL = (
    "<script>document.title='run'</script>",
    "</style><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "| cell | **bold** `code` # head",
    "{{ 7 * 7 }}{% raw %}",
    '=HYPERLINK("https://evil.example")',
    "+1+cmd|' /C calc'!A0",
    "@evil",
)


@pytest.mark.parametrize("said", HARMFUL)
def test_what_anybody_wrote_is_shown_as_it_stands(said: str) -> None:
    page, plain = hostile_portfolio("html", said), hostile_portfolio("html", "harmless")
    assert re.findall(r"<[a-z/][^ >]*", page) == re.findall(r"<[a-z/][^ >]*", plain)
    assert said in read_page_text(page) or "<" in said
    text = hostile_portfolio("md", said)
    assert not re.search(r"(?<!\\)<(script|img|/style)|(?<!\\)\]\(javascript|\u202e", text)
    assert text.count("\n") == hostile_portfolio("md", "harmless").count("\n")
    for row in csv.reader(io.StringIO(hostile_portfolio("csv", said).removeprefix("\ufeff"), newline="")):
        assert not any(re.match(r"[\s\"]*[=+\-@]", cell) for cell in row), row


def test_names_of_files_neither_run_nor_turn_the_text(tmp_path: Path) -> None:
    write_hostile_records(tmp_path)
    for form in ("html", "md"):
        made = run_tenken("portfolio", tmp_path, "--format", form, *ON).stdout
        assert not re.search(r"(?<!\\)<img", made)
        assert "\u202e" not in made
        assert "\\u202e" in made
        assert "tab\\there" in made or "tab\\\\there" in made


def test_a_page_in_japanese_is_japanese() -> None:
    words = read_page_text(golden_portfolio("html", "ja"))
    own = ("Ken in marketing", "that was opened here")
    found = [match.group() for match in ENGLISH_SENTENCE.finditer(words)]
    assert [said for said in found if not any(word in said for word in own)] == []


def many_systems(count: int) -> PortfolioSummary:
    """The summary of one record under very many names."""
    (row,) = list_rows(EXAMPLES / "support-chatbot.yaml")
    assert "system" in row
    summary = PortfolioSummary(DAY)
    for number in range(count):
        other: SystemRow = {**row, "file": f"{number}.yaml", "system": f"System {number}"}
        summary.take(other)
    return summary


def test_of_very_many_systems_the_most_pressing_are_kept_and_all_are_counted() -> None:
    few, many = many_systems(50), many_systems(MOST_SYSTEMS * 3)
    assert len(many.systems.things) == MOST_SYSTEMS
    assert many.systems.more == MOST_SYSTEMS * 2
    one, all_of_them = build_summary_data(few), build_summary_data(many)
    assert all_of_them["systems"] == 60 * one["systems"]
    for mine, theirs in zip(
        one["questions"] + one["owners"], all_of_them["questions"] + all_of_them["owners"], strict=True
    ):
        assert theirs["systems"] == 60 * mine["systems"]
    kept = [work.tasks.things for _, work in many.work.list_people()]
    assert max(map(len, kept)) <= 20


def test_a_shortlist_keeps_what_sorts_first() -> None:
    listed: Shortlist[int] = Shortlist(10)
    for number in range(1000):
        listed.add((number * 7919 % 1000,), number * 7919 % 1000)
    assert listed.things == list(range(10))
    assert (listed.count, listed.more) == (1000, 990)
