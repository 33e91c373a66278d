"""What the templates of a draft are given, as types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict


class PieceView(TypedDict):
    """Some words of a paragraph, or what is to be filled in there."""

    text: str
    is_blank: bool


Pieces = list[PieceView]


class BlankView(TypedDict):
    """What is to be filled in: under which heading, what is asked, who would know, and the id that answers it."""

    place: str
    ask: str
    who: str
    id: str


class UnfitWords(TypedDict):
    """Words that would not do beside some that do: what these are for, those, and why."""

    use: str
    insufficient: str
    because: str


class TableView(TypedDict):
    """Facts from files: what was taken, the head of the columns, and the rows."""

    says: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class LineView(TypedDict):
    """One paragraph with all that stands beside it; what there is not is empty."""

    label: str
    paragraphs: list[Pieces]
    origin: str
    cites: str
    certainty: str
    unfit: UnfitWords | None
    snippet: str
    sign: bool
    tables: list[TableView]


class DraftSectionView(TypedDict):
    """A section with its passages and what it serves."""

    title: str
    says: str
    cites: str
    serves: list[str]
    lines: list[LineView]


class DraftView(TypedDict):
    """A whole draft."""

    tenken: str
    labels: Mapping[str, Any]
    say: Mapping[str, Any]
    draft: Mapping[str, Any]
    language: str
    document: None
    extent: str
    title: str
    about: str
    system: str
    organisation: str
    release: str
    as_of: str
    as_of_iso: str
    sections: list[DraftSectionView]
    blanks: list[BlankView]
    left_out: list[str]
    sources: list[Mapping[str, str]]
    files: list[str]
