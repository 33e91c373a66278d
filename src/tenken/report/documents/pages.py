"""A draft as a page of Markdown, HTML or PDF."""

from __future__ import annotations

import re
from typing import Any

from tenken.report.documents.draft import build_draft
from tenken.report.documents.material import PDF_DRAFT, DraftMaterial
from tenken.report.templates import render_html_template, render_markdown_template


def write_html_draft(material: DraftMaterial) -> str:
    """One page that needs nothing else."""
    view: Any = build_draft(material)
    return render_html_template("draft.html.j2", view)


def write_markdown_draft(material: DraftMaterial) -> str:
    view: Any = build_draft(material)
    return re.sub("\n{3,}", "\n\n", render_markdown_template("draft.md.j2", view)).strip("\n") + "\n"


def write_pdf_draft(material: DraftMaterial) -> bytes:
    from tenken.report.pdf import make_pdf  # noqa: PLC0415 - few drafts are wanted as PDF

    return make_pdf(write_html_draft(material), PDF_DRAFT)
