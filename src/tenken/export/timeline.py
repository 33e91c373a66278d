"""What starts when, as lines for a terminal and as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

from tenken import __version__
from tenken.answers import Record
from tenken.assess import Assessment, Finding
from tenken.logic import Truth
from tenken.view.dates import rows
from tenken.words import Words

_LINE = 75
"""How many octets a line of a calendar may have."""


def text(assessment: Assessment, words: Words) -> str:
    """One line a requirement that applies or may apply, in order of date, with the days from the as-of date."""
    return "\n".join(_lines(assessment, words)) + "\n"


def _lines(assessment: Assessment, words: Words) -> Iterator[str]:
    for row in rows(assessment.findings, assessment, words):
        for start in row["starts"]:
            may = start["if_applies"]
            title = words.beside(start["title"], may) if may else start["title"]
            yield f"{row['iso']}  {start['id']}  {words.headed(title, row['when'])}"
    for found in _undated(assessment):
        requirement, timing = found.requirement, words.timing(found, assessment.situation.as_of)
        yield f"----------  {requirement.id}  {words.headed(requirement.title, timing)}"


def _undated(assessment: Assessment) -> Iterator[Finding]:
    return (found for found in assessment.findings if found.applies is not Truth.NO and found.since is None)


def calendar(assessment: Assessment, record: Record, words: Words) -> str:
    """The same days as all-day events, each known by the system and the requirement, so that an import updates it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//tenken//{__version__}//EN"]
    for found in assessment.findings:
        if found.since is not None:
            lines += _event(found, assessment, record, words)
    return "".join(_folded(line) for line in (*lines, "END:VCALENDAR"))


def _event(found: Finding, assessment: Assessment, record: Record, words: Words) -> Iterator[str]:
    assert found.since is not None
    requirement = found.requirement
    unique = sha256(f"{record.system}\0{requirement.id}".encode()).hexdigest()[:24]
    yield "BEGIN:VEVENT"
    yield f"UID:{unique}@tenken"
    yield f"DTSTAMP:{assessment.situation.as_of:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{found.since:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{found.since + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(words.headed(record.system, f'{requirement.id} {requirement.title}'))}"
    says = words.beside(requirement.says, words.cites(requirement.cites))
    said = f"{words.status(found)}{words.labels['marks']['stop']}{says}"
    yield f"DESCRIPTION:{_escaped(said)}"
    yield "END:VEVENT"


def _escaped(said: str) -> str:
    for character in ("\\", ";", ","):
        said = said.replace(character, f"\\{character}")
    return said.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no character cut in two."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        if len((piece + character).encode()) > _LINE - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join((*pieces, piece)) + "\r\n"
