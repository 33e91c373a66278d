"""Letterheads that have got past others, and what is left of each once it is built anew.

`python -m support.hostile_letterheads FOLDER LISTENER` in `tests/` writes pages for a browser: each letterhead as it
is, and our page with what is left of it, with our policy and without.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from support.paths import TESTS
from support.sample_reports import golden_view
from tenken.report.letterhead.allowed_css import rebuild_css
from tenken.report.letterhead.allowed_html import rebuild_html
from tenken.report.letterhead.rendering import render_filled_page
from tenken.report.templates import read_template

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_PLAIN = "<p>All requirements are met. <a href='#answer'>x</a></p>"


class Hostile(NamedTuple):
    """One of them: what it fills a block with, and whether it may, as nothing of it is left."""

    name: str
    block: str
    text: str
    harmless: bool


def list_hostile(listener: str = "127.0.0.1:9") -> list[Hostile]:
    entries = yaml.safe_load((TESTS / "report" / "hostile_letterheads.yaml").read_text("utf-8"))
    return [
        Hostile(
            each["name"], each.get("block", "footer"), each["text"].replace("LISTENER", listener), "harmless" in each
        )
        for each in entries
    ]


def rebuild_anyway(hostile: Hostile) -> dict[str, list[str]]:
    """What is left of it, though it is refused, by block."""
    if hostile.block == "style":
        return {"style": [rebuild_css(hostile.text, read_template("report.css")).text], "footer": [_PLAIN]}
    return {"footer": ["".join(rebuild_html(hostile.text).parts)]}


def _write_pages(folder: Path, listener: str) -> None:
    view: Any = golden_view("typical")
    told = []
    for number, hostile in enumerate(list_hostile(listener)):
        left = rebuild_anyway(hostile)
        page = render_filled_page("report.html.j2", view, left)
        style = hostile.block == "style"
        raw = f"<style>{hostile.text}</style>{_PLAIN}<section>x</section>" if style else hostile.text
        pages = {"raw": f"<!doctype html><meta charset=utf-8><body>{raw}", "ours": page, "open": _POLICY.sub("", page)}
        for kind, content in pages.items():
            (folder / f"{number}-{kind}.html").write_text(content, "utf-8")
        comparable = left["footer"][0] if hostile.harmless and not style else ""
        told.append({"name": hostile.name, "harmless": hostile.harmless, "left": comparable})
    (folder / "letterheads.json").write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    _write_pages(Path(sys.argv[1]), sys.argv[2])
