"""The names of people in a record: who answered, who sees to what, who may know, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenken.files.frozen_classes import replace_fields
from tenken.records.record import GivenAnswer, Record


def list_person_names(record: Record) -> list[str]:
    answering = {name for given in _list_given(record) for name in (given.by, given.ask, given.owner) if name}
    return sorted(answering.union(signed.by for signed in record.signed_off))


def replace_person_names(record: Record, roles: Mapping[str, str]) -> Record:
    """The record with roles where people were named."""
    answers, earlier = ({id: _replace_names(given, roles) for id, given in part.items()} for part in _get_parts(record))
    signed_off = tuple(replace_fields(one, by=roles.get(one.by, one.by)) for one in record.signed_off)
    return replace_fields(record, answers=answers, earlier=earlier, signed_off=signed_off)


def _get_parts(record: Record) -> tuple[Mapping[str, GivenAnswer], Mapping[str, GivenAnswer]]:
    return record.answers, record.earlier


def _list_given(record: Record) -> Iterator[GivenAnswer]:
    return (given for part in _get_parts(record) for given in part.values())


def _replace_names(given: GivenAnswer, roles: Mapping[str, str]) -> GivenAnswer:
    by, ask, owner = (roles.get(name, name) for name in (given.by, given.ask, given.owner))
    return replace_fields(given, by=by, ask=ask, owner=owner)
