"""The head of a report as plain data: of what it is, how far it is signed, and what a reader must know before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from tenken import __version__
from tenken.assessment.findings import Assessment
from tenken.assessment.gate import has_decisive_check_set_aside
from tenken.assessment.sign_off_notices import list_sign_off_notices
from tenken.assessment.wording import Wording
from tenken.records.record import Record
from tenken.report.view.definitions import list_defined_words
from tenken.report.view.document import build_document_view
from tenken.rules.checklist import Checklist
from tenken.rules.library import is_same_state, shorten_state

if TYPE_CHECKING:
    from tenken.report.view.report_types import ReportHeader


def build_report_header(assessment: Assessment, record: Record, wording: Wording) -> ReportHeader:
    as_of = assessment.situation.as_of
    signed = record.approval
    stage = wording.labels["stage"]
    by = {"by": signed.by, "on": wording.render_day(signed.on)} if signed else {}
    return {
        "tenken": __version__,
        "labels": wording.labels,
        "say": wording.labels["report"],
        "language": wording.labels["language"],
        "system": record.system,
        "organisation": record.organisation,
        "release": record.release,
        "stage": stage["signed_off"].format(**by) if signed else stage[record.status],
        "as_of": wording.render_day(as_of),
        "as_of_iso": as_of.isoformat(),
        "document": build_document_view(record, wording),
        "defined_words": list(list_defined_words(assessment, wording)),
        "notices": list(_list_report_notices(assessment, record, wording)),
    }


def _list_report_notices(assessment: Assessment, record: Record, wording: Wording) -> Iterator[str]:
    """What a reader must know before trusting it: who stands for it, and a text or a checklist not of the day."""
    labels = wording.labels["notice"]
    as_of = assessment.situation.as_of
    yield from list_sign_off_notices(record, as_of, wording)
    yield from _list_set_aside_notices(assessment, wording)
    for checklist in assessment.library.checklists.values():
        state = _find_newest_text_day(checklist)
        if state and as_of < state:
            yield labels["before_text"].format(
                title=checklist.title, as_of=wording.render_day(as_of), state=wording.render_day(state)
            )
        if as_of > checklist.review_by:
            yield labels["stale"].format(title=checklist.title, date=wording.render_day(checklist.review_by))
        then, now = record.answered_against.get(checklist.id, ""), assessment.library.versions[checklist.id]
        if then and not is_same_state(then, now):
            yield labels["answered_against"].format(
                title=checklist.title, then=shorten_state(then), now=shorten_state(now)
            )
    if house := [finding.requirement.title for finding in assessment.findings if finding.house_open]:
        yield labels["house_open"].format(titles=str(wording.labels["marks"]["between"]).join(house))


def _list_set_aside_notices(assessment: Assessment, wording: Wording) -> Iterator[str]:
    """That what decides most was set aside; where everything was, the sentence on the law says so."""
    aside = (finding for finding in assessment.findings if has_decisive_check_set_aside(finding))
    if titles := [finding.requirement.title for finding in aside if not finding.set_aside]:
        yield wording.labels["notice"]["set_aside"].format(titles=wording.labels["marks"]["between"].join(titles))


def _find_newest_text_day(checklist: Checklist) -> date | None:
    """The day of the newest text that was read."""
    return max((source.state for source in checklist.sources.values() if source.state), default=None)
