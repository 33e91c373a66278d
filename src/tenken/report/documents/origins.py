"""Where each paragraph of a draft comes from, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tenken.assessment.wording import Wording
from tenken.records.record import NO_ANSWER, GivenAnswer
from tenken.report.documents.fillings import Blank, build_blank
from tenken.report.documents.material import DraftMaterial
from tenken.rules.outline import OutlineLine, list_line_fillings


def render_blank(blank: Blank, wording: Wording) -> str:
    """What stands in the text where something is missing."""
    labels = wording.labels["draft"]
    asked = blank.ask.rstrip("?？。.")
    pattern = labels["blank_who"] if blank.who else labels["blank"]
    return str(pattern.format(ask=asked, who=blank.who.rstrip("。.")))


def render_line_origin(line: OutlineLine, material: DraftMaterial) -> str:
    """The answers that a paragraph puts into words, or that its words are those of the outline."""
    ids = [id for id in list_line_fillings(line) if id in material.record.answers]
    labels = material.wording.labels["draft"]
    told = [_render_answer_origin(id, material) for id in ids]
    own = [] if line.answer else [labels["from_outline"]]
    return str(material.wording.labels["marks"]["between"]).join((*told, *own))


def render_claim_origin(id: str, material: DraftMaterial) -> str:
    """The check whose answer a sentence rests on, the evidence for it and the note beside it, which stays inside."""
    given = material.record.answers.get(id, NO_ANSWER)
    return str(material.wording.labels["marks"]["between"]).join(
        (_render_answer_origin(id, material), *_list_evidence(given, material.wording))
    )


def _render_answer_origin(id: str, material: DraftMaterial) -> str:
    given = material.record.answers.get(id, NO_ANSWER)
    signed = material.wording.join_list((given.by, material.wording.render_day(given.at) if given.at else ""))
    asked = build_blank(id, given, material).ask
    pattern = material.wording.labels["draft"]["from_answer" if signed else "from_unsigned_answer"]
    return str(pattern.format(ask=asked, signed=signed, id=id))


def _list_evidence(given: GivenAnswer, wording: Wording) -> Iterator[str]:
    labels = wording.labels["draft"]
    for item in given.evidence:
        yield wording.join_heading(labels["evidence"], item.at)
    if given.note:
        yield wording.join_heading(labels["note_inside"], given.note)
