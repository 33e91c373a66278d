"""Letterheads that have got past others: each is refused with its line, or nothing of it is left but plain text.

`tests/browser/letterheads.mjs` opens the same in a real browser.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from support.hostile_letterheads import Hostile, list_hostile, rebuild_anyway
from support.sample_reports import golden_view
from tenken.report.letterhead.filling import fill_page

HOSTILE = list_hostile()
VIEW = golden_view("typical")
TEXT = r"[^<>\"]*"
TAG = re.compile(rf"</?([a-z0-9]+)((?: [a-z-]+=\"{TEXT}\")*)>")
HARMLESS_TAGS = set(
    "a b caption col colgroup dd details div dt footer h1 h2 img li p pre rp rt ruby table tbody td th tr ul br".split()  # noqa: SIM905
)
HARMLESS_ATTRIBUTES = {"href", "title", "id", "class", "src", "alt", "open"}
HARMLESS_RULE = re.compile(r"(\.own [^{}<>@;]+\{([\w-]+:(\"[^\"<]*\"|[^{}<>@;():\"]|var\([\w-]+\))*;?)*\})*")


@pytest.mark.parametrize("hostile", HOSTILE, ids=[each.name for each in HOSTILE])
def test_it_is_refused_with_its_line_or_harmless(hostile: Hostile, tmp_path: Path) -> None:
    begin = '{% extends "tenken/report.html.j2" %}\n'
    text = f"{begin}{{% block {hostile.block} %}}\n{{% raw %}}{hostile.text}{{% endraw %}}\n{{% endblock %}}"
    (tmp_path / "report.html.j2").write_text(text, "utf-8")
    answer = fill_page({"name": "report.html.j2", "folder": str(tmp_path), "view": VIEW})
    assert ("parts" in answer) == hostile.harmless, answer
    for mistake in answer.get("mistakes", []):
        assert mistake["path"] == str(tmp_path / "report.html.j2")
        assert 3 <= mistake["line"] <= 3 + hostile.text.count("\n")


@pytest.mark.parametrize("hostile", HOSTILE, ids=[each.name for each in HOSTILE])
def test_nothing_of_it_is_left(hostile: Hostile) -> None:
    """Whether it is refused or not; judged by what is written alone, every bracket and quote of it."""
    left = rebuild_anyway(hostile)
    if hostile.block == "style":
        assert HARMLESS_RULE.fullmatch(left["style"][0])
        return
    written = left["footer"][0]
    assert not re.search("[<>]", TAG.sub("", written))
    for tag, attributes in TAG.findall(written):
        assert tag in HARMLESS_TAGS
        for name, value in re.findall(rf" ([a-z-]+)=\"({TEXT})\"", attributes):
            assert name in HARMLESS_ATTRIBUTES
            assert name not in ("href", "src") or html.unescape(value).startswith(("#", "data:image/png;base64,"))
