"""The findings and the open questions of a situation, kept up to date answer by answer.

It says what `assess` says, but looks again only at the requirements an answer can touch; so the next question comes as
fast with three thousand questions as with thirty.
"""

from __future__ import annotations

from copy import copy
from typing import NamedTuple

from tenken.assessment.findings import Assessment, Finding, assess_requirement, build_assessment
from tenken.assessment.judgement import evaluate_applicability
from tenken.assessment.open_questions import (
    OpenQuestion,
    Phase,
    find_check_phase,
    list_questions_for_requirement,
    order_open_questions,
)
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.library import Library, list_mentioned_ids
from tenken.rules.logic import Condition, Situation, Truth, evaluate, list_atoms
from tenken.rules.requirement import Requirement


class FindingChange(NamedTuple):
    """One requirement that an answer touches: whether it applied before, and its finding after.

    The finding before is there where it applied and still does, so that what differs is its state.
    """

    was: Truth
    before: Finding | None
    after: Finding


class RunningAssessment:
    def __init__(self, library: Library, situation: Situation) -> None:
        self.library = library
        self.situation = situation
        self._findings: dict[str, Finding] = {}
        self._applies = {
            id: evaluate_applicability(requirement, situation) for id, requirement in library.requirements.items()
        }
        self._open = {
            id: tuple(list_questions_for_requirement(requirement, library, situation))
            for id, requirement in library.requirements.items()
        }
        self._touched: dict[str, list[Requirement]] = {}
        for requirement in library.requirements.values():
            for id in dict.fromkeys(list_mentioned_ids(requirement, library)):
                self._touched.setdefault(id, []).append(requirement)
        self.open: tuple[OpenQuestion, ...] = order_open_questions(self._open, library, situation)

    def copy(self) -> RunningAssessment:
        """The same, to try answers on."""
        copied = copy(self)
        copied._findings, copied._applies = dict(self._findings), dict(self._applies)
        copied._open = dict(self._open)
        return copied

    @property
    def assessment(self) -> Assessment:
        return build_assessment(self.library, self.situation, self.findings.values())

    @property
    def findings(self) -> dict[str, Finding]:
        return {id: self._get_finding(requirement) for id, requirement in self.library.requirements.items()}

    def _get_finding(self, requirement: Requirement) -> Finding:
        if requirement.id not in self._findings:
            self._findings[requirement.id] = assess_requirement(requirement, self.library, self.situation)
        return self._findings[requirement.id]

    def take_answer(self, id: str, value: AnswerValue) -> list[FindingChange]:
        """Takes an answer in; returns what it changed."""
        changes = self.preview_answer(id, value)
        self.situation = self.situation.with_answer(id, value)
        for requirement in self._touched.get(id, ()):
            self._findings.pop(requirement.id, None)
            self._applies[requirement.id] = evaluate_applicability(requirement, self.situation)
            self._open[requirement.id] = tuple(
                list_questions_for_requirement(requirement, self.library, self.situation)
            )
        self.open = order_open_questions(self._open, self.library, self.situation)
        return changes

    def preview_answer(self, id: str, value: AnswerValue) -> list[FindingChange]:
        """What an answer would change: what begins or ceases to apply, and the state of what applies."""
        situation = self.situation.with_answer(id, value)
        changes = []
        for requirement in self._touched.get(id, ()):
            was, becomes = self._applies[requirement.id], evaluate_applicability(requirement, situation)
            if was is not becomes or becomes is Truth.YES:
                before = self._get_finding(requirement) if was is becomes else None
                changes.append(FindingChange(was, before, assess_requirement(requirement, self.library, situation)))
        return changes

    def compare_with(self, other: RunningAssessment) -> list[FindingChange]:
        """What differs in another assessment by the same rules, as far as one of them is concerned."""
        changes = []
        for requirement in self.library.requirements.values():
            was, becomes = self._applies[requirement.id], other._applies[requirement.id]
            if was is not becomes or becomes is Truth.YES:
                before = self._get_finding(requirement) if was is becomes else None
                changes.append(FindingChange(was, before, other._get_finding(requirement)))
        return changes

    def preview_open_questions(self, id: str, value: AnswerValue) -> set[str]:
        """The questions that would be open after an answer."""
        situation, touched = self.situation.with_answer(id, value), self._touched.get(id, ())
        same = self._open.keys() - {requirement.id for requirement in touched}
        asked = {question for requirement_id in same for _, question in self._open[requirement_id]}
        for requirement in touched:
            asked.update(
                question for _, question in list_questions_for_requirement(requirement, self.library, situation)
            )
        return asked

    def reopen_question(self, id: str) -> OpenQuestion:
        """A question as it would stand open if it had not been answered; needed by nothing while it is dormant."""
        answers = {other: value for other, value in self.situation.answers.items() if other != id}
        needed = self._list_needing_requirements(id, Situation(answers, self.situation.as_of))
        law = self.library.find_law(self.library.checks[id][0].id) if id in self.library.checks else ""
        return OpenQuestion(id, self.find_phase(id), needed, law)

    def is_decisive(self, id: str) -> bool:
        """Whether an answer still decides something, given those asked before it or all the others."""
        if id in self.library.checks:
            requirement, check = self.library.checks[id]
            return Truth.NO not in (self._applies[requirement.id], evaluate(check.when, self.situation))
        place = self.library.order[id]
        answers = {other: value for other, value in self.situation.answers.items() if self.library.order[other] < place}
        return bool(
            self._list_needing_requirements(id, Situation(answers, self.situation.as_of))
            or self.reopen_question(id).needed_by
        )

    def list_spare_answers(self) -> list[str]:
        """The questions that were answered and decide nothing; none before it is settled what applies."""
        if any(open_question.phase is Phase.SCOPE for open_question in self.open):
            return []
        return [id for id in self.situation.answers if id in self.library.questions and not self.is_decisive(id)]

    def find_phase(self, id: str) -> Phase:
        """When an answered question is asked, seen from here."""
        if id not in self.library.checks:
            return Phase.SCOPE
        requirement, check = self.library.checks[id]
        if self._applies[requirement.id] is Truth.UNKNOWN:
            return Phase.UNSETTLED
        return find_check_phase(requirement, check)

    def _list_needing_requirements(self, id: str, situation: Situation) -> tuple[str, ...]:
        touched = self._touched.get(id, ())
        return tuple(
            requirement.id
            for requirement in touched
            if any(
                question == id for _, question in list_questions_for_requirement(requirement, self.library, situation)
            )
        )


def is_question_mentioned(condition: Condition, id: str) -> bool:
    return any(fact.question == id for fact in list_atoms(condition))
