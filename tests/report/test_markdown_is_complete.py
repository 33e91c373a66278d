"""Markdown says all that the page says: each text of the page is looked for in it, section by section."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from support.sample_reports import NAMES, golden_view, view_of
from support.small_records import write_small_record
from tenken.assessment.wording import load_labels
from tenken.files.shipped_files import find_shipped_folder
from tenken.report.pages import render_html_report, render_markdown_report
from tenken.report.view.report_types import ReportView

EXAMPLES = sorted(find_shipped_folder("examples").glob("*.yaml"))
ONLY_ON_A_PAGE = (
    # Headings that Markdown has no need of.
    *("asks", "why", "exceptions", "law", "requirement", "number"),
    # To filter and to jump.
    *("shown", "in_full"),
    "timeline",
)
"""The labels that serve the layout of the page and say nothing by themselves."""

_MARKUP = r"[\s*|#>`\[\]()·／-]+"


def texts_of(page: str) -> Iterator[tuple[str, str]]:
    """The texts of the page, each with the section it stands in."""
    main = page[page.index("<main>") : page.index("</main>")]
    main = re.sub(r"(?s)<(style|script|svg|fieldset)\b.*?</\1>", "", main)
    main = re.sub(r'(?s)<section id="annex".*?</section>', "", main)  # how to open on paper what is closed
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


def test_markdown_says_what_was_answered_at_once(tmp_path: Path) -> None:
    told = "{answer: yes, by: Mia, at: 2026-11-01T08:00:00Z, at_once: yes}"
    view = view_of(write_small_record(tmp_path / "acme.yaml", {"S-1.told": told, "S-1.clear": told}))
    assert "answered at once" in render_markdown_report(view)
    assert list_what_markdown_lacks(view) == set()


def test_what_is_left_out_is_found() -> None:
    view = golden_view("typical")
    page = render_html_report({**view, "notices": ["Nobody wrote this into the Markdown."]})
    said = read_markdown(render_markdown_report(view))
    assert [text for _, text in texts_of(page) if "Nobodywrote" in text and text not in said]
