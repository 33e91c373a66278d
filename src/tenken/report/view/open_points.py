"""What is open as plain data, each point once: what is missing, what to do, and filters where there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.judgement import Timing
from tenken.assessment.wording import Wording

if TYPE_CHECKING:
    from tenken.report.view.finding_types import Action, FindingSection
    from tenken.report.view.report_types import FilterGroup, OpenAction, OpenPoint, OpenSection

_TIME_FILTERS = {Timing.IN_FORCE: "current", Timing.COMING: "coming", Timing.OPEN: "day_unknown"}
_UNFILTERED_POINTS = 3
"""So many points are read faster than filtered."""


def build_open_point(finding: Finding, section: FindingSection, assessment: Assessment, wording: Wording) -> OpenPoint:
    """A requirement of which something is open; `section` is all that is said of it."""
    return {
        **section,
        "missing": [check for check in section["text_checks"] if check["is_outstanding"] or check["state"] == "open"],
        "todo": _merge_same_actions(section["actions"]),
        "law": assessment.library.checklists[finding.requirement.checklist].title,
        "time": wording.labels["report"][_TIME_FILTERS[finding.timing or Timing.IN_FORCE]],
        "tags": "",
    }


def _merge_same_actions(actions: Iterable[Action]) -> list[OpenAction]:
    """Each thing to do once, with everybody who has it in hand."""
    together: dict[str, OpenAction] = {}
    for action in actions:
        same = together.setdefault(action["text"], {"text": action["text"], "people": []})
        if action["owner"] or action["due"]:
            same["people"].append(action)
    return list(together.values())


def build_open_section(tone: str, points: list[OpenPoint], wording: Wording) -> OpenSection:
    """The points of one tone with groups of choices that pick some of them, where there is a choice."""
    labels, name = wording.labels["report"], tone[0]
    groups = (
        _build_filter_group(f"{name}-l", labels["law"], points, lambda point: [point["law"]]),
        _build_filter_group(f"{name}-s", labels["status"], points, lambda point: [point["status"]]),
        _build_filter_group(f"{name}-t", labels["time"], points, lambda point: [point["time"]]),
        _build_filter_group(f"{name}-o", labels["owner"], points, lambda point: _list_owners(point, wording)),
    )
    return {
        "id": f"open-{tone}",
        "words": wording.labels["tone"][tone],
        "groups": [group for group in groups if group["choices"]],
        "points": points,
    }


def _list_owners(point: OpenPoint, wording: Wording) -> list[str]:
    owners = dict.fromkeys(action["owner"] for action in point["actions"] if action["owner"])
    return list(owners) or [wording.labels["report"]["no_owner"]]


def _build_filter_group(
    name: str, title: str, points: list[OpenPoint], of: Callable[[OpenPoint], list[str]]
) -> FilterGroup:
    """Choices numbered in the order they appear, if that helps; each point learns as tags which of them it fits."""
    labels = list(dict.fromkeys(label for point in points for label in of(point)))
    helps = len(labels) > 1 and len(points) > _UNFILTERED_POINTS
    tags = {label: f"{name}{number}" for number, label in enumerate(labels)} if helps else {}
    for point in points:
        point["tags"] = " ".join((point["tags"], *(tags[label] for label in of(point) if tags))).strip()
    return {"name": name, "title": title, "choices": [{"tag": tags[label], "label": label} for label in tags]}
