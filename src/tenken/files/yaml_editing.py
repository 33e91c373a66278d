"""Changes single values in the text of a YAML file; comments, order, quoting and layout of all else stay as they are.

A library that writes whole files anew (ruamel.yaml) moves lines nobody touched, and costs a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tenken.files.frozen_classes import Frozen
from tenken.files.strict_yaml import Node, parse_yaml
from tenken.files.yaml_writing import PlainValue, dump_yaml, indent_yaml

if TYPE_CHECKING:
    from tenken.files.strict_yaml import YamlMark


class TextEdit(Frozen):
    """A stretch of the text, from a character to before another, and what stands there instead."""

    start: int
    end: int
    text: str


def edit_yaml(text: str, old: Mapping[str, PlainValue], new: Mapping[str, PlainValue], short: str) -> str | None:
    """The text with what differs between two states of its content changed; None if it has no keys on lines of its own.

    `text` has no byte order mark. What it says and `old` does not, such as what holds anyway, stays. A mapping of
    nothing but the key `short` may be written as what stands under it.
    """
    root = parse_yaml(text.encode(), "")
    if not _is_block_mapping(root) or not root.value:
        return None
    editor = _YamlEditor(text, short)
    edits = sorted(editor.list_mapping_edits(root, old, new), key=lambda edit: (edit.start, edit.end))
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _is_block_mapping(node: Node) -> bool:
    return isinstance(node.value, dict) and not node.flow


class _YamlEditor:
    """Finds the stretches of a text that a change touches."""

    def __init__(self, text: str, short: str) -> None:
        self.text = text
        self.short = short
        self.line_break = "\r\n" if "\r\n" in text else "\n"

    def list_mapping_edits(
        self, node: Node, old: Mapping[str, PlainValue], new: Mapping[str, PlainValue]
    ) -> Iterator[TextEdit]:
        assert isinstance(node.value, dict)
        column = _index_mark(next(iter(node.keys.values()))).column
        place = self._find_line_start(_index_mark(next(iter(node.keys.values()))).index)
        added: dict[int, str] = {}
        for key in node.value:
            if key not in new and key in old:
                yield self._remove_entry(node, key)
        for key, value in new.items():
            if key not in node.value:
                if key not in old or old[key] != value:
                    added[place] = added.get(place, "") + self._render_entry(key, value, column)
                continue
            place = self._find_line_end(self._find_content_end(node.value[key]))
            if key not in old or old[key] != value:
                yield from self._change_entry(node, key, old.get(key), value)
        for place, entries in added.items():
            yield TextEdit(place, place, self._begin_line(place) + entries)

    def _change_entry(self, node: Node, key: str, old: PlainValue | None, new: PlainValue) -> Iterator[TextEdit]:
        assert isinstance(node.value, dict)
        child = node.value[key]
        if not isinstance(child.value, dict):
            old, new = self._shorten(old or ""), self._shorten(new)
        if _is_block_mapping(child) and child.value and isinstance(new, dict) and new:
            yield from self.list_mapping_edits(child, old if isinstance(old, dict) else {}, new)
        elif appended := _find_appended_items(child, old, new):
            yield self._append_items(child, appended)
        elif (inline := self._render_inline(new)) is not None and self._is_one_line(node, key):
            gap = "" if self.text[_index_mark(child.mark).index - 1] in " \t" else " "
            yield TextEdit(_index_mark(child.mark).index, self._find_content_end(child), gap + inline)
        else:
            yield self._replace_entry(node, key, new)

    def _replace_entry(self, node: Node, key: str, value: PlainValue) -> TextEdit:
        """The whole entry anew; a comment behind its first line gets a line of its own before it."""
        removed = self._remove_entry(node, key)
        column = _index_mark(node.keys[key]).column
        comment = self._find_comment(node, key)
        above = f"{' ' * column}{comment}{self.line_break}" if comment else ""
        text = above + self._render_entry(key, value, column)
        at_end = removed.end == len(self.text) and not self.text.endswith("\n")
        return TextEdit(removed.start, removed.end, text.removesuffix(self.line_break) if at_end else text)

    def _remove_entry(self, node: Node, key: str) -> TextEdit:
        assert isinstance(node.value, dict)
        end = self._find_line_end(self._find_content_end(node.value[key]))
        return TextEdit(self._find_line_start(_index_mark(node.keys[key]).index), end, "")

    def _find_comment(self, node: Node, key: str) -> str:
        """The comment behind a value of one line, or behind a key whose value stands below it."""
        assert isinstance(node.value, dict)
        child, begin = node.value[key], _index_mark(node.keys[key]).index
        line_end = self._find_line_end(begin)
        end = self._find_content_end(child)
        if _index_mark(child.mark).index >= line_end:
            end = begin + len(self.text[begin:line_end].partition(":")[0])
        behind = self.text[end:line_end].lstrip(": \t").strip() if end < line_end else ""
        return behind if behind.startswith("#") else ""

    def _append_items(self, child: Node, items: Sequence[PlainValue]) -> TextEdit:
        place = self._find_line_end(self._find_content_end(child))
        column = self._find_item_column(child)
        entries = self._break_lines(indent_yaml(_dump_items(items), column))
        return TextEdit(place, place, self._begin_line(place) + entries)

    def _find_item_column(self, child: Node) -> int:
        """The column of the dashes of a list."""
        assert isinstance(child.value, list)
        line = self.text[self._find_line_start(_index_mark(child.value[0].mark).index) :]
        return len(line) - len(line.lstrip(" "))

    def _shorten(self, value: PlainValue) -> PlainValue:
        return value[self.short] if isinstance(value, dict) and list(value) == [self.short] else value

    def _shorten_all(self, value: PlainValue) -> PlainValue:
        if not isinstance(value, dict):
            return value
        return self._shorten({key: self._shorten_all(each) for key, each in value.items()})

    def _render_entry(self, key: str, value: PlainValue, column: int) -> str:
        return self._break_lines(indent_yaml(dump_yaml({key: self._shorten_all(value)}), column))

    def _render_inline(self, value: PlainValue) -> str | None:
        """A value that fits behind its key; None for one that needs lines of its own."""
        if isinstance(value, dict):
            return None
        text = dump_yaml({"key": value}).removesuffix("\n")
        return text.removeprefix("key:").removeprefix(" ") if "\n" not in text else None

    def _is_one_line(self, node: Node, key: str) -> bool:
        assert isinstance(node.value, dict)
        begin = _index_mark(node.keys[key]).index
        return self._find_content_end(node.value[key]) <= self._find_line_end(begin) and not (
            self.text.startswith(("|", ">"), _index_mark(node.value[key].mark).index)
        )

    def _find_content_end(self, node: Node) -> int:
        """Where the last character of a value stands, without the blanks and comments that follow it."""
        if isinstance(node.value, str) or node.flow or not node.value:
            begin: int = _index_mark(node.mark).index
            end: int = _index_mark(node.end).index
            if self.text.startswith(("|", ">"), begin) and "+" in self.text[begin : begin + 3]:
                return end - len(self.line_break) if self.text[:end].endswith(self.line_break) else end
            return begin + len(self.text[begin:end].rstrip(" \t\r\n"))
        last = node.value[-1] if isinstance(node.value, list) else list(node.value.values())[-1]
        return self._find_content_end(last)

    def _find_line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _find_line_end(self, index: int) -> int:
        """Where the next line begins."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def _begin_line(self, place: int) -> str:
        return self.line_break if place and self.text[place - 1] != "\n" else ""

    def _break_lines(self, text: str) -> str:
        return text.replace("\n", self.line_break)


def _dump_items(items: Sequence[PlainValue]) -> str:
    """Items of a list that is written in lines, also those that alone would be written in brackets."""
    lines = dump_yaml({"key": [*items, {"": ""}]}).split("\n")[1:]
    return "\n".join(lines[:-2]) + "\n"


def _index_mark(mark: YamlMark | None) -> YamlMark:
    """A mark of a node that stands in a text, as all do that were read from one."""
    assert mark is not None
    return mark


def _find_appended_items(child: Node, old: PlainValue | None, new: PlainValue) -> list[PlainValue]:
    """What a list that is written in lines got at its end; nothing if more than that changed."""
    is_block = isinstance(child.value, list) and bool(child.value) and not child.flow
    if is_block and isinstance(old, list) and isinstance(new, list) and new[: len(old)] == old:
        return new[len(old) :]
    return []
