"""The vocabulary: what a requirement is made of, and the questions it depends on.

Field names are the keys of the YAML files. `Words` is prose a reader sees and a translator translates; `str` is an id
or a code. Text first, machinery after, as in the files themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NewType

from tenken.entry import entry
from tenken.logic import ALWAYS, NEVER, NOT_YET, UNSURE, All, Condition, Is, Not
from tenken.problems import NOWHERE, Place

Words = NewType("Words", str)
NO_WORDS = Words("")

Cites = tuple[Words, ...]
"""Where the law or the guidance says so: one text in the file, its parts separated by `;`."""

Start = date | str
"""A day, or the word `never`."""


class Force(StrEnum):
    """How much a requirement binds."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    RECOMMENDATION = "recommendation"
    COMPLY_OR_EXPLAIN = "comply-or-explain"


class Basis(StrEnum):
    """What a check or an exception rests on: the binding text, somebody's reading of it, or a rule of the house."""

    TEXT = "text"
    GUIDANCE = "guidance"
    HOUSE = "house"


class Explain(StrEnum):
    """Whether a reasoned "we do not, because" is a full answer."""

    NO = "no"
    REASON = "reason"
    PUBLISHED = "published"


class Certainty(StrEnum):
    """How well a rule is established: A the text, confirmed; B official guidance; C one reading of either."""

    A = "A"
    B = "B"
    C = "C"


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    DATE = "date"


class Depth(StrEnum):
    """How deep a reading goes."""

    DEFAULT = "default"
    FULL = "full"


class About(StrEnum):
    """Whom an answer describes: this system, or the whole organisation (and so its next system too)."""

    SYSTEM = "system"
    ORGANISATION = "organisation"


@entry
class Choice:
    """One answer to choose."""

    label: Words
    means: Words = NO_WORDS


@entry
class Question:
    """A fact that decides whether something applies, or from which date.

    Without `choices` it is answered yes or no; a date question also takes `not_yet` and `never`; every question takes
    `unsure`. `role` says that its choices are what somebody is to the law.
    """

    short: Words
    ask: Words
    why: Words = NO_WORDS
    help: Words = NO_WORDS
    example: Words = NO_WORDS
    counter_example: Words = NO_WORDS
    who_knows: Words = NO_WORDS
    kind: Kind = Kind.CHOICE
    several: bool = False
    choices: Mapping[str, Choice] = field(default_factory=dict)
    about: About = About.SYSTEM
    role: bool = False
    id: str = field(default="", metadata={"key": True})
    at: Place = field(default=NOWHERE)

    @property
    def accepts(self) -> tuple[str, ...]:
        """The words that answer it, besides a day where it asks for one."""
        own = (NOT_YET, NEVER) if self.kind is Kind.DATE else tuple(self.choices) or ("yes", "no")
        return (*own, UNSURE)


@entry
class TermEntry:
    """A condition the law itself defines."""

    title: Words
    cites: Cites
    when: Condition
    basis: Basis = Basis.TEXT
    certainty: Certainty | None = None
    at: Place = field(default=NOWHERE)


@entry
class Way:
    """A named way out of a requirement: an exception."""

    title: Words
    cites: Cites
    when: Condition
    says: Words = NO_WORDS
    basis: Basis = Basis.TEXT
    evidence: Words = NO_WORDS
    certainty: Certainty | None = None
    id: str = field(default="", metadata={"key": True})
    at: Place = field(default=NOWHERE)


@entry
class AppliesFrom:
    """From when a requirement applies, if `when` holds."""

    date: Start
    when: Condition = ALWAYS
    says: Words = NO_WORDS
    cites: Cites = ()
    at: Place = field(default=NOWHERE)


@entry
class Note:
    """What a careful reader should know about a finding: a dispute, a neighbouring duty, a form of fulfilment."""

    says: Words
    cites: Cites
    when: Condition = ALWAYS
    certainty: Certainty | None = None
    at: Place = field(default=NOWHERE)


@entry
class Sample:
    """Words to paste, in the language they are for, and one that would not do."""

    use: Words
    says: Mapping[str, str] = field(default_factory=dict)
    insufficient: Mapping[str, str] = field(default_factory=dict)
    because: Words = NO_WORDS


@entry
class Check:
    """One measure that helps to meet a requirement."""

    ask: Words
    basis: Basis
    cites: Cites
    help: Words = NO_WORDS
    evidence: Words = NO_WORDS
    remedy: Words = NO_WORDS
    when: Condition = ALWAYS
    depth: Depth = Depth.DEFAULT
    certainty: Certainty | None = None
    verb: str = ""
    official: str = ""
    id: str = field(default="", metadata={"key": True})
    at: Place = field(default=NOWHERE)


@entry
class PenaltyCase:
    """A different maximum for some."""

    when: Condition
    says: Words


@entry
class Penalty:
    """The most that can follow; said once per law in a report, never in the interview."""

    says: Words
    cites: Cites
    cases: tuple[PenaltyCase, ...] = ()


@entry
class Requirement:
    """One thing to fulfil.

    It applies if the checklist is in scope, `applies_when` holds and no exception does. `applies_from` is read in order
    up to the first entry that certainly holds, and the earliest date among those counts; `not_before` names the
    questions whose day, the first one given, moves that date back. `applies_until` is the last day it applies at all.
    """

    title: Words
    cites: Cites
    says: Words
    applies_when: Condition
    why: Words = NO_WORDS
    exceptions: Mapping[str, Way] = field(default_factory=dict)
    applies_from: tuple[AppliesFrom, ...] = ()
    applies_until: date | None = None
    not_before: tuple[str, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    check_sets: tuple[str, ...] = ()
    remedy: Words = NO_WORDS
    samples: Mapping[str, Sample] = field(default_factory=dict)
    penalty: str = ""
    force: Force | None = None
    strength: str = ""
    verb: str = ""
    official: str = ""
    explain: Explain | None = None
    depth: Depth = Depth.DEFAULT
    certainty: Certainty | None = None
    about: About = About.SYSTEM
    in_scope: Condition = field(default=ALWAYS, metadata={"derived": True})
    checklist: str = field(default="", metadata={"derived": True})
    id: str = field(default="", metadata={"key": True})
    at: Place = field(default=NOWHERE)

    @cached_property
    def concerns(self) -> Condition:
        """That the law addresses this case at all, exceptions and dates left aside."""
        return All((self.in_scope, self.applies_when))

    @cached_property
    def applies(self) -> Condition:
        ways_out = tuple(Not(way.when) for way in self.exceptions.values())
        return All((self.in_scope, self.applies_when, *ways_out, *(Not(spared) for spared in self.spared)))

    def has_ended(self, as_of: date) -> bool:
        return self.applies_until is not None and as_of > self.applies_until

    @cached_property
    def spared(self) -> tuple[Condition, ...]:
        """When the date is certainly `never`: an entry that says so is reached, and none before it holds."""
        return tuple(
            All((*(Not(earlier.when) for earlier in self.applies_from[:index]), entry.when))
            for index, entry in enumerate(self.applies_from)
            if entry.date == NEVER
        )

    @property
    def may_be_explained(self) -> bool:
        """Whether the source takes a reasoned "we do not, because" for an answer."""
        return self.explain not in (None, Explain.NO)

    def accepted(self, check: str) -> Condition:
        """That a check is done with: met, set aside, or explained where the source allows it."""
        explained = (EXPLAINED,) if self.may_be_explained else ()
        return Is(check, frozenset((MET, SET_ASIDE, *explained)))

    def outstanding(self, check: Check) -> Condition:
        return All((self.applies, check.when, Not(self.accepted(check.id))))


MET = "yes"
PARTLY = "partly"
NOT_MET = "no"
SET_ASIDE = "not_applicable"
EXPLAINED = "explained"
CHECK_ANSWERS = (MET, PARTLY, NOT_MET, UNSURE, SET_ASIDE, EXPLAINED)
