"""What is different over many systems: which of them change, how, and what has to be asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tenken.assessment.judgement import Timing
from tenken.assessment.status import Standing
from tenken.assessment.system_row_types import (
    Applies,
    ChangesRow,
    MovedBy,
    MovedRequirementRow,
    SystemRow,
    VerdictRow,
)
from tenken.report.portfolio.shortlist import Shortlist
from tenken.rules.requirement import Force

_MOST_SYSTEMS = 200


class Stand(NamedTuple):
    """Where a requirement stands, whether it applies for certain, and whether that holds already."""

    standing: Standing
    may_apply: bool
    timing: Timing | None


class Move(NamedTuple):
    """One requirement that comes to stand otherwise, and what moves it; None where it is not asked for."""

    moved_by: MovedBy
    law: str
    id: str
    force: Force
    before: Stand | None
    now: Stand | None


class ChangedSystem(NamedTuple):
    """One system that changes, with all its moves."""

    system: str
    file: str
    moved: tuple[MovedRequirementRow, ...]
    ask_again: tuple[str, ...]


class ChangesTally:
    def __init__(self) -> None:
        self.changed = 0
        self.new: Shortlist[tuple[str, str]] = Shortlist(_MOST_SYSTEMS)
        self.moves: Counter[Move] = Counter()
        self.by: Counter[MovedBy] = Counter()
        self.ask_again: Counter[str] = Counter()
        self.not_asked: Counter[str] = Counter()
        self.systems: Shortlist[ChangedSystem] = Shortlist(_MOST_SYSTEMS)

    def take(self, row: SystemRow, changes: ChangesRow) -> None:
        self.ask_again.update(changes["ask_again"])
        self.not_asked.update(changes["not_asked"])
        if changes["is_new"]:
            self.new.add((row["system"], row["file"]), (row["system"], row["file"]))
        self.by.update({each["moved_by"] for each in changes["moved"]})
        self.moves.update(map(_build_move, changes["moved"]))
        if changes["moved"] or changes["ask_again"]:
            self.changed += 1
            moved, again = tuple(changes["moved"]), tuple(changes["ask_again"])
            key = (-len(moved), -len(again), row["system"])
            self.systems.add(key, ChangedSystem(row["system"], row["file"], moved, again))


def _build_move(moved: MovedRequirementRow) -> Move:
    before, now = build_possible_stand(moved["before"]), build_possible_stand(moved["now"])
    return Move(moved["moved_by"], moved["law"], moved["id"], moved["force"], before, now)


def build_possible_stand(verdict: VerdictRow | None) -> Stand | None:
    if verdict is None:
        return None
    return Stand(verdict["standing"], verdict["applies"] is Applies.UNKNOWN, verdict["timing"])


def build_changes_data(tally: ChangesTally, gone: Sequence[str]) -> Mapping[str, Any]:
    """What is different, as plain data for programs; what moved in most systems first."""
    moves = sorted(tally.moves.items(), key=lambda entry: (-entry[1], entry[0].id, str(entry[0])))
    return {
        "systems": tally.changed,
        "moved": [
            {
                "id": move.id,
                "moved_by": move.moved_by,
                "before": move.before.standing if move.before else None,
                "now": move.now.standing if move.now else None,
                "systems": count,
            }
            for move, count in moves
        ],
        "ask_again": dict(tally.ask_again.most_common()),
        "not_asked": dict(tally.not_asked.most_common()),
        "new": tally.new.count,
        "gone": list(gone),
    }
