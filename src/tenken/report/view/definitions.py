"""What the words mean by which a report says where a requirement stands, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment
from tenken.assessment.status import Standing
from tenken.assessment.wording import SOFT_FORCES, Wording
from tenken.rules.requirement import Force

if TYPE_CHECKING:
    from tenken.report.view.filing_types import DefinedWords


def list_defined_words(assessment: Assessment, wording: Wording) -> Iterator[DefinedWords]:
    """The words that can stand in a report on these rules, each with what it means, the most pressing first."""
    known = {finding.requirement.force for finding in assessment.findings if finding.requirement.force}
    forces = [force for force in Force if force in known]
    if Force.PROHIBITION in forces:
        word = wording.render_standing(Standing.GAP, Force.PROHIBITION)
        yield {"words": [word], "means": wording.labels["meanings"]["prohibited"]}
    for standing in Standing:
        if words := _list_standing_words(standing, forces, wording):
            yield {"words": words, "means": wording.labels["meanings"][standing]}
    for answer in ("partly", "unsure", "unanswered"):
        yield {"words": [wording.labels["answers"][answer]], "means": wording.labels["meanings"]["answers"][answer]}


def _list_standing_words(standing: Standing, forces: Collection[Force], wording: Wording) -> list[str]:
    """What a standing is called where it can be reached; a prohibition that applies has a word of its own."""
    reached = [
        force
        for force in forces
        if not (standing is Standing.GAP and force is Force.PROHIBITION)
        and not (standing is Standing.PARTLY and force not in SOFT_FORCES)
    ]
    return list(dict.fromkeys(wording.render_standing(standing, force) for force in reached))
