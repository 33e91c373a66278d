"""An assessment as plain data for templates: every word ready to lay out, nothing left to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tenken import __version__
from tenken.assessment.changes_since import ChangesSince
from tenken.assessment.findings import Assessment, Finding, PenaltyTier, Status
from tenken.assessment.wording import Wording
from tenken.records.record import GivenAnswer, Record
from tenken.report.view.action_plan import (
    build_gap_actions,
    build_gap_entry,
    build_settling_list,
    group_actions_by_owner,
)
from tenken.report.view.changes import build_since_view
from tenken.report.view.comparison import build_comparison_tables
from tenken.report.view.counts import TONES, build_count_tables, build_law_sentences
from tenken.report.view.dates import build_date_rows, build_dates_picture
from tenken.report.view.finding import (
    build_answer_details,
    build_finding_view,
    find_tone,
    has_own_place,
    render_optional_day,
)
from tenken.report.view.overview_tables import build_open_row, build_open_table, build_settled_rows
from tenken.rules.checklist import Checklist
from tenken.rules.requirement import Force

FIRST_PAGE_ROWS = 5
"""How many actions, and how many open answers, the first page has room for."""

_REPORT_URGENCY = (Status.GAP, Status.UNDETERMINED, Status.EXPLAINED, Status.MET, Status.NOT_APPLICABLE)
_OPEN_STATUSES = (Status.GAP, Status.UNDETERMINED)


def build_report_view(
    assessment: Assessment,
    record: Record,
    words: Wording,
    made_from: str = "RECORD",
    digest: str = "",
    *,
    moved: ChangesSince | None = None,
) -> dict[str, Any]:
    """All a report shows; `made_from` is the name of the record's file and `digest` that of its content."""
    findings = _sort_by_urgency(assessment.findings)
    gaps = [build_gap_entry(found, assessment, record, words) for found in findings if found.status is Status.GAP]
    to_settle = build_settling_list(findings, assessment, record, words)
    return {
        **_build_report_header(assessment, record, words),
        "laws": build_law_sentences(assessment, words),
        "first": gaps[:FIRST_PAGE_ROWS],
        "more_gaps": len(gaps) > FIRST_PAGE_ROWS,
        "settle": to_settle[:FIRST_PAGE_ROWS],
        "more_to_settle": len(to_settle) > FIRST_PAGE_ROWS,
        "since": build_since_view(moved, words) if moved else {},
        "count_tables": build_count_tables(assessment, words),
        **_build_dates_section(findings, assessment, words),
        "open_tables": _build_open_section(findings, gaps, assessment, words),
        "findings": [
            _build_finding_section(found, assessment, record, words) for found in findings if has_own_place(found)
        ],
        "plan": group_actions_by_owner(gaps),
        "comparison": build_comparison_tables(assessment, words),
        "settled": _build_settled_section(assessment, record, words),
        "answers": [_build_answer_view(id, assessment, record, words) for id in _list_answered_ids(assessment, record)],
        "checklists": _build_checklists_section(assessment, words),
        "made_from": made_from,
        "digest": digest,
    }


def _build_report_header(assessment: Assessment, record: Record, words: Wording) -> dict[str, Any]:
    as_of = assessment.situation.as_of
    signed = record.signed_off
    stage = words.labels["stage"]
    by = {"by": signed.by, "on": words.render_day(signed.on)} if signed else {}
    facts = (id for id in assessment.library.profile.questions if id in assessment.situation.answers)
    return {
        "tenken": __version__,
        "labels": words.labels,
        "say": words.labels["report"],
        "language": words.labels["language"],
        "system": record.system,
        "organisation": record.organisation,
        "stage": stage["signed_off"].format(**by) if signed else stage[record.status],
        "as_of": words.render_day(as_of),
        "as_of_iso": as_of.isoformat(),
        "facts": [_build_fact_view(id, assessment, words) for id in facts],
        "notices": list(_list_report_notices(assessment, record, words)),
    }


def _list_report_notices(assessment: Assessment, record: Record, words: Wording) -> Iterator[str]:
    """What a reader must know before trusting the dates: a text or a checklist that is not of the day."""
    labels = words.labels["notice"]
    as_of = assessment.situation.as_of
    for item in assessment.library.checklists.values():
        state = _find_newest_text_day(item)
        if state and as_of < state:
            yield labels["before_text"].format(
                title=item.title, as_of=words.render_day(as_of), state=words.render_day(state)
            )
        if as_of > item.review_by:
            yield labels["stale"].format(title=item.title, date=words.render_day(item.review_by))
        then, now = record.answered_against.get(item.id, ""), f"{item.version} {item.digest}"
        if then and then != now:
            yield labels["answered_against"].format(title=item.title, then=then, now=now)
    if house := [measure.check.id for found in assessment.findings for measure in found.house_open]:
        yield labels["house_open"].format(ids=words.join_list(house))
    if record.left_out:
        yield labels["left_out"].format(ids=", ".join(record.left_out))


def _find_newest_text_day(item: Checklist) -> date | None:
    """The day of the newest text that was read."""
    return max((source.state for source in item.sources.values() if source.state), default=None)


def _sort_by_urgency(findings: Iterable[Finding]) -> list[Finding]:
    """What is open before the rest, what binds before what is recommended, gaps, prohibitions, the earliest date."""

    def rank_urgency(found: Finding) -> tuple[bool, bool, int, bool, date]:
        allowed = found.requirement.force is not Force.PROHIBITION
        pressing = _REPORT_URGENCY.index(found.status)
        return (
            found.status not in _OPEN_STATUSES,
            find_tone(found) == "soft",
            pressing,
            allowed,
            found.since or date.max,
        )

    return sorted(findings, key=rank_urgency)


def _build_finding_section(found: Finding, assessment: Assessment, record: Record, words: Wording) -> dict[str, Any]:
    actions = build_gap_actions(found, assessment, record, words) if found.status is Status.GAP else []
    single = [action["text"] for action in actions] == [found.requirement.remedy]
    remedy = found.requirement.remedy if actions and not single else ""
    return {**build_finding_view(found, assessment, record, words), "actions": actions, "remedy": remedy}


def _build_dates_section(findings: list[Finding], assessment: Assessment, words: Wording) -> dict[str, Any]:
    rows = build_date_rows(findings, assessment, words)
    return {"dates": rows, "picture": build_dates_picture(rows, assessment.situation.as_of) if rows else {}}


def _build_open_section(
    findings: list[Finding], gaps: list[dict[str, Any]], assessment: Assessment, words: Wording
) -> list[dict[str, Any]]:
    planned = {gap["id"]: gap for gap in gaps}
    still_open = [found for found in findings if found.status in _OPEN_STATUSES]
    rows = [build_open_row(found, planned.get(found.requirement.id), assessment, words) for found in still_open]
    spoken = {find_tone(found) for found in findings}
    return [
        build_open_table(each, [row for row in rows if row["tone"] == each], words) for each in TONES if each in spoken
    ]


def _build_settled_section(assessment: Assessment, record: Record, words: Wording) -> list[dict[str, Any]]:
    """What is met or does not apply, law by law in the order of the law."""
    laws = []
    for law in assessment.library.checklists.values():
        own = [found for found in assessment.findings if found.requirement.checklist == law.id]
        done = [found for found in own if found.status not in _OPEN_STATUSES]
        laws.append({"title": law.title, "rows": build_settled_rows(done, assessment, record, words)})
    return [law for law in laws if law["rows"]]


def _build_fact_view(id: str, assessment: Assessment, words: Wording) -> dict[str, str]:
    return {
        "short": words.find_question_heading(id),
        "answer": words.render_answer(id, assessment.situation.answers[id]),
    }


def _list_answered_ids(assessment: Assessment, record: Record) -> list[str]:
    """Every answer that does not stand with a requirement of its own, in the order they are asked."""
    shown = {found.requirement.id for found in assessment.findings if has_own_place(found)}
    checks = (id for id, (requirement, _) in assessment.library.checks.items() if requirement.id not in shown)
    return [id for id in (*assessment.library.questions, *checks) if id in record.answers]


def _build_answer_view(id: str, assessment: Assessment, record: Record, words: Wording) -> dict[str, Any]:
    value = assessment.situation.answers.get(id)
    given = record.answers.get(id, GivenAnswer())
    return {
        "id": id,
        "short": words.find_question_heading(id),
        "answer": words.render_answer(id, value),
        **build_answer_details(given, words),
    }


def _build_checklists_section(assessment: Assessment, words: Wording) -> list[dict[str, Any]]:
    """What was checked against; a source that several name is linked where it is named first."""
    shown = [_build_checklist_view(item, assessment, words) for item in assessment.library.checklists.values()]
    linked = set[str]()
    for source in (source for item in shown for source in item["sources"]):
        if source["link"] in linked:
            source["link"] = ""
        linked.add(source["link"])
    return shown


def _build_checklist_view(item: Checklist, assessment: Assessment, words: Wording) -> dict[str, Any]:
    return {
        "title": item.title,
        "jurisdiction": item.jurisdiction,
        "about": item.about,
        "limits": item.limits,
        "house": list(item.house),
        "version": item.version,
        "digest": item.digest,
        "reviewed": words.render_day(item.reviewed),
        "review_by": words.render_day(item.review_by),
        "sources": [
            {
                "title": source.title,
                "link": source.link,
                "state": render_optional_day(source.state, words),
                "note": source.note,
            }
            for source in item.sources.values()
        ],
        "penalties": [_build_penalty_view(tier, words) for tier in assessment.penalties if tier.checklist == item.id],
    }


def _build_penalty_view(tier: PenaltyTier, words: Wording) -> dict[str, Any]:
    penalty = tier.penalty
    return {
        "says": penalty.says,
        "cites": words.render_citations(penalty.cites),
        "requirements": list(tier.requirements),
        "cases": list(tier.cases),
    }
