"""The register of actions as CSV: one row for each measure of the text that is missing, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tenken.assessment.findings import Assessment, Finding, Measure
from tenken.assessment.wording import Wording, drop_implied_reasons, load_labels
from tenken.messages.line_breaking import unify_line_breaks
from tenken.messages.message_catalog import list_languages
from tenken.records.record import NO_ANSWER, Record
from tenken.report.formats import ReportMaterial
from tenken.rules.answer_kinds import list_chosen_words
from tenken.rules.logic import Truth

_FORMULA_START = re.compile(r"(^(?=\t)|(?:^|[;\t\n])(?=[\s\ufeff\u200b\"]*[=+\-@＝＋－＠]))")
"""Where a spreadsheet finds the beginning of a formula: in a cell, or within it where it separates cells otherwise."""


def write_csv_report(material: ReportMaterial) -> str:
    return render_csv_register(material.assessment, material.record_file.record, material.wording)


def list_register_headers() -> tuple[bytes, ...]:
    """The first line of a register in every language, by which it is known again, as CSV has no comments."""
    return tuple(_render_register_header(load_labels(language)).encode() for language in list_languages())


def _render_register_header(labels: Mapping[str, Any]) -> str:
    return _render_csv_line(list(labels["register"].values()))


def render_csv_register(assessment: Assessment, record: Record, wording: Wording) -> str:
    """Comma-separated values as spreadsheets read them: with a byte order mark, and no cell that is a formula."""
    lines = [
        _render_csv_line([_defuse_formula(cell) for cell in row])
        for row in _list_register_rows(assessment, record, wording)
    ]
    return "\ufeff" + _render_register_header(wording.labels) + "".join(lines)


def _render_csv_line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _defuse_formula(cell: str) -> str:
    return _FORMULA_START.sub(r"\1'", unify_line_breaks(cell))


def _list_register_rows(assessment: Assessment, record: Record, wording: Wording) -> Iterator[list[str]]:
    for finding in assessment.findings:
        missing: tuple[Measure | None, ...] = finding.house_open
        if finding.status.needs_action:
            missing = (*(finding.outstanding or (None,)), *missing)
        for measure in missing:
            yield _build_register_row(finding, measure, record, wording)


def _build_register_row(finding: Finding, measure: Measure | None, record: Record, wording: Wording) -> list[str]:
    """One measure that is missing, or, where there are none, what is prohibited."""
    requirement = finding.requirement
    check = measure.check if measure else None
    given = record.answers.get(check.id, NO_ANSWER) if check else NO_ANSWER
    return [
        check.id if check else requirement.id,
        wording.render_citations(check.cites if check else requirement.cites),
        wording.join_heading(requirement.title, check.ask) if check else requirement.title,
        _render_applying_roles(finding, wording),
        _render_listed_day(finding, wording),
        wording.join_heading(wording.render_status(finding), wording.find_answer_label(check.id, measure.answer))
        if check and measure
        else wording.render_status(finding),
        wording.labels["marks"]["beside"].join(wording.render_reasons(finding.reasons)),
        (check.remedy if check else "") or requirement.remedy,
        given.owner,
        given.due.isoformat() if given.due else "",
        "; ".join(wording.add_in_brackets(item.at, item.shows) if item.shows else item.at for item in given.evidence),
        given.note,
    ]


def _render_listed_day(finding: Finding, wording: Wording) -> str:
    """A day that a spreadsheet knows as one, unless it is only the earliest or the latest it can be."""
    if finding.listed_day is None:
        return ""
    day, bound = finding.listed_day.isoformat(), wording.render_day_bound(finding)
    return wording.add_in_brackets(day, bound) if bound else day


def _render_applying_roles(finding: Finding, wording: Wording) -> str:
    """The roles in which the requirement applies; nothing where it asks for none."""
    asked = {id for id, question in wording.library.questions.items() if question.role}
    roles = [
        wording.find_answer_label(reason.question, word)
        for reason in drop_implied_reasons(finding.reasons)
        if reason.question in asked and reason.holds is Truth.YES
        for word in list_chosen_words(reason.value)
        if word in getattr(reason.fact, "values", ())
    ]
    return wording.join_list(dict.fromkeys(roles))
