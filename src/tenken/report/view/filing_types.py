"""What templates are given to file a report, as types: its head, who signed it, what its words mean, official forms."""

from __future__ import annotations

from typing import TypedDict

from tenken.report.view.finding_types import EvidenceView, SourceWords


class FiledLine(TypedDict):
    """A line of the head of a document: what it is, and what it says."""

    name: str
    says: str


class HistoryRow(TypedDict):
    version: str
    on: str
    what: str
    by: str


class SignatureView(TypedDict):
    by: str
    position: str
    on: str


class SignatureBox(TypedDict):
    """Who signed in one role; empty until somebody did."""

    role: str
    signed: list[SignatureView]


class DocumentView(TypedDict):
    """The head of the document, and who signed it."""

    confidentiality: str
    short: list[str]
    """the few words for the first page"""
    lines: list[FiledLine]
    history: list[HistoryRow]
    boxes: list[SignatureBox]


class DefinedWords(TypedDict):
    """Words that this report says of requirements or answers, and what they mean in it."""

    words: list[str]
    means: str


class FormRowView(TypedDict):
    """A row of an official form: its words, whether it is done, by whom, how it stands and what that rests on."""

    number: str
    title: str
    ask: str
    source_words: SourceWords | None
    is_done: bool
    in_charge: list[str]
    state: str
    remarks: list[str]
    proof: list[EvidenceView]


class FormView(TypedDict):
    title: str
    says: str
    rows: list[FormRowView]


class FormItem(TypedDict):
    """A requirement that rows of forms sum up, and the rows it stands in."""

    id: str
    title: str
    cites: str
    rows: list[str]
    status: str
    in_charge: list[str]


class FormsPage(TypedDict):
    """The official forms of the checklists of a record, and where each of its requirements stands in them."""

    forms: list[FormView]
    items: list[FormItem]
