"""What each law says of the system, in a sentence: what it makes of it, how many duties, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.judgement import Timing
from tenken.assessment.status import Status
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen
from tenken.rules.answer_kinds import UNSURE
from tenken.rules.checklist import Checklist, Verdict
from tenken.rules.logic import Situation, Truth, evaluate
from tenken.rules.requirement import Basis, Force

_EARLIEST_FIRST = (Timing.IN_FORCE, Timing.OPEN, Timing.COMING)
"""What is in force counts from an earlier day than what may be."""


class LawAnswer(Frozen):
    """What a law says of the system.

    `not_assessed` is what else it asks of such a system and nobody asked here; perhaps empty. `applies` is NO only if
    certainly nothing of it does; it is of elsewhere if that is so because the system is not offered or used there.
    """

    title: str
    jurisdiction: str
    checklists: tuple[str, ...]
    findings: tuple[Finding, ...]
    sentence: str
    not_assessed: str
    is_voluntary: bool
    applies: Truth
    is_elsewhere: bool


def list_law_answers(assessment: Assessment, wording: Wording) -> tuple[LawAnswer, ...]:
    """An answer for each law: those that bind before the voluntary ones, and last those of which nothing applies."""
    checklists = assessment.library.checklists.values()
    laws = {title: [each for each in checklists if each.law_title == title] for title in assessment.library.laws}
    answers = [_answer_law(title, parts, assessment, wording) for title, parts in laws.items()]
    return tuple(sorted(answers, key=lambda law: (law.applies is Truth.NO, law.is_voluntary)))


def render_idle_laws(laws: Iterable[LawAnswer], wording: Wording) -> str:
    """One line on the laws of which nothing applies, those of elsewhere left out; empty if there is none."""
    labels = wording.labels["law_answer"]
    idle = (law.title for law in laws if law.applies is Truth.NO and not law.is_elsewhere)
    titles = str(labels["idle_separator"]).join(idle)
    return str(labels["idle"]).format(laws=titles) if titles else ""


def _answer_law(title: str, parts: Sequence[Checklist], assessment: Assessment, wording: Wording) -> LawAnswer:
    ids = [checklist.id for checklist in parts]
    findings = tuple(finding for finding in assessment.findings if finding.requirement.checklist in ids)
    verdicts = [pair for checklist in parts for pair in _evaluate_verdicts(checklist, findings, assessment)]
    sentences = [_choose_sentence(verdict, holds) for verdict, holds in verdicts]
    sentences += _render_standing(findings, assessment.situation.as_of, wording)
    missing = [verdict.not_assessed for verdict, holds in verdicts if holds is Truth.YES]
    gap = str(wording.labels["sentence_separator"])
    return LawAnswer(
        title=title,
        jurisdiction=parts[0].jurisdiction,
        checklists=tuple(ids),
        findings=findings,
        sentence=gap.join(filter(None, sentences)),
        not_assessed=gap.join(filter(None, missing)),
        is_voluntary=not any(finding.requirement.is_law for finding in findings),
        applies=_evaluate_law(findings),
        is_elsewhere=all(_is_elsewhere(checklist, assessment) for checklist in parts),
    )


def _evaluate_law(findings: Iterable[Finding]) -> Truth:
    """Whether anything applies; what stands aside only by a claim is not certain."""
    return max(
        (max(finding.applies, Truth.UNKNOWN if finding.claimed_exceptions else Truth.NO) for finding in findings),
        default=Truth.NO,
    )


def _evaluate_verdicts(
    checklist: Checklist, findings: Iterable[Finding], assessment: Assessment
) -> Iterator[tuple[Verdict, Truth]]:
    """Each verdict that concerns anybody; what is not known only where something still hangs on it."""
    applies = max((each.applies for each in findings if each.requirement.checklist == checklist.id), default=Truth.NO)
    for verdict in checklist.verdicts.values():
        holds = applies if verdict.when is None else evaluate(verdict.when, assessment.situation)
        is_idle = holds is Truth.UNKNOWN and applies is Truth.NO
        if not (is_idle or (verdict.when is None and _is_out_of_scope(checklist, assessment.situation))):
            yield verdict, holds


def _is_out_of_scope(checklist: Checklist, situation: Situation) -> bool:
    return evaluate(checklist.in_scope, situation) is Truth.NO


def _is_elsewhere(checklist: Checklist, assessment: Assessment) -> bool:
    """Whether a law reaches no market of the system, whatever else it is."""
    markets = {id for id, question in assessment.library.questions.items() if question.market}
    answers = {id: value for id, value in assessment.situation.answers.items() if id in markets}
    return _is_out_of_scope(checklist, Situation(answers, assessment.situation.as_of))


def _choose_sentence(verdict: Verdict, holds: Truth) -> str:
    return {Truth.YES: verdict.if_so, Truth.NO: verdict.if_not, Truth.UNKNOWN: verdict.if_open}[holds]


def _render_standing(findings: Iterable[Finding], as_of: date, wording: Wording) -> Iterator[str]:
    """How many duties apply and how they stand; the same for efforts and for what is voluntary."""
    told = [finding for finding in findings if finding.status is not Status.NOT_APPLICABLE or _is_told(finding)]
    for kind in ("binding", "effort", "soft"):
        if group := [finding for finding in told if _find_kind(finding) == kind]:
            yield _render_group(kind, group, as_of, wording)


def _is_told(finding: Finding) -> bool:
    return finding.set_aside or bool(finding.claimed_exceptions)


def _find_kind(finding: Finding) -> str:
    if finding.requirement.is_binding:
        return "binding"
    return "effort" if finding.requirement.force is Force.EFFORT else "soft"


def _render_group(kind: str, group: Sequence[Finding], as_of: date, wording: Wording) -> str:
    labels = wording.labels["law_answer"]
    applying = [finding for finding in group if finding.applies is Truth.YES]
    head = wording.render_count(f"law_answer.{kind}", len(applying)) if applying else ""
    gaps = [finding for finding in applying if finding.status.needs_action]
    # Where something is missing, its day is what counts, and stands beside it.
    day = "" if gaps else _render_first_day(kind, applying, as_of, wording)
    counts = str(labels["counts_separator"]).join(_render_counts(kind, group, gaps, as_of, wording))
    return str(labels["head_separator"]).join(filter(None, (head + day, counts))) + str(labels["end"])


def _render_first_day(kind: str, findings: Sequence[Finding], as_of: date, wording: Wording) -> str:
    """From when the first of them counts; of what is voluntary no day matters."""
    dated = [finding for finding in findings if finding.timing]
    if kind != "binding" or not dated:
        return ""
    first = min(dated, key=lambda each: (_EARLIEST_FIRST.index(each.timing), each.since or date.max))
    return wording.render_count("law_answer.first_day", len(findings), timing=wording.render_timing(first, as_of))


def _render_counts(
    kind: str, group: Sequence[Finding], gaps: Sequence[Finding], as_of: date, wording: Wording
) -> Iterator[str]:
    """How many stand where, the most pressing first; one word where all stand alike."""
    applying = [finding for finding in group if finding.applies is Truth.YES]
    waiting = [finding for finding in applying if finding.status.needs_answer]
    standing = {
        "gap": gaps,
        "unanswered": [finding for finding in waiting if not _has_some_answer(finding)],
        "unknown": [finding for finding in waiting if _has_some_answer(finding)],
        "met": [finding for finding in applying if finding.status in (Status.MET, Status.EXPLAINED)],
        "may_apply": [finding for finding in group if finding.applies is Truth.UNKNOWN and not _is_told(finding)],
        "aside": [finding for finding in group if finding.set_aside],
        "claimed": [finding for finding in group if finding.claimed_exceptions],
    }
    for name, found in standing.items():
        alike = "_all" if len(found) == len(_choose_whole(name, group, applying)) else ""
        if found:
            day = _render_first_day(kind, found, as_of, wording) if name == "gap" else ""
            yield wording.render_count(f"law_answer.{kind}_{name}{alike}", len(found)) + day


def _choose_whole(name: str, group: Sequence[Finding], applying: Sequence[Finding]) -> Sequence[Finding]:
    """Of what applies is told how all of it stands, whatever else may apply or stands aside."""
    if name == "may_apply":
        return group if applying else [finding for finding in group if not _is_told(finding)]
    return group if name in ("aside", "claimed") else applying


def _has_some_answer(finding: Finding) -> bool:
    """Whether anything is known of what is in place."""
    asked = (measure for measure in finding.measures if measure.check.basis is not Basis.GUIDANCE)
    return any(measure.answer not in ("", UNSURE) for measure in asked)
