"""The list of dates says when a rule ends, too."""

from __future__ import annotations

import re
from pathlib import Path

from support.command_line import run_tenken
from support.paths import SMALL
from support.small_records import write_small_record


def test_the_last_day_of_what_applies_stands_among_the_dates(tmp_path: Path) -> None:
    rules = SMALL.read_text("utf-8").replace(
        "    not_before: placed\n", "    not_before: placed\n    applies_until: 2027-12-31\n", 1
    )
    (tmp_path / "small.yaml").write_text(rules, "utf-8")
    record = write_small_record(tmp_path / "record.yaml", {}, system="Tower", checklist=Path("small.yaml"))
    done = run_tenken("report", record, "--only", "dates", "--as-of", "2026-11-23")
    assert [line for line in done.stdout.splitlines() if line.startswith("2027-12-31")] == [
        "2027-12-31  S-1  Tell people: until 31 December 2027"
    ]
    calendar = run_tenken("report", record, "--only", "dates", "--format", "ics", "-o", "-", "--as-of", "2026-11-23")
    assert "SUMMARY:Tower: S-1 Tell people: until 31 December 2027" in calendar.stdout.replace("\r\n ", "")
    assert calendar.stdout.count("BEGIN:VEVENT") == len(set(re.findall("UID:.*", calendar.stdout))) == 2
