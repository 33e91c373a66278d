"""The gate: what keeps a build from passing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from tenken.assessment.findings import Assessment, Finding, Measure
from tenken.assessment.judgement import Timing
from tenken.assessment.status import GateVerdict, Status
from tenken.files.frozen_classes import Frozen
from tenken.rules.logic import Truth
from tenken.rules.requirement import SET_ASIDE, Basis


class Judged(Frozen):
    """The findings a gate looked at: what binds, what of that is certainly due, what may be, and what stops it."""

    binding: tuple[Finding, ...]
    due: tuple[Finding, ...]
    undated: tuple[Finding, ...]
    blocking: tuple[Finding, ...]

    def count_statuses(self) -> Counter[Status]:
        """How many of the rules that are due stand where; what was set aside counts for itself."""
        return Counter(finding.status for finding in self.due if not finding.set_aside)

    @property
    def set_aside(self) -> tuple[Finding, ...]:
        """Rules of which somebody set a check of the text or of the house aside."""
        return tuple(finding for finding in self.due if list_checks_set_aside(finding))

    @property
    def claimed(self) -> tuple[Finding, ...]:
        """Rules that do not apply by exceptions of which not all that official guidance wants is shown."""
        return tuple(finding for finding in self.binding if finding.claimed_exceptions)


class Gate(Frozen):
    """What counts: gaps in force and what is not known, unless that is allowed; and what comes within some days.

    `accepted` names the requirements whose gap somebody answers for.
    """

    allows_unknown: bool = False
    within: timedelta = timedelta()
    accepted: frozenset[str] = frozenset()

    def judge(self, assessment: Assessment) -> Judged:
        binding = tuple(finding for finding in assessment.findings if finding.requirement.is_binding)
        due = tuple(finding for finding in binding if self._evaluate_due(finding, assessment) is Truth.YES)
        undated = tuple(finding for finding in binding if finding.has_unknown_day)
        return Judged(binding, due, undated, tuple(self.list_blocking_findings(assessment)))

    def list_blocking_findings(self, assessment: Assessment) -> Iterator[Finding]:
        """What does not pass: findings of binding rules, and whatever the rules of the house ask beyond them."""
        for finding in assessment.findings:
            least = Truth.YES if self.allows_unknown else Truth.UNKNOWN
            if self._evaluate_due(finding, assessment) >= least and (
                self._is_binding_and_open(finding) or self._has_house_breach(finding)
            ):
                yield finding

    def _evaluate_due(self, finding: Finding, assessment: Assessment) -> Truth:
        """Whether it counts on the as-of date, or within so many days of it."""
        match finding.timing:
            case Timing.IN_FORCE:
                return Truth.YES
            case Timing.OPEN:
                return Truth.UNKNOWN
            case Timing.COMING:
                return self._evaluate_due_ahead(finding, assessment.situation.as_of)
            case None:
                return Truth.NO

    def _evaluate_due_ahead(self, finding: Finding, as_of: date) -> Truth:
        if not self.within or (finding.since and finding.since - as_of > self.within):
            return Truth.NO
        latest = finding.since_latest
        return Truth.YES if latest and latest - as_of <= self.within else Truth.UNKNOWN

    def _has_house_breach(self, finding: Finding) -> bool:
        return bool(finding.house_open or (finding.house_unknown and not self.allows_unknown))

    def _is_binding_and_open(self, finding: Finding) -> bool:
        if not finding.requirement.is_binding or finding.requirement.id in self.accepted:
            return False
        match finding.status.meaning.gate:
            case GateVerdict.FAILS:
                return True
            case GateVerdict.FAILS_WHILE_UNKNOWN:
                return not self.allows_unknown
            case GateVerdict.PASSES:
                return False


def list_checks_set_aside(finding: Finding) -> list[Measure]:
    """Measures of the text or of the house that concern the case, or may, and that somebody says do not apply."""
    concerned = (measure for measure in finding.measures if measure.concerns is not Truth.NO)
    asked = (measure for measure in concerned if measure.check.basis is not Basis.GUIDANCE)
    return [measure for measure in asked if measure.answer == SET_ASIDE and finding.applies is not Truth.NO]


def has_decisive_check_set_aside(finding: Finding) -> bool:
    """Whether the measure that decides most is among them."""
    concerned = {measure.check.id: measure for measure in finding.measures if measure.concerns is not Truth.NO}
    checks = finding.requirement.decisive_checks
    decisive = next((concerned[check.id] for check in checks if check.id in concerned), None)
    return decisive in list_checks_set_aside(finding)


def parse_day_count(said: str) -> timedelta:
    """A number of days written as 30d; raises ValueError for anything else."""
    if not re.fullmatch(r"\d{1,4}d", said, re.ASCII):
        raise ValueError(said)
    return timedelta(days=int(said[:-1]))
