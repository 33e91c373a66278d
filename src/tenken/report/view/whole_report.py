"""An assessment as plain data for templates: every word ready to lay out, nothing left to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tenken.assessment.accepted_gaps import AcceptedGap, list_accepted_gaps
from tenken.assessment.changes_since import ChangesSince
from tenken.assessment.findings import Assessment, Finding, PenaltyTier
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen
from tenken.records.record import NO_ANSWER, Record
from tenken.report.view.accepted_rows import (
    build_accepted_rows,
    group_accepted_sentences,
    render_accepted_count,
)
from tenken.report.view.action_plan import (
    build_gap_actions,
    build_gap_entry,
    build_plan_rows,
    build_settling_list,
    count_unplanned_gaps,
    has_actions,
)
from tenken.report.view.answer_ages import list_answer_ages
from tenken.report.view.answer_details import build_answer_details, render_optional_day
from tenken.report.view.changes import build_since_view
from tenken.report.view.comparison import build_comparison_tables
from tenken.report.view.counts import TONES, build_count_tables
from tenken.report.view.dates import build_date_rows, build_dates_picture, build_undated_entries
from tenken.report.view.finding import build_finding_view, find_tone, has_own_place
from tenken.report.view.first_page import build_first_page
from tenken.report.view.header import build_report_header
from tenken.report.view.open_points import build_open_point, build_open_section
from tenken.report.view.settled_rows import build_settled_rows
from tenken.rules.checklist import Checklist
from tenken.rules.library import SHOWN_DIGITS
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.outline import find_helpful_outlines
from tenken.rules.requirement import Force

if TYPE_CHECKING:
    from tenken.report.view.finding_types import Action, FindingSection, GapEntry
    from tenken.report.view.report_types import (
        AnnexSections,
        AnswerView,
        ChecklistView,
        DatesSection,
        OpenSection,
        PenaltyView,
        PlanSection,
        ReportView,
        SettledLaw,
        SummaryView,
    )


class Groundwork(Frozen):
    """What page one and the rest are made of: the most urgent first, with what is to be done about each, by its id."""

    findings: list[Finding]
    actions: Mapping[str, list[Action]]
    gaps: list[GapEntry]
    accepted: Sequence[AcceptedGap]
    dates: DatesSection


def build_report_view(
    assessment: Assessment,
    record: Record,
    wording: Wording,
    made_from: str = "RECORD",
    digest: str = "",
    *,
    moved: ChangesSince | None = None,
    extent: str = "main",
) -> ReportView:
    """All a report shows; `made_from` is the name of the record's file and `digest` that of its content."""
    ground = _lay_groundwork(assessment, record, wording)
    sections = _build_finding_sections(ground, assessment, record, wording)
    return {
        **_build_page_one(ground, assessment, record, wording, extent),
        "since": build_since_view(moved, wording) if moved else None,
        "open_sections": _build_open_sections(ground.findings, sections, assessment, wording),
        **_build_plan_section(ground.gaps, ground.accepted, wording),
        **ground.dates,
        "findings": list(sections.values()),
        **_build_annex_sections(assessment, record, wording),
        "made_from": made_from,
        "folder_address": "",
        "digest": digest,
    }


def build_summary_view(assessment: Assessment, record: Record, wording: Wording) -> SummaryView:
    """Page one alone."""
    return _build_page_one(_lay_groundwork(assessment, record, wording), assessment, record, wording, "summary")


def _lay_groundwork(assessment: Assessment, record: Record, wording: Wording) -> Groundwork:
    findings = sort_by_urgency(assessment.findings)
    actions = {
        finding.requirement.id: build_gap_actions(finding, assessment, record, wording)
        for finding in findings
        if has_actions(finding)
    }
    missing = (finding for finding in findings if finding.status.needs_action)
    return Groundwork(
        findings,
        actions,
        [build_gap_entry(finding, actions[finding.requirement.id], assessment, wording) for finding in missing],
        list_accepted_gaps(record, assessment),
        _build_dates_section(findings, assessment, wording),
    )


def _build_page_one(
    ground: Groundwork, assessment: Assessment, record: Record, wording: Wording, extent: str
) -> SummaryView:
    to_settle = build_settling_list(ground.findings, assessment, record, wording)
    count = render_accepted_count(ground.accepted, wording)
    return {
        **build_report_header(assessment, record, wording),
        **build_first_page(ground.gaps, to_settle, ground.dates["dates"], assessment, wording, accepted_count=count),
        "extent": extent,
    }


def _build_annex_sections(assessment: Assessment, record: Record, wording: Wording) -> AnnexSections:
    return {
        "count_tables": build_count_tables(assessment, record, wording),
        "comparison": build_comparison_tables(assessment, wording),
        "settled": _build_settled_section(assessment, record, wording),
        "answers": _build_answers_section(assessment, record, wording),
        "checklists": _build_checklists_section(assessment, wording),
        "left_out": _list_left_out_titles(record, wording),
        "ages": list(list_answer_ages(record, assessment.situation.as_of, wording)),
    }


def _list_left_out_titles(record: Record, wording: Wording) -> list[str]:
    """What would fit, and was left out on request."""
    shipped = [id for id in record.left_out if id in list_shipped_checklists()]
    known = load_library(shipped, language=wording.library.language).checklists if shipped else {}
    return [known[id].title if id in known else id for id in record.left_out]


def sort_by_urgency(findings: Iterable[Finding]) -> list[Finding]:
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


def _build_finding_sections(
    ground: Groundwork, assessment: Assessment, record: Record, wording: Wording
) -> dict[str, FindingSection]:
    """What is said of each requirement that has a place of its own, by its id."""
    told = group_accepted_sentences(ground.accepted, wording)
    return {
        finding.requirement.id: {
            **build_finding_view(finding, assessment, record, wording),
            "actions": ground.actions.get(finding.requirement.id, []),
            "remedy": _find_whole_remedy(finding, ground.actions.get(finding.requirement.id, [])),
            "drafts": _list_draft_hints(finding, wording),
            "accepted": told.get(finding.requirement.id, ""),
        }
        for finding in ground.findings
        if has_own_place(finding)
    }


def _list_draft_hints(finding: Finding, wording: Wording) -> list[str]:
    """The documents that help to close a gap, each with the command that drafts it."""
    outlines = find_helpful_outlines(finding.requirement.id, wording.library.language)
    pattern = str(wording.labels["draft"]["helps"])
    if not finding.status.needs_action:
        return []
    return [pattern.format(title=outline.title, id=outline.id) for outline in outlines]


def _find_whole_remedy(finding: Finding, actions: list[Action]) -> str:
    """The remedy of a gap, where it is not the only action."""
    single = [action["text"] for action in actions] == [finding.requirement.remedy]
    return finding.requirement.remedy if finding.status.needs_action and actions and not single else ""


def _build_dates_section(findings: list[Finding], assessment: Assessment, wording: Wording) -> DatesSection:
    rows = build_date_rows(findings, assessment, wording)
    return {
        "dates": rows,
        "undated": build_undated_entries(findings, wording),
        "picture": build_dates_picture(rows, assessment.situation.as_of) if rows else None,
    }


def _build_open_sections(
    findings: list[Finding], sections: Mapping[str, FindingSection], assessment: Assessment, wording: Wording
) -> list[OpenSection]:
    """What is open, tone by tone; where nothing is, the one section that says so."""
    told = [finding for finding in findings if finding.requirement.id in sections]
    points = [
        build_open_point(finding, sections[finding.requirement.id], assessment, wording)
        for finding in told
        if finding.status.is_open
    ]
    tones = dict.fromkeys(point["tone"] for point in points) or dict.fromkeys(find_tone(each) for each in told[:1])
    return [build_open_section(tone, [point for point in points if point["tone"] == tone], wording) for tone in tones]


def _build_plan_section(gaps: list[GapEntry], accepted: Sequence[AcceptedGap], wording: Wording) -> PlanSection:
    count = count_unplanned_gaps(gaps)
    return {
        "plan": build_plan_rows(gaps),
        "accepted": build_accepted_rows(accepted, wording),
        "unplanned": wording.render_count("report.unplanned", count) if count else "",
    }


def _build_settled_section(assessment: Assessment, record: Record, wording: Wording) -> list[SettledLaw]:
    """What is met or does not apply, law by law in the order of the law."""
    laws: list[SettledLaw] = []
    for checklist in assessment.library.checklists.values():
        own = [finding for finding in assessment.findings if finding.requirement.checklist == checklist.id]
        done = [finding for finding in own if not finding.status.is_open]
        laws.append({"title": checklist.title, "rows": build_settled_rows(done, assessment, record, wording)})
    return [law for law in laws if law["rows"]]


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
        **build_answer_details(given, assessment.situation.as_of, wording),
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
