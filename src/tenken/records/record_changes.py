"""What differs between two states of a record, and two people's changes to one state put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenken.files.frozen_classes import list_field_values, replace_fields
from tenken.files.problems import Place, Problem, Problems
from tenken.records.record import GivenAnswer, Record, RecordStage

_NOTHING: Any = object()
_LOG = "log"
"""What the file says of its log is true, whatever we remember."""
_SIGNATURE = ("status", "signed_off")
"""What stands for the answers as they were, and so is not merged by itself."""


def merge_record_changes(base: Record, ours: Record, theirs: Record) -> Record:
    """Their state of a record with what we changed since `base`; a draft, unless what was signed is what it says.

    Raises `Problems` for each answer or line that both changed, and to something else, and for each answer that they
    changed and we signed otherwise.
    """
    changes: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, mine in list_field_values(ours):
        before, other = getattr(base, name), getattr(theirs, name)
        if isinstance(mine, Place) or mine == before or name in (_LOG, *_SIGNATURE):
            continue
        if isinstance(mine, Mapping):
            merged, both = _merge_mappings(before, mine, other)
            changes[name] = merged
            problems += [_build_conflict(theirs, id) for id in both if name != "answered_against"]
        else:
            changes[name] = mine
            if other not in (before, mine):
                problems.append(_build_conflict(theirs, name))
    if not problems:
        merged_record = replace_fields(theirs, **changes)
        signature, problems = _merge_signatures(base, ours, theirs, merged_record)
    if problems:
        raise Problems(*problems)
    return replace_fields(merged_record, **signature)


def _merge_signatures(
    base: Record, ours: Record, theirs: Record, merged: Record
) -> tuple[dict[str, Any], list[Problem]]:
    """Whose signature covers the merged answers, if anybody's; and what contradicts ours."""
    before, mine, other = (_get_signature(record) for record in (base, ours, theirs))
    if mine != before and ours.status is RecordStage.FINAL:
        changed = _list_changed_answers(ours, merged) or (["signed_off"] if other not in (before, mine) else [])
        return mine, [_build_conflict(theirs, key) for key in changed]
    if mine == before and not _list_changed_answers(theirs, merged):
        return other, []
    return {"status": RecordStage.DRAFT, "signed_off": ()}, []


def _get_signature(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _SIGNATURE}


def _list_changed_answers(one: Record, other: Record) -> list[str]:
    ids = dict.fromkeys((*one.answers, *other.answers))
    return [id for id in ids if not _is_same(one.answers.get(id), other.answers.get(id))]


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
