"""What an answer needs besides the word, or may have: a day, a reason, an owner, a note, evidence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

from tenken.answers import Evidence, Given
from tenken.binding import parse_day
from tenken.interview.card import Prompt, optional
from tenken.logic import UNSURE
from tenken.model import EXPLAINED, MET, NOT_MET, PARTLY, Check, Explain, Requirement
from tenken.phrases import phrase
from tenken.record import RecordFile
from tenken.words import Words

LONGEST = 4000
"""Characters in one typed text; a record is read by people."""


def clean(text: str) -> str:
    """Typed text as a record may hold it: one line, nothing that steers a terminal or hides from a reader."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def read_day(said: str) -> date | None:
    """A day typed as 2026-08-02, 2026/8/2 or 2026年8月2日; None for anything else."""
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", unicodedata.normalize("NFKC", said).strip())
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None


def day(given: Given, old: Given, ask: str, prompt: Prompt) -> Given | None:
    """The answer to a date question that is a day."""
    said = prompt.write(ask, _known_day(old), hint=phrase("such as 2026-08-02"), refuse=_no_day)
    found = read_day(said or "")
    return replace(given, answer=(found.isoformat(),)) if found else None


def _known_day(given: Given) -> str:
    try:
        return parse_day(given.answer[0]).isoformat() if given.answer else ""
    except ValueError:
        return ""


def _no_day(said: str) -> str:
    return "" if read_day(said) else phrase("This is not a day; write it as 2026-08-02.")


def _neither_day_nor_nothing(said: str) -> str:
    return _no_day(said) if said.strip() else ""


def _nothing(said: str) -> str:
    return "" if clean(said) else phrase("A reason is needed; without it, answer “Not sure”.")


def reason(given: Given, old: Given, requirement: Requirement, check: Check, prompt: Prompt) -> Given | None:
    """A check that is set aside or explained away, with why."""
    explained = given.answer == (EXPLAINED,)
    ask = phrase("We do not, because …") if explained else phrase("Why does it not apply here?")
    why = prompt.write(f"{check.ask}\n{ask}", old.reason, refuse=_nothing)
    if not why:
        return None
    given = replace(given, reason=why)
    if explained and requirement.explain is Explain.PUBLISHED:
        hint = phrase("an address; without one it counts as “Partly”")
        at = prompt.write(phrase("Where is that published?"), old.published, hint=hint)
        given = replace(given, published=at or "")
    return given


def takes_more(given: Given) -> bool:
    """Whether there is something optional to ask about an answer to a check."""
    return given.answer in ((PARTLY,), (NOT_MET,), (UNSURE,)) or (given.answer == (MET,) and not given.evidence)


def more(given: Given, check: Check, file: RecordFile, prompt: Prompt) -> Given:
    """What helps a reader of the report: who and when for a gap, who would know, or where it can be seen."""
    if given.answer == (MET,):
        if check.evidence:
            prompt.say(phrase("An auditor would look for: {evidence}", evidence=check.evidence), mark="→")
        return evidence(given, file, prompt)
    if given.answer != (UNSURE,):
        return _owned(given, prompt)
    who = prompt.write(phrase("Who would know?"), given.ask, hint=optional())
    return given if who is None else _with(given, ask=who)


def _with(given: Given, **more: Any) -> Given:
    """The answer with something added; the very same where that changes nothing."""
    return given if all(getattr(given, name) == value for name, value in more.items()) else replace(given, **more)


def _owned(given: Given, prompt: Prompt) -> Given:
    owner = prompt.write(phrase("Who will see to it?"), given.owner, hint=optional())
    if not owner:
        return given if owner is None else _with(given, owner="")
    due = given.due.isoformat() if given.due else ""
    hint = optional(phrase("such as 2026-12-15"))
    by = prompt.write(phrase("By when?"), due, hint=hint, refuse=_neither_day_nor_nothing)
    return _with(given, owner=owner, due=given.due if by is None else read_day(by))


def told(given: Given, words: Words) -> str:
    """What was added to an answer last, in one line."""
    if given.evidence:
        last = given.evidence[-1]
        return phrase("To be seen: {evidence}", evidence=phrase(": ").join(filter(None, (last.at, last.shows))))
    if given.owner and given.due:
        return phrase("{owner} sees to it, by {day}", owner=given.owner, day=words.day(given.due))
    return phrase("{owner} sees to it", owner=given.owner) if given.owner else phrase("{who} would know", who=given.ask)


def note(given: Given, prompt: Prompt) -> Given:
    said = prompt.write(phrase("Note:"), given.note)
    return given if said is None else _with(given, note=said)


def evidence(given: Given, file: RecordFile, prompt: Prompt) -> Given:
    """One more piece of evidence, if a place was typed."""
    for item in given.evidence:
        prompt.say(phrase("So far: {evidence}", evidence=f"{item.at} {item.shows}"), mark="→")
    at = prompt.write(phrase("Where can it be seen?"), hint=optional(phrase("a file or an address")))
    if not at:
        return given
    if "://" not in at and not (file.beside / at).exists():
        prompt.say(phrase("There is no such file yet: {file}", file=file.beside / at), mark="!")
    shows = prompt.write(phrase("What does it show?"), hint=optional())
    return replace(given, evidence=(*given.evidence, Evidence(at=at, shows=shows or "")))
