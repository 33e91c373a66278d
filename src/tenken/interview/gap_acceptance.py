"""Lets somebody answer for a gap until a day, from the menu between two parts of an interview."""

from __future__ import annotations

from datetime import date, timedelta

from tenken.assessment.accepted_gaps import build_acceptance, list_acceptable_findings, list_refusals
from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.interview.prompt import SAVED_MARK, CardOption, Prompt, build_menu
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_off_warning import confirm_record_change
from tenken.messages.message_catalog import phrase
from tenken.records.record import Acceptance, Record
from tenken.records.record_file import RecordFile
from tenken.rules.answer_kinds import DateKind, parse_typed_day

_USUAL_SPAN = timedelta(days=90)
"""How long a gap is accepted if nobody says otherwise."""
_SOME_WORDS = "words"
"""What stands for words that are typed later."""


def accept_gap(
    record_file: RecordFile, assessment: Assessment, wording: Wording, prompt: Prompt, *, by: str, today: date
) -> RecordFile:
    """The record with a gap that somebody answers for, saved; as it is if somebody goes back or nothing may change."""
    record = record_file.record
    finding = _choose_gap(record, assessment, wording, prompt)
    if finding is None:
        return record_file
    facts = {"by": _SOME_WORDS, "because": _SOME_WORDS}
    given = build_acceptance(finding, record, assessment, until=today + _USUAL_SPAN, on=today, **facts)
    completed, id = _ask_details(given, finding, by, prompt), finding.requirement.id
    if completed is None or not confirm_record_change(record, wording, prompt):
        return record_file
    record_file.take_acceptance(id, completed)
    saved = save_record_safely(record_file, prompt)
    if id in saved.record.accepted:
        text = phrase("{id} is accepted until {day}. It stays a gap.", id=id, day=completed.until)
        prompt.say_paragraph(text, mark=SAVED_MARK)
    return saved


def _choose_gap(record: Record, assessment: Assessment, wording: Wording, prompt: Prompt) -> Finding | None:
    gaps = {finding.requirement.id: finding for finding in list_acceptable_findings(record, assessment)}
    options = [
        CardOption(id, finding.requirement.title, wording.render_citation(finding.requirement.cites[0]))
        for id, finding in gaps.items()
    ]
    chosen = prompt.choose(build_menu(phrase("Which one?"), *options, CardOption("", phrase("Back"))))
    return gaps.get(chosen[0]) if isinstance(chosen, tuple) else None


def _ask_details(given: Acceptance, finding: Finding, by: str, prompt: Prompt) -> Acceptance | None:
    """Each thing is refused at once by the rules of the whole, the others being as they should."""

    def refuse(typed: Acceptance) -> str:
        problem = next(list_refusals(typed, finding), None)
        return phrase(problem.text, **problem.facts) if problem else ""

    def refuse_day(said: str) -> str:
        day = parse_typed_day(said)
        return refuse(replace_fields(given, until=day)) if day else phrase(DateKind.typed_refusal)

    who = prompt.ask_text(phrase("Who answers for it?"), by, refuse=lambda said: refuse(replace_fields(given, by=said)))
    if who is None:
        return None
    said = prompt.ask_text(phrase("Until which day?"), given.until.isoformat(), refuse=refuse_day)
    until = parse_typed_day(said) if said else None
    if until is None:
        return None
    because = prompt.ask_text(
        phrase("Why is it accepted?"), refuse=lambda said: refuse(replace_fields(given, because=said))
    )
    return replace_fields(given, by=who, until=until, because=because) if because is not None else None
