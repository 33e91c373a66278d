"""The vocabulary of a checklist as a whole: its sources, its parts, and what became of older ids.

What a requirement is made of stands in `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from tenken.files.frozen_classes import Frozen, field
from tenken.files.problems import NOWHERE, Place
from tenken.rules.logic import ALWAYS, Condition
from tenken.rules.requirement import (
    ANY_AGE,
    NO_PROSE,
    AppliesFrom,
    AppliesUntil,
    Check,
    Cites,
    Explain,
    Force,
    LegalTerm,
    Months,
    Penalty,
    Prose,
    Question,
    Requirement,
)


class StartsWith(StrEnum):
    """Whether an assessment begins with a checklist."""

    DEFAULT = "default"
    ON_REQUEST = "on request"


class ChangeKind(StrEnum):
    """What became of questions, checks or requirements when the rules moved."""

    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    REDEFINED = "redefined"
    ADDED = "added"
    RETIRED = "retired"


class Source(Frozen):
    """A law, a guideline or guidance, with the state of the text that was read."""

    title: Prose
    link: str
    state: date | None = None
    note: Prose = NO_PROSE


class Verdict(Frozen):
    """What a law makes of the system as a whole, such as high-risk, in a sentence for each outcome.

    Without `when` it holds if any requirement of the checklist applies. Nothing is said where the outcome has no
    sentence, and none outside the scope of the checklist. `not_assessed` names what else follows and is not asked here.
    """

    when: Condition | None = None
    if_so: Prose = NO_PROSE
    if_not: Prose = NO_PROSE
    if_open: Prose = NO_PROSE
    not_assessed: Prose = NO_PROSE


class RuleChange(Frozen):
    """What a version of the rules made of older ids, and the legal reason.

    `old` and `new` name questions, choices (`question.choice`), requirements with all their checks, or checks.
    `carries` says which old answer settles which questions or checks of today, and how; any other is asked again, and
    with it the questions under `asks_again`, which were answered in its light.
    """

    version: str
    what: ChangeKind
    because: Prose
    cites: Cites
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    carries: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    asks_again: tuple[str, ...] = ()
    at: Place = NOWHERE


class FormRow(Frozen):
    """What a row of a form sums up: requirements, here or in other checklists, whose answers stand for it as well."""

    items: tuple[str, ...] = ()
    id: str = field(default="", derived=True)
    at: Place = NOWHERE

    @classmethod
    def bare(cls, words: tuple[str, ...], at: Place) -> FormRow:
        return cls(tuple(word for word in words if word), at=at)


class Form(Frozen):
    """An official form whose rows are requirements of the checklist, to be printed and filed."""

    title: Prose
    cites: Cites
    rows: Mapping[str, FormRow]
    says: Prose = NO_PROSE
    id: str = field(default="", derived=True)
    at: Place = NOWHERE


class Checklist(Frozen):
    """The requirements and questions of one source of law or guidance; `language` is that of its `official` words.

    Checklists with the same `law` are answered in one sentence; without it each has its own, under its title.
    `applies_from`, `applies_until` and `penalty` hold for every requirement that says nothing else, `evidence_lasts`
    for every check; the penalty only for what binds. A checklist that starts on request is offered to whoever answers
    the shared questions so that `offered_when` holds, or where there is a choice about the one it is the
    `short_form_of`.
    """

    title: Prose
    jurisdiction: Prose
    force: Force
    version: str
    reviewed: date
    review_by: date
    sources: Mapping[str, Source]
    about: Prose = NO_PROSE
    limits: Prose = NO_PROSE
    law: Prose = NO_PROSE
    language: str = ""
    starts_with: StartsWith = StartsWith.DEFAULT
    offered_when: Condition | None = None
    short_form_of: str = ""
    explain: Explain = Explain.NO
    in_scope: Condition = ALWAYS
    applies_from: tuple[AppliesFrom, ...] = ()
    applies_until: AppliesUntil | None = None
    penalty: str = ""
    evidence_lasts: Months = ANY_AGE
    questions: Mapping[str, Question] = {}
    terms: Mapping[str, LegalTerm] = {}
    check_sets: Mapping[str, Mapping[str, Check]] = {}
    penalties: Mapping[str, Penalty] = {}
    verdicts: Mapping[str, Verdict] = {}
    requirements: Mapping[str, Requirement] = {}
    forms: Mapping[str, Form] = {}
    changes: tuple[RuleChange, ...] = ()
    id: str = field(default="", derived=True)
    digest: str = field(default="", derived=True)
    house: tuple[str, ...] = field(default=(), derived=True)
    at: Place = NOWHERE

    @property
    def law_title(self) -> str:
        return self.law or self.title


class Profile(Frozen):
    """The questions on the organisation and the system that all checklists share."""

    version: str
    questions: Mapping[str, Question]
    changes: tuple[RuleChange, ...] = ()
    digest: str = field(default="", derived=True)
    at: Place = NOWHERE
