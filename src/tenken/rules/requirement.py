"""The vocabulary: what a requirement is made of, and the questions it depends on.

Field names are the keys of the YAML files; `Prose` is what a reader sees and a translator translates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NewType

from tenken.files.frozen_classes import Frozen, field
from tenken.files.problems import NOWHERE, Place
from tenken.rules.answer_kinds import NEVER, UNSURE, AnswerKind, QuestionKind
from tenken.rules.logic import ALWAYS, All, Condition, Is, Not

Prose = NewType("Prose", str)
NO_PROSE = Prose("")

Cites = tuple[Prose, ...]
"""Where the law or the guidance says so: one text in the file, its parts separated by `;`."""

if TYPE_CHECKING:
    ChosenWords = tuple[str, ...]
else:  # any words will do for it in the program; a name of its own says how they are read
    ChosenWords = NewType("ChosenWords", tuple)
"""What was answered: a word, several, or a mapping of choices to yes, no and unsure."""

DayOrNever = date | str
"""A day, or the word `never`."""

Months = NewType("Months", int)
"""A length of time, written `12 months`."""
ANY_AGE = Months(0)
"""How long evidence lasts of which nobody says."""


class Force(StrEnum):
    """How much a requirement binds."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    EFFORT = "effort"
    RECOMMENDATION = "recommendation"
    COMPLY_OR_EXPLAIN = "comply-or-explain"


BINDING_FORCES = (Force.OBLIGATION, Force.PROHIBITION)


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


class Depth(StrEnum):
    """How deep a reading goes."""

    DEFAULT = "default"
    FULL = "full"


class About(StrEnum):
    """Whom an answer describes: this system, or the whole organisation (and so its next system too)."""

    SYSTEM = "system"
    ORGANISATION = "organisation"


class Choice(Frozen):
    """One answer to choose."""

    label: Prose
    means: Prose = NO_PROSE


class Question(Frozen):
    """A fact that decides whether something applies, or from which date.

    Without `choices` it is answered yes or no; a date question also takes `not_yet` and `never`; every question takes
    `unsure`. `role` says that its choices are what somebody is to the law, `market` that they are the places
    whose law may reach the system.
    """

    short: Prose
    ask: Prose
    why: Prose = NO_PROSE
    help: Prose = NO_PROSE
    example: Prose = NO_PROSE
    counter_example: Prose = NO_PROSE
    who_knows: Prose = NO_PROSE
    kind: QuestionKind = QuestionKind.CHOICE
    several: bool = False
    choices: Mapping[str, Choice] = {}
    about: About = About.SYSTEM
    role: bool = False
    market: bool = False
    id: str = field(default="", derived=True)
    at: Place = NOWHERE

    @property
    def answer_kind(self) -> AnswerKind:
        return self.kind.answer_kind(self.choices, self.several)

    @property
    def accepted_words(self) -> tuple[str, ...]:
        """The words that answer it, besides what can be typed."""
        return self.answer_kind.accepted_words


class LegalTerm(Frozen):
    """A condition the law itself defines."""

    title: Prose
    cites: Cites
    when: Condition
    basis: Basis = Basis.TEXT
    certainty: Certainty | None = None
    at: Place = NOWHERE


class LegalException(Frozen):
    """A named way out of a requirement: an exception.

    It exempts where `when` holds. `shown_when` is what official guidance wants to see beyond the text; as long as that
    does not hold, the exception is claimed and not shown.
    """

    title: Prose
    cites: Cites
    when: Condition
    shown_when: Condition = ALWAYS
    says: Prose = NO_PROSE
    basis: Basis = Basis.TEXT
    evidence: Prose = NO_PROSE
    certainty: Certainty | None = None
    id: str = field(default="", derived=True)
    at: Place = NOWHERE


class AppliesFrom(Frozen):
    """From when a requirement applies, if `when` holds."""

    date: DayOrNever
    when: Condition = ALWAYS
    says: Prose = NO_PROSE
    cites: Cites = ()
    at: Place = NOWHERE


class AppliesUntil(Frozen):
    """The last day a requirement applies at all, and where the law says so; written as a day alone, or in lines."""

    bare_key = "date"
    """The line that is meant where a single word stands."""

    date: date
    says: Prose = NO_PROSE
    cites: Cites = ()
    at: Place = NOWHERE


class Note(Frozen):
    """What a careful reader should know about a finding: a dispute, a neighbouring duty, a form of fulfilment."""

    says: Prose
    cites: Cites
    when: Condition = ALWAYS
    certainty: Certainty | None = None
    at: Place = NOWHERE


class Sample(Frozen):
    """Words to paste, in the language they are for, and one that would not do."""

    use: Prose
    says: Mapping[str, str] = {}
    insufficient: Mapping[str, str] = {}
    because: Prose = NO_PROSE


class MarkTest(Frozen):
    """What a file that the system made can show of a check: conditions over what machines read in that file."""

    met: Condition
    cites: Cites
    partly: Condition | None = None
    when: Condition = ALWAYS
    says: Prose = NO_PROSE
    certainty: Certainty | None = None
    at: Place = NOWHERE


class Check(Frozen):
    """One measure that helps to meet a requirement; a `decisive` one decides most, and is asked first."""

    ask: Prose
    basis: Basis
    cites: Cites
    decisive: bool = False
    help: Prose = NO_PROSE
    evidence: Prose = NO_PROSE
    evidence_lasts: Months = ANY_AGE
    remedy: Prose = NO_PROSE
    when: Condition = ALWAYS
    depth: Depth = Depth.DEFAULT
    certainty: Certainty | None = None
    verb: str = ""
    official: str = ""
    marks: MarkTest | None = None
    id: str = field(default="", derived=True)
    at: Place = NOWHERE


class PenaltyCase(Frozen):
    """A different maximum for some."""

    when: Condition
    says: Prose


class Penalty(Frozen):
    """The most that can follow; said once per law in a report, never in the interview."""

    says: Prose
    cites: Cites
    cases: tuple[PenaltyCase, ...] = ()


class Requirement(Frozen):
    """One thing to fulfil.

    It applies if the checklist is in scope, `applies_when` holds and no exception does. `applies_from` is read in order
    up to the first entry that certainly holds, and the earliest date among those counts; `not_before` names the
    questions whose day, the first one given, moves that date back. `applies_until` is the last day it applies at all.
    """

    title: Prose
    cites: Cites
    says: Prose
    applies_when: Condition
    why: Prose = NO_PROSE
    exceptions: Mapping[str, LegalException] = {}
    applies_from: tuple[AppliesFrom, ...] = ()
    applies_until: AppliesUntil | None = None
    not_before: tuple[str, ...] = ()
    notes: Mapping[str, Note] = {}
    checks: Mapping[str, Check] = {}
    check_sets: tuple[str, ...] = ()
    remedy: Prose = NO_PROSE
    samples: Mapping[str, Sample] = {}
    penalty: str = ""
    force: Force | None = None
    strength: str = ""
    verb: str = ""
    official: str = ""
    explain: Explain | None = None
    depth: Depth = Depth.DEFAULT
    certainty: Certainty | None = None
    about: About = About.SYSTEM
    in_scope: Condition = field(default=ALWAYS, derived=True)
    checklist: str = field(default="", derived=True)
    id: str = field(default="", derived=True)
    at: Place = NOWHERE

    @cached_property
    def concern_condition(self) -> Condition:
        """That the law addresses this case at all, exceptions and dates left aside."""
        return All((self.in_scope, self.applies_when))

    @cached_property
    def application_condition(self) -> Condition:
        exceptions = tuple(Not(exception.when) for exception in self.exceptions.values())
        return All((self.in_scope, self.applies_when, *exceptions, *(Not(spared) for spared in self.never_conditions)))

    @property
    def last_day(self) -> date | None:
        return self.applies_until.date if self.applies_until else None

    def has_ended(self, as_of: date) -> bool:
        return self.last_day is not None and as_of > self.last_day

    @cached_property
    def decisive_checks(self) -> tuple[Check, ...]:
        """What may decide most: the check that is marked, then what rests on the text; the first concerned does."""
        text = [check for check in self.checks.values() if check.basis is Basis.TEXT]
        return tuple(sorted(text, key=lambda check: not check.decisive))

    @cached_property
    def never_conditions(self) -> tuple[Condition, ...]:
        """When the date is certainly `never`: an entry that says so is reached, and none before it holds."""
        return tuple(
            All((*(Not(earlier.when) for earlier in self.applies_from[:index]), entry.when))
            for index, entry in enumerate(self.applies_from)
            if entry.date == NEVER
        )

    @property
    def is_binding(self) -> bool:
        """Whether it has to be kept; what the law asks no more than an effort for can be let be."""
        return self.force in BINDING_FORCES

    @property
    def is_law(self) -> bool:
        return self.is_binding or self.force is Force.EFFORT

    @property
    def may_be_explained(self) -> bool:
        """Whether the source takes a reasoned "we do not, because" for an answer."""
        return self.explain not in (None, Explain.NO)

    @cached_property
    def accepted_answers(self) -> frozenset[str]:
        """What says that a check is done with: met, set aside, or explained where the source allows it."""
        explained = (EXPLAINED,) if self.may_be_explained else ()
        return frozenset((MET, SET_ASIDE, *explained))

    def build_outstanding_condition(self, check: Check) -> Condition:
        return All((self.application_condition, check.when, Not(Is(check.id, self.accepted_answers))))


MET = "yes"
PARTLY = "partly"
NOT_MET = "no"
SET_ASIDE = "not_applicable"
EXPLAINED = "explained"
CHECK_ANSWERS = (MET, PARTLY, NOT_MET, UNSURE, SET_ASIDE, EXPLAINED)
CHECK_KIND = AnswerKind(CHECK_ANSWERS)
"""What answers every check."""
