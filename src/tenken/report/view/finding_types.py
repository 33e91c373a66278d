"""What templates are given about one finding, as types: its heading, its measures and exceptions, what is to be done.

A name with a sentence below it is kept for authors of letterheads, and `templates/README.md` lists it; the others may
change with any version. Texts are ready to lay out, and empty where there is nothing to say. Only type checkers import
these modules: to define so many types costs more than to fill them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

Labels = Mapping[str, Any]
"""Words of one language, as their file nests them."""


class UndatedHeading(TypedDict):
    """What names a finding wherever it is listed, but for its days."""

    id: str
    """the id of the requirement"""
    title: str
    """what the requirement is called"""
    cites: str
    """the places in the law where it stands"""
    tone: str
    is_soft: bool
    tone_words: Labels
    force: str
    standing: str
    status: str
    """whether it is met, in words that fit how much it binds"""
    is_open: bool
    may_apply: bool


class FindingHeading(UndatedHeading):
    """What names a finding, and from when it counts."""

    timing: str
    """from when it applies, and until when; empty where no day matters"""


class CitedText(TypedDict):
    says: str
    cites: str


class GradedText(CitedText):
    certainty: str


class SourceWords(TypedDict):
    """Words of a source in its own language."""

    text: str
    language: str


class TranslatedText(SourceWords):
    name: str


class SampleView(TypedDict):
    """Words a reader can take over, and words that do not do."""

    use: str
    says: list[TranslatedText]
    insufficient: list[TranslatedText]
    because: str


class ExceptionView(TypedDict):
    """An exception and what the answers say of it."""

    title: str
    says: str
    cites: str
    guidance: str
    certainty: str
    evidence: str
    stands: str
    stands_label: str
    reasons: list[str]


class SettlingQuestion(TypedDict):
    """A question whose answer would settle something."""

    ask: str
    short: str
    who_knows: str
    answer: str
    asked: str
    note: str


class WaitingQuestion(SettlingQuestion):
    """The same with the ids of what waits for it."""

    requirements: list[str]


class EvidenceView(TypedDict):
    """A piece of evidence: what is known of it, and what is wrong with it on the day of the report."""

    at: str
    address: str
    shows: str
    on: str
    state: str
    wrong: str


class AnswerDetails(TypedDict):
    """Who answered, when, with which remark and evidence."""

    note: str
    reason: str
    published: str
    owner: str
    asked: str
    due: str
    by: str
    at: str
    at_once: str
    proposed: str
    """said of what was answered together with others, when nothing was there yet"""
    proof: list[EvidenceView]


class CheckView(AnswerDetails):
    """A measure with its answer."""

    ask: str
    cites: str
    state: str
    answer: str
    proved: str
    is_outstanding: bool
    unproved: str
    wanted: str
    certainty: str
    source_words: list[SourceWords]


class Action(TypedDict):
    """What one person is to do by one day."""

    text: str
    owner: str
    due: str
    due_iso: str
    due_note: str


class FindingView(FindingHeading):
    """Everything on one requirement."""

    says: str
    why: str
    source_words: list[SourceWords]
    certainty: str
    date_notes: list[CitedText]
    day_is_open: bool
    because: str
    reasons: list[str]
    ways_out: list[ExceptionView]
    settled_by: list[SettlingQuestion]
    text_checks: list[CheckView]
    house_checks: list[CheckView]
    practice_checks: list[CheckView]
    notes: list[GradedText]
    samples: list[SampleView]
    change: str


class FindingSection(FindingView):
    """The same with what is to be done about it; the remedy of the whole where it is not the only action.

    `drafts` names the documents that help to close it, and `accepted` says who answers for it, if it is a gap and
    somebody does or did.
    """

    actions: list[Action]
    remedy: str
    drafts: list[str]
    accepted: str


class NamedRequirement(TypedDict):
    id: str
    title: str


class GapEntry(UndatedHeading):
    """A gap in a list of what to do."""

    timing: str
    """from when it applies, and until when, or that it is voluntary; empty where no day matters"""
    action: str
    """what closes it, in one sentence"""
    actions: list[Action]
    owners: list[str]
    """who has it in hand; perhaps nobody"""
    due: str
    """the earliest day named for it; perhaps none"""
    due_iso: str
    due_note: str


class AcceptedRow(NamedRequirement):
    """A gap that somebody answers for, or answered for; `ended` says why that no longer holds."""

    by: str
    until: str
    until_iso: str
    because: str
    ended: str


class PlanRow(TypedDict):
    """What one person has in hand until one day."""

    owner: str
    due: str
    due_iso: str
    due_note: str
    requirements: list[NamedRequirement]
