"""Writes plain text, lists and mappings as YAML that the strict reader reads back as the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from yaml.representer import BaseRepresenter


PlainValue = str | list["PlainValue"] | dict[str, "PlainValue"]
"""What YAML of ours holds: text, lists and mappings."""


class _PlainTextDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes text bare wherever YAML's syntax lets it: what we read stays text, so nothing needs quotes to stay so."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own attribute


def _represent_text(dumper: BaseRepresenter, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_choose_style(text))


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


def dump_yaml(data: dict[str, Any]) -> str:
    """Plain text, lists and mappings as YAML in block style."""
    return str(
        yaml.dump(
            data, Dumper=_PlainTextDumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=100
        )
    )


def indent_yaml(text: str, columns: int) -> str:
    """YAML moved to the right; empty lines stay empty."""
    return "".join(f"{' ' * columns}{line}\n" if line else "\n" for line in text.removesuffix("\n").split("\n"))
