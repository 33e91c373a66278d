"""Many systems as one page of HTML or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tenken.report.portfolio.formats import PortfolioMaterial
from tenken.report.portfolio.summary import PortfolioSummary
from tenken.report.portfolio.view import build_portfolio_view
from tenken.report.templates import render_html_template, render_markdown_template


def write_html_portfolio(material: PortfolioMaterial) -> Iterator[str]:
    """One page that needs nothing else."""
    yield render_html_template("portfolio.html.j2", _summarize(material))


def write_markdown_portfolio(material: PortfolioMaterial) -> Iterator[str]:
    made = render_markdown_template("portfolio.md.j2", _summarize(material))
    yield re.sub("\n{3,}", "\n\n", made).rstrip("\n") + "\n"


def _summarize(material: PortfolioMaterial) -> Mapping[str, Any]:
    summary = PortfolioSummary(material.as_of)
    for row in material.rows:
        summary.take(row)
    return build_portfolio_view(summary, material)
