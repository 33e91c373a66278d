"""The head of a report that is filed as a document, with its history, who receives it and who signed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenken.assessment.wording import Wording
from tenken.records.record import DocumentHead, Record, SignRole

if TYPE_CHECKING:
    from tenken.report.view.filing_types import DocumentView, FiledLine, HistoryRow, SignatureBox


def build_document_view(record: Record, wording: Wording) -> DocumentView | None:
    """What a record says of its report as a document, and who signed it; nothing if it says neither."""
    if record.document is None and not record.signed_off:
        return None
    head = record.document or DocumentHead()
    return {
        "confidentiality": head.confidentiality,
        "short": list(_list_short_lines(head, record, wording)),
        "lines": list(_list_head_lines(head, record, wording)) if record.document else [],
        "history": _build_history(head, wording),
        "boxes": [_build_signature_box(role, record, wording) for role in SignRole],
    }


def _list_short_lines(head: DocumentHead, record: Record, wording: Wording) -> Iterator[str]:
    """What names the document on its first page, beside the organisation that stands there already."""
    said = (
        head.number,
        _render_version(head, wording),
        head.company if not record.organisation else "",
        head.department,
    )
    yield from filter(None, said)


def _list_head_lines(head: DocumentHead, record: Record, wording: Wording) -> Iterator[FiledLine]:
    said = {
        "company": head.company or record.organisation,
        "department": head.department,
        "number": head.number,
        "version": head.version,
        "confidentiality": head.confidentiality,
        "recipients": wording.join_list(head.recipients),
    }
    for name, says in said.items():
        if says:
            yield {"name": wording.labels["document"][name], "says": says}


def _render_version(head: DocumentHead, wording: Wording) -> str:
    return str(wording.labels["document"]["of_version"].format(version=head.version)) if head.version else ""


def _build_history(head: DocumentHead, wording: Wording) -> list[HistoryRow]:
    return [
        {"version": each.version, "on": wording.render_day(each.on), "what": each.what, "by": each.by}
        for each in head.history
    ]


def _build_signature_box(role: SignRole, record: Record, wording: Wording) -> SignatureBox:
    return {
        "role": wording.labels["document"]["roles"][role],
        "signed": [
            {"by": signed.by, "position": signed.position, "on": wording.render_day(signed.on)}
            for signed in record.signed_off
            if signed.role is role
        ],
    }
