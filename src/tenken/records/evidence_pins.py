"""Notes the hashes of what is there as evidence, so that a later look can tell whether it is still the same."""

from __future__ import annotations

from collections.abc import Iterable

from tenken.files.frozen_classes import replace_fields
from tenken.records.evidence_files import SeenEvidence
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
