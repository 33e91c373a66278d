"""Who signs a record off, what exactly that covers, and what makes a sign-off doubtful."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tenken.files.file_reading import digest_bytes
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Problem
from tenken.records.record import Record, RecordStage, SignOff, SignRole

_NOT_COVERED = ("tenken", "status", "signed_off", "log")
"""What is about the file or the signing itself, and so changes without what was signed being another."""


class SignOffFault(StrEnum):
    """What makes the sign-off of a record doubtful."""

    NOBODY = "nobody"
    FUTURE = "future"
    CHANGED = "changed"


_SAYS = {
    SignOffFault.NOBODY: "note: this record is final, and nobody who approved it is named",
    SignOffFault.FUTURE: "note: {by} signs on {on}, which has not come yet",
    SignOffFault.CHANGED: "note: what {by} signed on {on} is not what stands here now",
}


class DoubtfulSignOff(NamedTuple):
    """A fault, and the sign-off it is about; none if nobody signed."""

    fault: SignOffFault
    signed: SignOff | None


def digest_record(record: Record) -> str:
    """The SHA-256 of all that a record says, as canonical JSON, but for who signs it and where its log ends."""
    from tenken.records.answer_log import render_canonical  # noqa: PLC0415 - few records are signed
    from tenken.records.record_text import build_long_data  # noqa: PLC0415 - as above

    data = build_long_data(record)
    return digest_bytes(render_canonical({key: value for key, value in data.items() if key not in _NOT_COVERED}))


def sign_record_off(record: Record, signed: SignOff) -> Record:
    """The record with one more sign-off, in the place of an earlier one by the same person in the same role.

    It is final as soon as somebody approves it.
    """
    others = tuple(one for one in record.signed_off if (one.by, one.role) != (signed.by, signed.role))
    status = RecordStage.FINAL if signed.role is SignRole.APPROVED else record.status
    return replace_fields(record, signed_off=(*others, signed), status=status)


def list_doubtful_sign_offs(record: Record, today: date) -> Iterator[DoubtfulSignOff]:
    if record.status is RecordStage.FINAL and record.approval is None:
        yield DoubtfulSignOff(SignOffFault.NOBODY, None)
    for signed in record.signed_off:
        if signed.on > today:
            yield DoubtfulSignOff(SignOffFault.FUTURE, signed)
        if signed.digest and signed.digest != digest_record(record):
            yield DoubtfulSignOff(SignOffFault.CHANGED, signed)


def list_sign_off_notes(record: Record, today: date) -> Iterator[Problem]:
    """What makes the sign-off of a record doubtful, for whoever works with it."""
    for fault, signed in list_doubtful_sign_offs(record, today):
        facts = {"by": signed.by, "on": signed.on.isoformat()} if signed else {}
        yield Problem(signed.at if signed else record.at, _SAYS[fault], facts, is_note=True)


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are spelled alike, as far as a program can tell."""
    return _fold_name(one) == _fold_name(other)


def _fold_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def has_answered(name: str, record: Record, others: Iterable[str] = ()) -> bool:
    """Whether somebody gave an answer of a record, or is one of the others."""
    answered = (given.by for part in (record.answers, record.earlier) for given in part.values())
    return any(is_same_person(name, one) for one in (*answered, *others) if one)
