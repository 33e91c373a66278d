"""What to do, as plain data: the gaps with their actions, who has what in hand, and the answers still to be had."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, Finding, Measure
from tenken.assessment.judgement import Timing
from tenken.assessment.wording import Wording
from tenken.messages.line_breaking import split_sentences
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.report.view.answer_details import render_optional_day
from tenken.report.view.finding import build_finding_heading, build_settling_question, find_tone
from tenken.rules.logic import Truth
from tenken.rules.requirement import Basis

if TYPE_CHECKING:
    from tenken.report.view.finding_types import Action, GapEntry, NamedRequirement, PlanRow, WaitingQuestion


def build_gap_entry(finding: Finding, todo: list[Action], assessment: Assessment, wording: Wording) -> GapEntry:
    """A gap as one entry of a list of what to do: the actions, who has them, and the earliest day named for one."""
    owners = dict.fromkeys(action["owner"] for action in todo if action["owner"])
    dated = sorted((action for action in todo if action["due"]), key=lambda action: action["due_iso"])
    return {
        **build_finding_heading(finding, assessment, wording),
        "action": split_sentences(finding.requirement.remedy or todo[0]["text"])[0],
        "actions": todo,
        "owners": list(owners),
        "due": dated[0]["due"] if dated else "",
        "due_iso": dated[0]["due_iso"] if dated else "",
        "due_note": dated[0]["due_note"] if dated else "",
    }


def build_gap_actions(finding: Finding, assessment: Assessment, record: Record, wording: Wording) -> list[Action]:
    """What closes a gap: measures with the same remedy are one action of everybody who owns one of them."""
    return [
        {
            "text": text,
            "owner": owner,
            "due": render_optional_day(due, wording),
            "due_iso": due.isoformat() if due else "",
            "due_note": _render_due_note(due, finding, assessment, wording),
        }
        for text, answers in _group_answers_by_remedy(finding, record).items()
        for owner, due in _find_owner_dates(answers)
    ]


def _group_answers_by_remedy(finding: Finding, record: Record) -> dict[str, list[GivenAnswer]]:
    """Each remedy with the answers that carry its owners and dates; of what is prohibited, the deciding answers."""
    requirement = finding.requirement
    remedies: dict[str, list[GivenAnswer]] = {}
    for measure in finding.outstanding if finding.status.needs_action else _list_house_remedies(finding):
        text = measure.check.remedy or requirement.remedy or requirement.says
        remedies.setdefault(text, []).append(record.answers.get(measure.check.id, NO_ANSWER))
    deciding = [record.answers.get(reason.question, NO_ANSWER) for reason in finding.reasons]
    return remedies or {requirement.remedy or requirement.says: deciding}


def _list_house_remedies(finding: Finding) -> list[Measure]:
    """What the house misses of its own rules and says how to mend, where the law misses nothing."""
    return [measure for measure in finding.house_open if measure.check.remedy]


def has_actions(finding: Finding) -> bool:
    """Whether there is anything to do: about a gap, or about a rule of the house."""
    return finding.status.needs_action or bool(_list_house_remedies(finding))


def _find_owner_dates(answers: list[GivenAnswer]) -> list[tuple[str, date | None]]:
    """Every owner with the earliest day named for them."""
    owners = dict.fromkeys(given.owner for given in answers if given.owner) or {"": None}
    return [
        (owner, min((given.due for given in answers if given.due and given.owner in (owner, "")), default=None))
        for owner in owners
    ]


def _render_due_note(due: date | None, finding: Finding, assessment: Assessment, wording: Wording) -> str:
    """That a day has passed, or lies after the day the requirement starts."""
    as_of = assessment.situation.as_of
    if due and due < as_of:
        return wording.render_count("days.late", (as_of - due).days)
    if due and finding.timing is Timing.COMING and finding.since_latest and due > finding.since_latest:
        return str(wording.labels["days"]["after_start"])
    return ""


def build_plan_rows(gaps: Iterable[GapEntry]) -> list[PlanRow]:
    """Who has what in hand until when: by owner, day and what is noted on it, the undated last; what nobody has and no
    day is set for is not planned."""
    rows: dict[tuple[str, str, str], PlanRow] = {}
    for gap in gaps:
        for action in gap["actions"]:
            if not (action["owner"] or action["due"]):
                continue
            key = action["owner"], action["due_iso"], action["due_note"]
            row = rows.setdefault(key, _begin_plan_row(action))
            named: NamedRequirement = {"id": gap["id"], "title": gap["title"]}
            if named not in row["requirements"]:
                row["requirements"].append(named)
    latest = date.max.isoformat()
    return sorted(rows.values(), key=lambda row: (not row["owner"], row["owner"], row["due_iso"] or latest))


def _begin_plan_row(action: Action) -> PlanRow:
    return {
        "owner": action["owner"],
        "due": action["due"],
        "due_iso": action["due_iso"],
        "due_note": action["due_note"],
        "requirements": [],
    }


def count_unplanned_gaps(gaps: Iterable[GapEntry]) -> int:
    """For how many gaps nobody is named and no day is set."""
    return sum(1 for gap in gaps if not any(action["owner"] or action["due"] for action in gap["actions"]))


def build_settling_list(
    findings: list[Finding], assessment: Assessment, record: Record, wording: Wording
) -> list[WaitingQuestion]:
    """Tone by tone the answers that would settle a status, then those a gap still lacks; each once, with what waits for
    it."""
    waiting: list[tuple[str, Iterable[str]]] = []
    for _, alike in groupby(findings, key=find_tone):
        same_tone = list(alike)
        waiting += [(finding.requirement.id, finding.settled_by) for finding in same_tone]
        waiting += [(finding.requirement.id, _list_unsettled_checks(finding)) for finding in same_tone]
    return [
        {**build_settling_question(id, assessment, record, wording), "requirements": requirements}
        for id, requirements in _group_requirements_by_answer(waiting).items()
    ]


def _group_requirements_by_answer(answers: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Each answer with the requirements that wait for it."""
    waiting: dict[str, list[str]] = {}
    for requirement_id, ids in answers:
        for id in ids:
            waiting.setdefault(id, []).append(requirement_id)
    return waiting


def _list_unsettled_checks(finding: Finding) -> list[str]:
    """The measures of the text in a gap of which nobody knows yet whether they are done."""
    if not finding.status.needs_action:
        return []
    text = (m for m in finding.measures if m.check.basis is Basis.TEXT)
    return [m.check.id for m in text if m.outstanding is Truth.UNKNOWN]
