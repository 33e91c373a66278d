"""The register of requirements as CSV, for a spreadsheet.

What applies has a row for each measure of the text and of the house; what has none, or is forbidden, or may not apply,
has one row with the reason. The first columns say of which system and day it is, so that the registers of many systems
can be stacked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tenken.assessment.accepted_gaps import AcceptedGap, map_accepted_gaps
from tenken.assessment.findings import Assessment, Finding, Measure
from tenken.assessment.wording import Wording, build_label_key, drop_implied_reasons, load_labels
from tenken.files.formula_quoting import defuse_formula
from tenken.files.table_files import DELIMITERS
from tenken.messages.line_breaking import unify_line_breaks
from tenken.messages.message_catalog import list_languages
from tenken.records.record import NO_ANSWER, Record
from tenken.report.formats import ReportMaterial
from tenken.report.view.action_plan import build_gap_actions
from tenken.report.view.finding import render_proof
from tenken.rules.answer_kinds import list_chosen_words
from tenken.rules.logic import Truth
from tenken.rules.requirement import Basis


def write_csv_report(material: ReportMaterial) -> str:
    return render_csv_register(material.assessment, material.record_file.record, material.wording, material.delimiter)


def list_register_headers() -> tuple[bytes, ...]:
    """The first line of a register in every language, by which it is known again, as CSV has no comments."""
    all_labels = [load_labels(language) for language in list_languages()]
    return tuple(_render_register_header(labels, sign).encode() for labels in all_labels for sign in DELIMITERS)


def _render_register_header(labels: Mapping[str, Any], delimiter: str) -> str:
    return render_csv_line(list(labels["register"].values()), delimiter)


def render_csv_register(assessment: Assessment, record: Record, wording: Wording, delimiter: str = ",") -> str:
    """Separated values as spreadsheets read them: with a byte order mark, and no cell that is a formula."""
    lines = [
        render_csv_line([defuse_formula(unify_line_breaks(cell)) for cell in row], delimiter)
        for row in _list_register_rows(assessment, record, wording)
    ]
    return "\ufeff" + _render_register_header(wording.labels, delimiter) + "".join(lines)


def render_csv_line(cells: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerow(cells)
    return out.getvalue()


def _list_register_rows(assessment: Assessment, record: Record, wording: Wording) -> Iterator[list[str]]:
    as_of = assessment.situation.as_of
    head = [record.system, record.organisation, record.release, as_of.isoformat()]
    accepted = map_accepted_gaps(record, assessment)
    for finding in assessment.findings:
        law = assessment.library.checklists[finding.requirement.checklist].title
        stands = list_standing_cells(finding, as_of, wording)
        answered_for = list_acceptance_cells(accepted.get(finding.requirement.id), wording)
        for measure in _list_rows_of_finding(finding):
            named = list_naming_cells(finding, measure, wording)
            yield [
                *head,
                law,
                *named,
                *stands,
                *list_measure_cells(finding, measure, assessment, record, wording),
                *answered_for,
            ]


def _list_rows_of_finding(finding: Finding) -> tuple[Measure | None, ...]:
    """The measures, and None for the requirement itself: where there are none, or the thing itself is forbidden."""
    measures = list_register_measures(finding)
    is_forbidden = finding.status.needs_action and not finding.outstanding
    return (None, *measures) if is_forbidden or not measures else tuple(measures)


def list_register_measures(finding: Finding) -> list[Measure]:
    """The measures with a row of their own: none as long as it is not certain that they are asked for."""
    if finding.applies is not Truth.YES:
        return []
    return [m for m in finding.measures if m.check.basis is not Basis.GUIDANCE and m.concerns is not Truth.NO]


def list_naming_cells(finding: Finding, measure: Measure | None, wording: Wording) -> list[str]:
    """What is asked: requirement, measure, citation, words, and how much it binds."""
    requirement, check = finding.requirement, measure.check if measure else None
    return [
        requirement.id,
        check.id if check else "",
        wording.render_citations(check.cites if check else requirement.cites),
        wording.join_heading(requirement.title, check.ask) if check else requirement.title,
        str(wording.labels["force"][build_label_key(requirement.force or "")]),
    ]


def list_standing_cells(finding: Finding, as_of: date, wording: Wording) -> list[str]:
    """Where a requirement stands: in which roles, from when until when, its status and why."""
    last_day = finding.requirement.last_day
    ended = [wording.render_timing(finding, as_of)] if finding.requirement.has_ended(as_of) else []
    relied_on = [each.exception.title for each in finding.relied_on_exceptions]
    why = (*ended, *relied_on, *wording.render_reasons(finding.reasons))
    return [
        _render_applying_roles(finding, wording),
        _render_listed_day(finding, wording),
        last_day.isoformat() if last_day and finding.timing else "",
        wording.render_status(finding),
        str(wording.labels["marks"]["beside"]).join(why),
    ]


def list_measure_cells(
    finding: Finding, measure: Measure | None, assessment: Assessment, record: Record, wording: Wording
) -> list[str]:
    """How a measure was answered and what is to be done, with everything somebody noted on it."""
    given = record.answers.get(measure.check.id, NO_ANSWER) if measure else NO_ANSWER
    day = given.due.isoformat() if given.due else ""
    in_charge = (given.owner, day) if measure else _find_owners_and_day(finding, assessment, record, wording)
    answered = wording.find_answer_label(measure.check.id, measure.answer or "unanswered") if measure else ""
    shown = (wording.add_in_brackets(item.at, item.shows) if item.shows else item.at for item in given.evidence)
    return [
        answered,
        _render_next_step(finding, measure, wording),
        *in_charge,
        "; ".join(shown),
        given.reason,
        given.note,
        render_proof(measure, given, assessment.situation.as_of, wording) if measure else "",
    ]


def _find_owners_and_day(finding: Finding, assessment: Assessment, record: Record, wording: Wording) -> tuple[str, str]:
    """Who has in hand what is forbidden, and the earliest day named for it."""
    actions = build_gap_actions(finding, assessment, record, wording) if finding.status.needs_action else []
    owners = "; ".join(action["owner"] for action in actions if action["owner"])
    return owners, min((action["due_iso"] for action in actions if action["due_iso"]), default="")


def list_acceptance_cells(gap: AcceptedGap | None, wording: Wording) -> list[str]:
    """Who answers for a gap, until when and why, and why that has ended."""
    if gap is None:
        return [""] * 4
    ended = str(wording.labels["accepted"]["ends"][gap.ended.value]) if gap.ended else ""
    return [gap.acceptance.by, gap.acceptance.until.isoformat(), gap.acceptance.because, ended]


def _render_next_step(finding: Finding, measure: Measure | None, wording: Wording) -> str:
    """What closes a gap; what is to be answered where that is not known; nothing where nothing is open."""
    if measure and measure.outstanding is Truth.YES:
        return measure.check.remedy or finding.requirement.remedy
    if finding.status.needs_action and measure is None:
        return finding.requirement.remedy
    asked = [measure.check.id] if measure and measure.outstanding is Truth.UNKNOWN else []
    if finding.status.needs_answer and measure is None:
        asked = list(finding.settled_by)
    return wording.render_to_answer(asked) if asked else ""


def _render_listed_day(finding: Finding, wording: Wording) -> str:
    """A day that a spreadsheet knows as one, unless it is only the earliest or the latest it can be."""
    if finding.listed_day is None:
        return ""
    day, bound = finding.listed_day.isoformat(), wording.render_day_bound(finding)
    return wording.add_in_brackets(day, bound) if bound else day


def _render_applying_roles(finding: Finding, wording: Wording) -> str:
    """The roles in which the requirement applies; nothing where it asks for none."""
    asked = {id for id, question in wording.library.questions.items() if question.role}
    roles = [
        wording.find_answer_label(reason.question, word)
        for reason in drop_implied_reasons(finding.reasons)
        if reason.question in asked and reason.holds is Truth.YES
        for word in list_chosen_words(reason.value)
        if word in getattr(reason.fact, "values", ())
    ]
    return wording.join_list(dict.fromkeys(roles))
