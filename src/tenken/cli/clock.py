"""The clock: read here and nowhere else, and by the day that was said instead of today."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tenken.files.problems import Place, Problem, Problems
from tenken.rules.answer_kinds import parse_day


def read_clock() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def parse_day_or_today(said: str) -> date:
    try:
        return parse_day(said) if said else datetime.now(UTC).date()
    except ValueError:
        text = "{said} is not a day; write it as 2026-08-02"
        raise Problems(Problem(Place("--as-of"), text, {"said": said})) from None
