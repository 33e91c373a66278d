"""What the rules call things, by their ids: for rows that hold ids alone."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from tenken.rules.checklist import Checklist
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library


class LearnedWords(NamedTuple):
    """What rules of one's own call things, by their ids: requirements, questions and checks in short, questions."""

    titles: dict[str, str]
    headings: dict[str, str]
    questions: dict[str, str]


class RuleWords:
    """The titles of requirements and the headings of questions and checks, in one language.

    The rules that ship are known; others have to be learned. What is not known is called by its id.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._known_states: set[str] = set()
        self.learned = LearnedWords({}, {}, {})

    def learn(self, library: Library) -> None:
        """Takes in what rules of one's own call things."""
        for checklist in library.checklists.values():
            state = " ".join((checklist.id, checklist.digest, *checklist.house))
            if state not in self._known_states and (checklist.house or checklist.digest not in self._shipped_digests):
                self._known_states.add(state)
                self.learn_draft(checklist)

    def learn_draft(self, checklist: Checklist) -> None:
        """Takes in what one checklist calls things, whatever others call them."""
        self.learned.titles.update({id: requirement.title for id, requirement in checklist.requirements.items()})
        self.learned.headings.update({id: question.short for id, question in checklist.questions.items()})
        self.learned.questions.update({id: question.ask for id, question in checklist.questions.items()})
        for requirement in checklist.requirements.values():
            self.learned.headings.update({check.id: check.ask for check in requirement.checks.values()})

    def take_over(self, learned: LearnedWords) -> None:
        """Takes in what was learned elsewhere."""
        for own, other in zip(self.learned, learned, strict=True):
            own.update(other)

    @cached_property
    def shipped(self) -> Library:
        return load_library(list_shipped_checklists(), language=self.language)

    @cached_property
    def _shipped_digests(self) -> frozenset[str]:
        return frozenset(checklist.digest for checklist in self.shipped.checklists.values())

    def find_title(self, id: str) -> str:
        """What a requirement is called."""
        if id in self.learned.titles:
            return self.learned.titles[id]
        known = self.shipped.requirements.get(id)
        return known.title if known else id

    def find_name(self, id: str) -> str:
        """The title of a requirement, or the heading of a question or a check."""
        title = self.find_title(id)
        return self.find_heading(id) if title == id else title

    def find_heading(self, id: str) -> str:
        """The heading of a question, or the wording of a check."""
        if id in self.learned.headings:
            return self.learned.headings[id]
        if id in self.shipped.questions:
            return self.shipped.questions[id].short
        return self.shipped.checks[id][1].ask if id in self.shipped.checks else id

    def find_question(self, id: str) -> str:
        """What is asked, in full."""
        if id in self.learned.questions:
            return self.learned.questions[id]
        known = self.shipped.questions.get(id)
        return known.ask if known else self.find_heading(id)

    def find_law_place(self, law: str) -> int:
        """Where a law stands among those that ship; those of one's own come last."""
        laws = self.shipped.laws
        return laws.index(law) if law in laws else len(laws)
