"""An assessment as plain data for templates: every word ready to lay out, nothing left to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tenken import __version__
from tenken.answers import Given, Record
from tenken.assess import Assessment, Finding, PenaltyTier, Status
from tenken.checklist import Checklist
from tenken.model import Force
from tenken.since import Since
from tenken.view import comparison, counts, dates, plan, since, tables
from tenken.view.finding import day, finding, has_own_place, long_form, tone
from tenken.words import Words

FIRST = 5
"""How many actions, and how many open answers, the first page has room for."""

_URGENCY = (Status.GAP, Status.UNDETERMINED, Status.EXPLAINED, Status.MET, Status.NOT_APPLICABLE)
_OPEN = (Status.GAP, Status.UNDETERMINED)


def build(
    assessment: Assessment,
    record: Record,
    words: Words,
    made_from: str = "RECORD",
    digest: str = "",
    *,
    moved: Since | None = None,
) -> dict[str, Any]:
    """All a report shows; `made_from` is the name of the record's file and `digest` that of its content."""
    findings = _by_urgency(assessment.findings)
    gaps = [plan.gap(found, assessment, record, words) for found in findings if found.status is Status.GAP]
    to_settle = plan.to_settle(findings, assessment, record, words)
    return {
        **_header(assessment, record, words),
        "laws": counts.sentences(assessment, words),
        "first": gaps[:FIRST],
        "more_gaps": len(gaps) > FIRST,
        "settle": to_settle[:FIRST],
        "more_to_settle": len(to_settle) > FIRST,
        "since": since.build(moved, words) if moved else {},
        "count_tables": counts.tables(assessment, words),
        **_dates(findings, assessment, words),
        "open_tables": _open_tables(findings, gaps, assessment, words),
        "findings": [_finding(found, assessment, record, words) for found in findings if has_own_place(found)],
        "plan": plan.by_owner(gaps),
        "comparison": comparison.tables(assessment, words),
        "settled": _settled(assessment, record, words),
        "answers": [_answer(id, assessment, record, words) for id in _answered(assessment, record)],
        "checklists": _checklists(assessment, words),
        "made_from": made_from,
        "digest": digest,
    }


def _header(assessment: Assessment, record: Record, words: Words) -> dict[str, Any]:
    as_of = assessment.situation.as_of
    signed = record.signed_off
    stage = words.labels["stage"]
    by = {"by": signed.by, "on": words.day(signed.on)} if signed else {}
    facts = (id for id in assessment.library.profile.questions if id in assessment.situation.answers)
    return {
        "tenken": __version__,
        "labels": words.labels,
        "say": words.labels["report"],
        "language": words.labels["language"],
        "system": record.system,
        "organisation": record.organisation,
        "stage": stage["signed_off"].format(**by) if signed else stage[record.status],
        "as_of": words.day(as_of),
        "as_of_iso": as_of.isoformat(),
        "facts": [_fact(id, assessment, words) for id in facts],
        "notices": list(_notices(assessment, record, words)),
    }


def _notices(assessment: Assessment, record: Record, words: Words) -> Iterator[str]:
    """What a reader must know before trusting the dates: a text or a checklist that is not of the day."""
    labels = words.labels["notice"]
    as_of = assessment.situation.as_of
    for item in assessment.library.checklists.values():
        state = _state(item)
        if state and as_of < state:
            yield labels["before_text"].format(title=item.title, as_of=words.day(as_of), state=words.day(state))
        if as_of > item.review_by:
            yield labels["stale"].format(title=item.title, date=words.day(item.review_by))
        then, now = record.answered_against.get(item.id, ""), f"{item.version} {item.digest}"
        if then and then != now:
            yield labels["answered_against"].format(title=item.title, then=then, now=now)
    if house := [measure.check.id for found in assessment.findings for measure in found.house_open]:
        yield labels["house_open"].format(ids=words.listed(house))
    if record.left_out:
        yield labels["left_out"].format(ids=", ".join(record.left_out))


def _state(item: Checklist) -> date | None:
    """The day of the newest text that was read."""
    return max((source.state for source in item.sources.values() if source.state), default=None)


def _by_urgency(findings: Iterable[Finding]) -> list[Finding]:
    """What is open before the rest, what binds before what is recommended, gaps, prohibitions, the earliest date."""

    def urgency(found: Finding) -> tuple[bool, bool, int, bool, date]:
        allowed = found.requirement.force is not Force.PROHIBITION
        pressing = _URGENCY.index(found.status)
        return found.status not in _OPEN, tone(found) == "soft", pressing, allowed, found.since or date.max

    return sorted(findings, key=urgency)


def _finding(found: Finding, assessment: Assessment, record: Record, words: Words) -> dict[str, Any]:
    actions = plan.actions(found, assessment, record, words) if found.status is Status.GAP else []
    single = [action["text"] for action in actions] == [found.requirement.remedy]
    remedy = found.requirement.remedy if actions and not single else ""
    return {**finding(found, assessment, record, words), "actions": actions, "remedy": remedy}


def _dates(findings: list[Finding], assessment: Assessment, words: Words) -> dict[str, Any]:
    rows = dates.rows(findings, assessment, words)
    return {"dates": rows, "picture": dates.picture(rows, assessment.situation.as_of) if rows else {}}


def _open_tables(
    findings: list[Finding], gaps: list[dict[str, Any]], assessment: Assessment, words: Words
) -> list[dict[str, Any]]:
    planned = {gap["id"]: gap for gap in gaps}
    still_open = [found for found in findings if found.status in _OPEN]
    rows = [tables.open_row(found, planned.get(found.requirement.id), assessment, words) for found in still_open]
    spoken = {tone(found) for found in findings}
    return [
        tables.open_table(each, [row for row in rows if row["tone"] == each], words)
        for each in counts.TONES
        if each in spoken
    ]


def _settled(assessment: Assessment, record: Record, words: Words) -> list[dict[str, Any]]:
    """What is met or does not apply, law by law in the order of the law."""
    laws = []
    for law in assessment.library.checklists.values():
        own = [found for found in assessment.findings if found.requirement.checklist == law.id]
        done = [found for found in own if found.status not in _OPEN]
        laws.append({"title": law.title, "rows": tables.settled_rows(done, assessment, record, words)})
    return [law for law in laws if law["rows"]]


def _fact(id: str, assessment: Assessment, words: Words) -> dict[str, str]:
    return {"short": words.short(id), "answer": words.answer(id, assessment.situation.answers[id])}


def _answered(assessment: Assessment, record: Record) -> list[str]:
    """Every answer that does not stand with a requirement of its own, in the order they are asked."""
    shown = {found.requirement.id for found in assessment.findings if has_own_place(found)}
    checks = (id for id, (requirement, _) in assessment.library.checks.items() if requirement.id not in shown)
    return [id for id in (*assessment.library.questions, *checks) if id in record.answers]


def _answer(id: str, assessment: Assessment, record: Record, words: Words) -> dict[str, Any]:
    value = assessment.situation.answers.get(id)
    given = record.answers.get(id, Given())
    return {"id": id, "short": words.short(id), "answer": words.answer(id, value), **long_form(given, words)}


def _checklists(assessment: Assessment, words: Words) -> list[dict[str, Any]]:
    """What was checked against; a source that several name is linked where it is named first."""
    shown = [_checklist(item, assessment, words) for item in assessment.library.checklists.values()]
    linked = set[str]()
    for source in (source for item in shown for source in item["sources"]):
        if source["link"] in linked:
            source["link"] = ""
        linked.add(source["link"])
    return shown


def _checklist(item: Checklist, assessment: Assessment, words: Words) -> dict[str, Any]:
    return {
        "title": item.title,
        "jurisdiction": item.jurisdiction,
        "about": item.about,
        "limits": item.limits,
        "house": list(item.house),
        "version": item.version,
        "digest": item.digest,
        "reviewed": words.day(item.reviewed),
        "review_by": words.day(item.review_by),
        "sources": [
            {"title": source.title, "link": source.link, "state": day(source.state, words), "note": source.note}
            for source in item.sources.values()
        ],
        "penalties": [_penalty(tier, words) for tier in assessment.penalties if tier.checklist == item.id],
    }


def _penalty(tier: PenaltyTier, words: Words) -> dict[str, Any]:
    penalty = tier.penalty
    return {
        "says": penalty.says,
        "cites": words.cites(penalty.cites),
        "requirements": list(tier.requirements),
        "cases": list(tier.cases),
    }
