"""Which measures that are in place are shown by evidence, and which are only said to be; from the record alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tenken.assessment.findings import Finding, Measure
from tenken.records.evidence import is_shown
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.rules.logic import Truth
from tenken.rules.requirement import MET, Basis


class Proof(StrEnum):
    """What stands behind a measure that is in place: somebody's word, or evidence that was pinned and still holds."""

    SAID = "said"
    SHOWN = "shown"


class ProofCount(NamedTuple):
    """How many measures are in place by somebody's word alone, and how many are shown."""

    said: int
    shown: int


def find_proof(measure: Measure, given: GivenAnswer, as_of: date) -> Proof | None:
    """What stands behind a measure; None if it is not in place."""
    if measure.answer != MET:
        return None
    return Proof.SHOWN if is_shown(given, measure.check, as_of) else Proof.SAID


def list_met_measures(finding: Finding) -> Iterator[Measure]:
    """The measures of the text that concern the case, or may, and are in place."""
    for measure in finding.measures:
        is_asked = measure.check.basis is Basis.TEXT and measure.concerns is not Truth.NO
        if is_asked and measure.answer == MET and finding.applies is not Truth.NO:
            yield measure


def count_proof(findings: Iterable[Finding], record: Record, as_of: date) -> ProofCount:
    """How many measures of the text are in place, told apart by what stands behind them."""
    proofs = [
        find_proof(measure, record.answers.get(measure.check.id, NO_ANSWER), as_of)
        for finding in findings
        for measure in list_met_measures(finding)
    ]
    return ProofCount(proofs.count(Proof.SAID), proofs.count(Proof.SHOWN))
