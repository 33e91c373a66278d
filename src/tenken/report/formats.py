"""The forms a report can take, by the name or the ending of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tenken.assessment.changes_since import ChangesSince
from tenken.assessment.findings import Assessment
from tenken.assessment.wording import Wording
from tenken.files.file_reading import digest_bytes
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.records.record_file import RecordFile
from tenken.report.export.json_result import build_result
from tenken.report.report_file import (
    REPORT_SIGNATURE,
    render_html_report,
    render_json,
    render_markdown_report,
    render_pdf_report,
)

ReportWriter = Callable[[RecordFile, Assessment, Wording, ChangesSince | None], str | bytes]
"""What writes a report of a record, perhaps with what is different since an earlier time."""
TemplateRenderer = Callable[[Mapping[str, Any]], str | bytes]


def _render_by_template(
    make: TemplateRenderer,
    record_file: RecordFile,
    assessment: Assessment,
    wording: Wording,
    since: ChangesSince | None,
) -> str | bytes:
    """What a template makes of a record."""
    from tenken.report.view.whole_report import build_report_view

    shown = build_report_view(
        assessment,
        record_file.record,
        wording,
        record_file.path.name,
        digest_bytes(record_file.seen or b""),
        moved=since,
    )
    return make(shown)


def _render_json_report(
    record_file: RecordFile, assessment: Assessment, wording: Wording, since: ChangesSince | None
) -> str:
    return render_json(build_result(assessment, record_file.record, since))


def _render_csv_report(
    record_file: RecordFile, assessment: Assessment, wording: Wording, since: ChangesSince | None
) -> str:
    from tenken.report.export.csv_register import render_csv_register

    return render_csv_register(assessment, record_file.record, wording)


def _render_dates_part(
    record_file: RecordFile, assessment: Assessment, wording: Wording, since: ChangesSince | None
) -> str:
    from tenken.report.export.timeline import render_timeline_text

    return render_timeline_text(assessment, wording)


def _render_comparison_part(
    record_file: RecordFile, assessment: Assessment, wording: Wording, since: ChangesSince | None
) -> str:
    from tenken.report.export.comparison_text import render_comparison_text
    from tenken.terminal.output import measure_terminal_size

    return render_comparison_text(assessment, wording, measure_terminal_size()[0])


def _render_calendar_part(
    record_file: RecordFile, assessment: Assessment, wording: Wording, since: ChangesSince | None
) -> str:
    from tenken.report.export.timeline import render_calendar

    return render_calendar(assessment, record_file.record, wording)


TEMPLATE_RENDERERS: Mapping[str, Callable[..., str | bytes]] = {
    "html": render_html_report,
    "md": render_markdown_report,
    "pdf": render_pdf_report,
}
WHOLE_REPORT_WRITERS: Mapping[str, ReportWriter] = {
    **{form: partial(_render_by_template, partial(make, own=None)) for form, make in TEMPLATE_RENDERERS.items()},
    "json": _render_json_report,
    "csv": _render_csv_report,
}
REPORT_PART_WRITERS: Mapping[str, Mapping[str, ReportWriter]] = {
    "dates": {"text": _render_dates_part, "ics": _render_calendar_part},
    "comparison": {"text": _render_comparison_part},
}
"""What `--only` picks out, and the forms of each; the first is the usual one."""


def find_report_writer(form: str, only: str = "", own: Path | None = None) -> ReportWriter:
    """How a report, or one part of it, is written in a form; `own` is a folder of templates that extend ours.

    Raises `Problems` for what there is not.
    """
    if own:
        return partial(
            _render_by_template, partial(require_choice("--template", only or form, TEMPLATE_RENDERERS), own=own)
        )
    forms: Mapping[str, ReportWriter] = (
        require_choice("--only", only, REPORT_PART_WRITERS) if only else WHOLE_REPORT_WRITERS
    )
    found: ReportWriter = require_choice("--format", form or next(iter(forms)), forms)
    return found


def require_choice(option: str, said: str, known: Mapping[str, Any]) -> Any:
    if said not in known:
        facts = {"said": said, "hint": suggest_instead(said, known)}
        raise Problems(Problem(Place(option), "{said} is not one of the choices; {hint}", facts))
    return known[said]


def find_file_signature(form: str, wording: Wording) -> bytes:
    """What a file of this form begins or ends with if tenken made it."""
    if form == "pdf":
        from tenken.report.pdf import PDF_SIGNATURE

        return PDF_SIGNATURE
    if form == "csv":
        from tenken.report.export.csv_register import render_register_header

        return render_register_header(wording)
    return REPORT_SIGNATURE
