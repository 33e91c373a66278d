"""Markdown says all that the page says: each text of the page is looked for in it, section by section."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from support.sample_reports import NAMES, golden_view, view_of
from tenken.assessment.wording import load_labels
from tenken.files.shipped_files import find_shipped_folder
from tenken.report.pages import render_html_report, render_markdown_report
from tenken.report.view.report_types import ReportView

EXAMPLES = sorted(find_shipped_folder("examples").glob("*.yaml"))
ONLY_ON_A_PAGE = (
    # Headings that Markdown has no need of.
    *("asks", "why", "exceptions", "folded", "law", "requirement", "number"),
    # To filter and to jump.
    *("every", "current", "coming", "day_unknown", "shown", "more_actions", "more_open"),
    *("timeline", "unassigned"),
)
"""The labels that serve the layout of the page and say nothing by themselves."""

_MARKUP = r"[\s*|#>`\[\]()·／-]+"


def texts_of(page: str) -> Iterator[tuple[str, str]]:
    """The texts of the page, each with the section it stands in."""
    main = page[page.index("<main>") : page.index("</main>")]
    main = re.sub(r"(?s)<(style|script|svg)\b.*?</\1>", "", main)
    for section in re.finditer(r'(?s)<section id="([\w-]+)".*?(?=<section id=|\Z)', main):
        for text in re.split(r"<[^>]+>", section[0]):
            if words := squeezed(html.unescape(text)):
                yield section[1], words


def squeezed(text: str) -> str:
    return re.sub(_MARKUP, "", text).strip(",.;:、。")


def read_markdown(text: str) -> str:
    """The words of a text in Markdown, and where its links lead."""
    text = re.sub(r"\]\(<([^>]*)>\)", r"] \1", text)
    return re.sub(_MARKUP, "", re.sub(r"\\(.)", r"\1", html.unescape(text)))


def list_what_markdown_lacks(view: ReportView) -> set[tuple[str, str]]:
    labels = load_labels(view["language"])["report"]
    layout = {squeezed(str(labels[name])) for name in ONLY_ON_A_PAGE}
    said = read_markdown(render_markdown_report(view))
    texts = texts_of(render_html_report(view))
    return {(section, text) for section, text in texts if text not in layout and text not in said}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", NAMES)
def test_markdown_lacks_nothing_of_a_small_report(name: str, language: str) -> None:
    assert list_what_markdown_lacks(golden_view(name, language=language)) == set()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_markdown_lacks_nothing_of_an_example(path: Path) -> None:
    assert list_what_markdown_lacks(view_of(path, date(2026, 11, 23))) == set()


def test_what_is_left_out_is_found() -> None:
    view = golden_view("typical")
    page = render_html_report({**view, "notices": ["Nobody wrote this into the Markdown."]})
    said = read_markdown(render_markdown_report(view))
    assert [text for _, text in texts_of(page) if "Nobodywrote" in text and text not in said]
