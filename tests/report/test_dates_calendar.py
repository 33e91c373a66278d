"""The calendar holds what begins and what somebody promised, and any program for calendars can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from support.command_line import run_tenken
from support.sample_reports import golden_assessment
from support.small_records import write_forbidden_record, write_small_record
from tenken.files.frozen_classes import replace_fields
from tenken.records.record_file import RecordFile
from tenken.report.export.timeline import write_dates_calendar
from tenken.report.formats import ReportMaterial


def test_a_calendar_and_its_lines_survive_any_line_break_and_any_day() -> None:
    assessment, kept, words = golden_assessment("typical")
    named = replace_fields(kept, system="a\rb\x0bc\x85d\u2028e\r\nBEGIN:VALARM\x00")
    finding = next(finding for finding in assessment.findings if finding.since)
    last = replace_fields(assessment, findings=(replace_fields(finding, since=date.max, since_latest=date.max),))
    record_file = RecordFile(Path("r.yaml"), named)
    text = write_dates_calendar(ReportMaterial(record_file, last, words))
    assert "SUMMARY:a\\nb\\nc\\nd\\ne\\nBEGIN:VALARM: " in text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:99991231\r\n" in text
    assert "DTEND" not in text[: text.index("END:VEVENT")]
    assert not re.search("[^\r]\n|\r[^\n]|[\x00\x0b\x85\u2028]", text)


def record_of(tmp_path: Path, told: str = "no", day: str = "2026-12-15") -> Path:
    answers = {
        "small_changed": "{answer: unsure, ask: Ken, due: 2026-11-30}",
        "S-1.told": f"{{answer: {told}, owner: Ada, due: {day}}}",
        "S-1.clear": "{answer: yes, owner: Lea, due: 2026-12-24}",
    }
    return write_small_record(tmp_path / "tower.yaml", answers, system="Tower")


def dates_of(record: Path, form: str) -> str:
    done = run_tenken("report", record, "--only", "dates", "--format", form, "-o", "-", "--as-of", "2026-11-23")
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\r\n ", "").replace("\n ", "")


def events_of(record: Path) -> Iterator[dict[str, str]]:
    for text in dates_of(record, "ics").split("BEGIN:VEVENT")[1:]:
        yield dict(line.split(":", 1) for line in text.split("END:VEVENT")[0].strip().splitlines())


def test_what_somebody_has_to_do_by_a_day_is_an_event_with_the_action(tmp_path: Path) -> None:
    due = {event["SUMMARY"]: event for event in events_of(record_of(tmp_path)) if "Due" in event["SUMMARY"]}
    assert list(due) == ["Tower: Due (Ken): small_changed Changed since", "Tower: Due (Ada): S-1 Tell people"]
    event = due["Tower: Due (Ada): S-1 Tell people"]
    assert event["DTSTART;VALUE=DATE"] == "20261215"
    assert event["DESCRIPTION"]
    assert due["Tower: Due (Ken): small_changed Changed since"]["DESCRIPTION"] == "To be answered: Changed since"


def test_an_event_whose_day_moved_is_the_same_event_and_one_that_is_done_is_none(tmp_path: Path) -> None:
    before, after = (
        {event["SUMMARY"]: event["UID"] for event in events_of(record_of(tmp_path, day=day))}
        for day in ("2026-12-15", "2027-01-15")
    )
    assert before == after
    assert len(set(before.values())) == len(before)
    assert not any("Ada" in event["SUMMARY"] for event in events_of(record_of(tmp_path, told="yes")))


def test_the_list_of_dates_has_them_in_their_order(tmp_path: Path) -> None:
    lines = dates_of(record_of(tmp_path, day="2026-11-01"), "text").splitlines()
    days = [line[:10] for line in lines if line[0] != "-"]
    assert days == sorted(days)
    (ada,) = (line for line in lines if "Ada" in line)
    assert ada.startswith("2026-11-01  S-1  Due (Ada): ")
    assert ada.endswith("(overdue by 22 days)")


def test_a_japanese_list_of_dates_has_japanese_days(tmp_path: Path) -> None:
    shown = run_tenken("report", record_of(tmp_path), "--only", "dates", "--as-of", "2026-11-23", language="ja").stdout
    assert "\n2026年12月15日  S-1  目標日（Ada）" in shown
    assert "2026-" not in shown


def test_a_day_named_for_what_is_forbidden_is_in_the_calendar_too() -> None:
    assessment, kept, words = golden_assessment("all-gaps")
    hides = replace_fields(kept.answers["hides"], owner="Ada", due=date(2026, 12, 1))
    record_file = RecordFile(Path("r.yaml"), replace_fields(kept, answers={**kept.answers, "hides": hides}))
    text = write_dates_calendar(ReportMaterial(record_file, assessment, words)).replace("\r\n ", "")
    assert "Due (Ada): HM-1 Never claim to be a person" in text


def test_a_rule_of_the_house_takes_no_day_of_what_is_forbidden(tmp_path: Path) -> None:
    assert "Due (Ada): S-4 Do not read faces" in dates_of(write_forbidden_record(tmp_path), "ics")
