"""What stands beside an answer as plain data: who gave it and when, remarks, and evidence with what it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from tenken.assessment.wording import Wording
from tenken.records.evidence import EvidenceFault, is_address, is_pinned, is_sentence, list_dated_faults
from tenken.records.record import Evidence, GivenAnswer
from tenken.rules.library import SHOWN_DIGITS
from tenken.rules.requirement import ANY_AGE, Months

if TYPE_CHECKING:
    from tenken.report.view.finding_types import AnswerDetails, EvidenceView


def build_answer_details(given: GivenAnswer, as_of: date, wording: Wording, lasts: Months = ANY_AGE) -> AnswerDetails:
    """Who answered, when, with which remark and evidence, which is good for so many months."""
    return {
        "note": given.note,
        "reason": given.reason,
        "published": given.published,
        "owner": given.owner,
        "asked": given.ask,
        "due": render_optional_day(given.due, wording),
        "by": given.by,
        "at": render_optional_moment(given.at, wording),
        "at_once": wording.labels["report"]["at_once"] if given.at_once else "",
        "proposed": _render_proposer(given, wording),
        "proof": [
            _build_evidence_view(item, list_dated_faults(item, given, lasts, as_of), lasts, wording)
            for item in given.evidence
        ],
    }


def _render_proposer(given: GivenAnswer, wording: Wording) -> str:
    label = str(wording.labels["report"]["proposed"])
    return label.format(source=given.proposed.source) if given.proposed else ""


def render_optional_day(day: date | None, wording: Wording) -> str:
    return wording.render_day(day) if day else ""


def render_optional_moment(moment: datetime | None, wording: Wording) -> str:
    return wording.render_day(moment.date()) if moment else ""


def _build_evidence_view(
    item: Evidence, faults: Iterator[EvidenceFault], lasts: Months, wording: Wording
) -> EvidenceView:
    wrong = [_render_fault(fault, lasts, wording) for fault in faults]
    between = str(wording.labels["marks"]["between"])
    return {
        "at": item.at,
        "address": _find_address(item),
        "shows": item.shows,
        "on": render_optional_day(item.on, wording),
        "state": between.join(_list_evidence_facts(item, wording)),
        "wrong": between.join(wrong),
    }


def _find_address(item: Evidence) -> str:
    """What a link may lead to: an address or a path; what is pinned is a file, whatever it is called."""
    if is_sentence(item.at):
        return ""
    is_bare = is_pinned(item) and "/" not in item.at and not is_address(item.at)
    return f"./{item.at}" if is_bare else item.at


def _list_evidence_facts(item: Evidence, wording: Wording) -> Iterator[str]:
    """Who brought it, that it is pinned, and until when it is good as long as that is no fault."""
    labels = wording.labels["evidence"]
    if item.by:
        yield labels["by"].format(by=item.by)
    if is_pinned(item):
        yield labels["pinned"].format(digits=item.sha256[:SHOWN_DIGITS].lower())
    if item.review_by:
        yield labels["good_until"].format(day=wording.render_day(item.review_by))


def _render_fault(fault: EvidenceFault, lasts: Months, wording: Wording) -> str:
    if fault is EvidenceFault.STALE:
        return wording.render_count("evidence.stale", lasts)
    return str(wording.labels["evidence"][fault.value])
