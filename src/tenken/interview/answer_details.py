"""Asks for what an answer needs besides the word, or may have: a day, a reason, an owner, a note, evidence."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tenken.files.file_names import is_there
from tenken.files.frozen_classes import replace_fields
from tenken.interview.answer_lines import render_evidence
from tenken.interview.prompt import ARROW_MARK, WARNING_MARK, CardOption, Prompt, build_menu, render_optional_hint
from tenken.interview.typed_text import clean_typed_text
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import has_words
from tenken.records.record import Evidence, GivenAnswer
from tenken.records.record_file import RecordFile
from tenken.rules.answer_kinds import UNSURE, DateKind, parse_typed_day
from tenken.rules.requirement import EXPLAINED, MET, NOT_MET, PARTLY, Check, Explain, Question, Requirement


def ask_typed_answer(given: GivenAnswer, old: GivenAnswer, question: Question, prompt: Prompt) -> GivenAnswer | None:
    """An answer that is typed, such as a day."""
    kind = question.answer_kind
    known = next((word for word in old.answer if word not in kind.accepted_words), "")
    said = prompt.ask_text(
        question.ask,
        known,
        hint=phrase(kind.typed_hint),
        refuse=lambda typed: "" if kind.parse_typed(typed) else phrase(kind.typed_refusal),
    )
    found = kind.parse_typed(said or "")
    return replace_fields(given, answer=(found,)) if found else None


def _refuse_wrong_optional_day(said: str) -> str:
    return "" if parse_typed_day(said) or not said.strip() else phrase(DateKind.typed_refusal)


def _refuse_missing_reason(said: str) -> str:
    return "" if has_words(clean_typed_text(said)) else phrase("A reason is needed; without it, answer “Not sure”.")


def ask_reason(
    given: GivenAnswer, old: GivenAnswer, requirement: Requirement, check: Check, prompt: Prompt
) -> GivenAnswer | None:
    """A check that is set aside or explained away, with why."""
    explained = given.answer == (EXPLAINED,)
    ask = phrase("We do not, because …") if explained else phrase("Why does it not apply here?")
    why = prompt.ask_text(f"{check.ask}\n{ask}", old.reason, refuse=_refuse_missing_reason)
    if not why:
        return None
    given = replace_fields(given, reason=why)
    if explained and requirement.explain is Explain.PUBLISHED:
        hint = phrase("an address; without one it counts as “Partly”")
        at = prompt.ask_text(phrase("Where is that published?"), old.published, hint=hint)
        given = replace_fields(given, published=at or "")
    return given


def may_take_details(given: GivenAnswer) -> bool:
    """Whether there is something optional to ask about an answer to a check."""
    if given.answer == (UNSURE,):
        return not given.ask
    return given.answer in ((PARTLY,), (NOT_MET,)) or (given.answer == (MET,) and not given.evidence)


def ask_answer_details(
    given: GivenAnswer, check: Check, record_file: RecordFile, prompt: Prompt, today: date
) -> GivenAnswer:
    """What helps a reader of the report: who and when for a gap, who would know, or where it can be seen."""
    if given.answer == (MET,):
        if check.evidence:
            prompt.say_paragraph(
                phrase("An auditor would look for: {evidence}", evidence=check.evidence), mark=ARROW_MARK
            )
        return _add_evidence(given, record_file, prompt, today)
    return ask_who_would_know(given, prompt) if given.answer == (UNSURE,) else _ask_owner(given, prompt)


def ask_who_would_know(given: GivenAnswer, prompt: Prompt) -> GivenAnswer:
    who = prompt.ask_text(phrase("Who would know?"), given.ask, hint=render_optional_hint())
    return given if who is None else _replace_if_changed(given, ask=who)


def _replace_if_changed(given: GivenAnswer, **more: Any) -> GivenAnswer:
    """The answer with something added; the very same where that changes nothing."""
    return (
        given if all(getattr(given, name) == value for name, value in more.items()) else replace_fields(given, **more)
    )


def _ask_owner(given: GivenAnswer, prompt: Prompt) -> GivenAnswer:
    owner = prompt.ask_text(phrase("Who will see to it?"), given.owner, hint=render_optional_hint())
    if not owner:
        return given if owner is None else _replace_if_changed(given, owner="")
    due = given.due.isoformat() if given.due else ""
    hint = render_optional_hint(phrase("such as 2026-12-15"))
    by = prompt.ask_text(phrase("By when?"), due, hint=hint, refuse=_refuse_wrong_optional_day)
    return _replace_if_changed(given, owner=owner, due=given.due if by is None else parse_typed_day(by))


def ask_note(given: GivenAnswer, prompt: Prompt) -> GivenAnswer:
    hint = phrase("empty it, or type -, to take it away") if given.note else ""
    said = prompt.ask_text(phrase("Note:"), given.note, hint=hint)
    return given if said is None else _replace_if_changed(given, note="" if said == "-" else said)


def ask_evidence(given: GivenAnswer, record_file: RecordFile, prompt: Prompt, today: date) -> GivenAnswer:
    """One change of the evidence: a piece is added, dated anew or taken away."""
    if not given.evidence:
        return _add_evidence(given, record_file, prompt, today)
    pieces = [CardOption(str(place), render_evidence(item)) for place, item in enumerate(given.evidence)]
    card = build_menu(
        phrase("Evidence: which one?"), CardOption("add", phrase("Add one")), *pieces, CardOption("", phrase("Back"))
    )
    match prompt.choose(card):
        case ("add",):
            return _add_evidence(given, record_file, prompt, today)
        case (str(place),) if place:
            return _change_evidence(given, int(place), prompt, today)
    return given


def _change_evidence(given: GivenAnswer, place: int, prompt: Prompt, today: date) -> GivenAnswer:
    item, others = given.evidence[place], (given.evidence[:place], given.evidence[place + 1 :])
    card = build_menu(
        render_evidence(item),
        CardOption("day", phrase("Change its day")),
        CardOption("remove", phrase("Take it away")),
        CardOption("", phrase("Back")),
    )
    match prompt.choose(card):
        case ("day",):
            on = _ask_evidence_day(item.on or today, prompt)
            return (
                given
                if on == item.on
                else _replace_if_changed(given, evidence=(*others[0], replace_fields(item, on=on), *others[1]))
            )
        case ("remove",):
            return replace_fields(given, evidence=(*others[0], *others[1]))
    return given


def _add_evidence(given: GivenAnswer, record_file: RecordFile, prompt: Prompt, today: date) -> GivenAnswer:
    """One more piece of evidence, if a place was typed."""
    hint = render_optional_hint(phrase("a file, an address or a sentence"))
    at = prompt.ask_text(phrase("Where can it be seen?"), hint=hint)
    if not at:
        return given
    if _looks_like_path(at) and not is_there(record_file.folder / at):
        prompt.say_paragraph(
            phrase("There is no such file yet: {file}", file=record_file.folder / at), mark=WARNING_MARK
        )
    shows = prompt.ask_text(phrase("What does it show?"), hint=render_optional_hint())
    on = _ask_evidence_day(today, prompt)
    return replace_fields(given, evidence=(*given.evidence, Evidence(at=at, shows=shows or "", on=on)))


def _looks_like_path(at: str) -> bool:
    """Whether a file is meant, and not an address or a sentence."""
    return "://" not in at and bool(re.search(r"[/\\]|\.\w{1,5}$", at))


def _ask_evidence_day(day: date, prompt: Prompt) -> date | None:
    hint = phrase("empty: no day")
    said = prompt.ask_text(phrase("Of which day is it?"), day.isoformat(), hint=hint, refuse=_refuse_wrong_optional_day)
    return parse_typed_day(said or "")
