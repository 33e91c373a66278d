"""Two laws side by side: what each asks of this system on a topic, and the one piece of work that serves both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenken.assessment.findings import Assessment, Finding
from tenken.files.frozen_classes import Frozen
from tenken.rules.crosswalk import Crosswalk, NamedRule, Topic
from tenken.rules.logic import Truth


class LawSide(Frozen):
    """One law on one topic: the findings that apply or may, and whether the law has anything on it at all."""

    jurisdiction: str
    findings: tuple[Finding, ...]
    has_counterpart: bool


class ComparisonRow(Frozen):
    topic: Topic
    left: LawSide
    right: LawSide


class LawComparison(Frozen):
    crosswalk: Crosswalk
    rows: tuple[ComparisonRow, ...]


def list_law_comparisons(assessment: Assessment, crosswalks: Iterable[Crosswalk]) -> Iterator[LawComparison]:
    """Each crosswalk with the topics that concern this system, if both of its laws do."""
    for crosswalk in crosswalks:
        left, right = (_find_concerned_jurisdiction(names, assessment) for names in (crosswalk.left, crosswalk.right))
        if left and right and left != right:
            rows = (_compare_topic(topic, left, right, assessment) for topic in crosswalk.topics.values())
            yield LawComparison(crosswalk, tuple(row for row in rows if row.left.findings or row.right.findings))


def _find_concerned_jurisdiction(named_rules: Iterable[NamedRule], assessment: Assessment) -> str:
    """Whose law one side is; nothing if none of it applies here or may."""
    named = {named_rule.id for named_rule in named_rules}
    concerned = (finding for finding in assessment.findings if finding.applies is not Truth.NO)
    ids = (finding.requirement.checklist for finding in concerned if finding.requirement.checklist in named)
    return next((assessment.library.checklists[id].jurisdiction for id in ids), "")


def _compare_topic(topic: Topic, left: str, right: str, assessment: Assessment) -> ComparisonRow:
    return ComparisonRow(
        topic, _assess_law_side(topic.left, left, assessment), _assess_law_side(topic.right, right, assessment)
    )


def _assess_law_side(names: tuple[NamedRule, ...], jurisdiction: str, assessment: Assessment) -> LawSide:
    wanted = {named_rule.id for named_rule in names}
    concerned = (finding for finding in assessment.findings if finding.applies is not Truth.NO)
    findings = tuple(finding for finding in concerned if finding.requirement.id in wanted)
    return LawSide(jurisdiction, findings, bool(names))
