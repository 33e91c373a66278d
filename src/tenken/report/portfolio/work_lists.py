"""Who has which gaps, over all systems: a work list for each person, and what nobody has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tenken.assessment.status import Status
from tenken.assessment.system_row_types import RequirementRow, SystemRow
from tenken.report.portfolio.shortlist import Shortlist
from tenken.report.portfolio.standing import list_accepted_ids
from tenken.rules.requirement import BINDING_FORCES

_MOST_PEOPLE = 1000
_MOST_TASKS = 20
_LAST_OF_DAYS = "9999-12-31"


class WorkTask(NamedTuple):
    """One gap that somebody has in hand, or nobody: in which system, by when, and which measures are missing."""

    system: str
    file: str
    requirement: str
    due: str
    since: str
    missing: tuple[str, ...]


class WorkList:
    """The gaps of one person, the nearest day first; how many there are, how many are overdue, in how many systems."""

    def __init__(self) -> None:
        self.tasks: Shortlist[WorkTask] = Shortlist(_MOST_TASKS)
        self.overdue = 0
        self.systems = 0
        self._last_file = ""

    def take(self, task: WorkTask, *, is_overdue: bool) -> None:
        self.tasks.add((task.due or _LAST_OF_DAYS, task.since or _LAST_OF_DAYS, task.system, task.requirement), task)
        self.overdue += is_overdue
        self.systems += task.file != self._last_file
        self._last_file = task.file


class WorkLists:
    """The work lists of all people; that of nobody is under an empty name."""

    def __init__(self, as_of: str) -> None:
        self.people: dict[str, WorkList] = {}
        self.not_listed = 0
        self._as_of = as_of

    def take(self, system: SystemRow) -> None:
        accepted = list_accepted_ids(system)
        for row in system["requirements"]:
            if row["status"] is not Status.GAP or row["id"] in accepted:
                continue
            for owner, due in _list_owner_days(row, system):
                self._take_task(
                    owner, WorkTask(*_name_task(row, system), due, row["since"] or "", tuple(row["missing"]))
                )

    def _take_task(self, owner: str, task: WorkTask) -> None:
        if owner not in self.people and len(self.people) > _MOST_PEOPLE:
            self.not_listed += 1
            return
        is_overdue = bool(task.due) and task.due < self._as_of
        self.people.setdefault(owner, WorkList()).take(task, is_overdue=is_overdue)

    def list_people(self) -> list[tuple[str, WorkList]]:
        """Whoever has most overdue first, then whoever has most; nobody at the end."""
        order = sorted(self.people.items(), key=lambda entry: (-entry[1].overdue, -entry[1].tasks.count, entry[0]))
        return sorted(order, key=lambda entry: not entry[0])


def _name_task(row: RequirementRow, system: SystemRow) -> tuple[str, str, str]:
    return system["system"], system["file"], row["id"]


def _list_owner_days(row: RequirementRow, system: SystemRow) -> Iterator[tuple[str, str]]:
    """Each owner of a gap with the earliest day; of what does not bind, only if somebody has it."""
    days: dict[str, str] = {}
    for each in system["in_hand"]:
        if each["requirement"] == row["id"]:
            known = days.get(each["owner"]) or _LAST_OF_DAYS
            days[each["owner"]] = min(known, each["due"] or _LAST_OF_DAYS)
    if not days and row["force"] in BINDING_FORCES:
        days[""] = _LAST_OF_DAYS
    yield from ((owner, "" if day == _LAST_OF_DAYS else day) for owner, day in days.items())
