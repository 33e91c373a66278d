"""Notes the hashes of what is there as evidence, so that a later look can tell whether it is still the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tenken.files.frozen_classes import replace_fields
from tenken.records.evidence_files import SeenEvidence
from tenken.records.record import NO_ANSWER, Evidence, GivenAnswer
from tenken.records.record_file import RecordFile


def pin_evidence(record_file: RecordFile, seen: Iterable[SeenEvidence]) -> list[SeenEvidence]:
    """Writes the hashes of what was seen into the record, which is not saved yet; returns what that changed."""
    fresh = [one for one in seen if one.sha256 and one.sha256 != one.item.sha256.lower()]
    answers = dict(record_file.record.answers)
    for one in fresh:
        evidence = list(answers[one.check].evidence)
        evidence[one.place] = replace_fields(one.item, sha256=one.sha256)
        answers[one.check] = replace_fields(answers[one.check], evidence=tuple(evidence))
    if fresh:
        record_file.take_evidence(answers)
    return fresh


def bring_evidence(
    record_file: RecordFile, pieces: Mapping[str, Evidence], stands_for: Callable[[Evidence, Evidence], bool]
) -> list[str]:
    """Adds a piece of evidence to each of some checks, answered or not, in a record that is not saved yet.

    It takes the place of the first piece that stands for the same, and all others stay. Returns the checks of which
    that changed something.
    """
    answers = dict(record_file.record.answers)
    changed = []
    for id, piece in pieces.items():
        given = answers.get(id, NO_ANSWER)
        answers[id] = _put_evidence(given, piece, stands_for)
        if answers[id] != given:
            changed.append(id)
    if changed:
        record_file.take_evidence(answers)
    return changed


def _put_evidence(given: GivenAnswer, piece: Evidence, stands_for: Callable[[Evidence, Evidence], bool]) -> GivenAnswer:
    evidence = list(given.evidence)
    place = next((place for place, item in enumerate(evidence) if stands_for(item, piece)), len(evidence))
    evidence[place : place + 1] = [piece]
    return replace_fields(given, evidence=tuple(evidence))
