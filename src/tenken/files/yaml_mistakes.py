"""Finds the line that is wrong when a file is no YAML: the parser often stumbles over the line after it, or far below.

What is looked for is what people do: a space or a colon left out, a no-break space that another program put there, a
line indented otherwise than its neighbours, a brace or a quote that nobody closed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from tenken.files.problems import Phrase


class Spot(NamedTuple):
    """A place in a text, in lines and columns from 0."""

    line: int
    column: int


class Stumble(NamedTuple):
    """Where a parser gave up and why, in its words; what it was reading then, and where that began."""

    at: Spot
    said: str
    context: str
    opened: Spot | None


class YamlMistake(NamedTuple):
    """Where a file stops being YAML, in lines and columns from 1, and what is wrong there."""

    line: int
    column: int
    text: str
    facts: Mapping[str, object] = {}


_ODD_SPACES = "\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000"
"""Spaces that are none to YAML: no-break, narrow, full-width, of no width."""
_MISSING_SPACE = "a space is missing after the colon of {key}"
_ODD_SPACE = "a no-break space (U+{code}) stands here; delete it and type an ordinary space"
_MISSING_COLON = "a colon is missing after {word}"
_INDENTATION = "this line is indented by {said}, those beside it by {usual}; indent it like them"
_NOT_CLOSED = "the {sign} that was opened here is not closed"
_MISSING_COMMA = "a comma is missing between the parts of the {sign} that was opened here"
_FULL_WIDTH_INDENT = "a full-width space is used to indent; use half-width spaces"
_FULL_WIDTH_COLON = "a full-width colon (：) stands here; write `: ` (half-width, then a space)"
_FLOW_TEXT_HINT = "a text with `,` `:` or `?` inside {{ }} or [ ] needs quotes, or a line of its own"
_GENERAL_HINT = "is a quote, a bracket or the space after a colon missing?"
_HINTS = (
    ("expected ',' or", _FLOW_TEXT_HINT),
    ("mapping values", "a text with `: ` in it needs quotes, or a line of its own after `>`"),
    ("alphabetic or numeric", "a text that begins with `*` or `&` needs quotes"),
    ("cannot start any token", "a text that begins with `@`, a backtick or `%` needs quotes"),
)
_BEGINS = " *(?:- +)*"
_KEY_LINE = _BEGINS + r"(?P<key>[\w.-]+|\"[^\"]*\"|'[^']*'): *(?P<value>(?<= )[^# ].*)?"
_UNSPACED_KEY = r"([A-Za-z_][\w.-]*):(?!//)[^\s:]"
_CLOSING = {"{": "}", "[": "]"}


def find_yaml_mistake(text: str, stumble: Stumble) -> YamlMistake:
    """What is wrong with a text over which the parser stumbled, and where."""
    lines = text.splitlines() or [""]
    if found := _find_unclosed_sign(lines, stumble) or _find_mistaken_line(lines, stumble):
        return found
    hint = next((hint for words, hint in _HINTS if words in stumble.said), _GENERAL_HINT)
    line, column = stumble.at
    return YamlMistake(line + 1, column + 1, "this cannot be read as YAML; {hint}", {"hint": Phrase(hint)})


def find_key_mistake(key: str, *, in_flow: bool) -> tuple[str, Mapping[str, object]] | None:
    """What is wrong with a key that was read, but took in what should stand beside it."""
    if key[:1] == "\u3000":
        return _FULL_WIDTH_INDENT, {}
    if not key.isascii() and (odd := re.match(f"[ ]*([{_ODD_SPACES}])", key)):
        return _ODD_SPACE, {"code": f"{ord(odd[1]):04X}"}
    if in_flow and ":" in key and (found := re.fullmatch(_UNSPACED_KEY + ".*", key)):
        return _MISSING_SPACE, {"key": found[1]}
    return None


def _find_unclosed_sign(lines: list[str], stumble: Stumble) -> YamlMistake | None:
    """A brace, a bracket or a quote without its end."""
    opened = stumble.opened
    if opened is None or opened.line >= len(lines) or not re.search("flow|quoted", stumble.context):
        return None
    line, column = opened
    sign = lines[line][column : column + 1]
    if sign not in ("{", "[", '"', "'"):
        return None
    text = _NOT_CLOSED
    if closing := _CLOSING.get(sign):
        crossed = any(f"got '{other}'" in stumble.said for other in _CLOSING.values() if other != closing)
        if not crossed and _is_closed(lines, line, column):
            if line == stumble.at.line:
                return None
            text = _MISSING_COMMA
    return YamlMistake(line + 1, column + 1, text, {"sign": f"`{sign}`"})


def _is_closed(lines: list[str], line: int, column: int) -> bool:
    """Whether what is opened at a place is closed before the next line that is indented no deeper."""
    depth, begin = 0, column
    for number, content in enumerate(lines[line:]):
        if number and content.strip() and _measure_indent(content) <= _measure_indent(lines[line]):
            return content.lstrip().startswith(tuple(_CLOSING.values()))
        for character in content[begin:]:
            depth += (character in _CLOSING) - (character in _CLOSING.values())
            if depth == 0:
                return True
        begin = 0
    return False


def _find_mistaken_line(lines: list[str], stumble: Stumble) -> YamlMistake | None:
    """The line, among those that the parser took together, which is written otherwise than a line can be."""
    last, opened = min(stumble.at.line, len(lines) - 1), stumble.opened
    if opened is not None and opened.line < len(lines) and "simple" in stumble.context:
        suspects = [opened.line]
    else:
        suspects = _list_suspects(lines, last)
    for number in (*suspects, last):
        if found := _find_odd_character(lines[number], number):
            return found
    if colonless := [number for number in suspects if _lacks_colon(lines, number, last)]:
        word = lines[colonless[0]].replace("- ", "  ").split()[0]
        column = lines[colonless[0]].index(word) + len(word) + 1
        return YamlMistake(colonless[0] + 1, column, _MISSING_COLON, {"word": word})
    return _find_indentation(lines, last, stumble.at.column)


def _list_suspects(lines: list[str], last: int) -> list[int]:
    """The lines above one, up to the first that is surely `key: value`."""
    suspects: list[int] = []
    for number in range(last - 1, -1, -1):
        if re.fullmatch(_KEY_LINE, lines[number]) and not _find_odd_character(lines[number], number):
            break
        if _has_content(lines[number]):
            suspects.insert(0, number)
    return suspects


def _find_odd_character(line: str, number: int) -> YamlMistake | None:
    if found := re.match(f"[ -]*([{_ODD_SPACES}])", line) or re.match(f"{_BEGINS}[\\w.-]+: *([{_ODD_SPACES}])", line):
        indents = found[1] == "\u3000" and not line[: found.start(1)].strip()
        text = _FULL_WIDTH_INDENT if indents else _ODD_SPACE
        return YamlMistake(number + 1, found.start(1) + 1, text, {"code": f"{ord(found[1]):04X}"})
    if found := re.match("[^\"'#:]*\uff1a", line):
        return YamlMistake(number + 1, found.end(), _FULL_WIDTH_COLON)
    if found := re.match(_BEGINS + _UNSPACED_KEY, line):
        return YamlMistake(number + 1, found.end(), _MISSING_SPACE, {"key": found[1]})
    return None


def _lacks_colon(lines: list[str], number: int, last: int) -> bool:
    """Whether a line should begin with a key: it is a word alone, or stands among lines that do."""
    line = lines[number]
    if re.fullmatch(_KEY_LINE, line) or not re.match(f"{_BEGINS}[A-Za-z_]", line):
        return False
    alone = re.fullmatch(f"{_BEGINS}[\\w.-]+ *(?:#.*)?", line) is not None
    return alone or _measure_indent(line) == _measure_indent(lines[last])


def _find_indentation(lines: list[str], last: int, column: int) -> YamlMistake | None:
    """A line that stands a little further in or out than those beside it."""
    key = re.fullmatch(_KEY_LINE, lines[last])
    if key is None or column > key.end("key"):
        return None
    said = _measure_indent(lines[last])
    above = [number for number in range(last) if _has_content(lines[number])]
    parent = next((number for number in reversed(above) if _measure_indent(lines[number]) < said), None)
    within = [number for number in above if parent is None or number > parent]
    if within:  # lines below the same parent are indented deeper
        usual = _measure_indent(lines[within[0]])
        if parent is not None and (outside := _find_outdented_parent(lines, above, parent, said, usual)):
            return outside
        return _tell_indentation(last, said, usual)
    return _tell_indentation(last, said, _measure_indent(lines[parent])) if parent is not None else None


def _find_outdented_parent(
    lines: list[str], above: list[int], parent: int, said: int, usual: int
) -> YamlMistake | None:
    """The line that the lines below it take for their parent, if it should stand beside the one in doubt."""
    beside = [
        number
        for number, after in pairwise(above)
        if number < parent and _measure_indent(lines[number]) == said and _measure_indent(lines[after]) == usual
    ]
    return _tell_indentation(parent, _measure_indent(lines[parent]), said) if beside else None


def _tell_indentation(number: int, said: int, usual: int) -> YamlMistake:
    return YamlMistake(number + 1, said + 1, _INDENTATION, {"said": said, "usual": usual})


def _measure_indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _has_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
