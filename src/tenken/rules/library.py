"""The checklists of one assessment and the questions they share, ready to assess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from tenken.files.frozen_classes import Frozen
from tenken.rules.answer_kinds import AnswerKind
from tenken.rules.checklist import Checklist, Profile
from tenken.rules.logic import list_atoms
from tenken.rules.requirement import CHECK_KIND, EXPLAINED, Check, Question, Requirement
from tenken.rules.translation import BASE_LANGUAGE

PROFILE_ID = "profile"


SHOWN_DIGITS = 8
"""How many digits of a digest people are shown; older records hold no more."""


class Library(Frozen):
    """The checklists of one assessment and the profile they share."""

    profile: Profile
    checklists: Mapping[str, Checklist]
    language: str = BASE_LANGUAGE
    own_crosswalks: tuple[Path, ...] = ()

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question in the order it is asked: the profile's, then each checklist's own."""
        own = (checklist.questions for checklist in self.checklists.values())
        return {id: question for questions in (self.profile.questions, *own) for id, question in questions.items()}

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """The state of the rules an answer is given against: of each checklist, and of the shared questions."""
        return {id: f"{item.version} {item.digest}" for id, item in self.parts.items()}

    @cached_property
    def parts(self) -> Mapping[str, Profile | Checklist]:
        """Whatever has a version of its own."""
        return {PROFILE_ID: self.profile, **self.checklists}

    @cached_property
    def laws(self) -> tuple[str, ...]:
        """The laws and guidelines of the checklists; several checklists can be of one."""
        return tuple(dict.fromkeys(checklist.law_title for checklist in self.checklists.values()))

    def find_law(self, requirement_id: str) -> str:
        return self.checklists[self.requirements[requirement_id].checklist].law_title

    @cached_property
    def requirements(self) -> Mapping[str, Requirement]:
        return {
            id: requirement
            for checklist in self.checklists.values()
            for id, requirement in checklist.requirements.items()
        }

    @cached_property
    def checks(self) -> Mapping[str, tuple[Requirement, Check]]:
        return {
            check.id: (requirement, check)
            for requirement in self.requirements.values()
            for check in requirement.checks.values()
        }

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of every question and check in the order they are written."""
        return {id: place for place, id in enumerate((*self.questions, *self.checks))}

    @cached_property
    def worked_out(self) -> dict[object, Any]:
        """What others worked out of these rules alone, by what it is of, for the next record they are applied to."""
        return {}

    @cached_property
    def rule_names(self) -> frozenset[str]:
        """Everything a change can name: questions, choices, requirements and checks."""
        choices = (f"{id}.{word}" for id, question in self.questions.items() for word in question.choices)
        return frozenset((*self.questions, *self.requirements, *self.checks, *choices))

    def find_answer_kind(self, id: str) -> AnswerKind:
        """What answers a question or a check: to a check, always the same words."""
        return self.questions[id].answer_kind if id in self.questions else CHECK_KIND

    def list_accepted_words(self, id: str) -> tuple[str, ...]:
        """The words that answer a question or a check."""
        words = self.find_answer_kind(id).accepted_words
        if id in self.questions or self.checks[id][0].may_be_explained:
            return words
        return tuple(word for word in words if word != EXPLAINED)


def is_same_state(then: str, now: str) -> bool:
    """Whether two states are of the same rules; of the digest of the first, the first digits are enough."""
    return now.startswith(then) and len(then.partition(" ")[2]) >= SHOWN_DIGITS


def shorten_state(state: str) -> str:
    """A state as people read it: the version, with the first digits of the digest."""
    version, _, digest = state.partition(" ")
    return f"{version} {digest[:SHOWN_DIGITS]}".strip()


def list_mentioned_ids(requirement: Requirement, library: Library) -> Iterator[str]:
    """Every question and check on which the finding of a requirement can depend."""
    conditions = [requirement.application_condition, *(entry.when for entry in requirement.applies_from)]
    conditions += [exception.shown_when for exception in requirement.exceptions.values()]
    conditions += [check.when for check in requirement.checks.values()]
    conditions += [note.when for note in requirement.notes.values()]
    if penalty := library.checklists[requirement.checklist].penalties.get(requirement.penalty):
        conditions += [case.when for case in penalty.cases]
    for condition in conditions:
        yield from (fact.question for fact in list_atoms(condition))
    yield from requirement.not_before
    yield from (check.id for check in requirement.checks.values())
