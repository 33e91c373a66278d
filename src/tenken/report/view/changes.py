"""What moved since an earlier time, as plain data: the law's part, the clock's and yours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tenken.assessment.changes_since import ChangesSince, MovedFinding
from tenken.assessment.wording import Wording
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer
from tenken.records.rule_updates import render_update_lines


def build_since_view(moved: ChangesSince, words: Wording) -> dict[str, Any]:
    labels = words.labels["since"]
    blind = moved.update.moved and not moved.knew
    return {
        "note": labels["note"].format(then=words.render_day(moved.then)),
        "groups": [
            _build_since_group(
                "law", moved.law, words, [labels["law_unknown"]] if blind else [], list(_list_since_rules(moved, words))
            ),
            _build_since_group("clock", moved.clock, words),
            _build_since_group("you", moved.you, words),
        ],
        "answers": [_build_changed_answer(id, *pair, words) for id, pair in moved.answers.items()],
    }


def _build_since_group(
    name: str, moved: Iterable[MovedFinding], words: Wording, notes: Iterable[str] = (), rules: Iterable[str] = ()
) -> dict[str, Any]:
    labels = words.labels["since"]
    rows, told = [_build_moved_row(each, words) for each in moved], [*notes, *rules]
    return {"heading": labels[name], "told": told, "rows": rows, "none": "" if rows or told else labels[f"{name}_none"]}


def _list_since_rules(moved: ChangesSince, words: Wording) -> Iterator[str]:
    """The versions then and now, and what the checklists declare about the changes between them."""
    yield from (line.strip() for line in render_update_lines(moved.update))


def _build_moved_row(moved: MovedFinding, words: Wording) -> dict[str, Any]:
    requirement = moved.after.requirement
    pairs = zip((moved.before, moved.after), moved.days, strict=True)
    before, now = (
        words.join_list((words.render_status(found), words.render_timing(found, day))) for found, day in pairs
    )
    because = words.join_list(words.find_question_heading(id) for id in moved.answers)
    return {"id": requirement.id, "title": requirement.title, "before": before, "now": now, "because": because}


def _build_changed_answer(id: str, old: GivenAnswer | None, new: GivenAnswer | None, words: Wording) -> dict[str, str]:
    return {
        "id": id,
        "short": words.find_question_heading(id),
        "before": _render_since_answer(id, old, words),
        "now": _render_since_answer(id, new, words),
    }


def _render_since_answer(id: str, given: GivenAnswer | None, words: Wording) -> str:
    meant = read_answer_values({id: given}, words.library) if given else {}
    return words.render_answer(id, meant.get(id))
