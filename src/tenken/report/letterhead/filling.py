"""What a letterhead fills our page with, from its templates to text that is safe to put there: the work of the process
apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tenken.report.letterhead.allowed_css import rebuild_css
from tenken.report.letterhead.allowed_html import rebuild_html
from tenken.report.letterhead.allowed_markdown import find_markdown_faults, rebuild_markdown
from tenken.report.letterhead.own_element import STYLE_BLOCK
from tenken.report.letterhead.refusals import WHOLE_BLOCK, Refusal
from tenken.report.letterhead.template_lines import OUR_SECTION, Fragment
from tenken.report.letterhead.template_sandbox import TemplateMistake, fill_blocks, list_blocks
from tenken.report.templates import read_template

_LAST = "footer"
_MAY_BE_LEFT_OUT = "contents"
_SECTION_LEFT_OUT = (
    "our section {name} stays as it is: write {{{{ super() }}}} once in the block {name}, outside of every element"
)


def fill_page(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """For each block that is filled, what comes before our own section and what comes after it; or the mistakes."""
    name, folder = request["name"], Path(request["folder"])
    try:
        filled = fill_blocks(name, folder, request["view"])
    except TemplateMistake as found:
        return {"mistakes": [vars(found)]}
    parts: dict[str, list[str]] = {}
    mistakes = []
    for block, holds_ours in list_blocks(name).items():
        if filled[block].text.strip() != (OUR_SECTION if holds_ours else ""):
            parts[block], refusals = _rebuild_fragment(name, block, filled[block].text)
            mistakes += [_describe_refusal(refusal, filled[block], folder / name) for refusal in refusals]
    return {"mistakes": mistakes} if mistakes else {"parts": parts}


def _rebuild_fragment(name: str, block: str, text: str) -> tuple[list[str], list[Refusal]]:
    if name.endswith(".md.j2"):
        return [rebuild_markdown(text, is_last=block == _LAST)], list(find_markdown_faults(text))
    if block == STYLE_BLOCK:
        style = rebuild_css(text, read_template("report.css"))
        return [style.text], style.refusals
    read = rebuild_html(text)
    missing = list_blocks(name)[block] and len(read.parts) != 2 and block != _MAY_BE_LEFT_OUT
    left_out = [Refusal(WHOLE_BLOCK, _SECTION_LEFT_OUT, {"name": block})] if missing else []
    return read.parts, [*read.refusals, *left_out]


def _describe_refusal(refusal: Refusal, fragment: Fragment, main: Path) -> dict[str, Any]:
    path, line = fragment.find_line(refusal.offset)
    return {"path": path or str(main), "line": line, "text": refusal.text, "facts": refusal.facts}
