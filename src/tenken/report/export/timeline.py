"""What starts, ends or is due when, as lines for a terminal and as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING

from tenken import __version__
from tenken.assessment.accepted_gaps import AcceptedGap, list_accepted_gaps
from tenken.assessment.findings import Assessment
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen
from tenken.messages.line_breaking import measure_width, unify_line_breaks
from tenken.records.acceptance import AcceptanceEnd
from tenken.report.formats import ReportMaterial
from tenken.report.view.dates import build_start_entry, render_day_distance, render_start_title
from tenken.report.view.due_actions import DueAction, list_due_actions
from tenken.rules.requirement import Requirement

if TYPE_CHECKING:
    from tenken.report.view.table_types import StartEntry

_LONGEST_CALENDAR_LINE = 75
"""How many octets a line of a calendar may have."""
_NO_DAY = "-" * len("2026-11-23")


class CalendarEvent(Frozen):
    """Something on one day; by its key a calendar knows it again."""

    key: str
    day: date
    summary: str
    description: str


def write_dates_text(material: ReportMaterial) -> str:
    """One line for each start, last day and day somebody has something to do by, in their order; then the undated."""
    wording = material.wording
    entries = [
        (_render_day_column(day, wording) if day else _NO_DAY, said) for day, said in list_timeline_entries(material)
    ]
    width = max((measure_width(day) for day, _ in entries), default=0)
    return "\n".join(f"{day}{' ' * (width - measure_width(day))}  {said}" for day, said in entries) + "\n"


def list_timeline_entries(material: ReportMaterial) -> Iterator[tuple[date | None, str]]:
    """Each day with what starts, ends or is due on it, in their order; then what has no day yet."""
    assessment, wording = material.assessment, material.wording
    dated = [*_list_start_texts(assessment, wording), *_list_end_texts(assessment, wording), *_list_due_texts(material)]
    dated += _list_accepted_texts(material)
    yield from sorted(dated, key=itemgetter(0))
    yield from ((None, said) for said in _list_undated_texts(assessment, wording))


def _render_day_column(day: date, wording: Wording) -> str:
    pattern = str(wording.labels["day_column"])
    return pattern.format(year=day.year, month=day.month, day=day.day)


def _list_start_texts(assessment: Assessment, wording: Wording) -> Iterator[tuple[date, str]]:
    """What applies or may apply, with the days from the as-of date."""
    for finding in assessment.findings:
        if day := finding.listed_day:
            distance = render_day_distance(day, assessment.situation.as_of, wording)
            yield day, _render_start_text(build_start_entry(finding, wording), distance, wording)


def _list_end_texts(assessment: Assessment, wording: Wording) -> Iterator[tuple[date, str]]:
    return ((day, f"{requirement.id}  {said}") for requirement, day, said in _list_ends(assessment, wording))


def _list_ends(assessment: Assessment, wording: Wording) -> Iterator[tuple[Requirement, date, str]]:
    """What applies, or may, and has a last day, with the words for it."""
    for finding in assessment.findings:
        requirement, day = finding.requirement, finding.requirement.last_day
        if finding.timing and day:
            until = str(wording.labels["timing"]["until"].format(date=wording.render_day(day)))
            yield requirement, day, wording.join_heading(requirement.title, until)


def _list_due_texts(material: ReportMaterial) -> Iterator[tuple[date, str]]:
    wording, as_of = material.wording, material.assessment.situation.as_of
    for action in list_due_actions(material.assessment, material.record_file.record, wording):
        texts = str(wording.labels["marks"]["beside"]).join(action.texts)
        said = wording.join_heading(_render_due(action, wording), texts)
        late = wording.render_count("days.late", (as_of - action.day).days) if action.day < as_of else ""
        yield action.day, f"{action.id}  {wording.add_in_brackets(said, late) if late else said}"


def _render_due(action: DueAction, wording: Wording) -> str:
    due = str(wording.labels["report"]["due"])
    return wording.add_in_brackets(due, action.owner) if action.owner else due


def _list_accepted_gaps(material: ReportMaterial) -> Iterator[tuple[AcceptedGap, str]]:
    """The gaps somebody answers for until a day, with the words for it; what ended before its day has none."""
    wording = material.wording
    for gap in list_accepted_gaps(material.record_file.record, material.assessment):
        if gap.ended in (None, AcceptanceEnd.EXPIRED):
            words = wording.add_in_brackets(wording.labels["accepted"]["due"], gap.acceptance.by)
            yield gap, wording.join_heading(words, gap.finding.requirement.title)


def _list_accepted_texts(material: ReportMaterial) -> Iterator[tuple[date, str]]:
    return (
        (gap.acceptance.until, f"{gap.finding.requirement.id}  {said}") for gap, said in _list_accepted_gaps(material)
    )


def _list_accepted_events(material: ReportMaterial) -> Iterator[CalendarEvent]:
    for gap, said in _list_accepted_gaps(material):
        id = gap.finding.requirement.id
        yield CalendarEvent(f"accepted {id}", gap.acceptance.until, f"{id} {said}", gap.acceptance.because)


def _list_undated_texts(assessment: Assessment, wording: Wording) -> Iterator[str]:
    for finding in assessment.findings:
        if finding.timing and finding.listed_day is None:
            timing = wording.render_timing(finding, assessment.situation.as_of)
            yield _render_start_text(build_start_entry(finding, wording), timing, wording)


def _render_start_text(start: StartEntry, when: str, wording: Wording) -> str:
    title = render_start_title(start, wording)
    return f"{start['id']}  {wording.join_heading(title, when) if when else title}"


def write_dates_calendar(material: ReportMaterial) -> str:
    """What starts, ends and is due as all-day events, each known by system and key, so that an import updates it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//tenken//{__version__}//EN"]
    kinds = (_list_start_events, _list_end_events, _list_due_events, _list_accepted_events)
    for event in (event for list_events in kinds for event in list_events(material)):
        lines += _list_event_lines(event, material)
    return "".join(_fold_calendar_line(line) for line in (*lines, "END:VCALENDAR"))


def _list_start_events(material: ReportMaterial) -> Iterator[CalendarEvent]:
    wording = material.wording
    for finding in material.assessment.findings:
        if finding.listed_day is None:
            continue
        requirement, bound = finding.requirement, wording.render_day_bound(finding)
        title = wording.add_in_brackets(requirement.title, bound) if bound else requirement.title
        says = wording.add_in_brackets(requirement.says, wording.render_citations(requirement.cites))
        said = f"{wording.render_status(finding)}{wording.labels['marks']['stop']}{says}"
        yield CalendarEvent(requirement.id, finding.listed_day, f"{requirement.id} {title}", said)


def _list_end_events(material: ReportMaterial) -> Iterator[CalendarEvent]:
    wording = material.wording
    for requirement, day, said in _list_ends(material.assessment, wording):
        says = wording.add_in_brackets(requirement.says, wording.render_citations(requirement.cites))
        yield CalendarEvent(f"until {requirement.id}", day, f"{requirement.id} {said}", says)


def _list_due_events(material: ReportMaterial) -> Iterator[CalendarEvent]:
    wording = material.wording
    for action in list_due_actions(material.assessment, material.record_file.record, wording):
        summary = wording.join_heading(_render_due(action, wording), f"{action.id} {action.title}")
        yield CalendarEvent(f"due {action.key}", action.day, summary, "\n".join(action.texts))


def _list_event_lines(event: CalendarEvent, material: ReportMaterial) -> Iterator[str]:
    system = material.record_file.record.system
    unique = sha256(f"{system}\0{event.key}".encode()).hexdigest()[:24]
    yield "BEGIN:VEVENT"
    yield f"UID:{unique}@tenken"
    yield f"DTSTAMP:{_render_calendar_day(material.assessment.situation.as_of)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_render_calendar_day(event.day)}"
    if event.day < date.max:  # an event without an end is one of one day
        yield f"DTEND;VALUE=DATE:{_render_calendar_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY:{_escape_calendar_text(material.wording.join_heading(system, event.summary))}"
    yield f"DESCRIPTION:{_escape_calendar_text(event.description)}"
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
