"""The HTML report as PDF, made in a process that has only its memory and its time: the place WeasyPrint enters by."""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tenken.files.bounded_process import Limits, run_bounded
from tenken.files.problems import Place, Problem, Problems
from tenken.report.formats import PDF_FORMS, PDF_REPORT, PDF_SUMMARY, ReportMaterial
from tenken.report.pages import write_html_forms, write_html_report, write_html_summary

if TYPE_CHECKING:
    import pydyf

PDF_LIMITS = Limits(seconds=180, megabytes=2048)
"""What a PDF may take; one of 300 requirements takes a quarter of it."""

_TOO_MUCH = "this PDF takes more than {seconds} seconds or {megabytes} MiB; any browser prints the HTML report to PDF"
_NO_WEASYPRINT = "a PDF needs WeasyPrint: pip install 'tenken[pdf]'; any browser prints the HTML report to PDF, too"

_CSS_COLOUR = re.compile(r"(--[\w-]+):([^;}]+)")
_CSS_PAINT_RULE = re.compile(r"[^{}]*\{[^{}]*\b(?:fill|stroke|text-anchor):[^{}]*\}")
_SVG_START_TAG = re.compile(r"<svg [^>]*>")
_CSS_VARIABLE = re.compile(r"var\((--[\w-]+)\)")


def write_pdf_report(material: ReportMaterial) -> bytes:
    return make_pdf(write_html_report(material), PDF_REPORT)


def write_pdf_summary(material: ReportMaterial) -> bytes:
    return make_pdf(write_html_summary(material), PDF_SUMMARY)


def write_pdf_forms(material: ReportMaterial) -> bytes:
    return make_pdf(write_html_forms(material), PDF_FORMS)


def make_pdf(page: str, last_line: bytes) -> bytes:
    """A page as PDF; raises `Problems` where WeasyPrint is not installed, or the page is too much for it."""
    answer = run_bounded("tenken.report.pdf:convert_page_to_pdf", {"page": page}, PDF_LIMITS, os.environ)
    if answer is None:
        raise Problems(Problem(Place("--format"), _TOO_MUCH, PDF_LIMITS._asdict()))
    if "pdf" not in answer:
        raise Problems(Problem(Place("--format"), _NO_WEASYPRINT))
    return b64decode(answer["pdf"]) + last_line


def convert_page_to_pdf(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A page as tagged PDF, in which nothing is fetched; nothing where WeasyPrint is not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        return {}
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # or each font in the file tells the second it was put there
    document = HTML(string=_paint_pictures(request["page"]), url_fetcher=URLFetcher(allowed_protocols=["data"]))
    return {"pdf": b64encode(document.write_pdf(pdf_variant="pdf/ua-1", finisher=_scope_header_cells)).decode()}


def _scope_header_cells(_document: object, pdf: pydyf.PDF) -> None:
    """Says of each header cell what it heads, a column or a row, which WeasyPrint leaves to be worked out."""
    for cell in pdf.objects:
        if isinstance(cell, dict) and cell.get("S") == "/TH" and "A" in cell:
            row = _find_parent(cell, pdf)
            cell["A"]["Scope"] = "/Column" if _find_parent(row, pdf)["S"] == "/THead" else "/Row"


def _find_parent(element: Mapping[str, Any], pdf: pydyf.PDF) -> Mapping[str, Any]:
    """The element of the tree of tags that holds another; it is named by its number, as `12 0 R`."""
    parent: Mapping[str, Any] = pdf.objects[int(element["P"].split()[0])]
    return parent


def _paint_pictures(page: str) -> str:
    """The page with its colours in its pictures, which WeasyPrint draws without the style of the page."""
    style = page.partition("<style>")[2].partition("forced-colors")[0]
    colours = dict(_CSS_COLOUR.findall(style.partition("}")[0]))
    rules = _CSS_VARIABLE.sub(lambda found: colours.get(found[1], "#000"), "".join(_CSS_PAINT_RULE.findall(style)))
    paint = f"<style>{rules}text{{font-size:13px;font-family:sans-serif}}</style>"
    return _SVG_START_TAG.sub(lambda found: found[0] + paint, page)
