"""What to do, as plain data: actions by owner and date, the most urgent first, and the answers still to be had."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from tenken.answers import Given, Record
from tenken.assess import Assessment, Finding, Status, Timing
from tenken.logic import Truth
from tenken.model import Basis
from tenken.view.finding import day, heading, settling
from tenken.words import Words


def gap(found: Finding, assessment: Assessment, record: Record, words: Words) -> dict[str, Any]:
    """A gap as one entry of a list of what to do: the actions, who has them, and the earliest day named for one."""
    todo = actions(found, assessment, record, words)
    owners = dict.fromkeys(action["owner"] for action in todo if action["owner"])
    dated = sorted((action for action in todo if action["due"]), key=lambda action: str(action["due_iso"]))
    return {
        **heading(found, assessment, words),
        "action": found.requirement.remedy or todo[0]["text"],
        "actions": todo,
        "owners": list(owners),
        "due": dated[0]["due"] if dated else "",
        "due_iso": dated[0]["due_iso"] if dated else "",
        "due_note": dated[0]["due_note"] if dated else "",
    }


def actions(found: Finding, assessment: Assessment, record: Record, words: Words) -> list[dict[str, Any]]:
    """What closes a gap: measures with the same remedy are one action of everybody who owns one of them."""
    return [
        {
            "text": text,
            "owner": owner,
            "due": day(due, words),
            "due_iso": due.isoformat() if due else "",
            "due_note": _due_note(due, found, assessment, words),
        }
        for text, answers in _remedies(found, record).items()
        for owner, due in _owners(answers)
    ]


def _remedies(found: Finding, record: Record) -> dict[str, list[Given]]:
    """Each remedy with the answers that carry its owners and dates; of what is prohibited, the deciding answers."""
    requirement = found.requirement
    remedies: dict[str, list[Given]] = {}
    for measure in found.outstanding:
        text = measure.check.remedy or requirement.remedy or measure.check.ask
        remedies.setdefault(text, []).append(record.answers.get(measure.check.id, Given()))
    deciding = [record.answers.get(reason.question, Given()) for reason in found.reasons]
    return remedies or {requirement.remedy or requirement.says: deciding}


def _owners(answers: list[Given]) -> list[tuple[str, date | None]]:
    """Every owner with the earliest day named for them."""
    owners = dict.fromkeys(given.owner for given in answers if given.owner) or {"": None}
    return [
        (owner, min((given.due for given in answers if given.due and given.owner in (owner, "")), default=None))
        for owner in owners
    ]


def _due_note(due: date | None, found: Finding, assessment: Assessment, words: Words) -> str:
    """That a day has passed, or lies after the day the requirement starts."""
    as_of = assessment.situation.as_of
    if due and due < as_of:
        return words.counted("days.late", (as_of - due).days)
    if due and found.since and found.timing is Timing.COMING and due > found.since:
        return str(words.labels["days"]["after_start"])
    return ""


def by_owner(gaps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """All actions by owner, those without one first; each owner's by date, the undated last.

    Neighbours that serve one requirement by the same day share a row.
    """
    owned: dict[str, list[dict[str, Any]]] = {}
    for item in gaps:
        named = {name: item[name] for name in ("id", "title", "timing")}
        for action in item["actions"]:
            owned.setdefault(action["owner"], []).append({**action, **named})
    latest = date.max.isoformat()
    dated = {owner: sorted(owned[owner], key=lambda action: action["due_iso"] or latest) for owner in sorted(owned)}
    return [{"owner": owner, "rows": _rows(actions)} for owner, actions in dated.items()]


def _rows(actions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    together = groupby(actions, key=lambda action: (action["id"], action["due_iso"]))
    rows = [list(group) for _, group in together]
    return [{**row[0], "texts": [action["text"] for action in row]} for row in rows]


def to_settle(findings: list[Finding], assessment: Assessment, record: Record, words: Words) -> list[dict[str, Any]]:
    """The answers that would settle a status, then those a gap still lacks; each once, with who waits for it."""
    labels = words.labels["report"]
    settles = _waiting((found.requirement.id, found.settled_by) for found in findings)
    concerns = _waiting((found.requirement.id, _unsettled(found)) for found in findings)
    return [
        {**settling(id, assessment, record, words), "for": label, "requirements": requirements}
        for label, waiting in ((labels["settles"], settles), (labels["concerns"], concerns))
        for id, requirements in waiting.items()
    ]


def _waiting(answers: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Each answer with the requirements that wait for it."""
    waiting: dict[str, list[str]] = {}
    for requirement, ids in answers:
        for id in ids:
            waiting.setdefault(id, []).append(requirement)
    return waiting


def _unsettled(found: Finding) -> list[str]:
    """The measures of the text in a gap of which nobody knows yet whether they are done."""
    text = (m for m in found.measures if m.check.basis is Basis.TEXT)
    return [m.check.id for m in text if m.outstanding is Truth.UNKNOWN and found.status is Status.GAP]
