"""Breaks text into lines of a terminal's width: words stay whole, Japanese is broken only where its rules allow.

Only the width of characters is taken from wcwidth: its own line breaking puts 、 and 。 at the start of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NO_LINE_START = frozenset(
    "、。，．・：；？！ー」』）］｝】〉》〕…‥々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}”’％"
)
_NO_LINE_END = frozenset("「『（［｛【〈《〔([{“‘")
_WIDE_CHARACTERS = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
_PIECES_PATTERN = f"[ \t]+|[{_WIDE_CHARACTERS}]|[^ \t{_WIDE_CHARACTERS}]+"
_FEWEST_COLUMNS = 10


_OTHER_LINE_BREAKS = "\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_SENTENCE_END = r"(?<=[.!?])\s+(?=[A-Z“\"])|(?<=[。？])(?![」』）])"
_CONTROL_CHARACTERS = "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]"


def unify_line_breaks(text: str) -> str:
    """The text with one kind of line break, and none of the other control characters, for formats that know only it."""
    return re.sub(_CONTROL_CHARACTERS, "", re.sub(_OTHER_LINE_BREAKS, "\n", text))


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, English or Japanese."""
    return [sentence for sentence in re.split(_SENTENCE_END, text) if sentence]


def measure_width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415 - its tables are for what is not ASCII

    return max(wcswidth(text), 0)


def wrap_text(text: str, columns: int, indent: str = "", first: str | None = None) -> list[str]:
    """The text in lines of at most so many cells, all begun with `indent`, the first with `first` if given."""
    columns = max(columns, measure_width(indent) + _FEWEST_COLUMNS)
    begin = indent if first is None else first
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, columns, begin, indent)
        begin = indent
    return lines


def render_at_both_ends(left: str, right: str, columns: int) -> list[str]:
    """Two texts at the ends of a line, or below each other where they do not fit."""
    gap = columns - measure_width(left) - measure_width(right)
    if gap < 2:
        return [line for text in (left, right) if text for line in wrap_text(text, columns)]
    return [left + " " * gap + right] if right else [left]


def _wrap_paragraph(text: str, columns: int, begin: str, indent: str) -> list[str]:
    lines, line, is_empty = [], begin, True
    every = text + begin + indent
    measure = len if every.isascii() and every.isprintable() else measure_width
    for unit in _list_unbreakable_units(text):
        rest = unit.lstrip(" ") if is_empty else unit
        while measure(line + rest) > columns:
            if is_empty and line == indent:
                head = _cut_to_width(rest, columns - measure(line))
                line, rest = line + head, rest[len(head) :]
            lines.append(line.rstrip())
            line, rest, is_empty = indent, rest.lstrip(" "), True
        line += rest
        is_empty = is_empty and not rest
    return [*lines, line.rstrip()]


def _list_unbreakable_units(text: str) -> Iterator[str]:
    """What must stay together: a word, or a character with the marks that may not begin or end a line."""
    if text.isascii():
        first, *words = re.split("[ \t]+", text)
        yield first
        yield from (f" {word}" for word in words)
        return
    unit = ""
    for piece in re.findall(_PIECES_PATTERN, text):
        if piece[0] in " \t":
            yield unit
            unit = " "
        elif unit in ("", " ") or piece[0] in _NO_LINE_START or unit[-1] in _NO_LINE_END:
            unit += piece
        else:
            yield unit
            unit = piece
    yield unit


def _cut_to_width(text: str, room: int) -> str:
    """As much of an overlong word as fits."""
    end = 1
    while end < len(text) and measure_width(text[: end + 1]) <= room:
        end += 1
    return text[:end]
