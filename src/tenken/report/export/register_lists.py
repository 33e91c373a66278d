"""What stands in a register beside the requirements: the answers still to be had, the evidence, and the days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenken.records.record import Evidence
from tenken.report.export.timeline import list_timeline_entries
from tenken.report.export.workbook import CellValue
from tenken.report.formats import ReportMaterial
from tenken.report.view.action_plan import build_settling_list
from tenken.report.view.answer_details import build_answer_details
from tenken.report.view.whole_report import sort_by_urgency
from tenken.rules.requirement import ANY_AGE

RegisterRow = Mapping[str, CellValue]


def list_open_rows(material: ReportMaterial) -> Iterator[RegisterRow]:
    """The answers that would settle something, the most urgent first, each with what waits for it."""
    assessment, record, wording = material.assessment, material.record_file.record, material.wording
    for question in build_settling_list(sort_by_urgency(assessment.findings), assessment, record, wording):
        yield {
            "question": question["ask"],
            "so_far": question["answer"],
            "who_knows": question["who_knows"],
            "passed_on": question["asked"],
            "note": question["note"],
            "waits": "\n".join(dict.fromkeys(question["requirements"])),
        }


def list_evidence_rows(material: ReportMaterial) -> Iterator[RegisterRow]:
    """Each piece of evidence with the answer it stands for, and what is wrong with it on the day of the report."""
    assessment, record, wording = material.assessment, material.record_file.record, material.wording
    library = assessment.library
    for id in (id for id in library.order if id in record.answers):
        given = record.answers[id]
        lasts = library.checks[id][1].evidence_lasts if id in library.checks else ANY_AGE
        details = build_answer_details(given, assessment.situation.as_of, wording, lasts)
        for item, view in zip(given.evidence, details["proof"], strict=True):
            yield {"question": wording.find_question_heading(id), "id": id, **_list_evidence_cells(item, view["wrong"])}


def _list_evidence_cells(item: Evidence, wrong: str) -> RegisterRow:
    return {
        "evidence": item.at,
        "shows": item.shows,
        "of": item.on or "",
        "good_until": item.review_by or "",
        "brought_by": item.by,
        "fault": wrong,
        "hash": item.sha256,
    }


def list_date_rows(material: ReportMaterial) -> Iterator[RegisterRow]:
    """The days on which something starts, ends or is due, then what has no day yet."""
    for day, said in list_timeline_entries(material):
        id, _, what = said.partition("  ")
        yield {"date": day or "", "what": what, "id": id}
