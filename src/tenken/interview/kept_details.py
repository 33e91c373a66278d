"""What is kept beside an answer, given or not: a note, evidence with its day, and who would know."""

from __future__ import annotations

from datetime import date, datetime

from tenken.assessment.wording import Wording
from tenken.files.file_names import is_there
from tenken.files.frozen_classes import replace_fields
from tenken.interview.answer_lines import render_added_detail, render_evidence
from tenken.interview.local_day import find_local_day
from tenken.interview.prompt import (
    WARNING_MARK,
    CardOption,
    Prompt,
    PromptKey,
    QuestionCard,
    build_menu,
    render_optional_hint,
)
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.records.answer_values import is_doubtful
from tenken.records.evidence import is_address, is_sentence
from tenken.records.record import Evidence, GivenAnswer
from tenken.records.record_file import RecordFile
from tenken.rules.answer_kinds import DateKind, parse_typed_day


def add_kept_lines(card: QuestionCard, given: GivenAnswer) -> QuestionCard:
    """The same card with what is kept beside the answer: the note, how much evidence, who would know."""
    last = given.evidence[-1].at if given.evidence else ""
    count = len(given.evidence)
    kept = (
        phrase("Note: {note}", note=given.note) if given.note else "",
        phrase_count(count, "1 piece of evidence: {last}", "{count} pieces of evidence, the last: {last}", last=last)
        if count
        else "",
        phrase("{who} would know", who=given.ask) if given.ask else "",
    )
    return replace_fields(card, kept=tuple(filter(None, kept)))


def change_kept(
    key: PromptKey, given: GivenAnswer, record_file: RecordFile, prompt: Prompt, now: datetime
) -> GivenAnswer:
    """The answer with what a key changes beside it; the same if nothing is changed."""
    if key is PromptKey.NOTE:
        return _ask_note(given, prompt)
    if key is PromptKey.EVIDENCE:
        return ask_evidence(given, record_file, prompt, now)
    if given.answer and not is_doubtful(given):
        text = phrase("This is answered; if it is not certain, answer “Not sure” first.")
        prompt.say_paragraph(text, mark=WARNING_MARK)
        return given
    return ask_who_would_know(given, prompt)


def ask_who_would_know(given: GivenAnswer, prompt: Prompt) -> GivenAnswer:
    who = prompt.ask_text(phrase("Who would know?"), given.ask, hint=render_optional_hint())
    return given if who is None else replace_fields(given, ask=who)


def _ask_note(given: GivenAnswer, prompt: Prompt) -> GivenAnswer:
    hint = phrase("empty it, or type -, to take it away") if given.note else ""
    said = prompt.ask_text(phrase("Note:"), given.note, hint=hint)
    return given if said is None else replace_fields(given, note="" if said == "-" else said)


def ask_evidence(given: GivenAnswer, record_file: RecordFile, prompt: Prompt, now: datetime) -> GivenAnswer:
    """One change of the evidence: a piece is added, dated anew or taken away."""
    if not given.evidence:
        return add_evidence(given, record_file, prompt, now)
    pieces = [CardOption(str(place), render_evidence(item)) for place, item in enumerate(given.evidence)]
    card = build_menu(
        phrase("Evidence: which one?"), CardOption("add", phrase("Add one")), *pieces, CardOption("", phrase("Back"))
    )
    match prompt.choose(card):
        case ("add",):
            return add_evidence(given, record_file, prompt, now)
        case (str(place),) if place:
            return _change_evidence(given, int(place), prompt, now)
    return given


def _change_evidence(given: GivenAnswer, place: int, prompt: Prompt, now: datetime) -> GivenAnswer:
    item, others = given.evidence[place], (given.evidence[:place], given.evidence[place + 1 :])
    card = build_menu(
        render_evidence(item),
        CardOption("day", phrase("Change its day")),
        CardOption("remove", phrase("Take it away")),
        CardOption("", phrase("Back")),
    )
    match prompt.choose(card):
        case ("day",):
            on = _ask_evidence_day(item.on or find_local_day(now), item.on, prompt)
            changed = (*others[0], replace_fields(item, on=on), *others[1])
            return replace_fields(given, evidence=changed)
        case ("remove",):
            return replace_fields(given, evidence=(*others[0], *others[1]))
    return given


def add_evidence(given: GivenAnswer, record_file: RecordFile, prompt: Prompt, now: datetime) -> GivenAnswer:
    """One more piece of evidence, if a place was typed."""
    hint = render_optional_hint(phrase("a file, an address or a sentence"))
    at = prompt.ask_text(phrase("Where can it be seen?"), hint=hint)
    if not at:
        return given
    if not is_address(at) and not is_sentence(at) and not is_there(record_file.folder / at):
        prompt.say_paragraph(
            phrase("There is no such file yet: {file}", file=record_file.folder / at), mark=WARNING_MARK
        )
    shows = prompt.ask_text(phrase("What does it show?"), hint=render_optional_hint())
    on = _ask_evidence_day(find_local_day(now), None, prompt)
    return replace_fields(given, evidence=(*given.evidence, Evidence(at=at, shows=shows or "", on=on)))


def _ask_evidence_day(day: date, otherwise: date | None, prompt: Prompt) -> date | None:
    """The day that was typed, none if it was emptied; another one for who goes back."""
    hint = phrase("empty: no day")
    said = prompt.ask_text(phrase("Of which day is it?"), day.isoformat(), hint=hint, refuse=refuse_wrong_optional_day)
    return otherwise if said is None else parse_typed_day(said)


def render_kept_change(before: GivenAnswer, after: GivenAnswer, wording: Wording) -> str:
    """What changed of that which is kept beside an answer, in one line."""
    if before.note != after.note:
        return after.note or phrase("The note is taken away.")
    if before.ask != after.ask:
        return phrase("{who} would know", who=after.ask) if after.ask else phrase("Nobody is to be asked.")
    gone = [item for item in before.evidence if item not in after.evidence]
    if gone and len(after.evidence) < len(before.evidence):
        return phrase("Taken away: {evidence}", evidence=render_evidence(gone[0]))
    new = [item for item in after.evidence if item not in before.evidence]
    if new:
        return phrase("To be seen: {evidence}", evidence=render_evidence(new[0]))
    return render_added_detail(after, wording)


def refuse_wrong_optional_day(said: str) -> str:
    return "" if parse_typed_day(said) or not said.strip() else phrase(DateKind.typed_refusal)
