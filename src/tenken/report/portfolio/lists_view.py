"""What is to come, to be done and to be found out over many systems, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from tenken.assessment.system_rows import render_row_day
from tenken.assessment.wording import Wording
from tenken.files.problems import escape_line_breaks
from tenken.report.portfolio.formats import PortfolioMaterial
from tenken.report.portfolio.summary import DateTally, PortfolioSummary, QuestionTally
from tenken.report.portfolio.system_names import SystemNames
from tenken.report.portfolio.work_lists import WorkList, WorkTask
from tenken.report.view.first_page import shorten_question

_MOST_DATES = 40
_SOON_DUE_DAYS = 30
"""Days within which work that is due stands among the dates."""
_MOST_SHOWN_PEOPLE = 50
_MOST_QUESTIONS = 40
_MOST_WHOM = 3


def _render_iso_date(day: str, wording: Wording) -> str:
    return wording.render_day(date.fromisoformat(day)) if day else ""


def _render_rest(name: str, count: int, wording: Wording) -> str:
    return wording.render_count(f"portfolio.{name}", count) if count > 0 else ""


def build_dates_view(summary: PortfolioSummary, material: PortfolioMaterial, names: SystemNames) -> Mapping[str, Any]:
    """The next days on which something starts, ends or is due; work that is due later stands in the lists of people."""
    soon = render_row_day(material.as_of + min(timedelta(days=_SOON_DUE_DAYS), date.max - material.as_of))
    told = [entry for entry in summary.list_next_dates() if entry[0][1] != "due" or entry[0][0] <= soon]
    days = [(day, list(found)) for day, found in groupby(told, key=lambda entry: entry[0][0])]
    rows = [_build_day_row(day, found, material, names) for day, found in days[:_MOST_DATES]]
    return {"rows": rows, "more": _render_rest("more_dates", len(days) - _MOST_DATES, material.wording)}


def _build_day_row(
    day: str, found: list[tuple[tuple[str, str, str], DateTally]], material: PortfolioMaterial, names: SystemNames
) -> Mapping[str, Any]:
    wording = material.wording
    days = (date.fromisoformat(day) - material.as_of).days
    return {
        "day": _render_iso_date(day, wording),
        "iso": day,
        "when": wording.render_count("days.ahead", days) if days else wording.labels["days"]["today"],
        "events": [_build_event(kind, id, tally, material, names) for (_, kind, id), tally in found],
    }


def _build_event(
    kind: str, id: str, tally: DateTally, material: PortfolioMaterial, names: SystemNames
) -> Mapping[str, Any]:
    """What falls on a day, and in which systems; of a duty that starts, how many have a gap or do not know."""
    wording = material.wording
    systems = wording.join_list(names.render(*named) for named in tally.named)
    if tally.systems > len(tally.named):
        systems = wording.render_count("portfolio.and_more", tally.systems - len(tally.named), names=systems)
    counts = {"not_ready": tally.not_ready, "not_known": tally.not_known}
    open_ones = wording.join_list(_render_rest(name, count, wording) for name, count in counts.items())
    return {
        "what": wording.labels["portfolio"]["dates"][kind].format(title=material.words.find_title(id), id=id),
        "systems": wording.add_in_brackets(systems, open_ones) if open_ones else systems,
    }


def build_work_view(summary: PortfolioSummary, material: PortfolioMaterial, names: SystemNames) -> Mapping[str, Any]:
    """The work list of each person, and what nobody has."""
    people = summary.work.list_people()
    shown = [entry for entry in people if entry[0]][:_MOST_SHOWN_PEOPLE] + [entry for entry in people if not entry[0]]
    return {
        "people": [_build_person(owner, work, material, names) for owner, work in shown],
        "more": _render_rest("more_people", len(people) - len(shown), material.wording),
        "more_tasks": _render_rest("more_tasks", summary.work.not_listed, material.wording),
    }


def _build_person(owner: str, work: WorkList, material: PortfolioMaterial, names: SystemNames) -> Mapping[str, Any]:
    wording = material.wording
    systems = wording.render_count("portfolio.in_systems", work.systems)
    tasks = wording.render_count("portfolio.tasks", work.tasks.count, systems=systems)
    return {
        "owner": owner or wording.labels["portfolio"]["nobody"],
        "says": wording.join_list((tasks, _render_rest("overdue", work.overdue, wording))),
        "tasks": [_build_task(task, material, names) for task in work.tasks.things],
        "more": _render_rest("more_tasks", work.tasks.more, wording),
    }


def _build_task(task: WorkTask, material: PortfolioMaterial, names: SystemNames) -> Mapping[str, Any]:
    wording, as_of = material.wording, material.as_of
    late = (as_of - date.fromisoformat(task.due)).days if task.due else 0
    return {
        "system": names.render(task.system, task.file),
        "title": material.words.find_name(task.id),
        "id": task.id,
        "due": _render_iso_date(task.due, wording),
        "iso": task.due,
        "late": wording.render_count("days.late", late) if late > 0 else "",
    }


def build_questions_view(summary: PortfolioSummary, material: PortfolioMaterial) -> Mapping[str, Any]:
    """What is not known: the question that would settle something in most systems first, and who would know it."""
    questions = summary.list_questions()
    rows = [_build_question_row(id, tally, material) for id, tally in questions[:_MOST_QUESTIONS]]
    return {"rows": rows, "more": _render_rest("more_questions", len(questions) - _MOST_QUESTIONS, material.wording)}


def _build_question_row(id: str, tally: QuestionTally, material: PortfolioMaterial) -> Mapping[str, Any]:
    wording = material.wording
    whom = [name for name, _ in sorted(tally.whom.items(), key=lambda entry: (-entry[1], entry[0]))]
    names = wording.labels["marks"]["between"].join(whom[:_MOST_WHOM])
    more = len(whom) - _MOST_WHOM
    return {
        "id": id,
        "ask": render_question(id, material),
        "systems": wording.render_count("portfolio.systems", tally.systems),
        "binding": "" if tally.binding else wording.labels["portfolio"]["voluntary"],
        "whom": wording.render_count("portfolio.and_more_people", more, names=names) if more > 0 else names,
    }


def render_question(id: str, material: PortfolioMaterial) -> str:
    """A question in short: its first sentence that asks, after its heading where others lead up to it."""
    words = material.words
    return shorten_question(words.find_question(id), words.find_heading(id), material.wording)


def list_proof_sentences(
    summary: PortfolioSummary, material: PortfolioMaterial, names: SystemNames
) -> Mapping[str, Any]:
    """How many measures are shown and how many only said, and whose evidence is out of date."""
    wording, proof = material.wording, summary.proof
    counted = [
        wording.render_count(f"portfolio.proof.{name}", proof[name]) for name in ("shown", "said") if proof[name]
    ]
    return {
        "says": wording.join_heading(wording.labels["portfolio"]["measures"], wording.join_list(counted))
        if counted
        else "",
        "stale": [
            {
                "system": names.render(system, file),
                "check": check,
                "ask": material.words.find_heading(check),
            }
            for system, file, check in summary.stale.things
        ],
        "more": _render_rest("more", summary.stale.more, wording),
    }


def build_accepted_view(
    summary: PortfolioSummary, material: PortfolioMaterial, names: SystemNames
) -> Mapping[str, Any]:
    """The accepted risks that end soon or have ended, the nearest day first."""
    wording = material.wording
    ends = wording.labels["accepted"]["ends"]
    return {
        "rows": [
            {
                "system": names.render(system, file),
                "title": material.words.find_title(gap["requirement"]),
                "id": gap["requirement"],
                "by": gap["by"],
                "until": _render_iso_date(gap["until"], wording),
                "iso": gap["until"],
                "ended": str(ends[gap["ended"].value]) if gap["ended"] else "",
            }
            for system, file, gap in summary.accepted.things
        ],
        "more": _render_rest("more", summary.accepted.more, wording),
    }


def build_unreadable_view(summary: PortfolioSummary, wording: Wording) -> Mapping[str, Any]:
    return {
        "rows": [
            {
                "file": escape_line_breaks(row["file"]),
                "problems": [
                    _join_place(each["place"], row["file"], each["message"], wording) for each in row["problems"]
                ],
            }
            for row in summary.unreadable.things
        ],
        "more": _render_rest("more", summary.unreadable.more, wording),
    }


def _join_place(place: str, file: str, message: str, wording: Wording) -> str:
    """What is wrong, and at which line of the file."""
    where = escape_line_breaks(place.removeprefix(file).lstrip(":"))
    return wording.join_heading(where, message) if where else message
