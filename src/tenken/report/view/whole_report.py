"""An assessment as plain data for templates: every word ready to lay out, nothing left to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from tenken import __version__
from tenken.assessment.changes_since import ChangesSince
from tenken.assessment.findings import Assessment, Finding, PenaltyTier
from tenken.assessment.wording import Wording
from tenken.records.record import NO_ANSWER, Record, RecordStage
from tenken.report.view.action_plan import (
    build_gap_actions,
    build_gap_entry,
    build_settling_list,
    group_actions_by_owner,
    has_actions,
)
from tenken.report.view.changes import build_since_view
from tenken.report.view.comparison import build_comparison_tables
from tenken.report.view.counts import TONES, build_count_tables, build_law_sentences
from tenken.report.view.dates import build_date_rows, build_dates_picture, build_undated_entries
from tenken.report.view.finding import (
    build_answer_details,
    build_finding_view,
    find_tone,
    has_own_place,
    render_optional_day,
)
from tenken.report.view.overview_tables import build_open_row, build_open_table, build_settled_rows
from tenken.rules.checklist import Checklist
from tenken.rules.library import SHOWN_DIGITS, is_same_state, shorten_state
from tenken.rules.requirement import Force

if TYPE_CHECKING:
    from tenken.report.view.finding_types import FindingSection, GapEntry, WaitingQuestion
    from tenken.report.view.report_types import (
        AnswerView,
        ChecklistView,
        DatesSection,
        FactView,
        FirstPage,
        OpenTable,
        PenaltyView,
        ReportHeader,
        ReportView,
        SettledLaw,
    )

FIRST_PAGE_ROWS = 5
"""How many actions, and how many open answers, the first page has room for."""


def build_report_view(
    assessment: Assessment,
    record: Record,
    wording: Wording,
    made_from: str = "RECORD",
    digest: str = "",
    *,
    moved: ChangesSince | None = None,
) -> ReportView:
    """All a report shows; `made_from` is the name of the record's file and `digest` that of its content."""
    findings = _sort_by_urgency(assessment.findings)
    gaps = [
        build_gap_entry(finding, assessment, record, wording) for finding in findings if finding.status.needs_action
    ]
    to_settle = build_settling_list(findings, assessment, record, wording)
    return {
        **_build_report_header(assessment, record, wording),
        **_build_first_page(gaps, to_settle, assessment, wording),
        "since": build_since_view(moved, wording) if moved else None,
        "count_tables": build_count_tables(assessment, wording),
        **_build_dates_section(findings, assessment, wording),
        "open_tables": _build_open_section(findings, gaps, assessment, wording),
        "findings": [
            _build_finding_section(finding, assessment, record, wording)
            for finding in findings
            if has_own_place(finding)
        ],
        "plan": group_actions_by_owner(gaps),
        "comparison": build_comparison_tables(assessment, wording),
        "settled": _build_settled_section(assessment, record, wording),
        "answers": _build_answers_section(assessment, record, wording),
        "checklists": _build_checklists_section(assessment, wording),
        "made_from": made_from,
        "digest": digest,
    }


def _build_first_page(
    gaps: list[GapEntry], to_settle: list[WaitingQuestion], assessment: Assessment, wording: Wording
) -> FirstPage:
    return {
        "laws": build_law_sentences(assessment, wording),
        "first": gaps[:FIRST_PAGE_ROWS],
        "more_gaps": len(gaps) > FIRST_PAGE_ROWS,
        "settle": to_settle[:FIRST_PAGE_ROWS],
        "more_to_settle": len(to_settle) > FIRST_PAGE_ROWS,
    }


def _build_report_header(assessment: Assessment, record: Record, wording: Wording) -> ReportHeader:
    as_of = assessment.situation.as_of
    signed = record.approval
    stage = wording.labels["stage"]
    by = {"by": signed.by, "on": wording.render_day(signed.on)} if signed else {}
    facts = (id for id in assessment.library.profile.questions if id in assessment.situation.answers)
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
        "facts": [_build_fact_view(id, assessment, wording) for id in facts],
        "notices": list(_list_report_notices(assessment, record, wording)),
    }


def _list_report_notices(assessment: Assessment, record: Record, wording: Wording) -> Iterator[str]:
    """What a reader must know before trusting the dates: a text or a checklist that is not of the day."""
    labels = wording.labels["notice"]
    as_of = assessment.situation.as_of
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
    if house := [measure.check.id for finding in assessment.findings for measure in finding.house_open]:
        yield labels["house_open"].format(ids=wording.join_list(house))
    if record.status is RecordStage.FINAL or record.signed_off:
        yield from _list_doubtful_sign_offs(record, wording, as_of)
    if record.left_out:
        yield labels["left_out"].format(ids=", ".join(record.left_out))


def _list_doubtful_sign_offs(record: Record, wording: Wording, as_of: date) -> Iterator[str]:
    from tenken.records.sign_off import list_doubtful_sign_offs  # noqa: PLC0415 - few records are signed

    for fault, signed in list_doubtful_sign_offs(record, as_of):
        facts = {"by": signed.by, "on": wording.render_day(signed.on)} if signed else {}
        yield wording.labels["notice"][f"signed_{fault}"].format(**facts)


def _find_newest_text_day(checklist: Checklist) -> date | None:
    """The day of the newest text that was read."""
    return max((source.state for source in checklist.sources.values() if source.state), default=None)


def _sort_by_urgency(findings: Iterable[Finding]) -> list[Finding]:
    """What is open before the rest, then by tone, gaps first, prohibitions, the earliest date."""
    tones = list(TONES)

    def rank_urgency(finding: Finding) -> tuple[bool, int, int, bool, date]:
        allowed = finding.requirement.force is not Force.PROHIBITION
        return (
            not finding.status.is_open,
            tones.index(find_tone(finding)),
            finding.status.meaning.urgency,
            allowed,
            finding.since or date.max,
        )

    return sorted(findings, key=rank_urgency)


def _build_finding_section(
    finding: Finding, assessment: Assessment, record: Record, wording: Wording
) -> FindingSection:
    actions = build_gap_actions(finding, assessment, record, wording) if has_actions(finding) else []
    single = [action["text"] for action in actions] == [finding.requirement.remedy] or not finding.status.needs_action
    remedy = finding.requirement.remedy if actions and not single else ""
    return {**build_finding_view(finding, assessment, record, wording), "actions": actions, "remedy": remedy}


def _build_dates_section(findings: list[Finding], assessment: Assessment, wording: Wording) -> DatesSection:
    rows = build_date_rows(findings, assessment, wording)
    return {
        "dates": rows,
        "undated": build_undated_entries(findings, wording),
        "picture": build_dates_picture(rows, assessment.situation.as_of) if rows else None,
    }


def _build_open_section(
    findings: list[Finding], gaps: list[GapEntry], assessment: Assessment, wording: Wording
) -> list[OpenTable]:
    planned = {gap["id"]: gap for gap in gaps}
    still_open = [finding for finding in findings if finding.status.is_open]
    rows = [build_open_row(finding, planned.get(finding.requirement.id), assessment, wording) for finding in still_open]
    spoken = {find_tone(finding) for finding in findings}
    return [
        build_open_table(each, [row for row in rows if row["tone"] == each], wording)
        for each in TONES
        if each in spoken
    ]


def _build_settled_section(assessment: Assessment, record: Record, wording: Wording) -> list[SettledLaw]:
    """What is met or does not apply, law by law in the order of the law."""
    laws: list[SettledLaw] = []
    for checklist in assessment.library.checklists.values():
        own = [finding for finding in assessment.findings if finding.requirement.checklist == checklist.id]
        done = [finding for finding in own if not finding.status.is_open]
        laws.append({"title": checklist.title, "rows": build_settled_rows(done, assessment, record, wording)})
    return [law for law in laws if law["rows"]]


def _build_fact_view(id: str, assessment: Assessment, wording: Wording) -> FactView:
    return {
        "short": wording.find_question_heading(id),
        "answer": wording.render_answer(id, assessment.situation.answers[id]),
    }


def _build_answers_section(assessment: Assessment, record: Record, wording: Wording) -> list[AnswerView]:
    """Every answer that does not stand with a requirement of its own, in the order they are asked."""
    shown = {finding.requirement.id for finding in assessment.findings if has_own_place(finding)}
    checks = (id for id, (requirement, _) in assessment.library.checks.items() if requirement.id not in shown)
    ids = (id for id in (*assessment.library.questions, *checks) if id in record.answers)
    return [_build_answer_view(id, assessment, record, wording) for id in ids]


def _build_answer_view(id: str, assessment: Assessment, record: Record, wording: Wording) -> AnswerView:
    value = assessment.situation.answers.get(id)
    given = record.answers.get(id, NO_ANSWER)
    return {
        "id": id,
        "short": wording.find_question_heading(id),
        "answer": wording.render_answer(id, value),
        **build_answer_details(given, wording),
    }


def _build_checklists_section(assessment: Assessment, wording: Wording) -> list[ChecklistView]:
    """What was checked against; a source that several name is linked where it is named first."""
    shown = [
        _build_checklist_view(checklist, assessment, wording) for checklist in assessment.library.checklists.values()
    ]
    linked = set[str]()
    for source in (source for checklist in shown for source in checklist["sources"]):
        if source["link"] in linked:
            source["link"] = ""
        linked.add(source["link"])
    return shown


def _build_checklist_view(checklist: Checklist, assessment: Assessment, wording: Wording) -> ChecklistView:
    return {
        "title": checklist.title,
        "jurisdiction": checklist.jurisdiction,
        "about": checklist.about,
        "limits": checklist.limits,
        "house": list(checklist.house),
        "version": checklist.version,
        "digest": checklist.digest[:SHOWN_DIGITS],
        "reviewed": wording.render_day(checklist.reviewed),
        "review_by": wording.render_day(checklist.review_by),
        "sources": [
            {
                "title": source.title,
                "link": source.link,
                "state": render_optional_day(source.state, wording),
                "note": source.note,
            }
            for source in checklist.sources.values()
        ],
        "penalties": [
            _build_penalty_view(tier, wording) for tier in assessment.penalties if tier.checklist == checklist.id
        ],
    }


def _build_penalty_view(tier: PenaltyTier, wording: Wording) -> PenaltyView:
    penalty = tier.penalty
    return {
        "says": penalty.says,
        "cites": wording.render_citations(penalty.cites),
        "requirements": list(tier.requirements),
        "cases": list(tier.cases),
    }
