"""Which measures are met by somebody's word alone, once their evidence was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.measure_proof import list_met_measures
from tenken.messages.message_catalog import phrase
from tenken.records.evidence import is_pinned
from tenken.records.evidence_files import SeenEvidence, look_at_evidence
from tenken.records.evidence_lines import phrase_fault
from tenken.records.record_file import RecordFile

UnshownMeasure = tuple[str, tuple[SeenEvidence, ...]]
"""A check that is met by somebody's word alone, with what was seen of its evidence."""


def list_unshown_measures(
    findings: Iterable[Finding], assessment: Assessment, record_file: RecordFile
) -> Iterator[UnshownMeasure]:
    """Each check of the text answered with yes of which nothing pinned shows that it still holds, with its evidence.

    What has a piece of evidence with a fault is among them, too.
    """
    seen: dict[str, list[SeenEvidence]] = {}
    day, library = assessment.situation.as_of, assessment.library
    for one in look_at_evidence(record_file.record, library, record_file.folder, day):
        seen.setdefault(one.check, []).append(one)
    for finding in findings:
        for measure in list_met_measures(finding):
            id = measure.check.id
            found = tuple(seen.get(id, ()))
            if any(one.faults for one in found) or not any(is_pinned(one.item) for one in found):
                yield id, found


def render_unshown_measure(unshown: UnshownMeasure) -> str:
    """One line: the check, and what is wrong with its evidence, or that nothing is pinned."""
    id, found = unshown
    faulty = next((one for one in found if one.faults), None)
    if faulty:
        says = phrase_fault(faulty.faults[0], faulty)
        return phrase("{check}: {evidence}: {faults}", check=id, evidence=faulty.item.at, faults=says)
    return phrase("{check}: said, not shown; no evidence for it is pinned", check=id)
