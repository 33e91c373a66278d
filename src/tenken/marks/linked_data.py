"""JSON-LD of a web page: the source types it declares, wherever in it they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tenken.marks.raw_finds import RawFinds
from tenken.marks.source_types import SourceDeclaration, build_declaration

_MOST_NODES = 100_000
_KEY = "digitalSourceType"


def list_linked_declarations(finds: RawFinds) -> Iterator[SourceDeclaration]:
    for text in finds.linked_data:
        try:
            held = json.loads(text)
        except (ValueError, RecursionError):
            finds.keep_not_read("json_ld")
            continue
        for said in _list_source_types(held, finds):
            yield build_declaration(said, "json-ld")


def _list_source_types(held: Any, finds: RawFinds) -> Iterator[str]:  # noqa: ANN401 - any JSON
    waiting = [held]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            for key, value in node.items():
                if re.split(r"[/#:]", key)[-1] == _KEY:
                    yield from _list_said_terms(value)
                else:
                    waiting.append(value)
    finds.keep_not_read("rest")


def _list_said_terms(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    for item in value if isinstance(value, list) else [value]:
        said = item.get("@id") or item.get("@value") if isinstance(item, dict) else item
        if isinstance(said, str) and said.strip():
            yield said
