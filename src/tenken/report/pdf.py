"""The HTML report as PDF, made in a process that has only its memory and its time: the place WeasyPrint enters by."""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenken.files.bounded_process import Limits, run_bounded
from tenken.files.problems import Place, Problem, Problems
from tenken.report.formats import ReportMaterial
from tenken.report.pages import build_material_view, render_html_report, write_html_forms

if TYPE_CHECKING:
    from tenken.report.view.report_types import ReportView

PDF_LIMITS = Limits(seconds=180, megabytes=2048)
"""What a PDF may take; one of 300 requirements takes a quarter of it."""

_TOO_MUCH = "this PDF takes more than {seconds} seconds or {megabytes} MiB; any browser prints the HTML report to PDF"
_NO_WEASYPRINT = "a PDF needs WeasyPrint: pip install 'tenken[pdf]'; any browser prints the HTML report to PDF, too"

_CSS_COLOUR = re.compile(r"(--[\w-]+):([^;}]+)")
_CSS_PAINT_RULE = re.compile(r"[^{}]*\{[^{}]*\b(?:fill|stroke|text-anchor):[^{}]*\}")
_SVG_START_TAG = re.compile(r"<svg [^>]*>")
_CSS_VARIABLE = re.compile(r"var\((--[\w-]+)\)")


def write_pdf_report(material: ReportMaterial) -> bytes:
    return render_pdf_report(build_material_view(material), material.letterhead)


def write_pdf_forms(material: ReportMaterial) -> bytes:
    """The official forms as PDF, known again by another last line."""
    return _make_pdf(write_html_forms(material)) + b"% forms made by tenken\n"


def render_pdf_report(view: ReportView, letterhead: Path | None = None) -> bytes:
    """The HTML report as PDF; its last line is a comment by which it is known again."""
    return _make_pdf(render_html_report(view, letterhead)) + b"% made by tenken\n"


def _make_pdf(page: str) -> bytes:
    """A page as PDF; raises `Problems` where WeasyPrint is not installed, or the page is too much for it."""
    answer = run_bounded("tenken.report.pdf:convert_page_to_pdf", {"page": page}, PDF_LIMITS, os.environ)
    if answer is None:
        raise Problems(Problem(Place("--format"), _TOO_MUCH, PDF_LIMITS._asdict()))
    if "pdf" not in answer:
        raise Problems(Problem(Place("--format"), _NO_WEASYPRINT))
    return b64decode(answer["pdf"])


def convert_page_to_pdf(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A page as tagged PDF, in which nothing is fetched; nothing where WeasyPrint is not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        return {}
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # or each font in the file tells the second it was put there
    document = HTML(string=_paint_pictures(request["page"]), url_fetcher=URLFetcher(allowed_protocols=["data"]))
    return {"pdf": b64encode(document.write_pdf(pdf_variant="pdf/ua-1")).decode()}


def _paint_pictures(page: str) -> str:
    """The page with its colours in its pictures, which WeasyPrint draws without the style of the page."""
    style = page.partition("<style>")[2].partition("forced-colors")[0]
    colours = dict(_CSS_COLOUR.findall(style.partition("}")[0]))
    rules = _CSS_VARIABLE.sub(lambda found: colours.get(found[1], "#000"), "".join(_CSS_PAINT_RULE.findall(style)))
    paint = f"<style>{rules}text{{font-size:13px;font-family:sans-serif}}</style>"
    return _SVG_START_TAG.sub(lambda found: found[0] + paint, page)
