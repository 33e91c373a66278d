"""What starts when, as lines for a terminal and as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from tenken import __version__
from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.wording import Wording
from tenken.messages.line_breaking import unify_line_breaks
from tenken.records.record import Record
from tenken.report.formats import ReportMaterial
from tenken.report.view.dates import build_date_rows, build_start_entry

if TYPE_CHECKING:
    from tenken.report.view.table_types import StartEntry

_LONGEST_CALENDAR_LINE = 75
"""How many octets a line of a calendar may have."""


def write_dates_text(material: ReportMaterial) -> str:
    """One line a requirement that applies or may apply, by date, with the days from the as-of date; then last days."""
    return "\n".join(_list_timeline_lines(material.assessment, material.wording)) + "\n"


def _list_timeline_lines(assessment: Assessment, wording: Wording) -> Iterator[str]:
    for row in build_date_rows(assessment.findings, assessment, wording):
        for start in row["starts"]:
            yield _render_timeline_line(row["iso"], start, row["when"], wording)
    for finding in _list_ending_findings(assessment):
        requirement, day = finding.requirement, finding.requirement.last_day or date.max
        until = str(wording.labels["timing"]["until"].format(date=wording.render_day(day)))
        yield f"{day.isoformat()}  {requirement.id}  {wording.join_heading(requirement.title, until)}"
    for finding in _list_undated_findings(assessment):
        timing = wording.render_timing(finding, assessment.situation.as_of)
        yield _render_timeline_line("----------", build_start_entry(finding, wording), timing, wording)


def _render_timeline_line(day: str, start: StartEntry, when: str, wording: Wording) -> str:
    proviso = start["proviso"]
    title = wording.add_in_brackets(start["title"], proviso) if proviso else start["title"]
    return f"{day}  {start['id']}  {wording.join_heading(title, when) if when else title}"


def _list_ending_findings(assessment: Assessment) -> list[Finding]:
    """What applies and has a last day, in the order of those days."""
    ending = [finding for finding in assessment.findings if finding.timing and finding.requirement.last_day]
    return sorted(ending, key=lambda finding: finding.requirement.last_day or date.max)


def _list_undated_findings(assessment: Assessment) -> Iterator[Finding]:
    return (finding for finding in assessment.findings if finding.timing and finding.listed_day is None)


def write_dates_calendar(material: ReportMaterial) -> str:
    """The same days as all-day events, each known by the system and the requirement, so that an import updates it."""
    assessment, record, wording = material.assessment, material.record_file.record, material.wording
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//tenken//{__version__}//EN"]
    for finding in assessment.findings:
        if finding.listed_day is not None:
            lines += _list_event_lines(finding, finding.listed_day, assessment, record, wording)
    return "".join(_fold_calendar_line(line) for line in (*lines, "END:VCALENDAR"))


def _list_event_lines(
    finding: Finding, day: date, assessment: Assessment, record: Record, wording: Wording
) -> Iterator[str]:
    requirement = finding.requirement
    unique = sha256(f"{record.system}\0{requirement.id}".encode()).hexdigest()[:24]
    yield "BEGIN:VEVENT"
    yield f"UID:{unique}@tenken"
    yield f"DTSTAMP:{_render_calendar_day(assessment.situation.as_of)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_render_calendar_day(day)}"
    if day < date.max:  # an event without an end is one of one day
        yield f"DTEND;VALUE=DATE:{_render_calendar_day(day + timedelta(days=1))}"
    bound = wording.render_day_bound(finding)
    title = wording.add_in_brackets(requirement.title, bound) if bound else requirement.title
    summary = wording.join_heading(record.system, f"{requirement.id} {title}")
    yield f"SUMMARY:{_escape_calendar_text(summary)}"
    says = wording.add_in_brackets(requirement.says, wording.render_citations(requirement.cites))
    said = f"{wording.render_status(finding)}{wording.labels['marks']['stop']}{says}"
    yield f"DESCRIPTION:{_escape_calendar_text(said)}"
    yield "END:VEVENT"


def _render_calendar_day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escape_calendar_text(said: str) -> str:
    said = unify_line_breaks(said)
    for character in ("\\", ";", ","):
        said = said.replace(character, f"\\{character}")
    return said.replace("\n", "\\n")


def _fold_calendar_line(line: str) -> str:
    """A line in pieces of at most 75 octets, no character cut in two."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        if len((piece + character).encode()) > _LONGEST_CALENDAR_LINE - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join((*pieces, piece)) + "\r\n"
