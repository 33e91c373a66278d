"""Judges files by the mark tests of checks: what a file shows of each point of the laws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from tenken.files.frozen_classes import Frozen
from tenken.marks.file_marks import FileMarks
from tenken.marks.mark_facts import tell_facts
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.library import Library
from tenken.rules.logic import Situation, Truth, evaluate
from tenken.rules.requirement import Basis, Check, MarkTest, Requirement


class MarkOutcome(StrEnum):
    """What a file shows of a point."""

    MET = "met"
    PARTLY = "partly"
    NOT_FOUND = "not_found"
    UNSEEN = "unseen"


class MarkPoint(Frozen):
    """A check that files can show something of."""

    requirement: Requirement
    check: Check
    test: MarkTest

    @property
    def binds(self) -> bool:
        return self.requirement.is_binding and self.check.basis is Basis.TEXT


class JudgedPoint(Frozen):
    """What the files show of a point: one outcome for each file the test speaks of."""

    point: MarkPoint
    outcomes: Mapping[str, MarkOutcome]

    def count_outcome(self, outcome: MarkOutcome) -> int:
        return sum(each is outcome for each in self.outcomes.values())

    @property
    def is_shown(self) -> bool:
        """Whether there are files for it, and each of them meets it."""
        return bool(self.outcomes) and all(each is MarkOutcome.MET for each in self.outcomes.values())


def list_mark_points(library: Library) -> list[MarkPoint]:
    """Every check that files can show something of, in the order of the checklists."""
    return [MarkPoint(requirement, check, check.marks) for requirement, check in library.checks.values() if check.marks]


def judge_files(points: Iterable[MarkPoint], files: Sequence[FileMarks]) -> list[JudgedPoint]:
    facts = {marks.path: tell_facts(marks) for marks in files}
    return [JudgedPoint(point, dict(_judge_each(point.test, facts))) for point in points]


def _judge_each(test: MarkTest, facts: Mapping[str, Mapping[str, AnswerValue]]) -> Iterator[tuple[str, MarkOutcome]]:
    for path, told in facts.items():
        outcome = judge_file(test, told)
        if outcome is not None:
            yield path, outcome


def judge_file(test: MarkTest, facts: Mapping[str, AnswerValue]) -> MarkOutcome | None:
    """What a file shows of a point; nothing if the test does not speak of such files."""
    situation = Situation(facts, date.min)
    concerns = evaluate(test.when, situation)
    if concerns is Truth.NO:
        return None
    met = evaluate(test.met, situation)
    if concerns is Truth.YES and met is Truth.YES:
        return MarkOutcome.MET
    partly = Truth.NO if test.partly is None else evaluate(test.partly, situation)
    if concerns is Truth.YES and partly is Truth.YES:
        return MarkOutcome.PARTLY
    settled = concerns is Truth.YES and met is Truth.NO and partly is Truth.NO
    return MarkOutcome.NOT_FOUND if settled else MarkOutcome.UNSEEN
