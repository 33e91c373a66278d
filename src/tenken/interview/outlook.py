"""The findings and the open questions of a situation, kept up to date answer by answer.

It says what `assess` says, but looks again only at the requirements an answer can touch; so the next question comes as
fast with three thousand questions as with thirty.
"""

from __future__ import annotations

from typing import NamedTuple

from tenken.agenda import Open, Phase, in_order, open_in
from tenken.assess import Assessment, Finding, applies_to, assess, finding
from tenken.library import Library, mentioned
from tenken.logic import Condition, Situation, Truth, Value, atoms, truth
from tenken.model import Requirement


class Change(NamedTuple):
    """One requirement that an answer touches: whether it applied before, and its finding after.

    The finding before is there where it applied and still does, so that what differs is its state.
    """

    was: Truth
    before: Finding | None
    after: Finding


class Outlook:
    def __init__(self, library: Library, situation: Situation) -> None:
        self.library = library
        self.situation = situation
        self._findings: dict[str, Finding] = {}
        self._applies = {id: applies_to(item, situation) for id, item in library.requirements.items()}
        self._open = {id: tuple(open_in(item, library, situation)) for id, item in library.requirements.items()}
        self._touched: dict[str, list[Requirement]] = {}
        for requirement in library.requirements.values():
            for id in dict.fromkeys(mentioned(requirement, library)):
                self._touched.setdefault(id, []).append(requirement)
        self.open: tuple[Open, ...] = in_order(self._open, library)

    @property
    def assessment(self) -> Assessment:
        return assess(self.library, self.situation)

    @property
    def findings(self) -> dict[str, Finding]:
        return {id: self._finding(requirement) for id, requirement in self.library.requirements.items()}

    def _finding(self, requirement: Requirement) -> Finding:
        if requirement.id not in self._findings:
            self._findings[requirement.id] = finding(requirement, self.library, self.situation)
        return self._findings[requirement.id]

    def answer(self, id: str, value: Value) -> list[Change]:
        """Takes an answer in; returns what it changed."""
        changes = self.what_if(id, value)
        self.situation = self.situation.but(id, value)
        for item in self._touched.get(id, ()):
            self._findings.pop(item.id, None)
            self._applies[item.id] = applies_to(item, self.situation)
            self._open[item.id] = tuple(open_in(item, self.library, self.situation))
        self.open = in_order(self._open, self.library)
        return changes

    def what_if(self, id: str, value: Value) -> list[Change]:
        """What an answer would change: what begins or ceases to apply, and the state of what applies."""
        situation = self.situation.but(id, value)
        changes = []
        for item in self._touched.get(id, ()):
            was, becomes = self._applies[item.id], applies_to(item, situation)
            if was is not becomes or becomes is Truth.YES:
                before = self._finding(item) if was is becomes else None
                changes.append(Change(was, before, finding(item, self.library, situation)))
        return changes

    def asked_again(self, id: str) -> Open:
        """A question as it would stand open if it had not been answered; needed by nothing while it is dormant."""
        answers = {other: value for other, value in self.situation.answers.items() if other != id}
        needed = self._needing(id, Situation(answers, self.situation.as_of))
        return Open(id, self.phase(id), needed)

    def matters(self, id: str) -> bool:
        """Whether an answer still decides something, given those asked before it or all the others."""
        if id in self.library.checks:
            requirement, check = self.library.checks[id]
            return Truth.NO not in (self._applies[requirement.id], truth(check.when, self.situation))
        place = self.library.order[id]
        answers = {other: value for other, value in self.situation.answers.items() if self.library.order[other] < place}
        return bool(self._needing(id, Situation(answers, self.situation.as_of)) or self.asked_again(id).needed_by)

    def phase(self, id: str) -> Phase:
        """When an answered question is asked, seen from here."""
        if id not in self.library.checks:
            return Phase.SCOPE
        requirement, check = self.library.checks[id]
        if self._applies[requirement.id] is Truth.UNKNOWN:
            return Phase.UNSETTLED
        return Phase[check.basis.name]

    def _needing(self, id: str, situation: Situation) -> tuple[str, ...]:
        touched = self._touched.get(id, ())
        return tuple(
            item.id for item in touched if any(question == id for _, question in open_in(item, self.library, situation))
        )


def mentions(condition: Condition, id: str) -> bool:
    return any(fact.question == id for fact in atoms(condition))
