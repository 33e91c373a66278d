"""One finding as plain data: what is asked, where it stands and why, each measure with its answer and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tenken.assessment.findings import Assessment, ExceptionFinding, Finding, Measure
from tenken.assessment.measure_proof import find_proof
from tenken.assessment.wording import SOFT_FORCES, Wording, build_label_key
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.report.view.answer_details import build_answer_details
from tenken.rules.logic import Truth
from tenken.rules.requirement import (
    EXPLAINED,
    MET,
    NOT_MET,
    PARTLY,
    SET_ASIDE,
    Basis,
    Certainty,
    Check,
    Force,
    Requirement,
    Sample,
)

if TYPE_CHECKING:
    from tenken.report.view.finding_types import (
        CheckView,
        CitedText,
        ExceptionView,
        FindingHeading,
        FindingView,
        SampleView,
        SettlingQuestion,
        SourceWords,
        TranslatedText,
    )

_CHECK_STATES = {MET: "done", PARTLY: "partly", NOT_MET: "missing", SET_ASIDE: "aside", EXPLAINED: "explained"}
_EXCEPTION_STANDS = {Truth.YES: "relied_on", Truth.UNKNOWN: "open", Truth.NO: "refused"}


def build_finding_view(finding: Finding, assessment: Assessment, record: Record, wording: Wording) -> FindingView:
    """Everything a report says on one requirement; lists are empty and texts "" where there is nothing to say."""
    as_of = assessment.situation.as_of
    requirement, language = finding.requirement, _find_source_language(finding, wording)
    return {
        **build_finding_heading(finding, assessment, wording),
        "says": requirement.says,
        "why": requirement.why,
        "source_words": _list_source_words(requirement, language),
        "certainty": render_certainty(requirement.certainty, wording),
        "date_notes": _list_date_notes(finding, wording),
        "day_is_open": finding.since is not None and not finding.is_dated_exactly,
        "because": wording.labels["tone"][find_tone(finding)]["applies"][_find_applies_key(finding)],
        "reasons": [] if _is_finding_unsettled(finding) else wording.render_reasons(finding.reasons),
        "ways_out": [build_exception_view(exception, wording) for exception in finding.exceptions],
        "settled_by": [
            build_settling_question(id, assessment, record, wording)
            for id in finding.settled_by
            if _is_finding_unsettled(finding)
        ],
        "text_checks": build_check_views(finding, record, as_of, wording, Basis.TEXT),
        "house_checks": build_check_views(finding, record, as_of, wording, Basis.HOUSE),
        "practice_checks": build_check_views(finding, record, as_of, wording, Basis.GUIDANCE),
        "notes": [
            {
                **_build_cited_text(note.says, note.cites, wording),
                "certainty": render_certainty(note.certainty, wording),
            }
            for note in finding.notes.values()
        ],
        "samples": [_build_sample_view(sample, wording) for sample in requirement.samples.values()],
        "change": wording.labels["tone"][find_tone(finding)]["change"].get(_find_change_key(finding, wording), ""),
    }


def _list_date_notes(finding: Finding, wording: Wording) -> list[CitedText]:
    """What is said of its day; of more than one that is possible, as what may be."""
    pattern = "{says}" if finding.is_start_rule_known else wording.labels["report"]["day_may_be"]
    noted = (entry for entry in finding.dated_by if entry.says)
    return [_build_cited_text(pattern.format(says=entry.says), entry.cites, wording) for entry in noted]


def build_finding_heading(finding: Finding, assessment: Assessment, wording: Wording) -> FindingHeading:
    """What names a finding wherever it is listed."""
    requirement = finding.requirement
    as_of = assessment.situation.as_of
    return {
        "id": requirement.id,
        "title": requirement.title,
        "cites": wording.render_citations(requirement.cites),
        "tone": find_tone(finding),
        "is_soft": find_tone(finding) != "binding",
        "tone_words": wording.labels["tone"][find_tone(finding)],
        "force": _render_binding_force(requirement, wording),
        "standing": wording.find_standing(finding).value,
        "status": wording.render_status(finding),
        "is_open": finding.status.is_open,
        "may_apply": finding.applies is Truth.UNKNOWN,
        "timing": wording.render_timing(finding, as_of),
    }


def _render_binding_force(requirement: Requirement, wording: Wording) -> str:
    """How much it binds, and how strongly its source speaks where that is graded."""
    force = str(wording.labels["force"][build_label_key(requirement.force or Force.OBLIGATION)])
    strength = wording.labels["strength"].get(requirement.strength, requirement.strength)
    return str(wording.labels["graded"].format(force=force, strength=strength)) if strength else force


def _find_source_language(finding: Finding, wording: Wording) -> str:
    return wording.library.checklists[finding.requirement.checklist].language


def _list_source_words(item: Requirement | Check, language: str) -> list[SourceWords]:
    """What the source says in its own language; its verb only where that stands apart."""
    texts = (item.official, "" if item.verb in item.official else item.verb)
    return [{"text": text, "language": language} for text in texts if text]


def find_tone(finding: Finding) -> str:
    if finding.requirement.force is Force.EFFORT:
        return "effort"
    return "soft" if finding.requirement.force in SOFT_FORCES else "binding"


def _is_finding_unsettled(finding: Finding) -> bool:
    """Whether the answers that leave it open whether this applies are the ones to be had."""
    return finding.applies is Truth.UNKNOWN and finding.status.needs_answer


def _find_applies_key(finding: Finding) -> str:
    return "unsettled" if _is_finding_unsettled(finding) else finding.applies.name.lower()


def _find_change_key(finding: Finding, wording: Wording) -> str:
    """Which sentence says what would change this finding."""
    if _is_finding_unsettled(finding):
        return "unsettled"
    return "prohibited" if finding.requirement.force is Force.PROHIBITION else wording.find_standing(finding)


def render_certainty(grade: Certainty | None, wording: Wording) -> str:
    return str(wording.labels["certainty"][grade]) if grade else ""


def _build_cited_text(says: str, cites: Iterable[str], wording: Wording) -> CitedText:
    return {"says": says, "cites": wording.render_citations(cites)}


def has_own_place(finding: Finding) -> bool:
    """Whether a requirement is shown in full; one that does not apply has a line in a table."""
    return finding.applies is not Truth.NO and (finding.status.meaning.is_told or finding.set_aside)


def build_exception_view(exception: ExceptionFinding, wording: Wording) -> ExceptionView:
    legal_exception = exception.exception
    stands = "claimed" if exception.is_only_claimed else _EXCEPTION_STANDS[exception.holds]
    return {
        "title": legal_exception.title,
        "says": legal_exception.says if exception.holds is not Truth.NO else "",
        "cites": wording.render_citations(legal_exception.cites),
        "guidance": wording.labels["basis"]["guidance"] if legal_exception.basis is Basis.GUIDANCE else "",
        "certainty": render_certainty(legal_exception.certainty, wording) if exception.holds is not Truth.NO else "",
        "evidence": legal_exception.evidence if exception.holds is not Truth.NO else "",
        "stands": stands,
        "stands_label": wording.labels["stands"][stands],
        "reasons": wording.render_reasons(exception.reasons),
    }


def build_settling_question(id: str, assessment: Assessment, record: Record, wording: Wording) -> SettlingQuestion:
    """A question whose answer would settle something: what to ask, whom, and what is known so far."""
    question = assessment.library.questions.get(id)
    given = record.answers.get(id, NO_ANSWER)
    return {
        "ask": question.ask if question else wording.find_question_heading(id),
        "short": wording.find_question_heading(id),
        "who_knows": question.who_knows if question else "",
        "answer": wording.render_answer(id, assessment.situation.answers.get(id)),
        "asked": given.ask,
        "note": given.note,
    }


def build_check_views(finding: Finding, record: Record, as_of: date, wording: Wording, basis: Basis) -> list[CheckView]:
    """The measures of one kind that concern this case, or may."""
    concerned = (m for m in finding.measures if m.check.basis is basis and m.concerns is not Truth.NO)
    answers, language = record.answers, _find_source_language(finding, wording)
    return [
        _build_single_check(measure, answers.get(measure.check.id, NO_ANSWER), as_of, wording, language)
        for measure in concerned
    ]


def _build_single_check(
    measure: Measure, given: GivenAnswer, as_of: date, wording: Wording, language: str
) -> CheckView:
    state = _CHECK_STATES.get(measure.answer, "open")
    return {
        "ask": measure.check.ask,
        "cites": wording.render_citations(measure.check.cites),
        "state": state,
        "answer": wording.find_answer_label(measure.check.id, measure.answer or "unanswered"),
        "proved": render_proof(measure, given, as_of, wording),
        "is_outstanding": measure.outstanding is Truth.YES,
        "unproved": wording.labels["report"]["no_evidence"] if state == "done" and not given.evidence else "",
        "wanted": measure.check.evidence if not given.evidence and state not in ("aside", "explained") else "",
        "certainty": render_certainty(measure.check.certainty, wording),
        "source_words": _list_source_words(measure.check, language),
        **build_answer_details(given, as_of, wording, measure.check.evidence_lasts),
    }


def render_proof(measure: Measure, given: GivenAnswer, as_of: date, wording: Wording) -> str:
    """Whether a measure in place is shown or only said; empty for what is not in place."""
    proof = find_proof(measure, given, as_of)
    return str(wording.labels["evidence"]["proof"][proof]) if proof else ""


def _build_sample_view(sample: Sample, wording: Wording) -> SampleView:
    return {
        "use": sample.use,
        "says": [_build_translated_text(language, text, wording) for language, text in sample.says.items()],
        "insufficient": [
            _build_translated_text(language, text, wording) for language, text in sample.insufficient.items()
        ],
        "because": sample.because,
    }


def _build_translated_text(language: str, text: str, wording: Wording) -> TranslatedText:
    return {"language": language, "name": wording.labels["languages"].get(language, language), "text": text}
