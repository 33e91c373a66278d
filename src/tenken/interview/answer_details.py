"""Asks for what an answer needs besides the word, or may have: a day, a reason, an owner, a note, evidence."""

from __future__ import annotations

from typing import Any

from tenken.files.frozen_classes import replace_fields
from tenken.interview.prompt import ARROW_MARK, WARNING_MARK, Prompt, render_optional_hint
from tenken.interview.typed_text import clean_typed_text
from tenken.messages.message_catalog import phrase
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
    return "" if clean_typed_text(said) else phrase("A reason is needed; without it, answer “Not sure”.")


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
    return given.answer in ((PARTLY,), (NOT_MET,), (UNSURE,)) or (given.answer == (MET,) and not given.evidence)


def ask_answer_details(given: GivenAnswer, check: Check, record_file: RecordFile, prompt: Prompt) -> GivenAnswer:
    """What helps a reader of the report: who and when for a gap, who would know, or where it can be seen."""
    if given.answer == (MET,):
        if check.evidence:
            prompt.say_paragraph(
                phrase("An auditor would look for: {evidence}", evidence=check.evidence), mark=ARROW_MARK
            )
        return ask_evidence(given, record_file, prompt)
    if given.answer != (UNSURE,):
        return _ask_owner(given, prompt)
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
    said = prompt.ask_text(phrase("Note:"), given.note)
    return given if said is None else _replace_if_changed(given, note=said)


def ask_evidence(given: GivenAnswer, record_file: RecordFile, prompt: Prompt) -> GivenAnswer:
    """One more piece of evidence, if a place was typed."""
    for item in given.evidence:
        prompt.say_paragraph(phrase("So far: {evidence}", evidence=f"{item.at} {item.shows}"), mark=ARROW_MARK)
    at = prompt.ask_text(phrase("Where can it be seen?"), hint=render_optional_hint(phrase("a file or an address")))
    if not at:
        return given
    if "://" not in at and not (record_file.folder / at).exists():
        prompt.say_paragraph(
            phrase("There is no such file yet: {file}", file=record_file.folder / at), mark=WARNING_MARK
        )
    shows = prompt.ask_text(phrase("What does it show?"), hint=render_optional_hint())
    return replace_fields(given, evidence=(*given.evidence, Evidence(at=at, shows=shows or "")))
