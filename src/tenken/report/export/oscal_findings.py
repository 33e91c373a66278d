"""Findings, observations and risks of OSCAL assessment results; `checklists/OSCAL.md` says what stands for what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tenken.assessment.accepted_gaps import AcceptedGap, map_accepted_gaps
from tenken.assessment.findings import Finding, Measure
from tenken.assessment.judgement import Timing
from tenken.assessment.measure_proof import find_proof
from tenken.assessment.status import Status
from tenken.records.record import NO_ANSWER, GivenAnswer
from tenken.report.export.oscal_parts import (
    OscalNames,
    OscalPart,
    build_evidence,
    build_properties,
    list_distinct,
    write_markup,
    write_moment,
)
from tenken.report.formats import ReportMaterial
from tenken.rules.logic import Truth


class OscalFindings:
    """What is said of each requirement that applies or may, and the answers it rests on."""

    def __init__(self, material: ReportMaterial, names: OscalNames) -> None:
        self._record = material.record_file.record
        self._assessment = material.assessment
        self._wording = material.wording
        self._names = names
        self._accepted = map_accepted_gaps(self._record, self._assessment)
        self._told = [finding for finding in self._assessment.findings if finding.applies is not Truth.NO]

    def build_findings(self) -> list[OscalPart]:
        return [self._build_finding(finding) for finding in self._told]

    def build_risks(self) -> list[OscalPart]:
        return [self._build_risk(finding) for finding in self._told if _is_risk(finding)]

    def build_observations(self) -> list[OscalPart]:
        """One for each answer on which a finding rests, in the order the questions are asked."""
        measures = {measure.check.id: measure for finding in self._told for measure in _list_concerned(finding)}
        rests_on = {id for finding in self._told for id in self._list_grounds(finding)}
        order = self._assessment.library.order
        return [self._build_observation(id, measures.get(id)) for id in sorted(rests_on, key=order.__getitem__)]

    def list_people(self) -> list[str]:
        """Everybody who answered something that is told, has something in hand or answers for a gap."""
        ids = list_distinct(id for finding in self._told for id in self._list_grounds(finding))
        answers = [self._find_answer(id) for id in ids]
        accepted = (gap.acceptance.by for gap in self._accepted.values())
        return list_distinct((*(given.by for given in answers), *accepted))

    def _find_answer(self, id: str) -> GivenAnswer:
        return self._record.answers.get(id, NO_ANSWER)

    def _list_grounds(self, finding: Finding) -> Iterator[str]:
        """The questions that decided whether it applies, and its checks, as far as somebody answered them."""
        asked = (*(reason.question for reason in finding.reasons), *(m.check.id for m in _list_concerned(finding)))
        yield from (id for id in asked if self._find_answer(id).answer)

    def _build_observation(self, id: str, measure: Measure | None) -> OscalPart:
        given, as_of = self._find_answer(id), self._assessment.situation.as_of
        heading = self._wording.find_question_heading(id)
        answer = self._wording.render_answer(id, self._assessment.situation.answers.get(id))
        proof = find_proof(measure, given, as_of) if measure else None
        return {
            "uuid": self._names.identify("observation", id),
            "title": write_markup(heading),
            "description": write_markup(self._wording.join_heading(heading, answer), given.reason, given.note),
            "props": build_properties(
                answer_to=id,
                answer="; ".join(given.answer),
                basis=measure.check.basis if measure else "",
                proof=proof,
                published=given.published,
            ),
            "methods": ["INTERVIEW", *(["EXAMINE"] if given.evidence else [])],
            "origins": self._build_origins(given.by),
            "relevant-evidence": [build_evidence(item) for item in given.evidence],
            "collected": write_moment(given.at or as_of),
        }

    def _build_origins(self, name: str) -> list[OscalPart]:
        actor = {"type": "party", "actor-uuid": self._names.identify("party", "person", name)}
        return [{"actors": [actor]}] if name else []

    def _build_finding(self, finding: Finding) -> OscalPart:
        requirement = finding.requirement
        risks = [{"risk-uuid": self._names.identify("risk", requirement.id)}] if _is_risk(finding) else []
        observed = map(self._identify_observation, list_distinct(self._list_grounds(finding)))
        return {
            "uuid": self._names.identify("finding", requirement.id),
            "title": write_markup(requirement.title),
            "description": write_markup(requirement.says),
            "props": self._build_finding_properties(finding),
            "links": [{"href": f"#{self._names.identify('resource', requirement.checklist)}", "rel": "reference"}],
            "target": {
                "type": "objective-id",
                "target-id": requirement.id,
                "title": write_markup(requirement.title),
                "status": _build_target_status(finding),
            },
            "related-observations": [{"observation-uuid": uuid} for uuid in observed],
            "related-risks": risks,
        }

    def _identify_observation(self, id: str) -> str:
        return self._names.identify("observation", id)

    def _build_finding_properties(self, finding: Finding) -> list[OscalPart]:
        requirement = finding.requirement
        days = (finding.since, finding.since_latest, requirement.last_day)
        since, latest, last = (day.isoformat() if day else "" for day in days)
        return build_properties(
            checklist=requirement.checklist,
            cites=self._wording.render_citations(requirement.cites),
            force=requirement.force,
            applies=finding.applies.name.lower(),
            status=self._wording.find_standing(finding),
            timing=finding.timing,
            since=since,
            since_latest=latest,
            last_day=last,
            missing="; ".join(measure.check.id for measure in finding.outstanding),
            settled_by="; ".join(finding.settled_by),
        )

    def _build_risk(self, finding: Finding) -> OscalPart:
        requirement = finding.requirement
        gap = self._accepted.get(requirement.id)
        is_accepted = gap is not None and gap.ended is None
        missing = [measure.check.ask for measure in finding.outstanding]
        deadline = self._find_deadline(finding)
        related = (self._identify_observation(measure.check.id) for measure in finding.outstanding)
        return {
            "uuid": self._names.identify("risk", requirement.id),
            "title": write_markup(requirement.title),
            "description": write_markup(requirement.says),
            "statement": write_markup(*(missing or [requirement.title])),
            "props": _build_acceptance_properties(gap),
            "status": "deviation-approved" if is_accepted else "open",
            "deadline": write_moment(deadline) if deadline else "",
            "remediations": self._build_remediations(finding),
            "related-observations": [{"observation-uuid": uuid} for uuid in related],
        }

    def _list_asked_for(self, finding: Finding) -> list[str]:
        """The answers in which somebody may have the gap in hand."""
        missing = [measure.check.id for measure in finding.outstanding]
        return missing or list_distinct(reason.question for reason in finding.reasons)

    def _find_deadline(self, finding: Finding) -> date | None:
        """The first day an owner named, else that from which it counts, as long as that is still to come."""
        named = [due for id in self._list_asked_for(finding) if (due := self._find_answer(id).due)]
        coming = finding.since if finding.timing is Timing.COMING else None
        return min(named, default=coming)

    def _build_remediations(self, finding: Finding) -> list[OscalPart]:
        """What closes it, measure by measure; of what is forbidden, as a whole."""
        requirement = finding.requirement
        if not finding.outstanding:
            asked = map(self._find_answer, self._list_asked_for(finding))
            in_hand = next((given for given in asked if given.due or given.owner), NO_ANSWER)
            return [self._build_remediation(requirement.id, requirement.title, requirement.remedy, in_hand)]
        return [
            self._build_remediation(
                measure.check.id,
                measure.check.ask,
                measure.check.remedy or requirement.remedy,
                self._find_answer(measure.check.id),
            )
            for measure in finding.outstanding
        ]

    def _build_remediation(self, id: str, title: str, remedy: str, given: GivenAnswer) -> OscalPart:
        task = {
            "uuid": self._names.identify("task", id),
            "type": "action",
            "title": write_markup(title),
            "timing": {"on-date": {"date": write_moment(given.due)}} if given.due else {},
        }
        return {
            "uuid": self._names.identify("remediation", id),
            "lifecycle": "planned" if given.due or given.owner else "recommendation",
            "title": write_markup(title),
            "description": write_markup(remedy or title),
            "props": build_properties(owner=given.owner),
            "tasks": [task] if given.due else [],
        }


def _list_concerned(finding: Finding) -> list[Measure]:
    return [measure for measure in finding.measures if measure.concerns is not Truth.NO]


def _is_risk(finding: Finding) -> bool:
    """Whether something that binds is certainly missing; a recommendation is never called a risk."""
    return finding.status.needs_action and finding.requirement.is_binding


def _build_target_status(finding: Finding) -> OscalPart:
    """Satisfied is what is met, or explained where that is an answer; failed what binds, is in force and a gap."""
    is_satisfied = finding.status in (Status.MET, Status.EXPLAINED)
    if finding.status is Status.MET:
        reason = "pass"
    else:
        reason = "fail" if _is_risk(finding) and finding.timing is Timing.IN_FORCE else "other"
    return {"state": "satisfied" if is_satisfied else "not-satisfied", "reason": reason}


def _build_acceptance_properties(gap: AcceptedGap | None) -> list[OscalPart]:
    if gap is None:
        return []
    accepted = gap.acceptance
    return build_properties(
        accepted_by=accepted.by,
        accepted_until=accepted.until.isoformat(),
        accepted_because=accepted.because,
        acceptance_ended=gap.ended,
    )
