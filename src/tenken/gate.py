"""The gate: what keeps a build from passing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from tenken.assess import Assessment, Finding, Status, Timing
from tenken.logic import Truth
from tenken.model import Force


@dataclass(frozen=True)
class Gate:
    """What counts: gaps in force; if strict also what is undetermined; and what comes within some days."""

    strict: bool = False
    within: timedelta = timedelta()

    def stops(self, assessment: Assessment) -> Iterator[Finding]:
        """The findings of binding rules that do not pass; recommendations always do."""
        for finding in assessment.findings:
            binding = finding.requirement.force in (Force.OBLIGATION, Force.PROHIBITION)
            if binding and self._is_due(finding, assessment) and self._is_open(finding):
                yield finding

    def _is_due(self, finding: Finding, assessment: Assessment) -> bool:
        if finding.timing is Timing.IN_FORCE:
            return True
        return finding.since is not None and finding.since <= assessment.situation.as_of + self.within

    def _is_open(self, finding: Finding) -> bool:
        if finding.status is Status.GAP:
            return finding.applies is Truth.YES
        return self.strict and finding.status is Status.UNDETERMINED


def parse_within(said: str) -> timedelta:
    """A number of days written as 30d; raises ValueError for anything else."""
    if not re.fullmatch(r"\d{1,4}d", said, re.ASCII):
        raise ValueError(said)
    return timedelta(days=int(said[:-1]))
