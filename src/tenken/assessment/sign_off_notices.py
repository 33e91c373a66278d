"""What does not fit about the sign-off of a record, in a sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tenken.assessment.wording import Wording
from tenken.records.record import Record, RecordStage, SignOff


def list_sign_off_notices(record: Record, as_of: date, wording: Wording) -> Iterator[str]:
    """Final and not approved, approved and still a draft, signed on a day to come, or changed since it was sealed."""
    labels, approval = wording.labels["notice"], record.approval
    if record.status is RecordStage.FINAL and not approval:
        yield str(labels["unsigned"])
    if record.status is RecordStage.DRAFT and approval:
        yield str(labels["signed_draft"]).format(by=approval.by)
    for signed in record.signed_off:
        if signed.on > as_of:
            yield str(labels["signed_later"]).format(by=signed.by, on=wording.render_day(signed.on))
        if has_changed_since(signed, record):
            yield str(labels["signed_changed"]).format(by=signed.by, on=wording.render_day(signed.on))


def has_changed_since(signed: SignOff, record: Record) -> bool:
    """Whether a record is not what was sealed with a sign-off."""
    if not signed.digest:
        return False
    from tenken.records.sign_off import digest_record  # noqa: PLC0415 - few records are sealed

    return signed.digest != digest_record(record)
