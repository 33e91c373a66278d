"""What evidence is worth on a day: said by somebody, or shown by something that was pinned and still holds.

This module judges from the record alone; what lies in the files, `evidence_files` looks at.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from tenken.records.record import Evidence, GivenAnswer
from tenken.rules.requirement import Check, Months

_ADDRESS_START = re.compile(r"(?!(?i:file):)[A-Za-z][A-Za-z0-9+.-]+:(//|[^\s\\/:]+@)", re.ASCII)
_FILE_ENDING = re.compile(r"\.\w{1,8}$")


class EvidenceFault(StrEnum):
    """What is wrong with a piece of evidence, the gravest first."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    HOLDS_RECORD = "holds_record"
    TOO_LARGE = "too_large"
    CHANGED = "changed"
    EMPTY = "empty"
    OVERDUE = "overdue"
    STALE = "stale"
    AHEAD = "ahead"


def is_address(at: str) -> bool:
    """Whether evidence is an address, such as that of a page or a mailbox, not of a file; nothing is ever fetched."""
    return _ADDRESS_START.match(at) is not None


def is_sentence(at: str) -> bool:
    """Whether evidence is neither an address nor the path of a file, but somebody's words."""
    words = at.split()
    return len(words) > 2 and not is_address(at) and not _FILE_ENDING.search(at) and not at.endswith("/")


def list_dated_faults(item: Evidence, given: GivenAnswer, lasts: Months, as_of: date) -> Iterator[EvidenceFault]:
    """What is wrong with a piece of evidence by the days that are known of it; without one, that of the answer."""
    day = item.on or (given.at.date() if given.at else None)
    if item.review_by and item.review_by < as_of:
        yield EvidenceFault.OVERDUE
    if day and lasts and add_months(day, lasts) < as_of:
        yield EvidenceFault.STALE
    if item.on and item.on > as_of:
        yield EvidenceFault.AHEAD


def is_shown(given: GivenAnswer, check: Check, as_of: date) -> bool:
    """Whether an answer is more than said: something that was pinned shows it, and is not stale on that day."""
    lasts = check.evidence_lasts
    return any(is_pinned(item) and not any(list_dated_faults(item, given, lasts, as_of)) for item in given.evidence)


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 in 64 digits."""
    return re.fullmatch("[0-9A-Fa-f]{64}", text) is not None


def is_pinned(item: Evidence) -> bool:
    """Whether a hash stands with a piece of evidence that can have one; of an address it shows nothing."""
    return is_digest(item.sha256) and not is_address(item.at)


def add_months(day: date, months: Months) -> date:
    """The same day so many months later, or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
