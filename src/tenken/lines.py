"""Text to lines of a terminal's width: words kept whole, Japanese broken only where its rules allow."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NO_START = frozenset(
    "、。，．・：；？！ー」』）］｝】〉》〕…‥々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}”’％"
)
_NO_END = frozenset("「『（［｛【〈《〔([{“‘")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
_PIECES = f"[ \t]+|[{_WIDE}]|[^ \t{_WIDE}]+"
_WORDS = "[ \t]+|[^ \t]+"
_FEWEST = 10


def width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def wrap(text: str, columns: int, indent: str = "", first: str | None = None) -> list[str]:
    """The text in lines of at most so many cells, all begun with `indent`, the first with `first` if given."""
    columns = max(columns, width(indent) + _FEWEST)
    begin = indent if first is None else first
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _fill(paragraph, columns, begin, indent)
        begin = indent
    return lines


def apart(left: str, right: str, columns: int) -> list[str]:
    """Two texts at the ends of a line, or below each other where they do not fit."""
    gap = columns - width(left) - width(right)
    if gap < 2:
        return [line for text in (left, right) if text for line in wrap(text, columns)]
    return [left + " " * gap + right] if right else [left]


def _fill(text: str, columns: int, begin: str, indent: str) -> list[str]:
    lines, line, is_empty = [], begin, True
    for unit in _units(text):
        rest = unit.lstrip(" ") if is_empty else unit
        while width(line + rest) > columns:
            if is_empty and line == indent:
                head = _head(rest, columns - width(line))
                line, rest = line + head, rest[len(head) :]
            lines.append(line.rstrip())
            line, rest, is_empty = indent, rest.lstrip(" "), True
        line += rest
        is_empty = is_empty and not rest
    return [*lines, line.rstrip()]


def _units(text: str) -> Iterator[str]:
    """What must stay together: a word, or a character with the marks that may not begin or end a line."""
    unit = ""
    for piece in re.findall(_WORDS if text.isascii() else _PIECES, text):
        if piece[0] in " \t":
            yield unit
            unit = " "
        elif unit in ("", " ") or piece[0] in _NO_START or unit[-1] in _NO_END:
            unit += piece
        else:
            yield unit
            unit = piece
    yield unit


def _head(text: str, room: int) -> str:
    """As much of an overlong word as fits."""
    end = 1
    while end < len(text) and width(text[: end + 1]) <= room:
        end += 1
    return text[:end]
