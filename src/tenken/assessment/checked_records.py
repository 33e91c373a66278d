"""Records and what the gate made of them: every form in which `check` tells it is made of this."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tenken.assessment.accepted_gaps import AcceptedGap, list_accepted_gaps
from tenken.assessment.findings import Assessment
from tenken.assessment.gate import Gate, Judged
from tenken.assessment.gate_faults import FaultFinder, GateFault
from tenken.assessment.wording import Wording
from tenken.files.file_names import is_plain_file
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.files.problems import NOWHERE, Place, Problem
from tenken.messages.message_catalog import phrase_problem
from tenken.records.record_file import RecordFile

if TYPE_CHECKING:
    from tenken.assessment.shown_measures import UnshownMeasure


class GateOutcome(StrEnum):
    """What became of records at the gate, the worst last."""

    PASSED = "passed"
    FAILED = "failed"
    UNREADABLE = "unreadable"


class CheckedRecord(Frozen):
    """A record, what the gate looked at in it, and what it found."""

    record_file: RecordFile
    assessment: Assessment
    judged: Judged
    accepted: tuple[AcceptedGap, ...]
    unshown: tuple[UnshownMeasure, ...]
    gate: Gate
    wording: Wording

    @cached_property
    def faults(self) -> tuple[GateFault, ...]:
        """What programs are told, each thing with its place."""
        finder = FaultFinder(self.record_file.record, self.assessment, self.wording)
        return (
            *finder.list_blocking_faults(self.judged, self.gate),
            *finder.list_unshown_faults(self.unshown),
            *finder.list_accepted_faults(self.accepted, self.gate),
        )

    @property
    def path(self) -> Path:
        return self.record_file.path

    @property
    def outcome(self) -> GateOutcome:
        return GateOutcome.FAILED if self.judged.blocking or self.unshown else GateOutcome.PASSED


class UnreadableRecord(Frozen):
    """A record that could not be judged, and why."""

    path: Path
    problems: tuple[Problem, ...]

    @property
    def outcome(self) -> GateOutcome:
        return GateOutcome.UNREADABLE

    def list_mistakes(self) -> list[tuple[Place, str]]:
        """Where each problem stands, and the sentence on it; the record stands for what has no place in a file."""
        return [self._locate_problem(problem) for problem in self.problems]

    def _locate_problem(self, problem: Problem) -> tuple[Place, str]:
        named = problem.place.path
        if named == str(self.path) or (named and is_plain_file(Path(named))):
            return problem.place, phrase_problem(replace_fields(problem, place=NOWHERE))
        return Place(str(self.path)), phrase_problem(problem)


class GateRun(Frozen):
    """All the records that were looked at, and by which day."""

    as_of: date
    records: tuple[CheckedRecord | UnreadableRecord, ...]

    @property
    def outcome(self) -> GateOutcome:
        """The worst of all."""
        outcomes = {record.outcome for record in self.records}
        return max(outcomes, key=list(GateOutcome).index, default=GateOutcome.PASSED)


def check_record(
    record_file: RecordFile, assessment: Assessment, gate: Gate, wording: Wording, *, wants_shown: bool
) -> CheckedRecord:
    """Judges a record; what somebody answers for passes, and what is only said, unless it has to be shown."""
    accepted = list_accepted_gaps(record_file.record, assessment)
    standing = frozenset(gap.finding.requirement.id for gap in accepted if gap.ended is None)
    gate = replace_fields(gate, accepted=standing)
    judged = gate.judge(assessment)
    unshown: tuple[UnshownMeasure, ...] = ()
    if wants_shown:
        from tenken.assessment.shown_measures import list_unshown_measures  # noqa: PLC0415 - it hashes

        unshown = tuple(list_unshown_measures(judged.due, assessment, record_file))
    return CheckedRecord(record_file, assessment, judged, accepted, unshown, gate, wording)
