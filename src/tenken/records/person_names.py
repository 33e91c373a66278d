"""The names of people in a record: who answered, who sees to what, who may know, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tenken.files.frozen_classes import Frozen, list_field_values, replace_fields
from tenken.files.problems import Place
from tenken.files.yaml_writing import PlainValue
from tenken.records.record import Record
from tenken.records.record_text import build_long_data

_NAMING = ("by", "ask", "owner")
"""Under which keys people are named, wherever these stand in a record."""


def list_person_names(record: Record) -> list[str]:
    """Every name a record holds, wherever it stands."""
    return sorted(set(_find_names(build_long_data(record))))


def _find_names(value: PlainValue) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _find_names(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in _NAMING and isinstance(item, str):
                yield item
            else:
                yield from _find_names(item)


def replace_person_names(record: Record, roles: Mapping[str, str]) -> Record:
    """The record with roles wherever people were named."""
    return replace_fields(record, **dict(_list_replaced_fields(record, roles)))


def _replace_names(value: object, roles: Mapping[str, str]) -> object:
    match value:
        case Frozen():
            named: Any = value
            return replace_fields(named, **dict(_list_replaced_fields(value, roles)))
        case Mapping():
            return {key: _replace_names(item, roles) for key, item in value.items()}
        case tuple() if not isinstance(value, Place):
            return tuple(_replace_names(item, roles) for item in value)
        case _:
            return value


def _list_replaced_fields(value: Frozen, roles: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for key, item in list_field_values(value):
        yield key, roles.get(item, item) if key in _NAMING and isinstance(item, str) else _replace_names(item, roles)
