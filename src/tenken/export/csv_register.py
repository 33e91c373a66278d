"""The register of actions as CSV: one row for each measure of the text that is missing, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tenken.answers import Given, Record
from tenken.assess import Assessment, Finding, Measure, Status
from tenken.logic import Truth
from tenken.words import Words, telling

_FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula."""


def signature(words: Words) -> bytes:
    """The first line of every register, by which it is known again."""
    return _line(list(words.labels["register"].values())).encode()


def register(assessment: Assessment, record: Record, words: Words) -> str:
    """Comma-separated values as spreadsheets read them: with a byte order mark, and no cell that is a formula."""
    lines = [_line([_defused(cell) for cell in row]) for row in _rows(assessment, record, words)]
    return "\ufeff" + signature(words).decode() + "".join(lines)


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _rows(assessment: Assessment, record: Record, words: Words) -> Iterator[list[str]]:
    for found in assessment.findings:
        missing: tuple[Measure | None, ...] = found.house_open
        if found.status is Status.GAP:
            missing = (*(found.outstanding or (None,)), *missing)
        for measure in missing:
            yield _row(found, measure, record, words)


def _row(found: Finding, measure: Measure | None, record: Record, words: Words) -> list[str]:
    """One measure that is missing, or, where there are none, what is prohibited."""
    requirement = found.requirement
    check = measure.check if measure else None
    given = record.answers.get(check.id, Given()) if check else Given()
    return [
        check.id if check else requirement.id,
        words.cites(check.cites if check else requirement.cites),
        words.headed(requirement.title, check.ask) if check else requirement.title,
        _role(found, words),
        found.since.isoformat() if found.since else "",
        words.headed(words.status(found), words.label(check.id, measure.answer))
        if check and measure
        else words.status(found),
        " / ".join(words.reasons(found.reasons)),
        (check.remedy if check else "") or requirement.remedy,
        given.owner,
        given.due.isoformat() if given.due else "",
        "; ".join(words.beside(item.at, item.shows) if item.shows else item.at for item in given.evidence),
        given.note,
    ]


def _role(found: Finding, words: Words) -> str:
    """The roles in which the requirement applies; nothing where it asks for none."""
    asked = {id for id, question in words.library.questions.items() if question.role}
    roles = [
        words.label(reason.question, word)
        for reason in telling(found.reasons)
        if reason.question in asked and reason.holds is Truth.YES and isinstance(reason.value, tuple)
        for word in reason.value
        if word in getattr(reason.fact, "values", ())
    ]
    return words.listed(dict.fromkeys(roles))
