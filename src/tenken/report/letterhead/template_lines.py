"""Which line of which template a piece of a filled-in text comes from: marks are put in before, and taken out after.

The marks are characters that are none (U+FDD0 to U+FDD2), which no record and no template may hold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jinja2 import nodes

OUR_SECTION = "\ufdd2"
"""Stands where our own section shall stand."""

_LINE_MARK = re.compile("\ufdd0([0-9]+)\ufdd0")
_BLOCK_MARK = re.compile("\ufdd1(\\w+)\ufdd1")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class TemplatePlace(NamedTuple):
    """A line of a template, and whether what follows stands there word for word, so that its lines can be counted."""

    path: str
    line: int
    verbatim: bool


class Fragment(NamedTuple):
    """What a letterhead puts into one block, and where its pieces come from: offsets in order, and a place for each."""

    text: str
    offsets: list[int]
    places: list[TemplatePlace]

    def find_line(self, offset: int) -> tuple[str, int]:
        """The template and the line a character comes from; the block's before the first."""
        if not self.places:
            return "", 0
        at = max(0, bisect_right(self.offsets, offset) - 1)
        place = self.places[at]
        return place.path, place.line + place.verbatim * self.text.count("\n", self.offsets[at], offset)


class LineMarks:
    """The marks of one rendering."""

    def __init__(self) -> None:
        self.places: list[TemplatePlace] = []

    def mark_lines(self, body: Iterable[nodes.Node], path: str) -> list[nodes.Node]:
        """The same statements, with a mark before all that is written where it stands."""
        return [marked for node in body for marked in self._mark_statement(node, path)]

    def _mark_statement(self, node: nodes.Node, path: str) -> Iterator[nodes.Node]:
        match node:
            case nodes.Output():
                node.nodes = [part for child in node.nodes for part in (self._build_mark(child, path), child)]
            case nodes.Include() | nodes.CallBlock() | nodes.FilterBlock():
                yield nodes.Output([self._build_mark(node, path)], lineno=node.lineno)
            case nodes.If():
                node.body, node.else_ = self.mark_lines(node.body, path), self.mark_lines(node.else_, path)
                self.mark_lines(node.elif_, path)
            case nodes.For():
                node.body, node.else_ = self.mark_lines(node.body, path), self.mark_lines(node.else_, path)
            case nodes.Block():
                begin = nodes.Output([self._build_mark(node, path)], lineno=node.lineno)
                node.body = [begin, *self.mark_lines(node.body, path)]
            case nodes.With() | nodes.Scope():
                node.body = self.mark_lines(node.body, path)
        yield node

    def _build_mark(self, node: nodes.Node, path: str) -> nodes.Expr:
        self.places.append(TemplatePlace(path, node.lineno, isinstance(node, nodes.TemplateData)))
        return nodes.TemplateData(f"\ufdd0{len(self.places) - 1}\ufdd0", lineno=node.lineno)

    def read_blocks(self, filled: str) -> dict[str, Fragment]:
        """What stands in each block of a text that `write_block_mark` divides."""
        _, *divided = _BLOCK_MARK.split(filled)
        return {name: self._read_fragment(text) for name, text in zip(divided[::2], divided[1::2], strict=True)}

    def _read_fragment(self, marked: str) -> Fragment:
        first, *divided = _LINE_MARK.split(marked)
        texts, offsets, places, length = [first], [], [], len(first)
        for number, text in zip(divided[::2], divided[1::2], strict=True):
            if int(number) < len(self.places):
                offsets.append(length)
                places.append(self.places[int(number)])
            texts.append(text)
            length += len(text)
        return Fragment("".join(texts), offsets, places)


def write_block_mark(name: str) -> str:
    """Divides what is filled in, before the block of this name."""
    return f"\ufdd1{name}\ufdd1"


def remove_marks(text: str) -> str:
    """A text without characters that are none, or that HTML reads as others."""
    return _NO_TEXT.sub(" ", text)
