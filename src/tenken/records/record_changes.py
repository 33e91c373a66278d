"""What differs between two states of a record, and two people's changes to one state put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenken.files.frozen_classes import list_field_values, replace_fields
from tenken.files.problems import Place, Problem, Problems
from tenken.records.record import GivenAnswer, Record

_NOTHING: Any = object()
_SIGNATURE = ("status", "signed_off")
"""What falls with any changed answer, so that nobody is told that two changed it."""


def merge_record_changes(base: Record, ours: Record, theirs: Record) -> Record:
    """Their state of a record with what we changed since `base`.

    Raises `Problems` for each answer or line that both changed, and to something else.
    """
    changes: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, mine in list_field_values(ours):
        before, other = getattr(base, name), getattr(theirs, name)
        if isinstance(mine, Place) or mine == before:
            continue
        if isinstance(mine, Mapping):
            merged, both = _merge_mappings(before, mine, other)
            changes[name] = merged
            problems += [_build_conflict(theirs, id) for id in both if name != "answered_against"]
        else:
            changes[name] = mine
            if other not in (before, mine) and name not in _SIGNATURE:
                problems.append(_build_conflict(theirs, name))
    if problems:
        raise Problems(*problems)
    return replace_fields(theirs, **changes)


def _merge_mappings(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Their entries with ours where we changed one, and the keys that both changed to something else."""
    merged, both = dict(theirs), []
    for key in dict.fromkeys((*base, *ours)):
        before, mine, other = (each.get(key, _NOTHING) for each in (base, ours, theirs))
        if _is_same(mine, before):
            continue
        if not (_is_same(other, before) or _is_same(other, mine)):
            both.append(key)
        if mine is _NOTHING:
            merged.pop(key, None)
        else:
            merged[key] = mine
    return merged, both


def _is_same(one: object, other: object) -> bool:
    """Whether two answers say the same, wherever they stand."""
    if isinstance(one, GivenAnswer) and isinstance(other, GivenAnswer):
        return replace_fields(one, place=other.place) == other
    return one == other


def _build_conflict(theirs: Record, key: str) -> Problem:
    text = "somebody else changed {key} meanwhile; nothing was written"
    given = theirs.answers.get(key)
    return Problem(given.place if given and given.place.path else theirs.at, text, {"key": key})
