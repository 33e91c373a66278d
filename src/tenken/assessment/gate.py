"""The gate: what keeps a build from passing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from tenken.assessment.findings import Assessment, Finding, Timing
from tenken.assessment.status import GateVerdict
from tenken.files.frozen_classes import Frozen
from tenken.rules.logic import Truth
from tenken.rules.requirement import Basis, Force


class Gate(Frozen):
    """What counts: gaps in force; if strict also what is undetermined; and what comes within some days."""

    strict: bool = False
    within: timedelta = timedelta()

    def list_blocking_findings(self, assessment: Assessment) -> Iterator[Finding]:
        """What does not pass: findings of binding rules, and whatever the rules of the house ask beyond them."""
        for finding in assessment.findings:
            if self._is_due(finding, assessment) and (
                self._is_binding_and_open(finding) or self._has_house_breach(finding)
            ):
                yield finding

    def _is_due(self, finding: Finding, assessment: Assessment) -> bool:
        if finding.timing is Timing.IN_FORCE:
            return True
        return finding.since is not None and finding.since <= assessment.situation.as_of + self.within

    def _has_house_breach(self, finding: Finding) -> bool:
        house = [measure.outstanding for measure in finding.measures if measure.check.basis is Basis.HOUSE]
        return Truth.YES in house or (self.strict and Truth.UNKNOWN in house)

    def _is_binding_and_open(self, finding: Finding) -> bool:
        if finding.requirement.force not in (Force.OBLIGATION, Force.PROHIBITION):
            return False
        match finding.status.meaning.gate:
            case GateVerdict.FAILS:
                return True
            case GateVerdict.FAILS_IF_STRICT:
                return self.strict
            case GateVerdict.PASSES:
                return False


def parse_day_count(said: str) -> timedelta:
    """A number of days written as 30d; raises ValueError for anything else."""
    if not re.fullmatch(r"\d{1,4}d", said, re.ASCII):
        raise ValueError(said)
    return timedelta(days=int(said[:-1]))
