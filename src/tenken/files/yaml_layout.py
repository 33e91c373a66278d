"""Where everything stands in the text of a YAML file: keys, marks, values, comments and lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tenken.files.strict_yaml import PARSER, Node, parse_yaml

if TYPE_CHECKING:
    from tenken.files.strict_yaml import YamlMark

LINE_BREAK = "\r\n|\r|\n"
_COMMENT = r"#[^\r\n]*"
_SCALAR_HEADER = rf"[|>][-+1-9]*(?:[ ]+({_COMMENT}))?"
_LINE_WITHOUT_CONTENT = rf"[ ]*(?:{_COMMENT})?(?:{LINE_BREAK}|\Z)"


class YamlEntry(NamedTuple):
    """A key with its value, or an item of a list: where each part of it stands, in characters of the text.

    `start` is that of the `?` or `-` if there is one; `mark_end` is behind the `:` or `-`, and where the key ends if
    there is none. What is empty ends there. `end` is behind the last character of the value, before what follows it.
    """

    key: str | None
    start: int
    key_end: int
    mark_end: int
    node: Node
    end: int

    @property
    def is_marked(self) -> bool:
        return self.mark_end > self.key_end

    @property
    def is_empty(self) -> bool:
        return self.end == self.mark_end

    @property
    def value_start(self) -> int:
        return self.mark_end if self.is_empty else find_mark(self.node.mark).index


class YamlLayout:
    """A text and what the scanner sees in it. A tab counts as a blank: only JSON has them, where they mean nothing."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def root(self) -> Node:
        return parse_yaml(self.text.replace("\t", " ").encode(), "")

    @cached_property
    def _tokens(self) -> list[tuple[int, int, str]]:
        return _scan_tokens(self.text.replace("\t", " "))

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self._tokens]

    def list_entries(self, node: Node) -> list[YamlEntry]:
        if isinstance(node.value, dict):
            return [self._find_keyed_entry(key, find_mark(mark).index, node) for key, mark in node.keys.items()]
        return [self._find_item(child, node) for child in node.value if isinstance(child, Node)]

    def _find_keyed_entry(self, key: str, start: int, node: Node) -> YamlEntry:
        assert isinstance(node.value, dict)
        number = bisect_left(self._starts, start)
        _, key_end, _ = self._tokens[number]
        before, after = self._tokens[number - 1], self._get_token(number + 1)
        mark_end = after[1] if after[2] == ":" else key_end
        child = node.value[key]
        begin = before[0] if number and before[2] == "?" else start
        return YamlEntry(key, begin, key_end, mark_end, child, self._find_content_end(child, mark_end))

    def _find_item(self, child: Node, node: Node) -> YamlEntry:
        start = find_mark(child.mark).index
        if node.flow:
            return YamlEntry(None, start, start, start, child, self._find_content_end(child, start))
        dash, mark_end, _ = self._tokens[bisect_left(self._starts, start) - 1]
        return YamlEntry(None, dash, dash, mark_end, child, self._find_content_end(child, mark_end))

    def _find_content_end(self, node: Node, mark_end: int) -> int:
        begin, end = find_mark(node.mark).index, find_mark(node.end).index
        if isinstance(node.value, str):
            return mark_end if begin == end else self._find_scalar_end(begin, end)
        if self.has_brackets(node):
            return end
        if isinstance(node.value, dict):
            key = next(reversed(node.keys))
            return self._find_keyed_entry(key, find_mark(node.keys[key]).index, node).end
        return self._find_item(node.value[-1], node).end

    def has_brackets(self, node: Node) -> bool:
        """Whether it is written in brackets; a single key with its value needs none inside those of a list."""
        return node.flow and self.text[find_mark(node.mark).index] in "{["

    def is_json(self, node: Node) -> bool:
        """Whether the first text inside the outermost brackets around a node has the quotes of JSON."""
        number = bisect_right(self._outer_brackets, find_mark(node.mark).index) - 1
        first = bisect_left(self._starts, self._outer_brackets[number])
        texts = (start for start, _, kind in islice(self._tokens, first, None) if kind == "<scalar>")
        return self.text.startswith('"', next(texts, len(self.text)))

    @cached_property
    def _outer_brackets(self) -> list[int]:
        found, depth = [], 0
        for start, _, kind in self._tokens:
            if kind in ("{", "["):
                found += [start] if not depth else []
                depth += 1
            elif kind in ("}", "]"):
                depth -= 1
        return found

    def _find_scalar_end(self, start: int, end: int) -> int:
        """Where the last line of a text ends; blank lines below a block belong to it if it says so, or they hold more
        blanks than it is indented by."""
        if not self.is_block_scalar(start):
            return end
        lines = self.text[start:end].splitlines(keepends=True)
        if not self.keeps_blank_lines(start):
            least = min((count_indent(line) for line in lines[1:] if not is_blank(line)), default=end)
            while len(lines) > 1 and is_blank(lines[-1]) and count_indent(lines[-1]) <= least:
                lines.pop()
        return start + len("".join(lines[:-1])) + len(lines[-1].rstrip("\r\n"))

    def is_block_scalar(self, start: int) -> bool:
        return self.text.startswith(("|", ">"), start)

    def keeps_blank_lines(self, start: int) -> bool:
        """Whether the blank lines below a block belong to it, by the `+` behind its `|`."""
        return "+" in self.find_scalar_header(start).group().partition("#")[0]

    def find_scalar_header(self, start: int) -> re.Match[str]:
        found = re.compile(_SCALAR_HEADER).match(self.text, start)
        assert found
        return found

    def find_block_scalar_before(self, index: int) -> int | None:
        """Where the text in a block starts that is the last thing before a place; None if it is something else."""
        start, _, kind = self._get_token(bisect_left(self._starts, index) - 1)
        return start if kind == "<scalar>" and self.is_block_scalar(start) else None

    def find_next_mark(self, index: int) -> tuple[int, str]:
        """Where the next thing stands that is no comment, and what kind of thing it is."""
        start, _, kind = self._get_token(bisect_left(self._starts, index))
        return start, kind

    def find_gap(self, index: int) -> str:
        """What stands between a thing and what comes before it."""
        number = bisect_left(self._starts, index)
        return self.text[self._tokens[number - 1][1] if number else 0 : index]

    def _get_token(self, number: int) -> tuple[int, int, str]:
        return self._tokens[number] if 0 <= number < len(self._tokens) else (len(self.text), len(self.text), "")

    def list_comments(self, start: int, end: int) -> list[str]:
        """The comments of a stretch, in their order."""
        if "#" not in self.text[start:end]:
            return []
        first, last = (bisect_left(self._comments, (place, "")) for place in (start, end))
        return [comment for _, comment in self._comments[first:last]]

    @cached_property
    def _comments(self) -> list[tuple[int, str]]:
        found, cursor = [], 0
        for start, end, kind in [*self._tokens, (len(self.text), len(self.text), "")]:
            comments = re.compile(_COMMENT).finditer(self.text, cursor, start)
            found += [(comment.start(), comment.group()) for comment in comments]
            if kind == "<scalar>" and self.is_block_scalar(start):
                header = self.find_scalar_header(start)
                found += [(header.start(1), header[1])] if header[1] else []
            cursor = end
        return found

    def find_line_start(self, index: int) -> int:
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def find_next_line(self, index: int) -> int:
        """Where the line after that of a place begins."""
        found = re.compile(LINE_BREAK).search(self.text, index)
        return found.end() if found else len(self.text)

    def begins_line(self, index: int) -> bool:
        return not self.text[self.find_line_start(index) : index].strip(" \t")

    def find_column(self, index: int) -> int:
        return index - self.find_line_start(index)

    def find_line_break(self, index: int) -> str:
        """How the lines around a place end: as the one before it does, or else as the first of the text."""
        start = self.find_line_start(index)
        before = re.search(rf"(?:{LINE_BREAK})\Z", self.text[max(start - 2, 0) : start])
        found = before or re.search(LINE_BREAK, self.text)
        return found.group() if found else "\n"

    def skip_lines_without_content(self, index: int) -> tuple[int, list[str]]:
        """Where the blank lines and comments end that follow the start of a line, and what they are."""
        lines = []
        while index < len(self.text) and (found := re.compile(_LINE_WITHOUT_CONTENT).match(self.text, index)):
            lines.append(found.group())
            index = found.end()
        return index, lines


def find_mark(mark: YamlMark | None) -> YamlMark:
    """A mark of a node that stands in a text, as all do that were read from one."""
    assert mark is not None
    return mark


def list_runs(entries: list[YamlEntry], chosen: set[int]) -> list[tuple[int, int]]:
    """The numbers of the first and the last entry of each stretch of those that begin where it is chosen."""
    runs: list[tuple[int, int]] = []
    for number, entry in enumerate(entries):
        if entry.start in chosen:
            begins = runs.pop()[0] if runs and runs[-1][1] == number - 1 else number
            runs.append((begins, number))
    return runs


def count_indent(line: str) -> int:
    """The blanks a line begins with; if it holds nothing else, all of them."""
    return len(line.rstrip("\r\n")) if is_blank(line) else len(line) - len(line.lstrip(" "))


def is_blank(line: str) -> bool:
    """Whether a line has no content; a full-width space is some."""
    return not line.strip(" \t\r\n")


def _scan_tokens(text: str) -> list[tuple[int, int, str]]:
    """Where each thing that is no comment begins and ends, and its kind; not of what has no width, as a block's end."""
    scanner = PARSER(text)
    tokens = []
    try:
        while (token := scanner.get_token()) is not None:
            start, end = token.start_mark.index, token.end_mark.index
            if end > start:
                tokens.append((start, end, token.id))
    finally:
        scanner.dispose()
    return tokens
