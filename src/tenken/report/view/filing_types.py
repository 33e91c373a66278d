"""What templates are given to file a report as a document, as types: its head, who signed it, what its words mean."""

from __future__ import annotations

from typing import TypedDict


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
