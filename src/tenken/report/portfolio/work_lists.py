"""Who has what in hand, over all systems: a work list for each person, and what is missing and nobody has."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from tenken.assessment.status import Status
from tenken.assessment.system_row_types import Applies, RequirementRow, SystemRow
from tenken.report.portfolio.shortlist import Shortlist
from tenken.report.portfolio.standing import list_accepted_ids
from tenken.rules.requirement import BINDING_FORCES

_MOST_PEOPLE = 1000
_MOST_TASKS = 20
_LAST_OF_DAYS = "9999-12-31"


class WorkTask(NamedTuple):
    """What somebody has in hand, or nobody: a requirement or a question, in which system and by when."""

    system: str
    file: str
    id: str
    due: str
    since: str


class WorkList:
    """The tasks of one person, the nearest day first; how many there are, how many are overdue, in how many systems."""

    def __init__(self) -> None:
        self.tasks: Shortlist[WorkTask] = Shortlist(_MOST_TASKS)
        self.overdue = 0
        self.systems = 0
        self._last_file = ""

    def take(self, task: WorkTask, *, is_overdue: bool) -> None:
        self.tasks.add((task.due or _LAST_OF_DAYS, task.since or _LAST_OF_DAYS, task.system, task.id), task)
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
        since = {row["id"]: row["since"] or "" for row in system["requirements"]}
        for (id, owner), due in _find_days(system).items():
            self._take_task(owner, WorkTask(system["system"], system["file"], id, due, since.get(id, "")))

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


def _find_days(system: SystemRow) -> dict[tuple[str, str], str]:
    """By what is to be done and who has it in hand, the earliest day; what binds also if nobody has it."""
    days: dict[tuple[str, str], str] = {}
    for each in system["in_hand"]:
        task = each["requirement"] or each["check"], each["owner"]
        days[task] = min(filter(None, (days.get(task), each["due"])), default="")
    in_hand = {id for id, _ in days}
    accepted = list_accepted_ids(system)
    free = (row["id"] for row in system["requirements"] if row["id"] not in in_hand and _is_missing(row, accepted))
    return {**days, **dict.fromkeys(((id, "") for id in free), "")}


def _is_missing(row: RequirementRow, accepted: Collection[str]) -> bool:
    """Whether something that binds is certainly missing, by the law or by the rules of the house."""
    is_gap = row["status"] is Status.GAP and row["force"] in BINDING_FORCES and row["id"] not in accepted
    return is_gap or (row["applies"] is not Applies.NO and bool(row["house_missing"]))
