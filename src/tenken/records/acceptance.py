"""Gaps that somebody answers for until a day, and whether that still holds.

It rests on the rule and on the answers as they were: when a condition, a day, a check or an answer changes, it ends.
Words may be improved; the hash of a rule is made of what decides, not of its prose.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from tenken.files.file_reading import digest_bytes
from tenken.files.frozen_classes import Field, Frozen, list_fields
from tenken.files.problems import Problem, suggest_instead
from tenken.records.answer_values import has_words
from tenken.records.evidence import add_months
from tenken.records.record import Acceptance, Record
from tenken.rules.library import Library, list_mentioned_ids
from tenken.rules.requirement import Months, Requirement

LONGEST = Months(12)
"""How long a gap can be accepted at once."""
_PROSE_HINTS, _PROSE_FIELDS = ("Prose", "Place"), ("samples", "notes")
"""What decides nothing, by the annotations of fields and by their names."""


class AcceptanceEnd(StrEnum):
    """Why an acceptance no longer holds."""

    EXPIRED = "expired"
    RULE_CHANGED = "rule_changed"
    ANSWERS_CHANGED = "answers_changed"
    TOO_LONG = "too_long"
    AHEAD = "ahead"
    INCOMPLETE = "incomplete"


def find_acceptance_ends(record: Record, library: Library, as_of: date) -> Mapping[str, AcceptanceEnd | None]:
    """For each gap that was accepted why that has ended; None if it holds."""
    return {
        id: next(_list_reasons_to_end(acceptance, id, record, library, as_of), None)
        for id, acceptance in record.accepted.items()
        if id in library.requirements
    }


def _list_reasons_to_end(
    acceptance: Acceptance, id: str, record: Record, library: Library, as_of: date
) -> Iterator[AcceptanceEnd]:
    if not (is_name(acceptance.by) and has_words(acceptance.because) and acceptance.on):
        yield AcceptanceEnd.INCOMPLETE
    elif acceptance.until > add_months(acceptance.on, LONGEST):
        yield AcceptanceEnd.TOO_LONG
    elif acceptance.on > as_of:
        yield AcceptanceEnd.AHEAD
    if as_of > acceptance.until:
        yield AcceptanceEnd.EXPIRED
    if acceptance.rule != digest_rule(library.requirements[id]):
        yield AcceptanceEnd.RULE_CHANGED
    if acceptance.answers != digest_answers(record, library.requirements[id], library):
        yield AcceptanceEnd.ANSWERS_CHANGED


def is_name(by: str) -> bool:
    """Whether somebody is named; one character is a whole name in some languages."""
    return any(map(str.isalpha, by))


def list_idle_acceptances(record: Record, library: Library) -> Iterator[Problem]:
    """What was accepted and is no requirement to these checklists, so that it does nothing."""
    for id, acceptance in record.accepted.items():
        if id not in library.requirements:
            facts = {"id": id, "hint": suggest_instead(id, library.requirements)}
            yield Problem(acceptance.at, "{id} is not a requirement here; {hint}", facts, is_note=True)


def digest_rule(requirement: Requirement) -> str:
    """The hash of all that decides whether a requirement applies, from when, and whether it is met."""
    return _digest_data(_describe(requirement))


def digest_answers(record: Record, requirement: Requirement, library: Library) -> str:
    """The hash of the answers on which the finding of a requirement depends."""
    ids = dict.fromkeys(list_mentioned_ids(requirement, library))
    return _digest_data({id: record.answers[id].answer for id in ids if id in record.answers})


def _digest_data(data: object) -> str:
    return digest_bytes(json.dumps(data, sort_keys=True, separators=(",", ":")).encode())


def _describe(value: object) -> object:
    """A rule as lists and mappings of plain words, without its prose and its place in a file."""
    match value:
        case Frozen():
            deciding = {each.name: _describe(getattr(value, each.name)) for each in _list_deciding_fields(type(value))}
            return {"": type(value).__name__, **deciding}
        case Mapping():
            return {key: _describe(item) for key, item in value.items()}
        case frozenset():
            return sorted(value)
        case tuple():
            return [_describe(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


def _list_deciding_fields(cls: type[Frozen]) -> Iterator[Field]:
    for each in list_fields(cls):
        if each.compare and each.hint not in _PROSE_HINTS and each.name not in _PROSE_FIELDS:
            yield each
