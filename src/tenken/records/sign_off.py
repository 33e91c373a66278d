"""Who signs a record off, what exactly that covers, and what makes a sign-off doubtful."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from tenken.files.file_reading import digest_bytes
from tenken.files.frozen_classes import replace_fields
from tenken.records.record import Record, RecordStage, SignOff, SignRole

_NOT_COVERED = ("tenken", "status", "signed_off", "log")
"""What is about the file or the signing itself, and so changes without what was signed being another."""


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


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are spelled alike, as far as a program can tell."""
    return fold_name(one) == fold_name(other)


def fold_name(name: str) -> str:
    """A name as far as spelling matters: without case, forms of width and spaces beyond one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def has_answered(name: str, record: Record, others: Iterable[str] = ()) -> bool:
    """Whether somebody gave an answer of a record, or is one of the others."""
    answered = (given.by for part in (record.answers, record.earlier) for given in part.values())
    return any(is_same_person(name, one) for one in (*answered, *others) if one)
