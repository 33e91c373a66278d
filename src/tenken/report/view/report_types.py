"""What templates are given, as types: the whole report, its header, its tables and its picture."""

from __future__ import annotations

from typing import TypedDict

from tenken.report.view.filing_types import DefinedWords, DocumentView
from tenken.report.view.finding_types import (
    AnswerDetails,
    CheckView,
    ExceptionView,
    FindingHeading,
    FindingSection,
    GapEntry,
    Labels,
    OwnerPlan,
    WaitingQuestion,
)


class LawSentence(TypedDict):
    title: str
    """the name of the law"""
    sentence: str
    """what is not met and since when, what is open and what was set aside, in one sentence"""


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
    bar: list[BarPiece]


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


class OpenRow(FindingHeading):
    """One line on what is open; `tags` name the filters it passes."""

    law: str
    time: str
    undone: str
    tags: str
    owners: list[str]
    due: str
    due_iso: str
    due_note: str


class FilterChoice(TypedDict):
    tag: str
    label: str


class FilterGroup(TypedDict):
    name: str
    title: str
    choices: list[FilterChoice]


class OpenTable(TypedDict):
    """What is open in one tone."""

    id: str
    words: Labels
    groups: list[FilterGroup]
    rows: list[OpenRow]
    is_timed: bool


class SettledRow(TypedDict):
    """Requirements that are met or do not apply for one and the same reason."""

    requirements: list[FindingHeading]
    standing: str
    is_soft: bool
    status: str
    has_own_place: bool
    reasons: list[str]
    relied_on: list[ExceptionView]
    done: str
    argued: list[CheckView]


class SettledLaw(TypedDict):
    title: str
    rows: list[SettledRow]


class ComparedFinding(FindingHeading):
    has_own_place: bool


class LawSideView(TypedDict):
    """What one law has on a topic, or a sentence that it has nothing."""

    jurisdiction: str
    empty: str
    findings: list[ComparedFinding]


class ComparisonRowView(TypedDict):
    """Two laws on one topic."""

    title: str
    relation: str
    difference: str
    one_work: str
    left: LawSideView
    right: LawSideView


class ComparisonTable(TypedDict):
    title: str
    left: str
    right: str
    rows: list[ComparisonRowView]


class MovedRow(TypedDict):
    id: str
    title: str
    before: str
    now: str
    because: str


class SinceGroup(TypedDict):
    """What one of law, clock and reader moved; a sentence in `none` if nothing."""

    heading: str
    told: list[str]
    rows: list[MovedRow]
    none: str


class ChangedAnswer(TypedDict):
    id: str
    short: str
    before: str
    now: str


class SinceView(TypedDict):
    """What is different since an earlier time; with a warning where that was another system."""

    warning: str
    note: str
    groups: list[SinceGroup]
    answers: list[ChangedAnswer]


class FactView(TypedDict):
    short: str
    answer: str


class AnswerView(AnswerDetails):
    id: str
    short: str
    answer: str


class SourceView(TypedDict):
    title: str
    link: str
    state: str
    note: str


class PenaltyView(TypedDict):
    says: str
    cites: str
    requirements: list[str]
    cases: list[str]


class ChecklistView(TypedDict):
    """A checklist and the state of it that was assessed."""

    title: str
    """the name of the law"""
    jurisdiction: str
    about: str
    limits: str
    house: list[str]
    version: str
    """the version of our rules for it"""
    digest: str
    """a fingerprint of these rules, which differs wherever they do"""
    reviewed: str
    """the day somebody last held these rules against the source"""
    review_by: str
    sources: list[SourceView]
    penalties: list[PenaltyView]


class ReportHeader(TypedDict):
    tenken: str
    """the version of tenken"""
    labels: Labels
    say: Labels
    language: str
    """`en` or `ja`"""
    system: str
    """the AI system, as the record names it"""
    organisation: str
    """whose it is, as the record names it; perhaps empty"""
    release: str
    """which release of the system was assessed, as the record names it; perhaps empty"""
    stage: str
    """draft or final, and who signed it off"""
    as_of: str
    """the day of the report, as a reader writes it"""
    as_of_iso: str
    """the same as `2026-11-23`"""
    facts: list[FactView]
    document: DocumentView | None
    defined_words: list[DefinedWords]
    notices: list[str]


class FirstPage(TypedDict):
    laws: list[LawSentence]
    """the answer, law by law"""
    first: list[GapEntry]
    """the most urgent gaps, as many as the first page shows"""
    more_gaps: bool
    settle: list[WaitingQuestion]
    more_to_settle: bool


class DatesSection(TypedDict):
    dates: list[DateRow]
    undated: list[StartEntry]
    picture: DatesPicture | None


class ReportView(ReportHeader, FirstPage, DatesSection):
    """All a report shows."""

    since: SinceView | None
    count_tables: list[CountTable]
    open_tables: list[OpenTable]
    findings: list[FindingSection]
    """the requirements that apply or may apply, the most urgent first"""
    plan: list[OwnerPlan]
    comparison: list[ComparisonTable]
    settled: list[SettledLaw]
    answers: list[AnswerView]
    checklists: list[ChecklistView]
    """what was checked against, law by law"""
    made_from: str
    """the name of the record's file"""
    digest: str
