"""Writes plain data as YAML in every layout a person might choose: in lines, in brackets, quoted, with comments."""

from __future__ import annotations

import json
from random import Random

from tenken.files.strict_yaml import Node
from tenken.files.yaml_layout import YamlLayout
from tenken.files.yaml_writing import PlainValue, dump_yaml

SHORT = "answer"


class LayoutWriter:
    """One choice of layout for all that is written with it; each comment has a number of its own."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.breaks = chance.choice([["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"], ["\n", "\r\n", "\r"]])
        self.comments = 0
        self.commented = chance.choice([0.0, 0.2, 0.5])
        self.as_json = False

    def write_file(self, data: dict[str, PlainValue]) -> str:
        match self.chance.choice(["lines", "lines", "lines", "brackets", "json"]):
            case "lines":
                head = self.chance.choice(["", "", "---" + self.end_line()])
                text = head + self.write_mapping(data, 0) + self.chance.choice(["", "", "..." + self.end_line()])
            case "json":
                self.as_json = True
                indent = self.chance.choice([None, 2, "\t", 4])
                separators = self.chance.choice([None, (",", ":")]) if indent is None else None
                text = json.dumps(shorten(data, self.chance), indent=indent, separators=separators, ensure_ascii=False)
                text = text.replace("\n", self.breaks[0]) + self.breaks[0]
            case _:
                self.as_json = self.chance.random() < 0.5
                text = self.write_in_brackets(data, 0) + self.end_line()
        return text.removesuffix("\n").removesuffix("\r") if self.chance.random() < 0.2 else text

    def is_so(self, probability: float) -> bool:
        return self.chance.random() < probability

    def end_line(self, comment: bool = True) -> str:
        behind = ""
        if comment and self.is_so(self.commented):
            behind = " " * self.chance.randint(1, 3) + self.new_comment()
        return behind + self.chance.choice(self.breaks)

    def new_comment(self) -> str:
        self.comments += 1
        return self.chance.choice(["# c{}", "#c{}!", "# k: 'c{}"]).format(self.comments)

    def write_between(self, column: int) -> str:
        """Blank lines and comments before an entry."""
        text = ""
        while self.is_so(0.3):
            text += self.chance.choice(["", "", " " * self.chance.randint(0, 8)]) + self.chance.choice(self.breaks)
        while self.is_so(self.commented):
            indent = self.chance.choice([column, column, 0, column + 3])
            text += " " * indent + self.new_comment() + self.chance.choice(self.breaks)
        return text

    def write_mapping(self, data: dict[str, PlainValue], column: int, *, begun: bool = False) -> str:
        parts: list[str] = []
        for number, (key, value) in enumerate(data.items()):
            before = "" if begun and not number else self._write_between_safely(parts, column) + " " * column
            explicit = self.is_so(0.1)
            mark = "? " if explicit else ""
            after = self.end_line() + " " * column + ":" if explicit else self.chance.choice(["", "", " "]) + ":"
            parts.append(before + mark + self.write_key(key) + after + self.write_value(value, column))
        return "".join(parts)

    def _write_between_safely(self, parts: list[str], column: int) -> str:
        """Not deeper than the text of a block before it, of which it would be a part."""
        return self.write_between(column) if not (parts and parts[-1].endswith("\x00")) else ""

    def write_key(self, key: str) -> str:
        return self.chance.choice([key, key, key, f'"{key}"', f"'{key}'"])

    def write_value(self, value: PlainValue, column: int) -> str:
        if isinstance(value, str) or not value or self.is_so(0.25):
            return self._write_scalar_or_brackets(value, column)
        if isinstance(value, dict):
            if list(value) == [SHORT] and self.is_so(0.5):
                return self.write_value(value[SHORT], column)
            indent = column + self.chance.choice([1, 2, 4])
            return self.end_line() + self.write_mapping(value, indent)
        if len(value) == 1 and isinstance(value[0], dict) and self.is_so(0.3):
            return self.write_value(value[0], column)
        return self.end_line() + self.write_items(value, column + self.chance.choice([0, 2, 3]))

    def write_items(self, items: list[PlainValue], column: int) -> str:
        text = ""
        for item in items:
            text += self.write_between(column) if not text.endswith("\x00") else ""
            text += " " * column + "-"
            if isinstance(item, dict) and self.is_so(0.7):
                if self.is_so(0.7):
                    gap = self.chance.randint(1, 3)
                    text += " " * gap + self.write_mapping(item, column + 1 + gap, begun=True)
                else:
                    indent = column + self.chance.choice([1, 2])
                    text += self.end_line() + self.write_mapping(item, indent)
            else:
                text += self._write_scalar_or_brackets(item, column)
        return text

    def _write_scalar_or_brackets(self, value: PlainValue, column: int) -> str:
        below = self.end_line() + " " * (column + 2) if self.is_so(0.15) else " "
        if isinstance(value, str):
            if (block := self.write_block(value, column)) and self.is_so(0.7):
                return " " + block
            return below + self.write_scalar(value) + self.end_line()
        self.as_json = self.is_so(0.3)
        return below + self.write_in_brackets(value, column + 2) + self.end_line()

    def write_scalar(self, text: str) -> str:
        plain = dump_yaml({"k": text}).removeprefix("k: ").removesuffix("\n")
        choices = [json.dumps(text, ensure_ascii=False)]
        if "\n" not in text and not text.startswith("- "):
            choices += ["'" + text.replace("'", "''") + "'"]
        if "\n" not in plain:
            choices += [plain, plain]
        return self.chance.choice(choices)

    def write_block(self, text: str, column: int) -> str:
        """A text in a block with the sign that gives its end; nothing if a block cannot hold it."""
        lines = text.split("\n")
        if len(lines) < 2 or any(line != line.strip() for line in lines) or not lines[0]:
            return ""
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        sign = {0: "-", 1: ""}.get(ends, "+")
        sign = "+" if ends == 1 and self.is_so(0.3) else sign
        indent = " " * (column + self.chance.choice([1, 2, 4]))
        comment = " " + self.new_comment() if self.is_so(self.commented) else ""
        written = [indent + line if line else "" for line in body.split("\n")] + [""] * (ends - 1 if sign == "+" else 0)
        if sign == "":
            written += [""] * self.chance.randint(0, 2)
        text = f"|{sign}{comment}" + self.chance.choice(self.breaks)
        text += "".join(line + self.chance.choice(self.breaks) for line in written)
        return text + "\x00"

    def write_in_brackets(self, value: PlainValue, column: int) -> str:
        if isinstance(value, str):
            return json.dumps(value, ensure_ascii=False) if self.as_json or not value.isalnum() else value
        if isinstance(value, list):
            return f"[{self._join(list(value), column)}]"
        if list(value) == [SHORT] and self.is_so(0.5):
            return self.write_in_brackets(value[SHORT], column)
        return f"{{{self._join([(key, each) for key, each in value.items()], column)}}}"

    def _join(self, entries: list[PlainValue] | list[tuple[str, PlainValue]], column: int) -> str:
        in_lines = self.is_so(0.3)
        text = self._write_gap(column, in_lines=in_lines) if in_lines else ""
        for number, entry in enumerate(entries):
            if isinstance(entry, tuple):
                key = f'"{entry[0]}"' if self.as_json else entry[0]
                text += f"{key}: {self.write_in_brackets(entry[1], column + 2)}"
            else:
                text += self.write_in_brackets(entry, column + 2)
            is_last = number == len(entries) - 1
            if not is_last or self.is_so(0.1):
                text += ","
            text += self._write_gap(column - 2 if is_last else column, in_lines=in_lines)
        return text

    def _write_gap(self, column: int, *, in_lines: bool) -> str:
        if not in_lines:
            return self.chance.choice([" ", " ", "  "])
        text = self.end_line()
        while self.is_so(self.commented / 2):
            text += " " * max(column, 1) + self.new_comment() + self.chance.choice(self.breaks)
        return text + " " * max(column, 1)


def write_layout(data: dict[str, PlainValue], chance: Random) -> str:
    return LayoutWriter(chance).write_file(data).replace("\x00", "")


def shorten(value: PlainValue, chance: Random) -> PlainValue:
    """The same data, in which some mappings of nothing but the short key are what stands under it."""
    if isinstance(value, dict):
        if list(value) == [SHORT] and chance.random() < 0.5:
            return value[SHORT]
        return {key: shorten(each, chance) for key, each in value.items()}
    return [shorten(item, chance) for item in value] if isinstance(value, list) else value


def list_entry_texts(text: str) -> dict[tuple[str, ...], str]:
    """The text of each entry of a mapping, by the keys that lead to it."""
    layout = YamlLayout(text)
    found: dict[tuple[str, ...], str] = {}

    def walk(node: Node, path: tuple[str, ...]) -> None:
        for entry in layout.list_entries(node):
            if entry.key is not None:
                found[*path, entry.key] = text[entry.start : entry.end]
                if isinstance(entry.node.value, dict):
                    walk(entry.node, (*path, entry.key))

    walk(layout.root, ())
    return found
