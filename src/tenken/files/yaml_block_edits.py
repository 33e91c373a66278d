"""Changes to YAML that is written in lines: entries are whole lines, indented alike."""

from __future__ import annotations

from collections.abc import Sequence

from tenken.files.text_edits import TextEdits
from tenken.files.yaml_layout import YamlEntry, YamlLayout, count_indent
from tenken.files.yaml_writing import PlainValue, dump_in_brackets, dump_yaml, indent_yaml

STEP = "  "


def apply_edits(layout: YamlLayout, edits: TextEdits) -> YamlLayout:
    """The text with its edits; a text in a block that ends without a line break still does with lines below it."""
    if edits.is_empty:
        return layout
    end = len(layout.text)
    start = layout.find_block_scalar_before(end)
    is_open = start is not None and not layout.text.endswith(("\n", "\r"))
    if start is not None and is_open and edits.adds_lines_at(end) and not edits.replaces(start):
        header = layout.find_scalar_header(start)
        indicator = header.group().partition(" ")[0]
        edits.replace(start, start + len(indicator), indicator.strip("+-") + "-")
    return YamlLayout(edits.apply(layout.text, layout.find_line_break(end)))


class BlockEdits:
    """Notes what to change for entries that stand in lines; comments of what goes get lines of their own above it."""

    def __init__(self, layout: YamlLayout, edits: TextEdits) -> None:
        self.layout = layout
        self.edits = edits

    def choose_anchor(self, entries: Sequence[YamlEntry], kept: Sequence[YamlEntry]) -> YamlEntry | None:
        """What new first entries stand behind: nothing, unless the first line begins with the dash of a list."""
        return None if self.layout.begins_line(entries[0].start) else kept[0]

    def add(
        self, entries: Sequence[YamlEntry], anchor: YamlEntry | None, new: Sequence[tuple[str | None, PlainValue]]
    ) -> None:
        column = self.layout.find_column(entries[0].start)
        place = self.find_place_behind(anchor) if anchor else self.layout.find_line_start(entries[0].start)
        for key, value in new:
            self.edits.add_lines(place, self._render_entry(key, value, column, place))

    def find_place_behind(self, entry: YamlEntry) -> int:
        return self.layout.find_next_line(entry.end)

    def remove(self, entries: Sequence[YamlEntry], first: int, last: int, *, with_comments: bool = False) -> None:
        """Takes entries out; comments among them stay as lines of their own, unless they go, too."""
        start, end = entries[first].start, self.find_place_behind(entries[last])
        if not self.layout.begins_line(start):  # the dash before it stays, for the next entry
            self._keep_comments(entries[first], start, entries[last + 1].start)
            self.edits.replace(start, entries[last + 1].start, "")
            return
        indent = self.layout.find_column(start) * " "
        kept = [] if with_comments else self.layout.list_comments(start, end)
        end, below = (end, []) if kept else self._gather_lines_below(start, end, len(indent))
        text = "".join(self._break_line(indent + comment, start) for comment in [*kept, *below])
        self.edits.replace(self.layout.find_line_start(start), end, text)

    def _gather_lines_below(self, start: int, end: int, column: int) -> tuple[int, list[str]]:
        """What follows lines that go, if it would otherwise belong to a text in a block before them."""
        scalar = self.layout.find_block_scalar_before(start)
        if scalar is None:
            return end, []
        behind, lines = self.layout.skip_lines_without_content(end)
        if self.layout.keeps_blank_lines(scalar) or any(count_indent(line) > column for line in lines):
            return behind, [line.strip() for line in lines if line.strip()]
        return end, []

    def replace(self, entry: YamlEntry, value: PlainValue) -> None:
        """Another value in the place of one; what stands around it stays."""
        line_end = self.find_place_behind(entry)
        column = self.layout.find_column(entry.start)
        text = self._render_value(entry.key, value, column, line_end)
        if not entry.is_marked:
            assert entry.key is not None
            text = self._render_entry(entry.key, value, column, line_end).removeprefix(" " * column)
            self._replace_through_line(entry, entry.start, line_end, text)
        elif entry.is_empty and text.startswith("\n"):
            self.edits.add_lines(line_end, text[1:].replace("\n", self.layout.find_line_break(entry.start)))
        elif "\n" in text.removesuffix("\n"):
            self._replace_through_line(entry, entry.mark_end, line_end, text)
        else:
            is_block = not isinstance(entry.node.value, str) and not entry.node.flow
            start = entry.mark_end if is_block or entry.is_empty else entry.value_start
            gap = "" if self.layout.text[start - 1] in " \r\n" else " "
            self._keep_comments(entry, start, entry.end)
            self.edits.replace(start, entry.end, gap + text.strip(" \n"))

    def _replace_through_line(self, entry: YamlEntry, start: int, line_end: int, text: str) -> None:
        self._keep_comments(entry, start, line_end)
        is_last = line_end == len(self.layout.text) and not self.layout.text.endswith(("\n", "\r"))
        text = text.removesuffix("\n") if is_last and "|\n" not in text else text
        self.edits.replace(start, line_end, text.replace("\n", self.layout.find_line_break(start)))

    def _keep_comments(self, entry: YamlEntry, start: int, end: int) -> None:
        """Puts the comments of a stretch that goes above the line of an entry."""
        place = self.layout.find_line_start(entry.start)
        indent = " " * count_indent(self.layout.text[place : self.layout.find_next_line(place)])
        for comment in self.layout.list_comments(start, end):
            self.edits.add_comment(place, self._break_line(indent + comment, place))

    def wrap_in_mapping(self, entry: YamlEntry, key: str) -> None:
        """Puts a value below a key of its own, on a line more."""
        indent = self.layout.find_column(entry.start) * " " + STEP
        self.edits.insert(entry.mark_end, self.layout.find_line_break(entry.start) + indent + key + ":")
        self.shift_lines(entry.mark_end, entry.end)

    def wrap_in_list(self, entry: YamlEntry) -> None:
        """Makes a value the only item of a list."""
        if isinstance(entry.node.value, dict) and not entry.node.flow:
            start = entry.value_start
            self.edits.insert(start, "- ")
        else:
            start = entry.mark_end
            indent = self.layout.find_column(entry.start) * " " + STEP
            self.edits.insert(start, self.layout.find_line_break(entry.start) + indent + "-")
        self.shift_lines(start, entry.end)

    def shift_lines(self, start: int, end: int) -> None:
        """Moves the lines after that of a place to the right, up to another place."""
        place = self.layout.find_next_line(start)
        while place < end:
            if self.layout.text[place] not in "\r\n":
                self.edits.insert(place, STEP)
            place = self.layout.find_next_line(place)

    def _render_entry(self, key: str | None, value: PlainValue, column: int, place: int) -> str:
        if key is None:
            text = " " * column + "-" + self._render_value(None, value, column, place)
        else:
            text = indent_yaml(self._dump({key: value}, column, place), column)
        return text.replace("\n", self.layout.find_line_break(place))

    def _render_value(self, key: str | None, value: PlainValue, column: int, place: int) -> str:
        """What stands behind the colon of a key, or the dash of an item."""
        if key is None and isinstance(value, dict) and value:
            return indent_yaml(self._dump(value, column, place), column + 2)[column + 1 :]
        if key is None and isinstance(value, list):
            return f" {dump_in_brackets(value, as_json=False)}\n"
        return indent_yaml(self._dump({"key": value}, column, place), column)[column + len("key:") :]

    def _dump(self, data: dict[str, PlainValue], column: int, place: int) -> str:
        """YAML without texts in blocks where what follows could belong to the last of them."""
        text = dump_yaml(data)
        if "|" in text:
            behind, below = self.layout.skip_lines_without_content(place)
            is_safe = not self.edits.replaces(behind) and all(count_indent(line) <= column for line in below)
            return dump_yaml(data, blocks=is_safe)
        return text

    def _break_line(self, line: str, place: int) -> str:
        return line + self.layout.find_line_break(place)
