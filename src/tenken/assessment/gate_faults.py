"""What the gate found in a record, each at the line that decided it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from tenken.assessment.accepted_gaps import AcceptedGap, render_accepted_gap
from tenken.assessment.explanation import render_blocking_finding, render_finding_headline
from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.gate import Gate, Judged
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.files.problems import Place, escape_line_breaks
from tenken.records.record import NO_ANSWER, Record

if TYPE_CHECKING:
    from tenken.assessment.shown_measures import UnshownMeasure


class FaultKind(StrEnum):
    """What the gate found; all but what is accepted keeps a record from passing."""

    GAP = "gap"
    UNKNOWN = "unknown"
    UNSHOWN = "unshown"
    ACCEPTED = "accepted"


class GateFault(Frozen):
    """One thing the gate found: what it is, the headline first, and which lines of the record decided it.

    `says` has no control characters, and a line of it is one. `check` is the measure, where it is about one only.
    """

    kind: FaultKind
    finding: Finding
    says: tuple[str, ...]
    places: tuple[Place, ...]
    check: str = ""

    @property
    def place(self) -> Place:
        return self.places[0]


class FaultFinder:
    """Lists the faults of one record that was judged."""

    def __init__(self, record: Record, assessment: Assessment, wording: Wording) -> None:
        self._record = record
        self._assessment = assessment
        self._wording = wording

    def list_blocking_faults(self, judged: Judged, gate: Gate) -> Iterator[GateFault]:
        """Certain gaps where they were decided; what passes where the unknown is allowed, at the first line."""
        lenient = replace_fields(gate, allows_unknown=True)
        certain = {finding.requirement.id for finding in lenient.list_blocking_findings(self._assessment)}
        for finding in judged.blocking:
            says = render_blocking_finding(finding, self._assessment, self._wording)
            if finding.requirement.id in certain:
                yield self._build_fault(FaultKind.GAP, finding, says, self._list_deciding_places(finding))
            else:
                yield self._build_fault(FaultKind.UNKNOWN, finding, says)

    def list_unshown_faults(self, unshown: Iterable[UnshownMeasure]) -> Iterator[GateFault]:
        from tenken.assessment.shown_measures import render_unshown_measure  # noqa: PLC0415 - it hashes

        findings = {measure.check.id: finding for finding in self._assessment.findings for measure in finding.measures}
        for measure in unshown:
            check, _ = measure
            says = (self._render_headline(findings[check]), render_unshown_measure(measure))
            places = self._list_answer_places((check,))
            yield self._build_fault(FaultKind.UNSHOWN, findings[check], says, places, check)

    def list_accepted_faults(self, accepted: Iterable[AcceptedGap], gate: Gate) -> Iterator[GateFault]:
        """The gaps that pass only because somebody answers for them."""
        alone = replace_fields(gate, accepted=frozenset())
        stopped = {finding.requirement.id for finding in alone.list_blocking_findings(self._assessment)}
        for gap in accepted:
            if gap.finding.requirement.id in stopped & gate.accepted:
                says = (self._render_headline(gap.finding), render_accepted_gap(gap))
                places = self._list_deciding_places(gap.finding)
                yield self._build_fault(FaultKind.ACCEPTED, gap.finding, says, places)

    def _build_fault(
        self, kind: FaultKind, finding: Finding, says: Iterable[str], places: Iterable[Place] = (), check: str = ""
    ) -> GateFault:
        lines = tuple(escape_line_breaks(line.replace("\n", " ").strip()) for line in says)
        return GateFault(kind, finding, lines, tuple(places) or (self._record.at,), check)

    def _render_headline(self, finding: Finding) -> str:
        return render_finding_headline(finding, self._assessment, self._wording)

    def _list_deciding_places(self, finding: Finding) -> list[Place]:
        """The answers that say what is missing; of what is forbidden, those by which it applies, the last one first."""
        missing = [measure.check.id for measure in (*finding.outstanding, *finding.house_open)]
        if missing:
            return self._list_answer_places(missing)
        order = self._assessment.library.order
        deciding = {reason.question for reason in finding.reasons}
        return self._list_answer_places(sorted(deciding, key=order.__getitem__, reverse=True))

    def _list_answer_places(self, ids: Iterable[str]) -> list[Place]:
        places = (self._record.answers.get(id, NO_ANSWER).place for id in ids)
        return [place for place in places if place.line]
