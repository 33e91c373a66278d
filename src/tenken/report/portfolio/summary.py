"""What many rows come to: counters, and short lists of what presses most; memory does not grow with the systems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from tenken.assessment.judgement import Timing
from tenken.assessment.status import Status
from tenken.assessment.system_row_types import (
    AcceptedGapRow,
    Applies,
    ChangesRow,
    PortfolioRow,
    SystemRow,
    SystemStage,
    UnreadableRow,
)
from tenken.report.portfolio.changes_tally import ChangesTally, build_changes_data
from tenken.report.portfolio.shortlist import Shortlist
from tenken.report.portfolio.standing import (
    Pressing,
    SystemStanding,
    count_by_law,
    find_system_standing,
    find_worst,
)
from tenken.report.portfolio.work_lists import WorkLists
from tenken.rules.requirement import BINDING_FORCES

MOST_SYSTEMS = 1000
"""How many systems a page shows."""
_MOST_LISTED = 200
_MOST_EXAMPLES = 3
_SOON_DAYS = 90
"""Days within which an accepted risk ends soon."""


class SystemBrief(TypedDict):
    """What a page shows of one system; `cells` tells of each law that was checked how many requirements stand how."""

    file: str
    system: str
    organisation: str
    release: str
    stage: SystemStage
    standing: SystemStanding
    rules_moved: bool
    cells: dict[str, Counter[Pressing]]
    first_gap: dict[str, str]


class DateTally:
    """On how many systems something falls on a day; of a duty that starts, how many have a gap or do not know."""

    def __init__(self) -> None:
        self.systems = 0
        self.not_ready = 0
        self.not_known = 0
        self.named: list[tuple[str, str]] = []

    def take(self, row: SystemRow, status: Status | None = None) -> None:
        """Counts a system, and where it stands with what starts on that day."""
        self.systems += 1
        self.not_ready += status is not None and status.needs_action
        self.not_known += status is not None and status.needs_answer
        if len(self.named) < _MOST_EXAMPLES:
            self.named.append((row["system"], row["file"]))


class QuestionTally:
    """How many systems an answer would settle something in, and who would know it."""

    def __init__(self) -> None:
        self.systems = 0
        self.binding = 0
        self.whom: Counter[str] = Counter()


class PortfolioSummary:
    """Takes in row after row; `as_of` is the day they are judged by."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.standings: Counter[SystemStanding] = Counter()
        self.prohibited = 0
        self.laws: dict[str, Counter[Pressing]] = {}
        self.systems: Shortlist[SystemBrief] = Shortlist(MOST_SYSTEMS)
        self.unreadable: Shortlist[UnreadableRow] = Shortlist(MOST_SYSTEMS)
        self.moved_rules: Shortlist[tuple[str, str]] = Shortlist(_MOST_LISTED)
        self.dates: dict[tuple[str, str, str], DateTally] = {}
        self.questions: dict[str, QuestionTally] = {}
        self.proof: Counter[str] = Counter()
        self.stale: Shortlist[tuple[str, str, str]] = Shortlist(_MOST_LISTED)
        self.accepted: Shortlist[tuple[str, str, AcceptedGapRow]] = Shortlist(_MOST_LISTED)
        self.work = WorkLists(as_of.isoformat())
        self.changes: ChangesTally | None = None

    def take(self, row: PortfolioRow) -> None:
        if "system" not in row:
            self.unreadable.add((row["file"],), row)
            return
        if row["problems"]:
            beside: UnreadableRow = {"schema_version": "1", "file": row["file"], "problems": row["problems"]}
            self.unreadable.add((row["file"],), beside)
        laws = count_by_law(row)
        total = sum(laws.values(), Counter[Pressing]())
        self._take_standing(row, laws, total)
        self._take_dates(row)
        self._take_questions(row)
        self._take_proof(row)
        self.work.take(row)
        if "changes" in row:
            self._take_changes(row, row["changes"])

    def _take_standing(self, row: SystemRow, laws: Mapping[str, Counter[Pressing]], total: Counter[Pressing]) -> None:
        standing = find_system_standing(total)
        self.standings[standing] += 1
        self.prohibited += bool(total[Pressing.PROHIBITED])
        for law, counts in laws.items():
            self.laws.setdefault(law, Counter())[find_worst(counts)] += 1
        brief: SystemBrief = {
            "file": row["file"],
            "system": row["system"],
            "organisation": row["organisation"],
            "release": row["release"],
            "stage": row["stage"],
            "rules_moved": row["rules_moved"],
            "standing": standing,
            "cells": dict(laws),
            "first_gap": _find_first_gaps(row),
        }
        ranks = tuple(-total[pressing] for pressing in Pressing if pressing not in (Pressing.MET, Pressing.NONE))
        self.systems.add((*ranks, row["system"], row["file"]), brief)
        if row["rules_moved"]:
            self.moved_rules.add((row["system"], row["file"]), (row["system"], row["file"]))

    def _take_dates(self, row: SystemRow) -> None:
        """The days to come on which a duty starts or ends, something is due, or an accepted risk ends."""
        for each in row["requirements"]:
            if each["applies"] is Applies.NO or each["force"] not in BINDING_FORCES:
                continue
            if each["timing"] is Timing.COMING and each["since"]:
                self._take_date((each["since"], "starts", each["id"]), row, each["status"])
            if each["until"]:
                self._take_date((each["until"], "ends", each["id"]), row)
        for day in {item["due"] for item in row["in_hand"] if item["due"]}:
            self._take_date((day, "due", ""), row)
        for gap in row["accepted"]:
            if gap["ended"] is None:
                self._take_date((gap["until"], "accepted", gap["requirement"]), row)

    def _take_date(self, date: tuple[str, str, str], row: SystemRow, status: Status | None = None) -> None:
        if date[0] >= self.as_of.isoformat():
            self.dates.setdefault(date, DateTally()).take(row, status)

    def _take_questions(self, row: SystemRow) -> None:
        waiting: dict[str, bool] = {}
        for each in row["requirements"]:
            for question in each["settled_by"]:
                waiting[question] = waiting.get(question, False) or each["force"] in BINDING_FORCES
            if each["applies"] is not Applies.NO:
                waiting.update(dict.fromkeys(each["house_unknown"], True))
        for question, binds in waiting.items():
            tally = self.questions.setdefault(question, QuestionTally())
            tally.systems += 1
            tally.binding += binds
            if who := row["whom"].get(question):
                tally.whom[who] += 1

    def _take_proof(self, row: SystemRow) -> None:
        for name in ("shown", "said", "stale"):
            self.proof[name] += len(row["proof"][name])
        for check in row["proof"]["stale"]:
            self.stale.add((row["system"], check), (row["system"], row["file"], check))
        for gap in row["accepted"]:
            if gap["ended"] or (date.fromisoformat(gap["until"]) - self.as_of).days <= _SOON_DAYS:
                self.accepted.add((gap["until"], row["system"]), (row["system"], row["file"], gap))

    def _take_changes(self, row: SystemRow, changes: ChangesRow) -> None:
        self.changes = self.changes or ChangesTally()
        self.changes.take(row, changes)

    def list_named(self) -> Iterator[tuple[str, str]]:
        """The names and files of the systems that a page names, each as often as it does."""
        yield from ((brief["system"], brief["file"]) for brief in self.systems.things)
        yield from ((system, file) for system, file, _ in (*self.stale.things, *self.accepted.things))
        yield from ((task.system, task.file) for work in self.work.people.values() for task in work.tasks.things)
        for tally in self.dates.values():
            yield from tally.named
        if self.changes:
            yield from ((each.system, each.file) for each in self.changes.systems.things)
            yield from self.changes.new.things

    def list_next_dates(self) -> list[tuple[tuple[str, str, str], DateTally]]:
        return sorted(self.dates.items(), key=lambda entry: entry[0])

    def list_questions(self) -> list[tuple[str, QuestionTally]]:
        """The question that would settle most systems first; what binds counts before what does not."""
        return sorted(self.questions.items(), key=lambda entry: (-entry[1].binding, -entry[1].systems, entry[0]))


def _find_first_gaps(row: SystemRow) -> dict[str, str]:
    """The first requirement of each law that is open, by which a link leads into the report of the system."""
    first: dict[str, str] = {}
    for each in sorted(row["requirements"], key=lambda each: each["status"] is not Status.GAP):
        if each["status"].is_open and each["applies"] is not Applies.NO:
            first.setdefault(each["law"], each["id"])
    return first


def build_summary_data(summary: PortfolioSummary, gone: Sequence[str] = ()) -> Mapping[str, Any]:
    """The summary as plain data for programs; `gone` is what is no longer among the systems."""
    return {
        "systems": summary.systems.count,
        "cannot_be_read": summary.unreadable.count,
        "standings": {standing: summary.standings[standing] for standing in SystemStanding},
        "prohibited": summary.prohibited,
        "rules_moved": summary.moved_rules.count,
        "laws": {law: {p: counts[p] for p in Pressing if counts[p]} for law, counts in summary.laws.items()},
        "dates": [
            {
                "day": day,
                "what": what,
                "requirement": id or None,
                "systems": tally.systems,
                "not_ready": tally.not_ready,
                "not_known": tally.not_known,
            }
            for (day, what, id), tally in summary.list_next_dates()
        ],
        "owners": [
            {"owner": owner, "tasks": work.tasks.count, "systems": work.systems, "overdue": work.overdue}
            for owner, work in summary.work.list_people()
        ],
        "questions": [
            {"id": id, "systems": tally.systems, "binding": tally.binding, "whom": dict(tally.whom)}
            for id, tally in summary.list_questions()
        ],
        "proof": {name: summary.proof[name] for name in ("shown", "said", "stale")},
        "changes": build_changes_data(summary.changes, gone) if summary.changes else None,
    }
