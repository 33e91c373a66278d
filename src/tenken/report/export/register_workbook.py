"""The register as a workbook: the answer first, then every requirement, the measures, what is open, evidence, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tenken.assessment.accepted_gaps import map_accepted_gaps
from tenken.assessment.findings import Assessment, Finding, Measure
from tenken.assessment.wording import Wording
from tenken.records.record import NO_ANSWER
from tenken.report.export.csv_register import (
    list_acceptance_cells,
    list_measure_cells,
    list_naming_cells,
    list_register_measures,
    list_standing_cells,
)
from tenken.report.export.register_lists import RegisterRow, list_date_rows, list_evidence_rows, list_open_rows
from tenken.report.export.summary_text import list_summary_blocks
from tenken.report.export.workbook import CellValue, Column, Sheet, write_workbook
from tenken.report.formats import REGISTER_WORKBOOK, ReportMaterial
from tenken.report.view.whole_report import build_summary_view
from tenken.rules.answer_kinds import parse_day

_REGISTER_WIDTHS = {
    "duty": 44,
    "why": 60,
    "fix": 50,
    "answer": 16,
    "law": 26,
    "citation": 22,
    "evidence": 40,
    "note": 40,
    "reason": 36,
    "shows": 40,
    "what": 70,
    "question": 60,
    "hash": 20,
    "applies_from": 12,
    "applies_until": 12,
    "due": 12,
    "at": 12,
    "date": 12,
    "of": 12,
    "good_until": 12,
    "accepted_until": 12,
}
_USUAL_REGISTER_WIDTH = 18
_NAMING_CELLS = ("requirement", "check", "citation", "duty", "force")
_STANDING_CELLS = ("role", "applies_from", "applies_until", "status", "why")
_MEASURE_CELLS = ("answer", "fix", "owner", "due", "evidence", "reason", "note", "proof")
_ACCEPTANCE_CELLS = ("accepted_by", "accepted_until", "accepted_because", "accepted_ended")
_REQUIREMENT_COLUMNS = (
    "law", "requirement", "duty", "status", "why", "citation", "force", "role", "applies_from", "day_is",
    "applies_until", "fix", "owner", "due", *_ACCEPTANCE_CELLS,
)  # fmt: skip
_MEASURE_COLUMNS = (
    "law", "requirement", "duty", "answer", "fix", "owner", "due", "proof", "evidence", "reason", "note", "by", "at",
    "basis", "citation", "status", "applies_from", "day_is", "check",
)  # fmt: skip
_OPEN_COLUMNS = ("question", "so_far", "who_knows", "passed_on", "note", "waits")
_EVIDENCE_COLUMNS = ("question", "evidence", "shows", "of", "good_until", "brought_by", "fault", "hash", "id")
_DATE_COLUMNS = ("date", "what", "id")
_DAYS = frozenset({"applies_until", "due", "accepted_until"})
_FROZEN = 2
_PRINTED = 9
"""How many columns stay legible on a page."""
_ANSWER_WIDTH = 100


def write_register_workbook(material: ReportMaterial) -> bytes:
    wording, record, as_of = material.wording, material.record_file.record, material.assessment.situation.as_of
    sheets = [_build_first_sheet(material)]
    sheets += [_build_sheet(name, rows(material), wording, columns) for name, columns, rows in _SHEETS]
    footer = wording.labels["marks"]["beside"].join(filter(None, [record.system, record.release, as_of.isoformat()]))
    return write_workbook(sheets, REGISTER_WORKBOOK, as_of, footer)


def _build_first_sheet(material: ReportMaterial) -> Sheet:
    """The first page of the report: what begins each part of it in bold, and a row between two."""
    rows: list[list[CellValue]] = []
    strong: set[tuple[int, int]] = set()
    view = build_summary_view(material.assessment, material.record_file.record, material.wording)
    for head, *more in list_summary_blocks(view, material.wording):
        rows += [[""]] if rows else []
        strong.add((len(rows), 0))
        rows += [[line] for line in (head, *more)]
    name = material.wording.labels["register_book"]["answer"]
    return Sheet(name, [Column("", _ANSWER_WIDTH)], rows, strong=frozenset(strong), has_headings=False)


def _build_sheet(name: str, rows: Iterable[RegisterRow], wording: Wording, columns: Sequence[str]) -> Sheet:
    """A sheet of rows by the names of their columns; what is a day becomes one."""
    labels = {**wording.labels["register_book"], **wording.labels["register"]}
    return Sheet(
        wording.labels["register_book"][name],
        [Column(labels[column], _REGISTER_WIDTHS.get(column, _USUAL_REGISTER_WIDTH)) for column in columns],
        [[_read_cell(column, row) for column in columns] for row in rows],
        frozen=min(len(columns) - 1, _FROZEN),
        printed=min(len(columns), _PRINTED),
    )


def _read_cell(column: str, row: RegisterRow) -> CellValue:
    cell = row.get(column, "")
    try:
        return parse_day(cell) if column in _DAYS and isinstance(cell, str) else cell
    except ValueError:
        return cell


def _list_requirement_rows(material: ReportMaterial) -> Iterator[RegisterRow]:
    """Every requirement with where it stands and why, also where it does not apply."""
    assessment, record, wording = material.assessment, material.record_file.record, material.wording
    accepted = map_accepted_gaps(record, assessment)
    for finding in assessment.findings:
        id = finding.requirement.id
        cells = dict(zip(_MEASURE_CELLS, list_measure_cells(finding, None, assessment, record, wording), strict=True))
        answered_for = list_acceptance_cells(accepted.get(id), wording)
        yield {
            **_name_finding(finding, None, assessment, wording),
            **{name: cells[name] for name in ("fix", "owner", "due")},
            **dict(zip(_ACCEPTANCE_CELLS, answered_for, strict=True)),
        }


def _list_measure_rows(material: ReportMaterial) -> Iterator[RegisterRow]:
    """Every measure of what applies, with what was said of it and what shows that."""
    assessment, record, wording = material.assessment, material.record_file.record, material.wording
    for finding in assessment.findings:
        for measure in list_register_measures(finding):
            given = record.answers.get(measure.check.id, NO_ANSWER)
            cells = list_measure_cells(finding, measure, assessment, record, wording)
            yield {
                **_name_finding(finding, measure, assessment, wording),
                **dict(zip(_MEASURE_CELLS, cells, strict=True)),
                "basis": wording.labels["basis"][measure.check.basis],
                "by": given.by,
                "at": given.at.date() if given.at else "",
            }


def _name_finding(
    finding: Finding, measure: Measure | None, assessment: Assessment, wording: Wording
) -> dict[str, CellValue]:
    """What is asked and where it stands, with the day it is listed under and what that day is."""
    as_of = assessment.situation.as_of
    return {
        "law": assessment.library.checklists[finding.requirement.checklist].title,
        **dict(zip(_NAMING_CELLS, list_naming_cells(finding, measure, wording), strict=True)),
        **dict(zip(_STANDING_CELLS, list_standing_cells(finding, as_of, wording), strict=True)),
        "applies_from": finding.listed_day or "",
        "day_is": wording.render_day_bound(finding),
    }


_SHEETS = (
    ("requirements", _REQUIREMENT_COLUMNS, _list_requirement_rows),
    ("measures", _MEASURE_COLUMNS, _list_measure_rows),
    ("open", _OPEN_COLUMNS, list_open_rows),
    ("evidence", _EVIDENCE_COLUMNS, list_evidence_rows),
    ("dates", _DATE_COLUMNS, list_date_rows),
)
"""The sheets after the first: what each is called, its columns, and what lists its rows."""
