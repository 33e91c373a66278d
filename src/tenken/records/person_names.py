"""The names of people in a record: who answered, who sees to what, who may know, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenken.files.frozen_classes import replace_fields
from tenken.files.yaml_writing import PlainValue
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_text import build_long_data

_NAMING = ("by", "ask", "owner")


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
    """The record with roles where people were named who answered, see to something, may know or signed."""
    parts = (record.answers, record.earlier)
    answers, earlier = ({id: _replace_names(given, roles) for id, given in part.items()} for part in parts)
    signed_off = tuple(replace_fields(one, by=roles.get(one.by, one.by)) for one in record.signed_off)
    return replace_fields(record, answers=answers, earlier=earlier, signed_off=signed_off)


def _replace_names(given: GivenAnswer, roles: Mapping[str, str]) -> GivenAnswer:
    by, ask, owner = (roles.get(name, name) for name in (given.by, given.ask, given.owner))
    return replace_fields(given, by=by, ask=ask, owner=owner)
