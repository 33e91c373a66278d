"""The calendar holds what begins and what somebody promised, and any program for calendars can read it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from support.sample_reports import golden_assessment
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
    assert "DTEND" not in text
    assert not re.search("[^\r]\n|\r[^\n]|[\x00\x0b\x85\u2028]", text)
