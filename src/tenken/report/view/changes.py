"""What moved since an earlier time, as plain data: the law's part, the clock's and yours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tenken.assessment.changes_since import ChangesSince, MovedFinding
from tenken.assessment.wording import Wording
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer
from tenken.records.rule_updates import render_update_lines

if TYPE_CHECKING:
    from tenken.report.view.report_types import ChangedAnswer, MovedRow, SinceGroup, SinceView


def build_since_view(moved: ChangesSince, wording: Wording) -> SinceView:
    labels = wording.labels["since"]
    blind = moved.update.moved and not moved.knew
    then, now = moved.systems
    return {
        "warning": labels["other_system"].format(then=then, now=now) if moved.is_of_another_system else "",
        "note": labels["note"].format(then=wording.render_day(moved.then)),
        "groups": [
            _build_since_group(
                "law",
                moved.law,
                wording,
                [labels["law_unknown"]] if blind else [],
                list(_list_since_rules(moved)),
            ),
            _build_since_group("clock", moved.clock, wording),
            _build_since_group("you", moved.you, wording),
        ],
        "answers": [_build_changed_answer(id, *pair, wording) for id, pair in moved.answers.items()],
    }


def _build_since_group(
    name: str, moved: Iterable[MovedFinding], wording: Wording, notes: Iterable[str] = (), rules: Iterable[str] = ()
) -> SinceGroup:
    labels = wording.labels["since"]
    rows, told = [_build_moved_row(each, wording) for each in moved], [*notes, *rules]
    return {"heading": labels[name], "told": told, "rows": rows, "none": "" if rows or told else labels[f"{name}_none"]}


def _list_since_rules(moved: ChangesSince) -> Iterator[str]:
    """The versions then and now, and what the checklists declare about the changes between them."""
    yield from (line.strip() for line in render_update_lines(moved.update))


def _build_moved_row(moved: MovedFinding, wording: Wording) -> MovedRow:
    requirement = moved.after.requirement
    pairs = zip((moved.before, moved.after), moved.days, strict=True)
    before, now = (
        wording.join_list((wording.render_status(finding), wording.render_timing(finding, day)))
        for finding, day in pairs
    )
    because = wording.join_question_headings(moved.answers)
    return {"id": requirement.id, "title": requirement.title, "before": before, "now": now, "because": because}


def _build_changed_answer(
    id: str, before: GivenAnswer | None, now: GivenAnswer | None, wording: Wording
) -> ChangedAnswer:
    return {
        "id": id,
        "short": wording.find_question_heading(id),
        "before": _render_since_answer(id, before, wording),
        "now": _render_since_answer(id, now, wording),
    }


def _render_since_answer(id: str, given: GivenAnswer | None, wording: Wording) -> str:
    meant = read_answer_values({id: given}, wording.library) if given else {}
    return wording.render_answer(id, meant.get(id))
