"""Changes single values in the text of a YAML or JSON file; comments, order, quoting and layout of all else stay.

A library that writes whole files anew (ruamel.yaml) moves lines nobody touched, and costs a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from tenken.files.strict_yaml import Node
from tenken.files.text_edits import TextEdits
from tenken.files.yaml_block_edits import BlockEdits, apply_edits
from tenken.files.yaml_flow_edits import FlowEdits
from tenken.files.yaml_layout import YamlEntry, YamlLayout, list_runs
from tenken.files.yaml_moving import move_entries
from tenken.files.yaml_writing import PlainValue


def edit_yaml(text: str, old: Mapping[str, PlainValue], new: Mapping[str, PlainValue], short: str) -> str:
    """The text of a mapping with what differs between two states of its content changed.

    `text` has no byte order mark. What it says and `old` does not, such as what holds anyway, stays. A mapping of
    nothing but the key `short` may be written as what stands under it. Every comment is kept; one that stood inside
    what goes gets a line of its own above it. What has a new name keeps its text.
    """
    layout = YamlLayout(text)
    layout, before = move_entries(layout, old, new, short)
    for editor_class in (_ShortValueEditor, _ValueEditor):
        editor = editor_class(layout, short)
        editor.edit_mapping(layout.root, before, new)
        layout = apply_edits(layout, editor.edits)
    return layout.text


class _Pair(NamedTuple):
    """A value as it will be, the entry that holds it now if there is one, and what that means now."""

    entry: YamlEntry | None
    key: str | None
    old: PlainValue
    new: PlainValue


class _YamlEditor:
    """Walks through a text along two states of its content, and notes what to change."""

    def __init__(self, layout: YamlLayout, short: str) -> None:
        self.layout = layout
        self.short = short
        self.edits = TextEdits()

    def edit_mapping(self, node: Node, old: Mapping[str, PlainValue], new: Mapping[str, PlainValue]) -> None:
        raise NotImplementedError

    def choose_style(self, node: Node) -> BlockEdits | FlowEdits:
        """How entries of a node are written; in brackets with quotes as the outermost of them has them."""
        if not node.flow:
            return BlockEdits(self.layout, self.edits)
        return FlowEdits(self.layout, self.edits, as_json=self.layout.is_json(node))

    def is_short_for(self, node: Node, value: PlainValue) -> bool:
        """Whether a node holds what stands under `short` alone, where a value is a mapping with more."""
        is_mapping = isinstance(value, dict) and isinstance(value.get(self.short), str | list)
        return is_mapping and not isinstance(node.value, dict) and bool(node.value)

    def shorten(self, value: PlainValue) -> PlainValue:
        if isinstance(value, dict) and list(value) == [self.short] and not isinstance(value[self.short], dict):
            return value[self.short]
        return value

    def shorten_all(self, value: PlainValue) -> PlainValue:
        value = self.shorten(value)
        return {key: self.shorten_all(each) for key, each in value.items()} if isinstance(value, dict) else value


class _ShortValueEditor(_YamlEditor):
    """Writes what is short out where more is added: a value as a mapping, one item as a list. The meaning stays."""

    def edit_mapping(self, node: Node, old: Mapping[str, PlainValue], new: Mapping[str, PlainValue]) -> None:
        for entry in self.layout.list_entries(node):
            if entry.key is None or entry.key not in old or entry.key not in new or old[entry.key] == new[entry.key]:
                continue
            before, after = old[entry.key], new[entry.key]
            if self.is_short_for(entry.node, after) and self.shorten(after) == after:
                self.choose_style(node).wrap_in_mapping(entry, self.short)
            elif _is_single_of_many(entry, before, after):
                self.choose_style(node).wrap_in_list(entry)
            elif isinstance(entry.node.value, dict) and isinstance(before, dict) and isinstance(after, dict):
                self.edit_mapping(entry.node, before, after)


class _ValueEditor(_YamlEditor):
    """Changes, adds and takes out entries."""

    def edit_mapping(self, node: Node, old: Mapping[str, PlainValue], new: Mapping[str, PlainValue]) -> None:
        entries = {entry.key: entry for entry in self.layout.list_entries(node)}
        pairs = [
            _Pair(entries.get(key), key, old.get(key, ""), value)
            for key, value in new.items()
            if key in entries or key not in old or old[key] != value
        ]
        gone = {entry.start for key, entry in entries.items() if key in old and key not in new}
        self._edit_entries(node, list(entries.values()), pairs, gone)

    def _edit_entries(self, node: Node, entries: list[YamlEntry], pairs: list[_Pair], gone: set[int]) -> None:
        style = self.choose_style(node)
        for first, last in list_runs(entries, gone):
            style.remove(entries, first, last)
        for entry, _, before, after in pairs:
            if entry and before != after:
                self._change_value(style, entry, before, after)
        kept = [entry for entry in entries if entry.start not in gone]
        added: dict[YamlEntry | None, list[tuple[str | None, PlainValue]]] = {}
        anchor = style.choose_anchor(entries, kept)
        for entry, key, _, after in pairs:
            if entry:
                anchor = entry
            else:
                added.setdefault(anchor, []).append((key, self.shorten_all(after)))
        for place, values in added.items():
            style.add(entries, place, values)

    def _change_value(self, style: BlockEdits | FlowEdits, entry: YamlEntry, old: PlainValue, new: PlainValue) -> None:
        node = entry.node
        if not isinstance(node.value, dict):
            old, new = self.shorten(old), self.shorten(new)
        else:
            old, new = _unwrap_single(old), _unwrap_single(new)
        if isinstance(node.value, dict) and isinstance(new, dict) and not self._is_short_mapping(node, old):
            old = old if isinstance(old, dict) else {}
            if self._can_edit_inside(node, [key for key in node.value if key not in old or key in new]):
                self.edit_mapping(node, old, new)
                return
        elif isinstance(node.value, list) and not isinstance(new, dict):
            pairs = _pair_items(self.layout.list_entries(node), _make_list(old), _make_list(new))
            if self._can_edit_inside(node, [pair for pair in pairs if pair.entry]):
                kept = {pair.entry.start for pair in pairs if pair.entry}
                entries = self.layout.list_entries(node)
                self._edit_entries(node, entries, pairs, {entry.start for entry in entries} - kept)
                return
        style.replace(entry, self.shorten_all(new))

    def _is_short_mapping(self, node: Node, old: PlainValue) -> bool:
        """Whether a mapping is itself what stands under `short`, and not what `short` stands in."""
        return isinstance(old, dict) and self.short in old and self.short not in node.value

    def _can_edit_inside(self, node: Node, kept: list[object]) -> bool:
        """Whether anything in a list or mapping stays, and it has brackets or lines of its own."""
        return bool(kept) and not (node.flow and not self.layout.has_brackets(node))


def _is_single_of_many(entry: YamlEntry, old: PlainValue, new: PlainValue) -> bool:
    """Whether a mapping stands for a list of one, which will have more."""
    is_one = isinstance(entry.node.value, dict) and isinstance(old, list) and len(old) == 1
    return is_one and isinstance(new, list) and len(new) > 1


def _unwrap_single(value: PlainValue) -> PlainValue:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _make_list(value: PlainValue) -> list[PlainValue]:
    return value if isinstance(value, list) else [value]


def _identify_item(item: PlainValue) -> str:
    """What an item is told from others by: itself or, of a mapping, what it says first."""
    return repr(next(iter(item.values()), "")) if isinstance(item, dict) else repr(item)


def _pair_items(entries: list[YamlEntry], old: list[PlainValue], new: list[PlainValue]) -> list[_Pair]:
    """New items with the entries of the old ones they are, or are made of; none if they do not fit the old."""
    if len(entries) != len(old):
        return []
    pairs = []
    for _, first, last, new_first, new_last in SequenceMatcher(
        None, list(map(_identify_item, old)), list(map(_identify_item, new)), autojunk=False
    ).get_opcodes():
        for offset in range(new_last - new_first):
            there = first + offset < last
            entry, before = (entries[first + offset], old[first + offset]) if there else (None, "")
            pairs.append(_Pair(entry, None, before, new[new_first + offset]))
    return pairs
