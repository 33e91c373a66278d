"""Two laws side by side: what each asks of this system on a topic, and the one piece of work that serves both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenken.assess import Assessment, Finding
from tenken.crosswalk import Crosswalk, Named, Topic
from tenken.entry import entry
from tenken.logic import Truth


@entry
class Side:
    """One law on one topic: the findings that apply or may, and whether the law has anything on it at all."""

    jurisdiction: str
    findings: tuple[Finding, ...]
    has_counterpart: bool


@entry
class Row:
    topic: Topic
    left: Side
    right: Side


@entry
class Comparison:
    crosswalk: Crosswalk
    rows: tuple[Row, ...]


def comparisons(assessment: Assessment, crosswalks: Iterable[Crosswalk]) -> Iterator[Comparison]:
    """Each crosswalk with the topics that concern this system, if both of its laws do."""
    for crosswalk in crosswalks:
        left, right = (_jurisdiction(names, assessment) for names in (crosswalk.left, crosswalk.right))
        if left and right and left != right:
            rows = (_row(topic, left, right, assessment) for topic in crosswalk.topics.values())
            yield Comparison(crosswalk, tuple(row for row in rows if row.left.findings or row.right.findings))


def _jurisdiction(checklists: Iterable[Named], assessment: Assessment) -> str:
    """Whose law one side is; nothing if none of it applies here or may."""
    named = {checklist.id for checklist in checklists}
    concerned = (found for found in assessment.findings if found.applies is not Truth.NO)
    ids = (found.requirement.checklist for found in concerned if found.requirement.checklist in named)
    return next((assessment.library.checklists[id].jurisdiction for id in ids), "")


def _row(topic: Topic, left: str, right: str, assessment: Assessment) -> Row:
    return Row(topic, _side(topic.left, left, assessment), _side(topic.right, right, assessment))


def _side(names: tuple[Named, ...], jurisdiction: str, assessment: Assessment) -> Side:
    wanted = {name.id for name in names}
    concerned = (found for found in assessment.findings if found.applies is not Truth.NO)
    findings = tuple(found for found in concerned if found.requirement.id in wanted)
    return Side(jurisdiction, findings, bool(names))
