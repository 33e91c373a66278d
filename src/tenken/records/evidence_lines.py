"""Says what was found of the evidence of a record, a line each, what is wrong first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenken.messages.message_catalog import phrase, phrase_count, phrase_some_items
from tenken.records.evidence import EvidenceFault, is_pinned
from tenken.records.evidence_files import SeenEvidence


def render_evidence_lines(seen: Sequence[SeenEvidence], system: str) -> Iterator[str]:
    """What is wrong, the gravest first, then what a reader should know, then how many there are."""
    yield phrase("{system}: {evidence}", system=system, evidence=_count_evidence(seen))
    for one in sorted((one for one in seen if one.faults), key=lambda one: list(EvidenceFault).index(one.faults[0])):
        faults = phrase("; ").join(phrase_fault(fault, one) for fault in one.faults)
        yield "  " + phrase("{check}: {evidence}: {faults}", check=one.check, evidence=one.item.at, faults=faults)
    for at in dict.fromkeys(one.item.at for one in seen if one.is_outside):
        yield "  " + phrase("{evidence}: outside the folder of the record", evidence=at)
    for one in _list_shared(seen):
        users = phrase_some_items((one.check, *one.also_for), 3)
        yield "  " + phrase("{evidence}: named for {users}", evidence=one.item.at, users=users)


def _list_shared(seen: Sequence[SeenEvidence]) -> Iterator[SeenEvidence]:
    """What several answers lean on, each once."""
    yield from {one.item.at: one for one in reversed(seen) if one.also_for}.values()


def _count_evidence(seen: Sequence[SeenEvidence]) -> str:
    wrong = sum(1 for one in seen if one.faults)
    pinned = sum(1 for one in seen if is_pinned(one.item) and not one.faults)
    parts = (
        phrase_count(len(seen), "1 piece of evidence", "{count} pieces of evidence"),
        phrase_count(wrong, "1 to look at", "{count} to look at") if wrong else "",
        phrase_count(pinned, "1 pinned and unchanged", "{count} pinned and unchanged") if pinned else "",
        phrase_count(len(seen) - wrong - pinned, "1 named only", "{count} named only")
        if len(seen) > wrong + pinned
        else "",
    )
    return phrase(", ").join(filter(None, parts))


def phrase_fault(fault: EvidenceFault, one: SeenEvidence) -> str:
    return {
        EvidenceFault.MISSING: phrase("there is no such file or folder"),
        EvidenceFault.UNREADABLE: phrase("it cannot be read"),
        EvidenceFault.HOLDS_RECORD: phrase("it is or holds this record itself, and changes with each save of it"),
        EvidenceFault.TOO_LARGE: phrase("it has more than 100,000 files or 4 GiB; name what matters in it"),
        EvidenceFault.CHANGED: phrase("it has changed since it was pinned"),
        EvidenceFault.EMPTY: phrase("it is empty"),
        EvidenceFault.OVERDUE: phrase("it was good until {day}", day=one.item.review_by),
        EvidenceFault.STALE: phrase("it is older than it may be here"),
        EvidenceFault.AHEAD: phrase("it is of a day that has not come: {day}", day=one.item.on),
    }[fault]
