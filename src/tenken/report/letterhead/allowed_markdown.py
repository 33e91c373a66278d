"""What a letterhead of Markdown may hold: what can neither fetch nor hide what stands after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenken.report.letterhead.refusals import LINK_ADDRESS, LINK_LEADS_ELSEWHERE, Refusal
from tenken.report.letterhead.template_lines import remove_marks

_TAG = re.compile(r"(?<!\\)(?:\\\\)*(<(?!(?:https?://|mailto:)[^\s<>]*>)[A-Za-z/!?][^\s>]*)")
_FENCE = re.compile(r"^[ \t>*+\d.)-]*(`{3,}|~{3,}|\${2,})", re.MULTILINE)
_PICTURE = re.compile(r"(?<!\\)(?:\\\\)*(!\[)")
_LINK_TARGET = re.compile(r"(?:\]\(|^[ \t>*+\d.)-]*\[[^\]\n]+\]:)\s*<?([^\s>)]*)", re.MULTILINE)

_NO_MARKUP = "{said} is not allowed: a letterhead of Markdown holds text, emphasis, lists, tables and links"
"""HTML can hide what follows, a fence that nobody closes likewise, and a picture is fetched from elsewhere."""


def find_markdown_faults(text: str) -> Iterator[Refusal]:
    """What stands in a fragment and may not."""
    for pattern in (_TAG, _FENCE, _PICTURE):
        yield from (Refusal(found.start(1), _NO_MARKUP, {"said": found[1]}) for found in pattern.finditer(text))
    for found in _LINK_TARGET.finditer(text):
        if not LINK_ADDRESS.fullmatch(found[1]):
            yield Refusal(found.start(1), LINK_LEADS_ELSEWHERE, {"said": found[1]})


def rebuild_markdown(text: str, *, is_last: bool) -> str:
    """A fragment as paragraphs of its own, so that it joins nothing of ours around it."""
    lines = remove_marks(text).strip("\n")
    return f"\n{lines}\n" + ("" if is_last else "\n")
