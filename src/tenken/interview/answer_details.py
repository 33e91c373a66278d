"""Asks for what an answer needs besides the word, or may have: a day, a reason, an owner, a note, evidence."""

from __future__ import annotations

from datetime import datetime

from tenken.files.frozen_classes import replace_fields
from tenken.interview.kept_details import add_evidence, ask_who_would_know, refuse_wrong_optional_day
from tenken.interview.prompt import ARROW_MARK, Prompt, render_optional_hint
from tenken.interview.typed_text import clean_typed_text
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import has_words
from tenken.records.record import GivenAnswer
from tenken.records.record_file import RecordFile
from tenken.rules.answer_kinds import UNSURE, parse_typed_day
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
    given: GivenAnswer, check: Check, record_file: RecordFile, prompt: Prompt, now: datetime
) -> GivenAnswer:
    """What helps a reader of the report: who and when for a gap, who would know, or where it can be seen."""
    if given.answer == (MET,):
        if check.evidence:
            prompt.say_paragraph(
                phrase("An auditor would look for: {evidence}", evidence=check.evidence), mark=ARROW_MARK
            )
        return add_evidence(given, record_file, prompt, now)
    return ask_who_would_know(given, prompt) if given.answer == (UNSURE,) else _ask_owner(given, prompt)


def _ask_owner(given: GivenAnswer, prompt: Prompt) -> GivenAnswer:
    owner = prompt.ask_text(phrase("Who will see to it?"), given.owner, hint=render_optional_hint())
    if not owner:
        return given if owner is None else replace_fields(given, owner="")
    due = given.due.isoformat() if given.due else ""
    hint = render_optional_hint(phrase("such as 2026-12-15"))
    by = prompt.ask_text(phrase("By when?"), due, hint=hint, refuse=refuse_wrong_optional_day)
    return replace_fields(given, owner=owner, due=given.due if by is None else parse_typed_day(by))
