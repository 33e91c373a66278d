"""Official forms filled in from the answers: their rows, and where each requirement that they sum up stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding, Measure, assess_all
from tenken.assessment.status import Status
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.report.view.answer_details import build_answer_details
from tenken.rules.checklist import Checklist, Form
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import Situation, Truth

if TYPE_CHECKING:
    from tenken.report.view.filing_types import FormItem, FormRowView, FormsPage, FormView


class FilledRow(Frozen):
    """One row: its own requirement as it stands, what it sums up and was judged, and how much of that was not."""

    own: Finding
    items: tuple[Finding, ...]
    unjudged: int

    @property
    def is_answered(self) -> bool:
        return any(measure.answer for measure in self.own.measures)

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """What says whether the row is done: the answer to its own question, else all that it sums up and applies."""
        if self.is_answered or self.own.applies is Truth.NO:
            return (self.own,)
        return tuple(item for item in self.items if item.applies is not Truth.NO)

    @property
    def is_done(self) -> bool:
        certain = self.is_answered or not self.unjudged
        return certain and bool(self.deciding) and all(finding.status is Status.MET for finding in self.deciding)


class FilledForm(Frozen):
    """A form with its rows; the sources of its checklist are in one language."""

    form: Form
    language: str
    rows: list[FilledRow]


def build_forms_page(assessment: Assessment, record: Record, wording: Wording) -> FormsPage:
    """The forms of the checklists of a record, and those of others that sum up some of their requirements."""
    judged = {finding.requirement.id: finding for finding in assessment.findings}
    filled = list(_list_filled_forms(judged, assessment, wording))
    places: dict[str, list[str]] = {}
    for each in filled:
        for row in each.rows:
            for id in each.form.rows[row.own.requirement.id].items:
                places.setdefault(id, []).append(wording.render_citations(row.own.requirement.cites))
    return {
        "forms": [_build_form_view(each, assessment.situation.as_of, record, wording) for each in filled],
        "items": [
            _build_form_item(finding, places[id], record, wording) for id, finding in judged.items() if id in places
        ],
    }


def _list_filled_forms(judged: Mapping[str, Finding], assessment: Assessment, wording: Wording) -> Iterator[FilledForm]:
    named = assessment.library.checklists
    for checklist in named.values():
        for form in checklist.forms.values():
            yield FilledForm(form, checklist.language, _fill_rows(form, judged, judged))
    others = [id for id in list_shipped_checklists() if id not in named]
    library = load_library(others, language=wording.library.language) if others else wording.library
    for checklist in (library.checklists[id] for id in others):
        forms = [form for form in checklist.forms.values() if _sums_up_any(form, judged)]
        own = _judge_checklist(checklist, library, assessment.situation) if forms else {}
        for form in forms:
            yield FilledForm(form, checklist.language, _fill_rows(form, own, judged))


def _sums_up_any(form: Form, judged: Mapping[str, Finding]) -> bool:
    return any(id in judged for row in form.rows.values() for id in row.items)


def _judge_checklist(checklist: Checklist, library: Library, situation: Situation) -> dict[str, Finding]:
    """A checklist that the record does not name, by the facts that the record has."""
    own = replace_fields(library, checklists={checklist.id: checklist})
    return {finding.requirement.id: finding for finding in assess_all(own, situation).findings}


def _fill_rows(form: Form, own: Mapping[str, Finding], judged: Mapping[str, Finding]) -> list[FilledRow]:
    return [
        FilledRow(
            own[id],
            tuple(judged[item] for item in row.items if item in judged),
            sum(item not in judged for item in row.items),
        )
        for id, row in form.rows.items()
        if id in own
    ]


def _build_form_view(filled: FilledForm, as_of: date, record: Record, wording: Wording) -> FormView:
    return {
        "title": filled.form.title,
        "says": filled.form.says,
        "rows": [_build_form_row(row, filled.language, as_of, record, wording) for row in filled.rows],
    }


def _build_form_row(row: FilledRow, language: str, as_of: date, record: Record, wording: Wording) -> FormRowView:
    requirement = row.own.requirement
    ask = wording.labels["sentence_separator"].join(check.ask for check in requirement.checks.values())
    given = list(_list_given_answers(row.deciding, record))
    is_translated = bool(requirement.official) and language != wording.labels["language"]
    return {
        "number": wording.render_citations(requirement.cites),
        "title": requirement.title,
        "ask": ask,
        "source_words": {"text": requirement.official, "language": language} if is_translated else None,
        "is_done": row.is_done,
        "in_charge": _list_people_in_charge(given),
        "state": _render_row_state(row, wording),
        "remarks": list(_list_remarks(row, given, wording)),
        "proof": [
            item
            for measure, each in _list_answered_measures(row.deciding, record)
            for item in build_answer_details(each, as_of, wording, measure.check.evidence_lasts)["proof"]
        ],
    }


def _render_row_state(row: FilledRow, wording: Wording) -> str:
    """How a row stands: as its own question was answered, or by how much of what it sums up is done."""
    labels = wording.labels["forms"]
    if row.is_answered or row.own.applies is Truth.NO:
        return wording.render_status(row.own)
    if len(row.deciding) == 1 and not row.unjudged:
        return wording.render_status(row.deciding[0])
    if row.items and not row.deciding and not row.unjudged:
        return wording.render_status(row.items[0])
    done = sum(finding.status is Status.MET for finding in row.deciding)
    judged = labels["done_of"].format(done=done, total=len(row.deciding)) if row.deciding else ""
    unjudged = labels["unjudged"].format(count=row.unjudged) if row.unjudged and judged else ""
    return wording.join_list((judged, unjudged)) or str(labels["unknown"])


def _list_remarks(row: FilledRow, given: Iterable[GivenAnswer], wording: Wording) -> Iterator[str]:
    """The words of those who answered the row itself, or what it sums up and is not done yet."""
    if row.is_answered:
        yield from dict.fromkeys(said for each in given for said in (each.note, each.reason) if said)
        return
    for item in row.deciding:
        if item is not row.own and item.status is not Status.MET:
            yield wording.join_heading(f"{item.requirement.id} {item.requirement.title}", wording.render_status(item))


def _list_given_answers(findings: Iterable[Finding], record: Record) -> Iterator[GivenAnswer]:
    """The answers to the measures of some findings, as they stand in the record."""
    return (given for _, given in _list_answered_measures(findings, record))


def _list_answered_measures(findings: Iterable[Finding], record: Record) -> Iterator[tuple[Measure, GivenAnswer]]:
    for finding in findings:
        for measure in finding.measures:
            given = record.answers.get(measure.check.id, NO_ANSWER)
            if given.answer and measure.concerns is not Truth.NO:
                yield measure, given


def _list_people_in_charge(given: Iterable[GivenAnswer]) -> list[str]:
    """Who sees to what is missing, and otherwise who answered."""
    return list(dict.fromkeys(name for each in given if (name := each.owner or each.by)))


def _build_form_item(finding: Finding, rows: list[str], record: Record, wording: Wording) -> FormItem:
    requirement = finding.requirement
    return {
        "id": requirement.id,
        "title": requirement.title,
        "cites": wording.render_citations(requirement.cites),
        "rows": rows,
        "status": wording.render_status(finding),
        "in_charge": _list_people_in_charge(_list_given_answers((finding,), record)),
    }
