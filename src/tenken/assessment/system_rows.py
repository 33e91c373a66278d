"""One system as a row of plain data: the judgement of each requirement, and what the record says of it.

What the record says is told from the rows of the judgement and from the answers, whatever made the judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from tenken.assessment.judging_together import Judging, JudgingRequest
from tenken.assessment.requirement_rows import render_possible_row_day
from tenken.assessment.sign_off_notices import has_changed_since
from tenken.assessment.status import Status
from tenken.assessment.system_row_types import (
    ROW_SCHEMA_VERSION,
    AcceptedGapRow,
    Applies,
    Day,
    InHandRow,
    ProblemRow,
    ProofRow,
    RequirementRow,
    SystemRow,
    SystemStage,
    UnreadableRow,
)
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.files.problems import NOWHERE, Problem, Problems
from tenken.messages.message_catalog import phrase_problem
from tenken.records.acceptance import find_acceptance_ends
from tenken.records.answer_values import is_doubtful, read_answer_values
from tenken.records.evidence import is_pinned, is_shown
from tenken.records.record import GivenAnswer, Record, RecordStage
from tenken.rules.library import Library
from tenken.rules.logic import Situation, Truth, evaluate
from tenken.rules.requirement import BINDING_FORCES, MET, Basis, Force


class JudgedRecord(Frozen):
    """A record by its rules on a day; `rules_moved` tells that it was answered against others."""

    record: Record
    library: Library
    as_of: date
    rules_moved: bool

    def read(self) -> JudgingRequest:
        """What is to be judged; raises `Problems` for answers that mean nothing to the rules."""
        return JudgingRequest(self.library, read_answer_values(self.record.answers, self.library), self.as_of)


def build_unreadable_row(path: Path, found: Problems) -> UnreadableRow:
    return {"schema_version": ROW_SCHEMA_VERSION, "file": str(path), "problems": build_problem_rows(found)}


def build_problem_rows(found: Problems) -> list[ProblemRow]:
    return [_build_problem_row(problem) for problem in found.problems]


def _build_problem_row(problem: Problem) -> ProblemRow:
    return {"place": str(problem.place), "message": phrase_problem(replace_fields(problem, place=NOWHERE))}


def judge_system(file: str, judged: JudgedRecord) -> Judging[SystemRow]:
    """The row of one system; raises `Problems` for answers that mean nothing to its rules."""
    asked = judged.read()
    requirements = yield asked
    situation = Situation(asked.answers, asked.as_of)
    record, standing = judged.record, {row["id"]: row for row in requirements}
    return {
        "schema_version": ROW_SCHEMA_VERSION,
        "file": file,
        "system": record.system,
        "organisation": record.organisation,
        "release": record.release,
        "stage": _find_stage(record),
        "as_of": render_row_day(judged.as_of),
        "rules_moved": judged.rules_moved,
        "requirements": requirements,
        "in_hand": list(_list_in_hand(record, judged.library, situation, standing)),
        "proof": _build_proof_row(record, judged.library, situation, standing),
        "accepted": list(_list_accepted(judged, standing)),
        "whom": dict(_list_whom_to_ask(record, judged.library, requirements)),
        "problems": [],
    }


def render_row_day(day: date) -> Day:
    return Day(day.isoformat())


def _find_stage(record: Record) -> SystemStage:
    if record.approval:
        return SystemStage.CHANGED if has_changed_since(record.approval, record) else SystemStage.SIGNED_OFF
    return SystemStage.FINAL if record.status is RecordStage.FINAL else SystemStage.DRAFT


def _list_in_hand(
    record: Record, library: Library, situation: Situation, standing: Mapping[str, RequirementRow]
) -> Iterator[InHandRow]:
    """Who has what is missing or open, and by when: measures, what nobody was sure of, and what is prohibited."""
    waited_for = {question for row in standing.values() for question in row["settled_by"]}
    for id, given in record.answers.items():
        if not (given.owner or given.due):
            continue
        if id in library.checks:
            requirement, check = library.checks[id]
            applies = Truth[standing[requirement.id]["applies"].name]
            is_done = given.answer[:1] and given.answer[0] in requirement.accepted_answers
            if not is_done and min(applies, evaluate(check.when, situation)) is not Truth.NO:
                yield _build_in_hand_row(id, requirement.id, given)
            continue
        if id in waited_for and (is_doubtful(given) or not given.answer):
            yield _build_in_hand_row(id, "", given)
        for row in standing.values():
            if row["status"] is Status.GAP and row["force"] is Force.PROHIBITION and id in row["reasons"]:
                yield _build_in_hand_row(id, row["id"], given)


def _build_in_hand_row(check: str, requirement: str, given: GivenAnswer) -> InHandRow:
    owner = given.owner or given.ask
    return {"check": check, "requirement": requirement, "owner": owner, "due": render_possible_row_day(given.due)}


def _build_proof_row(
    record: Record, library: Library, situation: Situation, standing: Mapping[str, RequirementRow]
) -> ProofRow:
    """What stands behind the measures of the text that are in place, where they concern the case or may."""
    proof: ProofRow = {"shown": [], "said": [], "stale": []}
    for id, (requirement, check) in library.checks.items():
        given = record.answers.get(id)
        if given is None or given.answer != (MET,) or check.basis is not Basis.TEXT:
            continue
        if standing[requirement.id]["applies"] is Applies.NO or evaluate(check.when, situation) is Truth.NO:
            continue
        if is_shown(given, check, situation.as_of):
            proof["shown"].append(id)
            continue
        proof["said"].append(id)
        if any(map(is_pinned, given.evidence)):
            proof["stale"].append(id)
    return proof


def _list_accepted(judged: JudgedRecord, standing: Mapping[str, RequirementRow]) -> Iterator[AcceptedGapRow]:
    """The gaps that were accepted once, in the order of the requirements."""
    record = judged.record
    if not record.accepted:
        return
    ends = find_acceptance_ends(record, judged.library, judged.as_of)
    for id, row in standing.items():
        can_be_accepted = row["status"] is Status.GAP and row["force"] in BINDING_FORCES
        if id in ends and can_be_accepted and row["force"] is not Force.PROHIBITION:
            given = record.accepted[id]
            yield {"requirement": id, "by": given.by, "until": render_row_day(given.until), "ended": ends[id]}


def _list_whom_to_ask(
    record: Record, library: Library, requirements: Iterable[RequirementRow]
) -> Iterator[tuple[str, str]]:
    """Who would know what would settle something: whoever was named, else who usually does."""
    for id in dict.fromkeys(id for row in requirements for id in (*row["settled_by"], *row["house_unknown"])):
        given, question = record.answers.get(id), library.questions.get(id)
        if who := (given.ask if given else "") or (question.who_knows if question else ""):
            yield id, who
