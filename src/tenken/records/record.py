"""The vocabulary of a record: what was answered, by whom, when, and what shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from tenken.files.frozen_classes import Frozen, field
from tenken.files.problems import NOWHERE, Place
from tenken.rules.requirement import ChosenWords, Depth


class RecordStage(StrEnum):
    """The state of a record: still worked on, or signed off."""

    DRAFT = "draft"
    FINAL = "final"


class Evidence(Frozen):
    """Where an auditor can see it: a file, a folder, an address or a sentence; what it shows, and of which day it is.

    `sha256` is that of the file, or of the list of a folder's files, as it was when somebody pinned it (64 digits).
    `review_by` is the last day it is good for, `by` who brought it.
    """

    at: str
    shows: str = ""
    on: date | None = None
    by: str = ""
    review_by: date | None = None
    sha256: str = ""
    place: Place = field(default=NOWHERE, compare=False)


class Proposal(Frozen):
    """What a person took over as an answer: which program proposed it, when, why, and what that rests on."""

    source: str
    rests_on: str
    because: str
    at: datetime | None = None


class GivenAnswer(Frozen):
    """An answer as it stands in a record, with who, when and why.

    `at_once` marks what was answered together with others, when nothing of a requirement was there yet; `proposed` is
    what a program said before the person who answers took it over.
    """

    answer: ChosenWords = ()
    by: str = ""
    at: datetime | None = None
    ask: str = ""
    note: str = ""
    reason: str = ""
    published: str = ""
    owner: str = ""
    due: date | None = None
    evidence: tuple[Evidence, ...] = ()
    at_once: bool = False
    proposed: Proposal | None = None
    place: Place = NOWHERE

    @classmethod
    def bare(cls, words: tuple[str, ...], at: Place) -> GivenAnswer:
        """An answer without more; an empty one is still open."""
        return cls(tuple(word for word in words if word), place=at)


NO_ANSWER = GivenAnswer()
"""What stands for an answer nobody gave."""


class SignRole(StrEnum):
    """What somebody stands for who signs, in the order in which a document goes round."""

    DRAFTED = "drafted"
    CHECKED = "checked"
    APPROVED = "approved"


class SignOff(Frozen):
    """Who stands for the answers, in which role, and since when.

    `digest` is that of what the record said then, by which later changes are found.
    """

    by: str
    on: date
    role: SignRole = SignRole.APPROVED
    position: str = ""
    release: str = ""
    digest: str = ""
    at: Place = field(default=NOWHERE, compare=False)


class DocumentVersion(Frozen):
    """One line of the history of a document."""

    version: str
    on: date
    what: str = ""
    by: str = ""


class DocumentHead(Frozen):
    """What a report needs to be filed as a document of the organisation."""

    company: str = ""
    department: str = ""
    number: str = ""
    version: str = ""
    confidentiality: str = ""
    recipients: tuple[str, ...] = ()
    history: tuple[DocumentVersion, ...] = ()


class HouseDocument(Frozen):
    """What the documents of an organisation say at their head, where a record says nothing else."""

    document: DocumentHead


class Acceptance(Frozen):
    """A gap that somebody answers for until a day, and what that rests on: digests of the rule and of the answers."""

    by: str
    until: date
    because: str
    on: date | None = None
    rule: str = ""
    answers: str = ""
    at: Place = field(default=NOWHERE, compare=False)


class LogHead(Frozen):
    """Where the log of a record ends: how many entries it has, and the digest of the last."""

    entries: str
    head: str


class Record(Frozen):
    """The answers file of one system.

    `release` is the version of the system that was assessed, or the day of it. `left_out` names checklists that would
    fit and are not wanted, `crosswalks` files of one's own; `accepted` holds by requirement the gaps somebody answers
    for; `earlier` keeps answers to what newer rules no longer ask, or ask in another sense.
    """

    tenken: str
    system: str
    organisation: str = ""
    release: str = ""
    status: RecordStage = RecordStage.DRAFT
    signed_off: tuple[SignOff, ...] = ()
    document: DocumentHead | None = None
    checklists: tuple[str, ...] = ()
    crosswalks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    depth: Depth = Depth.DEFAULT
    answered_against: Mapping[str, str] = {}
    log: LogHead | None = None
    answers: Mapping[str, GivenAnswer] = {}
    accepted: Mapping[str, Acceptance] = {}
    earlier: Mapping[str, GivenAnswer] = {}
    at: Place = NOWHERE

    @property
    def approval(self) -> SignOff | None:
        """The last sign-off by somebody who approved the answers."""
        approvals = (signed for signed in self.signed_off if signed.role is SignRole.APPROVED)
        return max(approvals, key=lambda signed: signed.on, default=None)
