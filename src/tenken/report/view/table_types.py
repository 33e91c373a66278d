"""What templates are given about counts and days, as types: tables, bars and a line of time."""

from __future__ import annotations

from typing import TypedDict

from tenken.report.view.finding_types import Labels


class CountColumn(TypedDict):
    standing: str
    label: str


class CountCell(TypedDict):
    standing: str
    count: int


class BarPiece(TypedDict):
    """A piece of a bar, in percent of its width."""

    standing: str
    x: str
    width: str


class CountRow(TypedDict):
    title: str
    cells: list[CountCell]
    total: int
    practice_open: int
    proof: str
    bar: list[BarPiece]
    bar_says: str


class CountTable(TypedDict):
    """How many requirements of each law stand where, in one tone."""

    id: str
    tone: str
    words: Labels
    columns: list[CountColumn]
    rows: list[CountRow]


class StartEntry(TypedDict):
    id: str
    title: str
    proviso: str
    """whether it is sure that it starts, and on that very day; empty if both are"""


class DateRow(TypedDict):
    """A day, and what starts on it."""

    number: int
    day: str
    iso: str
    when: str
    starts: list[StartEntry]


class DateMark(TypedDict):
    """A mark of the picture: `x` in percent of the width, the rest in pixels."""

    number: int
    reach: str
    x: str
    y: int
    base: int


class YearMark(TypedDict):
    x: str
    year: int


class DatesPicture(TypedDict):
    """The days on a line of time."""

    marks: list[DateMark]
    line: int
    tick: int
    height: int
    as_of: str
    first_year: int
    years: list[YearMark]
