"""What a page needs to judge by itself: the rules of some checklists as plain data, without a word of their texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tenken.assessment.open_questions import find_check_phase
from tenken.rules.checklist import Checklist
from tenken.rules.condition_table import ConditionTable
from tenken.rules.crosswalk import Suggestion, load_crosswalks
from tenken.rules.library import Library
from tenken.rules.logic import ALWAYS, Is
from tenken.rules.requirement import AppliesFrom, Check, Question, Requirement


def build_form_rules(library: Library, offered: Iterable[Checklist] = ()) -> dict[str, Any]:
    """The rules of a library: questions and checks are named by their place in the order they are asked.

    Of checklists that may fit besides, it is told when they do; what only these ask is known to nobody.
    """
    return _RuleTables(library).build(offered)


def list_suggestions(library: Library) -> list[Suggestion]:
    """What the crosswalks suggest between the laws of a library, in the order in which rules and texts tell it."""
    return [suggestion for crosswalk in load_crosswalks(library) for suggestion in crosswalk.suggestions]


class _RuleTables:
    def __init__(self, library: Library) -> None:
        self.library = library
        self.conditions = ConditionTable()
        self.order = library.order
        self.laws = {title: number for number, title in enumerate(library.laws)}

    def build(self, offered: Iterable[Checklist]) -> dict[str, Any]:
        library = self.library
        requirements = [self._tell_requirement(each) for each in library.requirements.values()]
        checklists = [self._tell_checklist(each) for each in library.checklists.values()]
        number = self.conditions.find_number
        offers = [[number(each.offered_when), number(each.in_scope)] for each in offered if each.offered_when]
        suggestions = [self._tell_suggestion(each) for each in list_suggestions(library)]
        facts = [[kind, self.order.get(str(question), -1), *about] for kind, question, *about in self.conditions.facts]
        return {
            "facts": facts,
            "compounds": self.conditions.compounds,
            "ids": list(self.order),
            "questions": [_tell_question(question) for question in library.questions.values()],
            "laws": len(library.laws),
            "checklists": checklists,
            "requirements": requirements,
            "offers": offers,
            "suggestions": suggestions,
        }

    def _tell_requirement(self, requirement: Requirement) -> dict[str, Any]:
        number = self.conditions.find_number
        checks = list(requirement.checks.values())
        penalty = self.library.checklists[requirement.checklist].penalties.get(requirement.penalty)
        told: dict[str, Any] = {
            "id": requirement.id,
            "law": self.laws[self.library.find_law(requirement.id)],
            "checklist": list(self.library.checklists).index(requirement.checklist),
            "force": requirement.force,
            "explain": requirement.explain,
            "applies": number(requirement.application_condition),
            "concerns": number(requirement.concern_condition),
            "last_day": requirement.last_day and requirement.last_day.isoformat(),
            "applies_from": [self._tell_start(entry) for entry in requirement.applies_from],
            "not_before": [self.order[id] for id in requirement.not_before],
            "exceptions": [
                [number(each.when), number(each.shown_when), each.shown_when is not ALWAYS]
                for each in requirement.exceptions.values()
            ],
            "checks": [self._tell_check(requirement, check) for check in checks],
            "decisive": [checks.index(check) for check in requirement.decisive_checks],
            "penalty": [number(case.when) for case in penalty.cases] if penalty else [],
        }
        return told

    def _tell_suggestion(self, suggestion: Suggestion) -> list[Any]:
        likely = {self.order[id]: words for id, words in suggestion.likely.items() if id in self.order}
        return [self.conditions.find_number(suggestion.when), likely]

    def _tell_start(self, entry: AppliesFrom) -> list[Any]:
        return [str(entry.date), self.conditions.find_number(entry.when)]

    def _tell_check(self, requirement: Requirement, check: Check) -> dict[str, Any]:
        number = self.conditions.find_number
        return {
            "question": self.order[check.id],
            "basis": check.basis,
            "asked": find_check_phase(requirement, check),
            "when": number(check.when),
            "done": number(Is(check.id, requirement.accepted_answers)),
            "outstanding": number(requirement.build_outstanding_condition(check)),
        }

    def _tell_checklist(self, checklist: Checklist) -> dict[str, Any]:
        number = self.conditions.find_number
        verdicts = checklist.verdicts.values()
        return {
            "law": self.laws[checklist.law_title],
            "in_scope": number(checklist.in_scope),
            "verdicts": [None if each.when is None else number(each.when) for each in verdicts],
        }


def _tell_question(question: Question) -> dict[str, Any]:
    kind = question.answer_kind
    return {
        "words": list(kind.accepted_words),
        "several": question.several,
        "dated": kind.is_dated,
        "market": question.market,
    }
