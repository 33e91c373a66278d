"""The HTML report as PDF: the one place WeasyPrint enters by."""

from __future__ import annotations

import re

from tenken.problems import Place, Problem, Problems

SIGNATURE = b"% made by tenken\n"
"""The last line of every PDF, by which it is known again."""

_COLOUR = re.compile(r"(--[\w-]+):([^;}]+)")
_PAINT = re.compile(r"[^{}]*\{[^{}]*\b(?:fill|stroke|text-anchor):[^{}]*\}")
_PICTURE = re.compile(r"<svg [^>]*>")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")


def made(page: str) -> bytes:
    """The page as tagged PDF; nothing is fetched. Raises `Problems` where WeasyPrint is not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        text = "a PDF needs WeasyPrint: pip install 'tenken[pdf]'; any browser prints the HTML report to PDF, too"
        raise Problems(Problem(Place("--format"), text)) from None
    document = HTML(string=_painted(page), url_fetcher=URLFetcher(allowed_protocols=["data"]))
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return content + SIGNATURE


def _painted(page: str) -> str:
    """The page with its colours in its pictures, which WeasyPrint draws without the style of the page."""
    style = page.partition("<style>")[2].partition("forced-colors")[0]
    colours = dict(_COLOUR.findall(style.partition("}")[0]))
    rules = _VARIABLE.sub(lambda found: colours.get(found[1], "#000"), "".join(_PAINT.findall(style)))
    paint = f"<style>{rules}text{{font-size:13px;font-family:sans-serif}}</style>"
    return _PICTURE.sub(lambda found: found[0] + paint, page)
