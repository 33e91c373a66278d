"""What stands in OSCAL assessment results in several places: identifiers that stay, texts, properties, people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from tenken.files.file_names import quote_address
from tenken.files.problems import escape_line_breaks
from tenken.messages.markdown_text import escape_markdown_line
from tenken.records.evidence import is_address, is_pinned, is_sentence
from tenken.records.record import Evidence, Record

OscalPart = dict[str, Any]

OSCAL_NAMESPACE = "urn:tenken:oscal"
"""Whose the properties are for which OSCAL has no word."""

_IDENTIFIERS = uuid5(UUID(int=0), OSCAL_NAMESPACE)
_LINKED = ("https://", "http://", "mailto:")


class OscalNames:
    """The identifiers of what a document on one system holds: the same things have the same ones next time."""

    def __init__(self, record: Record) -> None:
        self._system = (record.organisation, record.system)

    def identify(self, kind: str, *names: str) -> str:
        return str(uuid5(_IDENTIFIERS, "\0".join((*self._system, kind, *names))))


def build_properties(**said: object) -> list[OscalPart]:
    """A property for each word that is not empty; the name is written with dashes."""
    lines = {name.replace("_", "-"): write_line(str(value)) for name, value in said.items() if value}
    return [{"name": name, "ns": OSCAL_NAMESPACE, "value": value} for name, value in lines.items()]


def write_line(text: str) -> str:
    """A text on one line, which is never empty."""
    return escape_line_breaks(" ".join(text.split())) or "-"


def write_markup(*texts: str) -> str:
    """Texts as paragraphs of Markdown in which nobody's signs mean anything."""
    paragraphs = (escape_markdown_line(escape_line_breaks(" ".join(text.split()))) for text in texts)
    return "\n\n".join(filter(None, paragraphs)) or "-"


def write_moment(day: date | datetime) -> str:
    """A moment with its zone; of a day, its beginning."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time(), UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat().replace("+00:00", "Z")


def build_evidence(item: Evidence) -> OscalPart:
    """A piece of evidence; what may be followed or opened as a link, and what is only words, are told apart."""
    day, review = (said.isoformat() if said else "" for said in (item.on, item.review_by))
    hash_said = item.sha256 if is_pinned(item) else ""
    return {
        "href": _find_reference(item.at),
        "description": write_markup(item.shows or item.at, item.at if item.shows and is_sentence(item.at) else ""),
        "props": build_properties(dated=day, review_by=review, brought_by=item.by, sha256=hash_said),
    }


def _find_reference(at: str) -> str:
    """What a program may follow or open; nothing of an address of another kind, and nothing of a sentence."""
    if is_address(at):
        return quote_address(at) if at.lower().startswith(_LINKED) else ""
    return "" if is_sentence(at) else quote_address(at).replace(":", "%3A")


def leave_out_empty(part: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """The same without what is empty, which OSCAL does not know."""
    if isinstance(part, dict):
        kept = {key: leave_out_empty(value) for key, value in part.items()}
        return {key: value for key, value in kept.items() if value not in ("", [], {}, None)}
    return [leave_out_empty(value) for value in part] if isinstance(part, list) else part


def list_distinct(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(item for item in items if item))
