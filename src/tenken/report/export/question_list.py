"""What is asked of whom, as all files of questions are made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tenken.assessment.next_questions import NextQuestion
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen
from tenken.records.record import Record


class QuestionList(Frozen):
    """The questions that are next, and what nobody was sure of, with who would know."""

    wording: Wording
    asked: Sequence[NextQuestion]
    unsure: Mapping[str, str] = {}
    record: Record | None = None
    path: Path | None = None
    """The file of the record, which the answers come back to."""
    name: str = ""
    """Who is asked, if it is one person."""
    may_follow: bool = False
    """Whether the answers may open more questions."""
    fitting: Sequence[str] = ()
    """Sentences on the checklists that fit besides."""
    made_on: date = date.min
    delimiter: str = ","
    """What stands between the cells of a table in CSV."""
