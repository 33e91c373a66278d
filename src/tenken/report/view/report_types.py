"""What templates are given, as types: the whole report, its header, its tables and its picture."""

from __future__ import annotations

from typing import TypedDict

from tenken.report.view.filing_types import DefinedWords, DocumentView
from tenken.report.view.finding_types import (
    AcceptedRow,
    Action,
    AnswerDetails,
    CheckView,
    ExceptionView,
    FindingHeading,
    FindingSection,
    GapEntry,
    Labels,
    PlanRow,
    WaitingQuestion,
)
from tenken.report.view.table_types import CountTable, DateRow, DatesPicture, StartEntry


class LawSentence(TypedDict):
    title: str
    """the name of the law"""
    sentence: str
    """what it makes of the system, how many duties that is, what is not met and what is open"""
    not_assessed: str
    """what else the law asks of such a system and was not asked here; perhaps empty"""
    is_voluntary: bool


class OpenAction(TypedDict):
    """What is to be done, with everybody who has it in hand."""

    text: str
    people: list[Action]


class OpenPoint(FindingSection):
    """A requirement of which something is open; `tags` name the filters it passes."""

    missing: list[CheckView]
    todo: list[OpenAction]
    law: str
    time: str
    tags: str


class FilterChoice(TypedDict):
    tag: str
    label: str


class FilterGroup(TypedDict):
    name: str
    title: str
    choices: list[FilterChoice]


class OpenSection(TypedDict):
    """What is open in one tone."""

    id: str
    words: Labels
    groups: list[FilterGroup]
    points: list[OpenPoint]


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
    document: DocumentView | None
    defined_words: list[DefinedWords]
    notices: list[str]


class NextDate(TypedDict):
    """A day to come, and what starts on it in a few words."""

    day: str
    iso: str
    starts: str


class FirstPage(TypedDict):
    laws: list[LawSentence]
    """the answer, law by law, but for laws of which nothing applies"""
    idle_laws: str
    """one line on the laws of which nothing applies; perhaps empty"""
    first: list[GapEntry]
    """the most urgent gaps, as many as the first page shows"""
    unowned: str
    more_gaps: str
    accepted_count: str
    settle: list[WaitingQuestion]
    more_to_settle: str
    next_dates: list[NextDate]


class DatesSection(TypedDict):
    dates: list[DateRow]
    undated: list[StartEntry]
    picture: DatesPicture | None


class PlanSection(TypedDict):
    """Who has what in hand, a sentence on the gaps that nobody has, and those that somebody answers for."""

    plan: list[PlanRow]
    unplanned: str
    accepted: list[AcceptedRow]


class AnnexSections(TypedDict):
    """What stands behind the answer; `ages` says in a sentence or two how old the answers are."""

    count_tables: list[CountTable]
    comparison: list[ComparisonTable]
    settled: list[SettledLaw]
    answers: list[AnswerView]
    checklists: list[ChecklistView]
    """what was checked against, law by law"""
    left_out: list[str]
    ages: list[str]


class SummaryView(ReportHeader, FirstPage):
    """What page one shows; `extent` is how much is made: the `summary`, that page, the `main` part or `full`."""

    extent: str


class ReportView(SummaryView, PlanSection, DatesSection, AnnexSections):
    """All a report shows.

    `folder_address` is that of the record's folder from where the report lies; empty for the same folder.
    """

    since: SinceView | None
    open_sections: list[OpenSection]
    findings: list[FindingSection]
    """the requirements that apply or may apply, the most urgent first"""
    made_from: str
    """the name of the record's file"""
    folder_address: str
    digest: str
