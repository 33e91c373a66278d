"""One finding as plain data: what is asked, where it stands and why, each measure with its answer and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tenken.answers import Evidence, Given, Record
from tenken.assess import Assessment, Finding, Measure, Status, WayOut
from tenken.logic import Truth
from tenken.model import EXPLAINED, MET, NOT_MET, PARTLY, SET_ASIDE, Basis, Certainty, Check, Force, Requirement, Sample
from tenken.words import SOFT, Words, key

_STATE = {MET: "done", PARTLY: "partly", NOT_MET: "missing", SET_ASIDE: "aside", EXPLAINED: "explained"}
_STANDS = {Truth.YES: "relied_on", Truth.UNKNOWN: "open", Truth.NO: "refused"}


def finding(found: Finding, assessment: Assessment, record: Record, words: Words) -> dict[str, Any]:
    """Everything a report says on one requirement; lists are empty and texts "" where there is nothing to say."""
    requirement, language = found.requirement, _language(found, words)
    return {
        **heading(found, assessment, words),
        "says": requirement.says,
        "why": requirement.why,
        "source_words": _source_words(requirement, language),
        "certainty": certainty(requirement.certainty, words),
        "date_notes": [_said(entry.says, entry.cites, words) for entry in found.dated_by if entry.says],
        "several_dates": len(found.dated_by) > 1 and found.applies is not Truth.NO,
        "because": words.labels["tone"][tone(found)]["applies"][_applies(found)],
        "reasons": [] if _is_unsettled(found) else words.reasons(found.reasons),
        "ways_out": [way_out(way, words) for way in found.ways_out],
        "settled_by": [settling(id, assessment, record, words) for id in found.settled_by if _is_unsettled(found)],
        "text_checks": checks(found, record, words, Basis.TEXT),
        "breaks_house": bool(found.house_open),
        "house_checks": checks(found, record, words, Basis.HOUSE),
        "practice_checks": checks(found, record, words, Basis.GUIDANCE),
        "notes": [
            {**_said(note.says, note.cites, words), "certainty": certainty(note.certainty, words)}
            for note in found.notes.values()
        ],
        "samples": [_sample(sample, words) for sample in requirement.samples.values()],
        "change": words.labels["tone"][tone(found)]["change"].get(_turn(found, words), ""),
    }


def heading(found: Finding, assessment: Assessment, words: Words) -> dict[str, Any]:
    """What names a finding wherever it is listed."""
    requirement = found.requirement
    as_of = assessment.situation.as_of
    return {
        "id": requirement.id,
        "title": requirement.title,
        "cites": words.cites(requirement.cites),
        "tone": tone(found),
        "is_soft": tone(found) == "soft",
        "tone_words": words.labels["tone"][tone(found)],
        "force": _force(requirement, words),
        "standing": words.standing(found),
        "status": words.status(found),
        "is_open": found.status in (Status.GAP, Status.UNDETERMINED),
        "may_apply": found.applies is Truth.UNKNOWN,
        "prohibits": requirement.force is Force.PROHIBITION,
        "timing": words.timing(found, as_of),
        "since_iso": found.since.isoformat() if found.since else "",
    }


def _force(requirement: Requirement, words: Words) -> str:
    """How much it binds, and how strongly its source speaks where that is graded."""
    force = str(words.labels["force"][key(requirement.force or Force.OBLIGATION)])
    strength = words.labels["strength"].get(requirement.strength, requirement.strength)
    return str(words.labels["graded"].format(force=force, strength=strength)) if strength else force


def _language(found: Finding, words: Words) -> str:
    return words.library.checklists[found.requirement.checklist].language


def _source_words(item: Requirement | Check, language: str) -> list[dict[str, str]]:
    """What the source says in its own language; its verb only where that stands apart."""
    texts = (item.official, "" if item.verb in item.official else item.verb)
    return [{"text": text, "language": language} for text in texts if text]


def tone(found: Finding) -> str:
    return "soft" if found.requirement.force in SOFT else "binding"


def _is_unsettled(found: Finding) -> bool:
    """Whether the answers that leave it open whether this applies are the ones to be had."""
    return found.applies is Truth.UNKNOWN and found.status is Status.UNDETERMINED


def _applies(found: Finding) -> str:
    return "unsettled" if _is_unsettled(found) else found.applies.name.lower()


def _turn(found: Finding, words: Words) -> str:
    """Which sentence says what would change this finding."""
    if _is_unsettled(found):
        return "unsettled"
    return "prohibited" if found.requirement.force is Force.PROHIBITION else words.standing(found)


def certainty(grade: Certainty | None, words: Words) -> str:
    return str(words.labels["certainty"][grade]) if grade else ""


def _said(says: str, cites: Iterable[str], words: Words) -> dict[str, str]:
    return {"says": says, "cites": words.cites(cites)}


def has_own_place(found: Finding) -> bool:
    """Whether a requirement is shown in full; one that does not apply has a line in a table."""
    return found.applies is not Truth.NO and (found.status is not Status.NOT_APPLICABLE or found.set_aside)


def way_out(way_out: WayOut, words: Words) -> dict[str, Any]:
    way = way_out.way
    stands = _STANDS[way_out.holds]
    return {
        "title": way.title,
        "says": way.says if way_out.holds is not Truth.NO else "",
        "cites": words.cites(way.cites),
        "guidance": words.labels["basis"]["guidance"] if way.basis is Basis.GUIDANCE else "",
        "certainty": certainty(way.certainty, words) if way_out.holds is not Truth.NO else "",
        "evidence": way.evidence if way_out.holds is not Truth.NO else "",
        "stands": stands,
        "stands_label": words.labels["stands"][stands],
        "reasons": words.reasons(way_out.reasons),
    }


def settling(id: str, assessment: Assessment, record: Record, words: Words) -> dict[str, str]:
    """A question whose answer would settle something: what to ask, whom, and what is known so far."""
    question = assessment.library.questions.get(id)
    given = record.answers.get(id, Given())
    return {
        "ask": question.ask if question else words.short(id),
        "short": words.short(id),
        "who_knows": question.who_knows if question else "",
        "answer": words.answer(id, assessment.situation.answers.get(id)),
        "asked": given.ask,
        "note": given.note,
    }


def checks(found: Finding, record: Record, words: Words, basis: Basis) -> list[dict[str, Any]]:
    """The measures of one kind that concern this case, or may."""
    concerned = (m for m in found.measures if m.check.basis is basis and m.concerns is not Truth.NO)
    answers, language = record.answers, _language(found, words)
    return [_check(measure, answers.get(measure.check.id, Given()), words, language) for measure in concerned]


def _check(measure: Measure, given: Given, words: Words, language: str) -> dict[str, Any]:
    state = _STATE.get(measure.answer, "open")
    return {
        "ask": measure.check.ask,
        "cites": words.cites(measure.check.cites),
        "state": state,
        "answer": words.label(measure.check.id, measure.answer or "unanswered"),
        "is_outstanding": measure.outstanding is Truth.YES,
        "unproved": words.labels["report"]["no_evidence"] if state == "done" and not given.evidence else "",
        "wanted": measure.check.evidence if not given.evidence and state not in ("aside", "explained") else "",
        "certainty": certainty(measure.check.certainty, words),
        "source_words": _source_words(measure.check, language),
        **long_form(given, words),
    }


def long_form(given: Given, words: Words) -> dict[str, Any]:
    """Who answered, when, with which remark and evidence."""
    return {
        "note": given.note,
        "reason": given.reason,
        "published": given.published,
        "owner": given.owner,
        "asked": given.ask,
        "due": day(given.due, words),
        "by": given.by,
        "at": moment(given.at, words),
        "proof": [_evidence(item, words) for item in given.evidence],
    }


def day(given: date | None, words: Words) -> str:
    return words.day(given) if given else ""


def moment(given: datetime | None, words: Words) -> str:
    return words.day(given.date()) if given else ""


def _evidence(item: Evidence, words: Words) -> dict[str, str]:
    return {"at": item.at, "shows": item.shows, "on": day(item.on, words)}


def _sample(sample: Sample, words: Words) -> dict[str, Any]:
    return {
        "use": sample.use,
        "says": [_in(language, text, words) for language, text in sample.says.items()],
        "insufficient": [_in(language, text, words) for language, text in sample.insufficient.items()],
        "because": sample.because,
    }


def _in(language: str, text: str, words: Words) -> dict[str, str]:
    return {"language": language, "name": words.labels["languages"].get(language, language), "text": text}
