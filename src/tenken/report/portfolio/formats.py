"""The forms in which many systems are told of, in one table; and what each is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path

from tenken.assessment.rule_words import RuleWords
from tenken.assessment.system_row_types import PortfolioRow
from tenken.assessment.wording import Wording
from tenken.files.durable_writing import encode_document
from tenken.files.frozen_classes import Frozen
from tenken.report.formats import ReportFormat
from tenken.report.portfolio.row_texts import FoundRow, parse_found_row


class PortfolioMaterial(Frozen):
    """What is told of many systems: their rows as they come, by which day, and what things are called.

    `folder` is where the page will lie; its links lead from there. What is supposed stands in `supposed` in words, and
    `then` is the day without it. `since` is the older folder, and `gone` tells what is no longer among the systems.
    """

    found: Iterable[FoundRow]
    as_of: date
    words: RuleWords
    folder: Path
    then: date | None = None
    supposed: tuple[str, ...] = ()
    since: str = ""
    gone: Callable[[], tuple[str, ...]] = tuple

    @property
    def rows(self) -> Iterator[PortfolioRow]:
        return map(parse_found_row, self.found)

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.words.shipped, self.words.language)


class PortfolioFormat(ReportFormat):
    """One form of the whole portfolio."""

    comes_in_parts: bool = False
    """Whether each row is written as it comes, and not all at the end."""

    def write_parts(self, material: PortfolioMaterial) -> Iterator[str]:
        module, _, function = self.writer.partition(":")
        write: Callable[[PortfolioMaterial], Iterator[str]] = getattr(
            import_module(f"tenken.report.portfolio.{module}"), function
        )
        return write(material)

    def encode_parts(self, material: PortfolioMaterial) -> Iterator[bytes]:
        """The parts as they stand in a file."""
        return map(encode_document, self.write_parts(material))


PORTFOLIO_FORMATS = (
    PortfolioFormat("md", "md", "pages:write_markdown_portfolio", b"<!-- portfolio made by tenken "),
    PortfolioFormat(
        "html", "html", "pages:write_html_portfolio", b'<meta name="generator" content="portfolio by tenken '
    ),
    PortfolioFormat(
        "json",
        "json",
        "row_formats:write_json_portfolio",
        b'{"schema_version": "1", "made_by": "tenken ',
        comes_in_parts=True,
    ),
    PortfolioFormat("jsonl", "jsonl", "row_formats:write_json_lines", b'{"made_by": "tenken ', comes_in_parts=True),
    PortfolioFormat(
        "csv", "csv", "row_formats:write_csv_rows", "portfolio.row_formats:list_portfolio_headers", comes_in_parts=True
    ),
)
"""The first is printed if none is asked for."""


def list_portfolio_formats() -> list[str]:
    """The names `--format` takes."""
    return [form.name for form in PORTFOLIO_FORMATS]
