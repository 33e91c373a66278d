"""What a report says of evidence and of gaps somebody answers for, in every format; and where its links lead."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from support.command_line import collect_output, run_tenken
from support.small_records import write_small_record
from tenken.assessment.accepted_gaps import build_acceptance
from tenken.cli.judged_record import assess_record_file

DAY = "2026-11-23"
HASH = "0a" * 32
HOSTILE = "Jo | <b>*x*</b> `y` =1+1; {by} %s"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    pinned = f"sha256: {HASH}, on: 2026-10-01, by: '{HOSTILE}', review_by: 2027-01-31"
    proof = f'{{at: "first screen #1 100%?.png", {pinned}}}'
    answers = {
        "size": "{answer: sme, at: 2025-10-01T08:00:00Z}",
        "S-1.told": "no",
        "S-1.clear": f"{{answer: yes, at: 2026-11-01T08:00:00Z, evidence: [{proof}]}}",
    }
    return write_small_record(tmp_path / "own" / "acme.yaml", answers)


def report(record: Path, form: str, *more: str, day: str = DAY) -> str:
    return collect_output("report", record, "--format", form, "--as-of", day, "-o", "-", *more, language="en")


def accept(record: Path, by: str = "Jo", until: str = "2027-02-01") -> None:
    record_file, assessment = assess_record_file(record, DAY)
    finding = next(each for each in assessment.findings if each.requirement.id == "S-1")
    day, last = date(2026, 11, 20), date.fromisoformat(until)
    why = " ".join(f"Why {HOSTILE}".split())
    taken = build_acceptance(finding, record_file.record, assessment, by=by, until=last, because=why, on=day)
    record_file.take_acceptance("S-1", taken)
    record_file.save()


@pytest.mark.parametrize(
    ("before", "after", "proof", "said"),
    [
        ("", "", "shown", "pinned (SHA-256 0a0a0a0a…); good until 31 January 2027"),
        (HASH, "no-hash", "said, not shown", "good until 31 January 2027"),
        ("review_by: 2027-01-31", "review_by: 2026-11-22", "said, not shown", "the day it was good until has passed"),
        ("on: 2026-10-01", "on: 2026-12-01", "said, not shown", "of a day that has not come yet"),
    ],
)
def test_each_measure_in_place_is_shown_or_said(record: Path, before: str, after: str, proof: str, said: str) -> None:
    record.write_text(record.read_text("utf-8").replace(before, after) if before else record.read_text("utf-8"))
    for form in ("html", "md"):
        text = html.unescape(re.sub(r"<[^>]+>|\\", "", report(record, form)))
        assert f"Yes{proof}" in text or f"Yes ({proof})" in text
        assert said in text
        assert ("1 shown" if proof == "shown" else "1 said") in text
    result = json.loads(report(record, "json"))
    assert result["checklists"][0]["measures"] == {"said": int(proof != "shown"), "shown": int(proof == "shown")}
    checks = {check["id"]: check["proof"] for finding in result["findings"] for check in finding["checks"]}
    assert (checks["S-1.clear"], checks["S-1.told"]) == (proof.partition(",")[0], None)
    rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(report(record, "csv")))}
    assert (rows["S-1.clear"]["shown or said"], rows["S-1.told"]["shown or said"]) == (proof, "")


@pytest.mark.parametrize("name", ["first screen #1 100%?.png", 'say "hi".pdf', "a&b/<c>.png", "100%25.png", "folder/"])
def test_links_lead_to_evidence_from_where_the_report_lies(record: Path, tmp_path: Path, name: str) -> None:
    written = name.replace('"', '\\"')
    record.write_text(record.read_text("utf-8").replace("first screen #1 100%?.png", written), "utf-8")
    (tmp_path / "far off" / "x").mkdir(parents=True)
    for form, pattern in (("html", r'<a href="([^"#]*)"'), ("md", r"\(<([^>]*)>\)")):
        for place in (record.parent, tmp_path / "far off" / "x"):
            target = place / f"made.{form}"
            assert run_tenken("report", record, "-o", target, "--as-of", DAY).returncode == 0
            links = re.findall(pattern, target.read_text("utf-8"))
            places = [(place / unquote(html.unescape(link))).resolve() for link in links if "://" not in link]
            assert (record.parent / name).resolve() in places, links


@pytest.mark.parametrize("name", ["javascript:alert(1)", "//evil.example/x", "../up/x.pdf", "ask Jo about red/blue"])
def test_what_is_no_file_beside_the_record_is_no_link(record: Path, name: str) -> None:
    record.write_text(record.read_text("utf-8").replace("first screen #1 100%?.png", name), "utf-8")
    assert f">{name}</a>" not in report(record, "html")


def test_a_gap_somebody_answers_for_stays_one_and_is_told_apart(record: Path) -> None:
    accept(record, by=HOSTILE)
    page = report(record, "html")
    assert "<b>*x*" not in page
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert f"Accepted until 1 February 2027 by {' '.join(HOSTILE.split())}: Why" in html.unescape(page)
    assert "1 of them is accepted until 1 February 2027." in text
    assert "1 duty: not met" in text
    assert "1 of them is accepted until 1 February 2027." in report(record, "md")
    assert "1 of them is accepted" in collect_output(
        "report", record, "--only", "summary", "--as-of", DAY, language="en"
    )
    result = json.loads(report(record, "json"))
    found = next(finding for finding in result["findings"] if finding["id"] == "S-1")
    assert (found["status"], found["accepted"]["until"], found["accepted"]["ended"]) == ("gap", "2027-02-01", None)
    row = next(row for row in csv.DictReader(io.StringIO(report(record, "csv"))) if row["requirement"] == "S-1")
    assert (row["accepted until"], row["acceptance ended"]) == ("2027-02-01", "")


def test_why_an_acceptance_has_ended_is_told(record: Path) -> None:
    accept(record)
    for form in ("html", "md"):
        text = report(record, form, day="2027-02-02")
        assert "the last day has passed" in text
        assert "of them is accepted" not in text
    result = json.loads(report(record, "json", day="2027-02-02"))
    assert [each["accepted"]["ended"] for each in result["findings"] if each["accepted"]] == ["expired"]


def test_the_last_day_of_an_acceptance_is_in_the_dates_and_in_the_calendar(record: Path) -> None:
    accept(record)
    assert "2027-02-01  S-1  Accepted until this day (Jo)" in collect_output(
        "report", record, "--only", "dates", "--as-of", DAY, language="en"
    )
    calendar = collect_output("report", record, "--only", "dates", "--format", "ics", "-o", "-", "--as-of", DAY)
    assert "DTSTART;VALUE=DATE:20270201" in calendar


def test_a_report_says_how_old_its_answers_are(record: Path) -> None:
    text = report(record, "html")
    assert "Of 2 answers with a day the oldest is of 1 October 2025 (418 days ago)" in text
    assert "7 answers have no day." in text
