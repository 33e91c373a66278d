"""Today is the day where the user is; moments are in UTC. The first and the last day there can be are days, too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import SMALL
from tenken.cli.clock import parse_day_or_today, read_clock


@pytest.fixture
def own_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("zone", "hours"), [("EAST-14", 14), ("WEST+12", -12), ("UTC0", 0)])
def test_today_is_the_day_where_the_user_is(own_time_zone: pytest.MonkeyPatch, zone: str, hours: int) -> None:
    own_time_zone.setenv("TZ", zone)
    time.tzset()
    before = datetime.now(UTC)
    assert parse_day_or_today("") == (before + timedelta(hours=hours)).date()
    assert read_clock() - before < timedelta(seconds=10)


@pytest.mark.parametrize("placed", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("as_of", ["0001-01-01", "9999-12-30", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(tmp_path: Path, placed: str, as_of: str) -> None:
    answers = f"  where: eu\n  subject: ai_system\n  eu_role: provider\n  does: talks_with_people\n  placed: {placed}\n"
    record = tmp_path / "r.yaml"
    record.write_text(f"tenken: 1\nsystem: x\nchecklists: [{SMALL}]\nanswers:\n{answers}", "utf-8")
    for form in ("html", "md", "csv", "json"):
        assert run_tenken("report", record, "--format", form, "--as-of", as_of, "-o", "-").returncode == 0
    for form in ("text", "ics"):
        dates = ("report", record, "--only", "dates", "--format", form, "--as-of", as_of, "-o", "-")
        assert run_tenken(*dates).returncode == 0
    assert run_tenken("check", record, "--within", "9999d", "--as-of", as_of).returncode in (0, 1)
