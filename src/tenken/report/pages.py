"""The report as a page of HTML or Markdown, by our templates or by a letterhead that extends them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenken.files.file_reading import digest_bytes
from tenken.records.applicable_rules import HOUSE_RULES_FOLDER
from tenken.records.document_head import complete_document_head
from tenken.report.formats import ReportMaterial
from tenken.report.templates import render_folder_address, render_html_template, render_markdown_template
from tenken.report.view.header import build_report_header
from tenken.report.view.whole_report import build_report_view, build_summary_view

if TYPE_CHECKING:
    from tenken.records.record import Record
    from tenken.records.record_file import RecordFile
    from tenken.report.view.report_types import ReportView, SummaryView


def write_html_report(material: ReportMaterial) -> str:
    return render_html_report(build_material_view(material), material.letterhead)


def write_html_summary(material: ReportMaterial) -> str:
    return render_html_report(build_page_one(material), material.letterhead)


def write_markdown_report(material: ReportMaterial) -> str:
    return render_markdown_report(build_material_view(material), material.letterhead)


def write_markdown_summary(material: ReportMaterial) -> str:
    return render_markdown_report(build_page_one(material), material.letterhead)


def build_page_one(material: ReportMaterial) -> SummaryView:
    """What the templates show on the first page alone; a letterhead finds all that it may name."""
    if material.letterhead:
        whole = build_material_view(material)
        whole["extent"] = "summary"
        return whole
    return build_summary_view(material.assessment, _complete_record(material.record_file), material.wording)


def write_html_forms(material: ReportMaterial) -> str:
    """The official forms as one HTML page."""
    return render_html_template("forms.html.j2", _build_forms_view(material))


def write_markdown_forms(material: ReportMaterial) -> str:
    return render_markdown_template("forms.md.j2", _build_forms_view(material))


def _build_forms_view(material: ReportMaterial) -> Mapping[str, Any]:
    from tenken.report.view.forms import build_forms_page  # noqa: PLC0415 - few reports are filed in a form

    assessment, wording = material.assessment, material.wording
    return {
        **build_report_header(assessment, _complete_record(material.record_file), wording),
        **build_forms_page(assessment, material.record_file.record, wording),
        "folder_address": _find_folder_address(material),
        "extent": "main",
    }


def build_material_view(material: ReportMaterial) -> ReportView:
    """What the templates show of a record in a file."""
    record_file = material.record_file
    view = build_report_view(
        material.assessment,
        _complete_record(record_file),
        material.wording,
        record_file.path.name,
        digest_bytes(record_file.seen or b""),
        moved=material.since,
        extent="full" if material.is_full else "main",
    )
    return {**view, "folder_address": _find_folder_address(material)}


def _complete_record(record_file: RecordFile) -> Record:
    return complete_document_head(record_file.record, record_file.folder / HOUSE_RULES_FOLDER)


def _find_folder_address(material: ReportMaterial) -> str:
    return render_folder_address(material.record_file.folder, material.folder or material.record_file.folder)


def render_html_report(view: SummaryView | ReportView, letterhead: Path | None = None) -> str:
    """The report as one HTML page that needs nothing else."""
    return _fill_in_template("report.html.j2", view, letterhead, render_html_template)


def render_markdown_report(view: SummaryView | ReportView, letterhead: Path | None = None) -> str:
    """The report as Markdown, with all the page says, for a pull request, a wiki or the summary of a job."""
    return _fill_in_template("report.md.j2", view, letterhead, render_markdown_template)


def _fill_in_template(
    name: str, view: SummaryView | ReportView, letterhead: Path | None, render: Callable[[str, Mapping[str, Any]], str]
) -> str:
    if letterhead is None:
        return render(name, view)
    from tenken.report.letterhead.rendering import render_own_template  # noqa: PLC0415 - few reports need it

    return render_own_template(name, letterhead, view)
