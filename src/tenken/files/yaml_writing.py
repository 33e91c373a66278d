"""Writes plain text, lists and mappings as YAML that the strict reader reads back as the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from yaml.representer import BaseRepresenter


class _PlainTextDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes text bare wherever YAML's syntax lets it: what we read stays text, so nothing needs quotes to stay so."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own attribute


def _represent_text(dumper: BaseRepresenter, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


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
