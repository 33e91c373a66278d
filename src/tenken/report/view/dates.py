"""The dates that matter, as plain data: a table, and a picture that shows them on a line of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.wording import Wording
from tenken.rules.logic import Truth

if TYPE_CHECKING:
    from tenken.report.view.table_types import DateRow, DatesPicture, StartEntry

_MARK_DISTANCE = 9.0
"""Marks closer than this, in percent of the width, stand above each other."""
_LANE_HEIGHT = 26
"""The height of a lane in pixels."""
_PICTURE_MARGIN = 5.0
_SHORTEST_SPAN = timedelta(days=120)


def build_date_rows(findings: Iterable[Finding], assessment: Assessment, wording: Wording) -> list[DateRow]:
    """The days on which something that applies, or may apply, starts; the earliest first."""
    starting: dict[date, list[Finding]] = {}
    for finding in findings:
        if finding.listed_day:
            starting.setdefault(finding.listed_day, []).append(finding)
    as_of = assessment.situation.as_of
    return [
        {
            "number": number,
            "day": wording.render_day(day),
            "iso": day.isoformat(),
            "when": render_day_distance(day, as_of, wording),
            "starts": [build_start_entry(finding, wording) for finding in starting[day]],
        }
        for number, day in enumerate(sorted(starting), start=1)
    ]


def build_undated_entries(findings: Iterable[Finding], wording: Wording) -> list[StartEntry]:
    """What starts on a day that is not known yet."""
    return [build_start_entry(finding, wording) for finding in findings if finding.has_unknown_day]


def build_start_entry(finding: Finding, wording: Wording) -> StartEntry:
    """What starts, and how far that is sure."""
    requirement = finding.requirement
    may = wording.labels["report"]["if_applies"] if finding.applies is Truth.UNKNOWN else ""
    proviso = wording.join_list((may, wording.render_day_bound(finding)))
    return {"id": requirement.id, "title": requirement.title, "proviso": proviso}


def render_start_title(start: StartEntry, wording: Wording) -> str:
    """What starts, and in brackets how far that is sure."""
    return wording.add_in_brackets(start["title"], start["proviso"]) if start["proviso"] else start["title"]


def render_day_distance(day: date, as_of: date, wording: Wording) -> str:
    """How many days lie between a day and the as-of date."""
    count = (day - as_of).days
    if count == 0:
        return str(wording.labels["days"]["today"])
    return wording.render_count("days.ahead" if count > 0 else "days.past", abs(count))


def build_dates_picture(dated: list[DateRow], as_of: date) -> DatesPicture:
    """Where the marks of the table stand, in percent of the width; the lane counts upwards from the line."""
    days = [date.fromisoformat(row["iso"]) for row in dated]
    first, last = min((*days, as_of)), max((*days, as_of))
    if last - first < _SHORTEST_SPAN:
        first = min(first, date.max - _SHORTEST_SPAN)
        last = first + _SHORTEST_SPAN
    span = (last - first).days

    def compute_x(day: date) -> float:
        return _PICTURE_MARGIN + (100 - 2 * _PICTURE_MARGIN) * (day - first).days / span

    lanes = _assign_mark_lanes([compute_x(day) for day in days])
    line = _LANE_HEIGHT * (max(lanes) + 1) + 8
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    return {
        "marks": [
            {
                "number": row["number"],
                "reach": "past" if day <= as_of else "ahead",
                "x": f"{compute_x(day):.2f}",
                "y": line - _LANE_HEIGHT * lane - 20,
                "base": line - _LANE_HEIGHT * lane - 15,
            }
            for row, day, lane in zip(dated, days, lanes, strict=True)
        ],
        "line": line,
        "tick": line + 6,
        "height": line + 26,
        "as_of": f"{compute_x(as_of):.2f}",
        "first_year": first.year,
        "years": [{"x": f"{compute_x(day):.2f}", "year": day.year} for day in years],
    }


def _assign_mark_lanes(places: list[float]) -> list[int]:
    """For each mark, from left to right, the lowest lane in which it does not touch the one before."""
    ends: list[float] = []
    lanes = []
    for place in places:
        lane = next((lane for lane, end in enumerate(ends) if place - end >= _MARK_DISTANCE), len(ends))
        ends[lane : lane + 1] = [place]
        lanes.append(lane)
    return lanes
