"""Two files compared: which marks of an original are still in what is delivered."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from tenken.files.frozen_classes import Frozen
from tenken.marks.file_marks import FileMarks
from tenken.marks.mark_facts import ORIGIN_FIELDS
from tenken.marks.source_types import SaysAi


class Kept(StrEnum):
    """What became of a mark on the way."""

    KEPT = "kept"
    LOST = "lost"
    CHANGED = "changed"
    NEW = "new"


class MarkChange(Frozen):
    """One mark of the original or of what is delivered, and what each of them says."""

    mark: str
    kept: Kept
    before: str
    after: str


def compare_marks(original: FileMarks, delivered: FileMarks) -> list[MarkChange]:
    """Every mark that one of the two has."""
    before, after = dict(_list_marks(original)), dict(_list_marks(delivered))
    pairs = ((mark, before.get(mark, ""), after.get(mark, "")) for mark in dict.fromkeys((*before, *after)))
    return [MarkChange(mark, _name_change(was, is_now), was, is_now) for mark, was, is_now in pairs]


def _list_marks(marks: FileMarks) -> Iterator[tuple[str, str]]:
    if marks.credentials.state != "none":
        yield "c2pa", marks.credentials.state
    for said in marks.declarations:
        if said.says_ai == SaysAi.YES:
            yield f"declaration.{said.place}", said.term
    if marks.aigc.count:
        yield "aigc", marks.aigc.state
    for field in ORIGIN_FIELDS:
        if field in marks.origin:
            yield f"origin.{field}", marks.origin[field]


def _name_change(before: str, after: str) -> Kept:
    if before == after:
        return Kept.KEPT
    if not after:
        return Kept.LOST
    return Kept.CHANGED if before else Kept.NEW
