"""What is different over many systems, in words: which change and how, and what has to be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tenken.assessment.judgement import Timing
from tenken.assessment.status import Standing
from tenken.assessment.system_row_types import MovedBy, MovedRequirementRow, VerdictRow
from tenken.assessment.wording import Wording, build_label_key
from tenken.files.problems import escape_line_breaks
from tenken.report.portfolio.changes_tally import ChangedSystem, ChangesTally, Move, Stand, build_possible_stand
from tenken.report.portfolio.formats import PortfolioMaterial
from tenken.report.portfolio.lists_view import render_question
from tenken.report.portfolio.system_names import SystemNames
from tenken.rules.requirement import Force

_MOST_MOVES = 60
_MOST_MOVES_OF_ONE = 12


def build_changes_view(
    tally: ChangesTally | None, material: PortfolioMaterial, names: SystemNames
) -> Mapping[str, Any]:
    """What moved since the time before, by what moved it, and the systems that change."""
    wording, tally = material.wording, tally or ChangesTally()
    labels = wording.labels["portfolio"]["changes"]
    moves = sorted(tally.moves.items(), key=lambda entry: (-entry[1], entry[0].id, str(entry[0])))
    by_mover = {by: [entry for entry in moves if entry[0].moved_by is by] for by in MovedBy}
    more = sum(max(len(found) - _MOST_MOVES, 0) for found in by_mover.values())
    gone = material.gone()
    return {
        "note": _render_note(material),
        "says": wording.render_count("portfolio.changes.systems", tally.changed) if tally.changed else labels["none"],
        "groups": [
            {"heading": labels[build_label_key(by)], "rows": _list_move_rows(found, material)}
            for by, found in by_mover.items()
            if found
        ],
        "more": wording.render_count("portfolio.more", more) if more else "",
        "ask_again": _build_asked_rows(tally.ask_again.items(), material),
        "not_asked": _build_asked_rows(tally.not_asked.items(), material),
        "systems": [_build_changed_system(each, material) for each in tally.systems.things],
        "more_systems": wording.render_count("portfolio.more", tally.systems.more) if tally.systems.more else "",
        "new": [names.render(*named) for named in tally.new.things],
        "more_new": wording.render_count("portfolio.more", tally.new.more) if tally.new.more else "",
        "gone": [escape_line_breaks(file) for file in gone],
    }


def _render_note(material: PortfolioMaterial) -> str:
    """With what it is compared."""
    labels = material.wording.labels["portfolio"]["changes"]
    if material.since:
        return str(labels["since_note"].format(folder=escape_line_breaks(material.since)))
    then = material.wording.render_day(material.then or material.as_of)
    return str(labels["supposed_note" if material.supposed else "note"].format(then=then))


def _list_move_rows(moves: Sequence[tuple[Move, int]], material: PortfolioMaterial) -> list[Any]:
    wording = material.wording
    return [
        {
            "id": move.id,
            "title": material.words.find_title(move.id),
            "before": _render_stand(move.before, move.force, "", material),
            "now": _render_stand(move.now, move.force, "", material, is_moved=move.before == move.now),
            "systems": wording.render_count("portfolio.systems", count),
        }
        for move, count in moves[:_MOST_MOVES]
    ]


def _render_stand(
    stand: Stand | None, force: Force, since: str, material: PortfolioMaterial, *, is_moved: bool = False
) -> str:
    """Where a requirement stands, whether it is sure to apply, and from when in `since` or whether that holds already.

    `is_moved` tells that nothing but the day is another.
    """
    wording = material.wording
    labels = wording.labels["portfolio"]
    if stand is None:
        return str(labels["not_asked"])
    timing = labels["timing"][build_label_key(stand.timing)] if stand.timing else ""
    is_perhaps = stand.may_apply and stand.standing is not Standing.IN_ANY_CASE
    perhaps = wording.labels["report"]["if_applies"] if is_perhaps else ""
    moved = labels["another_day"] if is_moved else ""
    return wording.join_list((wording.render_standing(stand.standing, force), perhaps, since or timing, moved))


def _build_asked_rows(asked: Iterable[tuple[str, int]], material: PortfolioMaterial) -> list[Any]:
    """Questions, with the number of systems they concern, most first."""
    return [
        {
            "id": id,
            "ask": render_question(id, material),
            "systems": material.wording.render_count("portfolio.systems", count),
        }
        for id, count in sorted(asked, key=lambda entry: (-entry[1], entry[0]))
    ]


def _build_changed_system(changed: ChangedSystem, material: PortfolioMaterial) -> Mapping[str, Any]:
    wording, shown = material.wording, changed.moved[:_MOST_MOVES_OF_ONE]
    more = len(changed.moved) - len(shown)
    return {
        "system": changed.system,
        "file": escape_line_breaks(changed.file),
        "moves": [_render_move(each, material) for each in shown],
        "more": wording.render_count("portfolio.more_moves", more) if more else "",
        "ask_again": [material.words.find_heading(id) for id in changed.ask_again],
    }


def _render_move(moved: MovedRequirementRow, material: PortfolioMaterial) -> Mapping[str, str]:
    return {
        "id": moved["id"],
        "title": material.words.find_title(moved["id"]),
        "before": _render_verdict(moved["before"], moved["force"], material),
        "now": _render_verdict(moved["now"], moved["force"], material),
        "by": material.wording.labels["portfolio"]["moved_by"][build_label_key(moved["moved_by"])],
    }


def _render_verdict(verdict: VerdictRow | None, force: Force, material: PortfolioMaterial) -> str:
    since = _render_since(verdict, material.wording) if verdict else ""
    return _render_stand(build_possible_stand(verdict), force, since, material)


def _render_since(verdict: VerdictRow, wording: Wording) -> str:
    """From when it counts: the day by which it does for certain, or before which it does not; empty without a day."""
    timing = verdict["timing"]
    day = verdict["since_latest" if timing is Timing.IN_FORCE else "since"]
    if timing is None or day is None:
        return ""
    is_exact = timing is Timing.OPEN or verdict["since"] == verdict["since_latest"]
    name = build_label_key(timing) if is_exact else f"{build_label_key(timing)}_between"
    return str(wording.labels["portfolio"]["timing_from"][name].format(day=wording.render_day(date.fromisoformat(day))))
