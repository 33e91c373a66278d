"""An assessment as plain data for templates: every word ready to lay out, nothing left to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from tenken import __version__
from tenken.assess import Assessment, Finding, Measure, PenaltyTier, Reason, Status, Timing, WayOut
from tenken.logic import UNSURE, Truth
from tenken.model import Basis, Checklist, Evidence, Force, Given, Record, Sample
from tenken.words import Words, key

_URGENCY = (Status.GAP, Status.UNDETERMINED, Status.EXPLAINED, Status.MET, Status.NOT_APPLICABLE)


def build(assessment: Assessment, record: Record, words: Words) -> dict[str, Any]:
    """All a report shows, the most pressing findings first."""
    findings = [_finding(finding, assessment, record, words) for finding in _by_urgency(assessment.findings)]
    return {
        "tenken": __version__,
        "labels": words.labels,
        "system": record.system,
        "organisation": record.organisation,
        "stage": str(record.status),
        "signed_off": _signed_off(record, words),
        "as_of": words.day(assessment.situation.as_of),
        "as_of_iso": assessment.situation.as_of.isoformat(),
        "checklists": [_checklist(item, assessment, words) for item in assessment.library.checklists.values()],
        "findings": findings,
        "counts": _counts(assessment.findings),
        "answers": [_answer(id, record.answers[id], assessment, words) for id in _facts(record, assessment)],
        "unanswered": sum(1 for finding in findings for measure in finding["checks"] if measure["answer"] == ""),
    }


def _by_urgency(findings: Iterable[Finding]) -> list[Finding]:
    """Gaps before the undetermined before the rest; in each, prohibitions first, then the earliest date."""

    def urgency(finding: Finding) -> tuple[int, bool, date]:
        allowed = finding.requirement.force is not Force.PROHIBITION
        return _URGENCY.index(finding.status), allowed, finding.since or date.max

    return sorted(findings, key=urgency)


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    counted = Counter(key(finding.status) for finding in findings)
    return {key(status): counted[key(status)] for status in _URGENCY}


def _signed_off(record: Record, words: Words) -> dict[str, str] | None:
    return {"by": record.signed_off.by, "on": words.day(record.signed_off.on)} if record.signed_off else None


def _checklist(item: Checklist, assessment: Assessment, words: Words) -> dict[str, Any]:
    findings = [finding for finding in assessment.findings if finding.requirement.checklist == item.id]
    as_of = assessment.situation.as_of
    states = [source.state for source in item.sources.values() if source.state]
    return {
        "id": item.id,
        "title": item.title,
        "jurisdiction": item.jurisdiction,
        "about": item.about,
        "limits": item.limits,
        "force": key(item.force),
        "version": item.version,
        "digest": item.digest,
        "reviewed": words.day(item.reviewed),
        "review_by": words.day(item.review_by),
        "is_stale": as_of > item.review_by,
        "is_before_text": bool(states) and as_of < max(states),
        "sources": [
            {
                "title": source.title,
                "link": source.link,
                "state": words.day(source.state) if source.state else "",
                "note": source.note,
            }
            for source in item.sources.values()
        ],
        "counts": _counts(findings),
        "applies": sum(1 for finding in findings if finding.applies is Truth.YES),
        "penalties": [_penalty(tier) for tier in assessment.penalties if tier.checklist == item.id],
    }


def _penalty(tier: PenaltyTier) -> dict[str, Any]:
    penalty = tier.penalty
    return {"says": penalty.says, "cites": penalty.cites, "for": tier.requirements, "cases": tier.cases}


def _finding(finding: Finding, assessment: Assessment, record: Record, words: Words) -> dict[str, Any]:
    requirement = finding.requirement
    as_of = assessment.situation.as_of
    return {
        "id": requirement.id,
        "checklist": requirement.checklist,
        "title": requirement.title,
        "cites": requirement.cites,
        "says": requirement.says,
        "why": requirement.why,
        "force": key(requirement.force or ""),
        "certainty": str(requirement.certainty or ""),
        "verb": requirement.verb,
        "strength": requirement.strength,
        "official": requirement.official,
        "status": key(finding.status),
        "status_label": words.status(finding),
        "applies": finding.applies.name.lower(),
        "since": words.day(finding.since) if finding.since else "",
        "since_iso": finding.since.isoformat() if finding.since else "",
        "timing": key(finding.timing or ""),
        "timing_label": words.timing(finding, as_of),
        "days_left": (finding.since - as_of).days if finding.since and finding.timing is Timing.COMING else None,
        "date_notes": [{"says": e.says, "cites": e.cites} for e in finding.dated_by if e.says],
        "reasons": _reasons(finding.reasons, words),
        "ways_out": [_way_out(way, words) for way in finding.ways_out],
        "settled_by": [_settling(id, assessment, words) for id in finding.settled_by],
        "checks": [_check(m, record, words) for m in finding.measures if m.concerns is not Truth.NO],
        "outstanding": [m.check.id for m in finding.outstanding],
        "good_practice_open": [m.check.id for m in finding.good_practice_open],
        "notes": [{"says": note.says, "cites": note.cites} for note in finding.notes.values()],
        "remedy": requirement.remedy,
        "samples": [_sample(sample) for sample in requirement.samples.values()],
    }


def _reasons(reasons: Iterable[Reason], words: Words) -> list[str]:
    return list(dict.fromkeys(words.reason(reason) for reason in reasons))


def _way_out(way_out: WayOut, words: Words) -> dict[str, Any]:
    way = way_out.way
    return {
        "title": way.title,
        "says": way.says,
        "cites": way.cites,
        "basis": str(way.basis),
        "evidence": way.evidence,
        "stands": {Truth.YES: "relied_on", Truth.UNKNOWN: "open", Truth.NO: "refused"}[way_out.holds],
        "reasons": _reasons(way_out.reasons, words),
    }


def _settling(id: str, assessment: Assessment, words: Words) -> dict[str, str]:
    """A question that would settle something: what to ask, whom, and what is known so far."""
    question = assessment.library.questions.get(id)
    value = assessment.situation.answers.get(id)
    return {
        "id": id,
        "ask": question.ask if question else words.short(id),
        "who_knows": question.who_knows if question else "",
        "answer": words.answer(id, value),
    }


def _check(measure: Measure, record: Record, words: Words) -> dict[str, Any]:
    check = measure.check
    given = record.answers.get(check.id, Given())
    return {
        "id": check.id,
        "ask": check.ask,
        "help": check.help,
        "cites": check.cites,
        "is_text": check.basis is Basis.TEXT,
        "verb": check.verb,
        "answer": measure.answer,
        "answer_label": words.label(check.id, measure.answer or "unanswered"),
        "is_outstanding": measure.outstanding is Truth.YES,
        "is_open": measure.answer in ("", UNSURE),
        "wanted": check.evidence,
        "remedy": check.remedy,
        **_long_form(given, words),
    }


def _answer(id: str, given: Given, assessment: Assessment, words: Words) -> dict[str, Any]:
    value = assessment.situation.answers.get(id)
    return {"id": id, "short": words.short(id), "answer": words.answer(id, value), **_long_form(given, words)}


def _facts(record: Record, assessment: Assessment) -> list[str]:
    """The questions answered, in the order they are asked; the checks stand with their requirements."""
    return [id for id in assessment.library.questions if id in assessment.situation.answers and id in record.answers]


def _long_form(given: Given, words: Words) -> dict[str, Any]:
    return {
        "note": given.note,
        "reason": given.reason,
        "published": given.published,
        "owner": given.owner,
        "ask_whom": given.ask,
        "due": words.day(given.due) if given.due else "",
        "due_iso": given.due.isoformat() if given.due else "",
        "by": given.by,
        "at": _moment(given.at, words),
        "proof": [_evidence(item, words) for item in given.evidence],
    }


def _moment(moment: datetime | None, words: Words) -> str:
    return words.day(moment.date()) if moment else ""


def _evidence(item: Evidence, words: Words) -> dict[str, str]:
    return {"at": item.at, "shows": item.shows, "on": words.day(item.on) if item.on else ""}


def _sample(sample: Sample) -> dict[str, Any]:
    texts: Mapping[str, str] = sample.says
    return {"use": sample.use, "says": texts, "insufficient": sample.insufficient, "because": sample.because}
