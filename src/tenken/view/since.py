"""What moved since an earlier time, as plain data: the law's part, the clock's and yours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tenken.answers import Given
from tenken.record import values
from tenken.since import Moved, Since
from tenken.update import lines
from tenken.words import Words


def build(moved: Since, words: Words) -> dict[str, Any]:
    labels = words.labels["since"]
    blind = moved.update.moved and not moved.knew
    return {
        "note": labels["note"].format(then=words.day(moved.then)),
        "groups": [
            _group("law", moved.law, words, [labels["law_unknown"]] if blind else [], list(_rules(moved, words))),
            _group("clock", moved.clock, words),
            _group("you", moved.you, words),
        ],
        "answers": [_answer(id, *pair, words) for id, pair in moved.answers.items()],
    }


def _group(
    name: str, moved: Iterable[Moved], words: Words, notes: Iterable[str] = (), rules: Iterable[str] = ()
) -> dict[str, Any]:
    labels = words.labels["since"]
    rows, told = [_row(each, words) for each in moved], [*notes, *rules]
    return {"heading": labels[name], "told": told, "rows": rows, "none": "" if rows or told else labels[f"{name}_none"]}


def _rules(moved: Since, words: Words) -> Iterator[str]:
    """The versions then and now, and what the checklists declare about the changes between them."""
    yield from (line.strip() for line in lines(moved.update))


def _row(moved: Moved, words: Words) -> dict[str, Any]:
    requirement = moved.after.requirement
    pairs = zip((moved.before, moved.after), moved.days, strict=True)
    before, now = (words.listed((words.status(found), words.timing(found, day))) for found, day in pairs)
    because = words.listed(words.short(id) for id in moved.answers)
    return {"id": requirement.id, "title": requirement.title, "before": before, "now": now, "because": because}


def _answer(id: str, old: Given | None, new: Given | None, words: Words) -> dict[str, str]:
    return {"id": id, "short": words.short(id), "before": _said(id, old, words), "now": _said(id, new, words)}


def _said(id: str, given: Given | None, words: Words) -> str:
    meant = values({id: given}, words.library) if given else {}
    return words.answer(id, meant.get(id))
