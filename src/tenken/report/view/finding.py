"""One finding as plain data: what is asked, where it stands and why, each measure with its answer and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tenken.assessment.findings import Assessment, ExceptionFinding, Finding, Measure, Status
from tenken.assessment.wording import SOFT_FORCES, Wording, build_label_key
from tenken.records.record import Evidence, GivenAnswer, Record
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

_CHECK_STATES = {MET: "done", PARTLY: "partly", NOT_MET: "missing", SET_ASIDE: "aside", EXPLAINED: "explained"}
_EXCEPTION_STANDS = {Truth.YES: "relied_on", Truth.UNKNOWN: "open", Truth.NO: "refused"}


def build_finding_view(found: Finding, assessment: Assessment, record: Record, words: Wording) -> dict[str, Any]:
    """Everything a report says on one requirement; lists are empty and texts "" where there is nothing to say."""
    requirement, language = found.requirement, _find_source_language(found, words)
    return {
        **build_finding_heading(found, assessment, words),
        "says": requirement.says,
        "why": requirement.why,
        "source_words": _list_source_words(requirement, language),
        "certainty": render_certainty(requirement.certainty, words),
        "date_notes": [_build_cited_text(entry.says, entry.cites, words) for entry in found.dated_by if entry.says],
        "several_dates": len(found.dated_by) > 1 and found.applies is not Truth.NO,
        "because": words.labels["tone"][find_tone(found)]["applies"][_find_applies_key(found)],
        "reasons": [] if _is_finding_unsettled(found) else words.render_reasons(found.reasons),
        "ways_out": [build_exception_view(way, words) for way in found.ways_out],
        "settled_by": [
            build_settling_question(id, assessment, record, words)
            for id in found.settled_by
            if _is_finding_unsettled(found)
        ],
        "text_checks": build_check_views(found, record, words, Basis.TEXT),
        "breaks_house": bool(found.house_open),
        "house_checks": build_check_views(found, record, words, Basis.HOUSE),
        "practice_checks": build_check_views(found, record, words, Basis.GUIDANCE),
        "notes": [
            {**_build_cited_text(note.says, note.cites, words), "certainty": render_certainty(note.certainty, words)}
            for note in found.notes.values()
        ],
        "samples": [_build_sample_view(sample, words) for sample in requirement.samples.values()],
        "change": words.labels["tone"][find_tone(found)]["change"].get(_find_change_key(found, words), ""),
    }


def build_finding_heading(found: Finding, assessment: Assessment, words: Wording) -> dict[str, Any]:
    """What names a finding wherever it is listed."""
    requirement = found.requirement
    as_of = assessment.situation.as_of
    return {
        "id": requirement.id,
        "title": requirement.title,
        "cites": words.render_citations(requirement.cites),
        "tone": find_tone(found),
        "is_soft": find_tone(found) == "soft",
        "tone_words": words.labels["tone"][find_tone(found)],
        "force": _render_binding_force(requirement, words),
        "standing": words.find_standing(found),
        "status": words.render_status(found),
        "is_open": found.status in (Status.GAP, Status.UNDETERMINED),
        "may_apply": found.applies is Truth.UNKNOWN,
        "prohibits": requirement.force is Force.PROHIBITION,
        "timing": words.render_timing(found, as_of),
        "since_iso": found.since.isoformat() if found.since else "",
    }


def _render_binding_force(requirement: Requirement, words: Wording) -> str:
    """How much it binds, and how strongly its source speaks where that is graded."""
    force = str(words.labels["force"][build_label_key(requirement.force or Force.OBLIGATION)])
    strength = words.labels["strength"].get(requirement.strength, requirement.strength)
    return str(words.labels["graded"].format(force=force, strength=strength)) if strength else force


def _find_source_language(found: Finding, words: Wording) -> str:
    return words.library.checklists[found.requirement.checklist].language


def _list_source_words(item: Requirement | Check, language: str) -> list[dict[str, str]]:
    """What the source says in its own language; its verb only where that stands apart."""
    texts = (item.official, "" if item.verb in item.official else item.verb)
    return [{"text": text, "language": language} for text in texts if text]


def find_tone(found: Finding) -> str:
    return "soft" if found.requirement.force in SOFT_FORCES else "binding"


def _is_finding_unsettled(found: Finding) -> bool:
    """Whether the answers that leave it open whether this applies are the ones to be had."""
    return found.applies is Truth.UNKNOWN and found.status is Status.UNDETERMINED


def _find_applies_key(found: Finding) -> str:
    return "unsettled" if _is_finding_unsettled(found) else found.applies.name.lower()


def _find_change_key(found: Finding, words: Wording) -> str:
    """Which sentence says what would change this finding."""
    if _is_finding_unsettled(found):
        return "unsettled"
    return "prohibited" if found.requirement.force is Force.PROHIBITION else words.find_standing(found)


def render_certainty(grade: Certainty | None, words: Wording) -> str:
    return str(words.labels["certainty"][grade]) if grade else ""


def _build_cited_text(says: str, cites: Iterable[str], words: Wording) -> dict[str, str]:
    return {"says": says, "cites": words.render_citations(cites)}


def has_own_place(found: Finding) -> bool:
    """Whether a requirement is shown in full; one that does not apply has a line in a table."""
    return found.applies is not Truth.NO and (found.status is not Status.NOT_APPLICABLE or found.set_aside)


def build_exception_view(way_out: ExceptionFinding, words: Wording) -> dict[str, Any]:
    way = way_out.way
    stands = _EXCEPTION_STANDS[way_out.holds]
    return {
        "title": way.title,
        "says": way.says if way_out.holds is not Truth.NO else "",
        "cites": words.render_citations(way.cites),
        "guidance": words.labels["basis"]["guidance"] if way.basis is Basis.GUIDANCE else "",
        "certainty": render_certainty(way.certainty, words) if way_out.holds is not Truth.NO else "",
        "evidence": way.evidence if way_out.holds is not Truth.NO else "",
        "stands": stands,
        "stands_label": words.labels["stands"][stands],
        "reasons": words.render_reasons(way_out.reasons),
    }


def build_settling_question(id: str, assessment: Assessment, record: Record, words: Wording) -> dict[str, str]:
    """A question whose answer would settle something: what to ask, whom, and what is known so far."""
    question = assessment.library.questions.get(id)
    given = record.answers.get(id, GivenAnswer())
    return {
        "ask": question.ask if question else words.find_question_heading(id),
        "short": words.find_question_heading(id),
        "who_knows": question.who_knows if question else "",
        "answer": words.render_answer(id, assessment.situation.answers.get(id)),
        "asked": given.ask,
        "note": given.note,
    }


def build_check_views(found: Finding, record: Record, words: Wording, basis: Basis) -> list[dict[str, Any]]:
    """The measures of one kind that concern this case, or may."""
    concerned = (m for m in found.measures if m.check.basis is basis and m.concerns is not Truth.NO)
    answers, language = record.answers, _find_source_language(found, words)
    return [
        _build_single_check(measure, answers.get(measure.check.id, GivenAnswer()), words, language)
        for measure in concerned
    ]


def _build_single_check(measure: Measure, given: GivenAnswer, words: Wording, language: str) -> dict[str, Any]:
    state = _CHECK_STATES.get(measure.answer, "open")
    return {
        "ask": measure.check.ask,
        "cites": words.render_citations(measure.check.cites),
        "state": state,
        "answer": words.find_answer_label(measure.check.id, measure.answer or "unanswered"),
        "is_outstanding": measure.outstanding is Truth.YES,
        "unproved": words.labels["report"]["no_evidence"] if state == "done" and not given.evidence else "",
        "wanted": measure.check.evidence if not given.evidence and state not in ("aside", "explained") else "",
        "certainty": render_certainty(measure.check.certainty, words),
        "source_words": _list_source_words(measure.check, language),
        **build_answer_details(given, words),
    }


def build_answer_details(given: GivenAnswer, words: Wording) -> dict[str, Any]:
    """Who answered, when, with which remark and evidence."""
    return {
        "note": given.note,
        "reason": given.reason,
        "published": given.published,
        "owner": given.owner,
        "asked": given.ask,
        "due": render_optional_day(given.due, words),
        "by": given.by,
        "at": render_optional_moment(given.at, words),
        "proof": [_build_evidence_view(item, words) for item in given.evidence],
    }


def render_optional_day(given: date | None, words: Wording) -> str:
    return words.render_day(given) if given else ""


def render_optional_moment(given: datetime | None, words: Wording) -> str:
    return words.render_day(given.date()) if given else ""


def _build_evidence_view(item: Evidence, words: Wording) -> dict[str, str]:
    return {"at": item.at, "shows": item.shows, "on": render_optional_day(item.on, words)}


def _build_sample_view(sample: Sample, words: Wording) -> dict[str, Any]:
    return {
        "use": sample.use,
        "says": [_build_translated_text(language, text, words) for language, text in sample.says.items()],
        "insufficient": [
            _build_translated_text(language, text, words) for language, text in sample.insufficient.items()
        ],
        "because": sample.because,
    }


def _build_translated_text(language: str, text: str, words: Wording) -> dict[str, str]:
    return {"language": language, "name": words.labels["languages"].get(language, language), "text": text}
