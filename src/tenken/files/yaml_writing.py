"""Writes plain text, lists and mappings as YAML that the strict reader reads back as the same."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from yaml.representer import BaseRepresenter


PlainValue = str | list["PlainValue"] | dict[str, "PlainValue"]
"""What YAML of ours holds: text, lists and mappings."""

_STAND_INS = range(0xE000, 0xF900)
"""Characters for private use, which stand for emoji and the like while YAML is written."""
_PLAIN_IN_BRACKETS = r"\w[\w./+-]*(?: [\w./+-]+)*|\d{4}-\d\d-\d\dT[\d:]+Z"


class _PlainTextDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes text bare wherever YAML's syntax lets it: what we read stays text, so nothing needs quotes to stay so."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own attribute


class _QuotedTextDumper(_PlainTextDumper):
    """As above, but texts of several lines stand in quotes."""


def _represent_text(dumper: BaseRepresenter, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_choose_style(text))


def _represent_quoted_text(dumper: BaseRepresenter, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if "\n" in text else None)


def _choose_style(text: str) -> str | None:
    """A block for lines, unless blanks at the edge of one, or a last line that is empty, could get lost in it."""
    if "\n" not in text:
        return None
    lines = text.removesuffix("\n").split("\n")
    return '"' if any(line != line.strip() for line in lines) or not (lines[0] and lines[-1]) else "|"


def _represent_list(dumper: BaseRepresenter, items: list[object]) -> yaml.SequenceNode:
    flow = all(isinstance(item, str) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)


_PlainTextDumper.add_representer(str, _represent_text)
_PlainTextDumper.add_representer(list, _represent_list)
_QuotedTextDumper.add_representer(str, _represent_quoted_text)


def dump_yaml(data: dict[str, Any], *, blocks: bool = True) -> str:
    """Plain text, lists and mappings as YAML in block style; without `blocks`, texts of several lines are quoted."""
    dumper = _PlainTextDumper if blocks else _QuotedTextDumper
    text = _dump(data, dumper)
    if "\\U" not in text:
        return text
    # libyaml writes what lies beyond 16 bits as an escape, which nobody can read; so another character stands for it.
    free = [number for number in _STAND_INS if chr(number) not in text]
    rare = dict(zip(sorted(set(re.findall("[\U00010000-\U0010ffff]", repr(data)))), free, strict=False))
    back = {number: character for character, number in rare.items()}
    return _dump(_translate_all(data, str.maketrans(rare)), dumper).translate(back)


def _dump(data: PlainValue, dumper: type) -> str:
    return str(yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=100))


def _translate_all(value: PlainValue, table: dict[int, int]) -> PlainValue:
    if isinstance(value, dict):
        return {key.translate(table): _translate_all(each, table) for key, each in value.items()}
    return [_translate_all(each, table) for each in value] if isinstance(value, list) else value.translate(table)


def dump_in_brackets(value: PlainValue, *, as_json: bool) -> str:
    """A value in one line as it stands inside brackets; as JSON, or with quotes only where they are needed."""
    if as_json:
        return dump_json(value)
    if isinstance(value, dict):
        entries = (f"{_quote_in_brackets(key)}: {dump_in_brackets(each, as_json=False)}" for key, each in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(dump_in_brackets(each, as_json=False) for each in value)}]"
    return _quote_in_brackets(value)


def _quote_in_brackets(text: str) -> str:
    return text if re.fullmatch(_PLAIN_IN_BRACKETS, text) else dump_json(text)


def dump_json(value: PlainValue, step: str | None = None, *, is_dense: bool = False) -> str:
    """A value as JSON, in one line or with each level indented by a step."""
    return json.dumps(value, ensure_ascii=False, indent=step, separators=(",", ":") if is_dense else None)


def indent_yaml(text: str, columns: int) -> str:
    """YAML moved to the right; empty lines stay empty."""
    return "".join(f"{' ' * columns}{line}\n" if line else "\n" for line in text.removesuffix("\n").split("\n"))
