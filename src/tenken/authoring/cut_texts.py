"""Texts that end sooner than their author thinks, as `#` after a space begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenken.files.problems import Problem
from tenken.files.strict_yaml import Node, mark_place

_NUMBER_SIGN = re.compile(r"[ \t]+#[ \t]?\d")
"""A comment that begins like a number, as in `See Regulation # 2`."""


def check_cut_texts(root: Node, text: str, path: str) -> Iterator[Problem]:
    """Texts without quotes after which a number follows as a comment."""
    if not _NUMBER_SIGN.search(text):
        return
    lines = text.splitlines()
    for node in _list_plain_texts(root):
        if node.end is None or not _NUMBER_SIGN.match(lines[node.end.line], node.end.column):
            continue
        says = "the text ends before the `#`, which begins a comment; put the text in quotes"
        yield Problem(mark_place(path, node.end), says)


def _list_plain_texts(node: Node) -> Iterator[Node]:
    if isinstance(node.value, str):
        yield from [node] if node.plain and node.value else []
        return
    for child in node.value.values() if isinstance(node.value, dict) else node.value:
        yield from _list_plain_texts(child)
