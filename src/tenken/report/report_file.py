"""Findings to text, and where that text may be written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tenken.files.durable_writing import write_durably
from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import Place, Problem, Problems

REPORT_SIGNATURE = b"tenken"
"""Stands in the first lines of every file tenken makes; a file without it is never written over."""


def render_html_report(view: Mapping[str, Any], own: Path | None = None) -> str:
    """The report as one HTML page that needs nothing else; `own` is a folder with a template that extends ours."""
    if own:
        from tenken.report.letterhead.rendering import render_own_template

        return render_own_template("report.html.j2", own, view)
    from tenken.report.templates import render_html_template

    return render_html_template("report.html.j2", view)


def render_markdown_report(view: Mapping[str, Any], own: Path | None = None) -> str:
    """The short report, for a pull request or the summary of a job."""
    if own:
        from tenken.report.letterhead.rendering import render_own_template

        return render_own_template("report.md.j2", own, view)
    from tenken.report.templates import render_markdown_template

    return render_markdown_template("report.md.j2", view)


def render_pdf_report(view: Mapping[str, Any], own: Path | None = None) -> bytes:
    """The HTML report as PDF."""
    from tenken.report.pdf import convert_page_to_pdf

    return convert_page_to_pdf(render_html_report(view, own))


def render_json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def write_report(path: Path, text: str | bytes, *, force: bool = False, signature: bytes = REPORT_SIGNATURE) -> None:
    """Writes a report; raises `Problems` rather than replace a file that tenken did not make."""
    if path.exists() and not force and not _is_made_by_tenken(read_file_bytes(path), signature):
        text = "tenken did not make this file; name another with -o, or use --force"
        raise Problems(Problem(Place(str(path)), text))
    write_durably(path, text)


def _is_made_by_tenken(content: bytes, signature: bytes) -> bool:
    return signature in content[:1000] or content.endswith(signature)
