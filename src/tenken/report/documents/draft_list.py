"""Which documents help a record: the gaps that each serves, and what is still to be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen
from tenken.records.record import Record
from tenken.report.documents.draft import build_draft
from tenken.report.documents.draft_types import BlankView
from tenken.report.documents.material import DraftMaterial
from tenken.rules.logic import Truth
from tenken.rules.outline import Outline, load_outlines


class HelpfulDraft(Frozen):
    """A document that can be drafted for a record, the findings it helps with, and how much of it is blank."""

    material: DraftMaterial
    helps: tuple[Finding, ...]
    blanks: int


def list_drafts(record: Record, assessment: Assessment, wording: Wording) -> list[HelpfulDraft]:
    """The documents that help with something that applies, or may."""
    library, situation = assessment.library, assessment.situation
    found = []
    for outline in load_outlines(library.language).values():
        helped = tuple(list_helped_findings(outline, assessment.findings))
        if helped:
            material = DraftMaterial(outline, record, library, situation, wording)
            found.append(HelpfulDraft(material, helped, len(build_draft(material)["blanks"])))
    return found


def list_helped_findings(outline: Outline, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings a document helps with, unless what they are about does not apply."""
    return (each for each in findings if each.requirement.id in outline.helps and each.applies is not Truth.NO)


def render_draft_lines(draft: HelpfulDraft, wording: Wording) -> Iterator[str]:
    """A document with how much of it is blank, and below it what it helps with and how that stands."""
    outline = draft.material.outline
    blanks = wording.render_count("draft.blanks", draft.blanks)
    yield f"{outline.id}  {wording.add_in_brackets(outline.title, blanks)}"
    for finding in draft.helps:
        said = wording.join_heading(finding.requirement.title, wording.render_status(finding))
        yield f"  {finding.requirement.id}  {said}"


def list_blank_lines(material: DraftMaterial) -> Iterator[str]:
    """What is to be filled in, a line each: the id that answers it, what it is, and who would know."""
    wording = material.wording
    return (_render_blank_line(blank, wording) for blank in build_draft(material)["blanks"])


def _render_blank_line(blank: BlankView, wording: Wording) -> str:
    who = wording.join_heading(wording.labels["draft"]["who"], blank["who"]) if blank["who"] else ""
    said = wording.join_heading(blank["place"], blank["ask"])
    return "  ".join(part for part in (blank["id"] or "-", wording.add_in_brackets(said, who) if who else said))
