"""Changes to YAML in brackets, and so to JSON: entries with commas between them, in the layout of their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenken.files.text_edits import TextEdits
from tenken.files.yaml_layout import LINE_BREAK, YamlEntry, YamlLayout
from tenken.files.yaml_writing import PlainValue, dump_in_brackets, dump_json

_REST_OF_LINE = rf"[ \t]*(?:#[^\r\n]*)?(?={LINE_BREAK})"


class FlowEdits:
    """Notes what to change for entries inside brackets; comments of what goes get lines of their own before it."""

    def __init__(self, layout: YamlLayout, edits: TextEdits, *, as_json: bool) -> None:
        self.layout = layout
        self.edits = edits
        self.as_json = as_json

    def choose_anchor(self, _entries: Sequence[YamlEntry], _kept: Sequence[YamlEntry]) -> YamlEntry | None:
        """What new first entries stand behind: nothing."""
        return None

    def add(
        self, entries: Sequence[YamlEntry], anchor: YamlEntry | None, new: Sequence[tuple[str | None, PlainValue]]
    ) -> None:
        neighbour = anchor or entries[0]
        break_and_indent = self._find_line_indent(neighbour)
        separator = "," + (break_and_indent or self._find_separator(entries))
        rendered = [self._render_entry(neighbour, key, value) for key, value in new]
        if anchor is None:
            self.edits.insert(neighbour.start, "".join(text + separator for text in rendered))
        elif not (break_and_indent and self._add_lines(anchor, separator.join(rendered), break_and_indent)):
            self.edits.insert(anchor.end, "".join(separator + text for text in rendered))

    def _add_lines(self, anchor: YamlEntry, text: str, break_and_indent: str) -> bool:
        """Whether entries could be put on lines of their own, below the comment behind the one before them."""
        place, mark = self.layout.find_next_mark(anchor.end)
        has_comma = mark == ","
        rest = re.compile(_REST_OF_LINE).match(self.layout.text, place + 1 if has_comma else anchor.end)
        if rest is None or self.edits.replaces(place):
            return False
        if not has_comma:
            self.edits.insert(anchor.end, ",")
        self.edits.insert(rest.end(), break_and_indent + text + ("," if has_comma else ""))
        return True

    def _find_line_indent(self, entry: YamlEntry) -> str:
        """The line break and the blanks before an entry that begins a line; nothing if it does not."""
        line_start = self.layout.find_line_start(entry.start)
        if not self.layout.begins_line(entry.start) or not line_start:
            return ""
        return self.layout.find_line_break(entry.start) + self.layout.text[line_start : entry.start]

    def _find_separator(self, entries: Sequence[YamlEntry]) -> str:
        """The blanks behind a comma, or a colon if there is no comma yet."""
        gap = self.layout.find_gap(entries[1].start) if len(entries) > 1 else self._find_colon_gap(entries[0])
        return "" if not gap and self.as_json else " "

    def _find_colon_gap(self, entry: YamlEntry) -> str:
        return self.layout.text[entry.mark_end : entry.value_start] if entry.is_marked else " "

    def remove(self, entries: Sequence[YamlEntry], first: int, last: int) -> None:
        """Takes entries out of others, with a comma; comments among them stay on lines of their own."""
        start, end = entries[first].start, entries[last].end
        place, mark = self.layout.find_next_mark(end)
        if last + 1 < len(entries):
            following = entries[last + 1].start
            self._keep_comments(entries[first], start, following, place=following)
            self.edits.replace(start, following, "")
            return
        if mark == ",":
            end = place + 1
        else:
            comma, _ = self.layout.find_next_mark(entries[first - 1].end)
            self.edits.replace(comma, comma + 1, "")
        self._keep_comments(entries[first], start, end, place=end)
        if not self.layout.list_comments(start, end):
            start = self._find_blanks_before(start, end)
        self.edits.replace(start, end, "")

    def _find_blanks_before(self, start: int, end: int) -> int:
        """Where the blanks begin that go with a last entry; with a line break, if nothing else stands on the line."""
        rest = re.compile(_REST_OF_LINE).match(self.layout.text, end)
        if rest and "#" in rest.group():
            return start
        before = len(self.layout.text[:start].rstrip(" \t"))
        if not self.layout.begins_line(start):
            return before if self.layout.text[before - 1] == "," else start
        line_break = self.layout.find_line_break(start)
        return before - len(line_break) if rest and before else start

    def replace(self, entry: YamlEntry, value: PlainValue) -> None:
        """Another value in the place of one; what stands around it stays."""
        text = self._render_value(entry, value)
        if entry.is_empty:
            mark = " " if entry.is_marked else ": "
            self.edits.insert(entry.mark_end, mark + text)
            return
        self._keep_comments(entry, entry.value_start, entry.end, place=entry.start)
        self.edits.replace(entry.value_start, entry.end, text)

    def _keep_comments(self, entry: YamlEntry, start: int, end: int, *, place: int) -> None:
        """Puts the comments of a stretch that goes on lines of their own before a place."""
        comments = self.layout.list_comments(start, end)
        if not comments:
            return
        indent = re.sub(r"[^\t]", " ", self.layout.text[self.layout.find_line_start(entry.start) : entry.start])
        line_break = self.layout.find_line_break(entry.start)
        first = "" if self.layout.begins_line(entry.start) else line_break + indent
        self.edits.add_comment(place, first + "".join(comment + line_break + indent for comment in comments))

    def wrap_in_mapping(self, entry: YamlEntry, key: str) -> None:
        self.edits.insert(entry.value_start, "{" + self._render_key(entry, key))
        self.edits.insert(entry.end, "}")

    def wrap_in_list(self, entry: YamlEntry) -> None:
        self.edits.insert(entry.value_start, "[")
        self.edits.insert(entry.end, "]")

    def _render_entry(self, neighbour: YamlEntry, key: str | None, value: PlainValue) -> str:
        text = self._render_value(neighbour, value)
        if key is None:
            return text
        return self._render_key(neighbour, key) + text

    def _render_key(self, neighbour: YamlEntry, key: str) -> str:
        colon = ":" if self.as_json and not self._find_colon_gap(neighbour) else ": "
        return dump_in_brackets(key, as_json=self.as_json) + colon

    def _render_value(self, neighbour: YamlEntry, value: PlainValue) -> str:
        """A value as JSON in lines where its neighbour begins one, or else in one line."""
        if not self.as_json:
            return dump_in_brackets(value, as_json=False)
        indent = self._find_line_indent(neighbour)
        written = self.layout.text[neighbour.value_start : neighbour.end]
        is_one_line = written[:1] in ("{", "[") and bool(neighbour.node.value) and not re.search(LINE_BREAK, written)
        if not indent or is_one_line:
            return dump_json(value, is_dense=not self._find_colon_gap(neighbour))
        return dump_json(value, self._find_step(indent.lstrip("\r\n"))).replace("\n", indent)

    def _find_step(self, blanks: str) -> str:
        """By how much a level is indented, as told by what stands first in the file."""
        first = re.search(r"\{\s*?[\r\n]([ \t]+)\S", self.layout.text)
        return first[1] if first and blanks.startswith(first[1]) else "  "
