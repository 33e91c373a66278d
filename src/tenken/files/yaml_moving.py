"""Carries entries of a YAML text over to another name or another mapping, with their quoting, comments and layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tenken.files.text_edits import TextEdits
from tenken.files.yaml_block_edits import STEP, BlockEdits, apply_edits
from tenken.files.yaml_layout import YamlEntry, YamlLayout, find_mark, list_runs
from tenken.files.yaml_writing import PlainValue, dump_in_brackets

Content = Mapping[str, PlainValue]


class _Move(NamedTuple):
    """An entry of a mapping that stands under a key of the file, and under which key and name it will stand."""

    key: str
    name: str
    new_key: str
    new_name: str


def move_entries(
    layout: YamlLayout, old: Content, new: Content, short: str
) -> tuple[YamlLayout, dict[str, PlainValue]]:
    """The text with what only moved in its new place, and what it holds then.

    What is gone from one mapping of the file and new in another is the same if it says the same, or by itself has only
    another value under `short`. What stands in brackets moves within its own mapping only.
    """
    before: dict[str, PlainValue] = {
        key: dict(value) if isinstance(value, dict) else value for key, value in old.items()
    }
    moves = list(_find_moves(old, new, short))
    for within in (True, False):
        mover = _EntryMover(layout)
        for move in moves:
            if (move.key == move.new_key) is within and mover.move(move):
                _move_value(before, move)
        layout = mover.apply()
    return layout, before


def _find_moves(old: Content, new: Content, short: str) -> Iterator[_Move]:
    gone = [(key, name, value) for key, name, value in _list_named(old) if name not in _get_mapping(new, key)]
    for key, name, value in _list_named(new):
        if name in _get_mapping(old, key):
            continue
        like = [each for each in gone if key == each[0] or name == each[1]]
        like = [each for each in like if _is_same_entry(each[2], value, short)]
        for found in sorted(like, key=lambda each: (each[1] != name, each[0] != key))[:1]:
            gone.remove(found)
            yield _Move(found[0], found[1], key, name)


def _list_named(content: Content) -> Iterator[tuple[str, str, PlainValue]]:
    for key, mapping in content.items():
        if isinstance(mapping, dict):
            yield from ((key, name, value) for name, value in mapping.items() if isinstance(value, dict))


def _get_mapping(content: Content, key: str) -> dict[str, PlainValue]:
    found = content.get(key)
    return found if isinstance(found, dict) else {}


def _is_same_entry(one: PlainValue, other: PlainValue, short: str) -> bool:
    assert isinstance(one, dict) and isinstance(other, dict)
    rest, other_rest = ({key: each for key, each in value.items() if key != short} for value in (one, other))
    return one == other or (bool(rest) and rest == other_rest)


def _move_value(content: dict[str, PlainValue], move: _Move) -> None:
    source, target = content[move.key], content.setdefault(move.new_key, {})
    assert isinstance(source, dict) and isinstance(target, dict)
    target[move.new_name] = source.pop(move.name)


class _EntryMover:
    """Notes the moves in one text."""

    def __init__(self, layout: YamlLayout) -> None:
        self.layout = layout
        self.edits = TextEdits()
        self.roots = {entry.key: entry for entry in self.layout.list_entries(self.layout.root)}
        self.entries: dict[str, dict[str | None, YamlEntry]] = {}
        self.left: dict[str, set[int]] = {}
        self.begun: set[str] = set()

    def move(self, move: _Move) -> bool:
        """Whether an entry can be moved; then it is noted."""
        root, entry = self.roots.get(move.key), self._get_entries(move.key).get(move.name)
        if root is None or entry is None:
            return False
        if move.key == move.new_key:
            start = find_mark(root.node.keys[move.name]).index
            self.edits.replace(start, entry.key_end, _quote_like(self.layout.text[start], move.new_name))
            return True
        if root.node.flow or not self.layout.begins_line(entry.start) or not self._move_lines(entry, move.new_key):
            return False
        self.left.setdefault(move.key, set()).add(entry.start)
        return True

    def _get_entries(self, key: str) -> dict[str | None, YamlEntry]:
        if key not in self.entries:
            root = self.roots.get(key)
            listed = self.layout.list_entries(root.node) if root and isinstance(root.node.value, dict) else []
            self.entries[key] = {entry.key: entry for entry in listed}
        return self.entries[key]

    def _move_lines(self, entry: YamlEntry, key: str) -> bool:
        """Notes the lines of an entry for the end of another mapping; not if they would mean something else there."""
        target = self.roots.get(key)
        if target is None:
            last, column = list(self.roots.values())[-1], len(STEP)
        elif not target.node.flow and self._get_entries(key):
            last = list(self._get_entries(key).values())[-1]
            column = self.layout.find_column(last.start)
        else:
            return False
        start, end = self.layout.find_line_start(entry.start), self.layout.find_next_line(entry.end)
        place = self.layout.find_next_line(last.end)
        if self._ends_in_block(end) and self._has_blanks_below(place):
            return False
        if target is None and key not in self.begun:
            self.edits.add_lines(place, f"{key}:{self.layout.find_line_break(place)}")
        self.begun.add(key)
        self.edits.add_lines(place, self._indent(self.layout.text[start:end], column - (entry.start - start), place))
        return True

    def _ends_in_block(self, end: int) -> bool:
        return self.layout.find_block_scalar_before(end) is not None

    def _has_blanks_below(self, place: int) -> bool:
        """Whether what follows a place could belong to a text in a block before it, or that would lack its end."""
        _, lines = self.layout.skip_lines_without_content(place)
        return any(line[0] in " \r\n" for line in lines) or not self.layout.text.endswith(("\n", "\r"))

    def _indent(self, text: str, columns: int, place: int) -> str:
        lines = text.splitlines(keepends=True)
        filled = [line if not line.strip("\r\n") else _shift_line(line, columns) for line in lines]
        end = "" if text.endswith(("\n", "\r")) else self.layout.find_line_break(place)
        return "".join(filled) + end

    def apply(self) -> YamlLayout:
        for key, starts in self.left.items():
            entries = list(self._get_entries(key).values())
            style = BlockEdits(self.layout, self.edits)
            for first, last in list_runs(entries, starts):
                style.remove(entries, first, last, with_comments=True)
            if len(starts) == len(entries):
                self.edits.insert(self.roots[key].mark_end, " {}")
        return apply_edits(self.layout, self.edits)


def _shift_line(line: str, columns: int) -> str:
    return " " * columns + line if columns > 0 else line.removeprefix(" " * -columns)


def _quote_like(quote: str, name: str) -> str:
    """A key in the quotes that another one begins with, if it begins with any."""
    quotes = quote if quote in ("'", '"') else ""
    return f"{quotes}{name}{quotes}" if re.fullmatch(r"[\w.-]+", name) else dump_in_brackets(name, as_json=True)
