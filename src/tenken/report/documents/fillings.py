"""What an answer puts into a document: words, or a blank that says what is missing and who would know."""

from __future__ import annotations

from collections.abc import Iterable

from tenken.files.frozen_classes import Frozen
from tenken.records.record import NO_ANSWER, GivenAnswer
from tenken.report.documents.material import DraftMaterial
from tenken.rules.answer_kinds import UNSURE, write_answer
from tenken.rules.logic import Condition, list_atoms
from tenken.rules.requirement import MET


class Blank(Frozen):
    """What is to be filled in; the id of the answer that does, what is asked, and who would know."""

    id: str
    ask: str
    who: str = ""


Filling = tuple[str, ...] | Blank
"""Paragraphs, or what is missing."""


def find_filling(id: str, material: DraftMaterial) -> Filling:
    """What stands in a document for an id in braces: what the record says of itself, or an answer."""
    record, labels = material.record, material.wording.labels["draft"]
    own = {
        "system": record.system,
        "organisation": record.organisation,
        "release": record.release,
        "day": material.wording.render_day(material.situation.as_of),
    }
    if id in own:
        return (own[id],) if own[id] else Blank(id, labels[id])
    given = record.answers.get(id, NO_ANSWER)
    if id in material.texts:
        said = tuple(split_paragraphs(word for word in given.answer if word != UNSURE))
    else:
        said = _render_judged_answer(id, material)
    return said or build_blank(id, given, material)


def split_paragraphs(words: Iterable[str]) -> Iterable[str]:
    """Each line of what somebody wrote, without blanks around it."""
    return (line.strip() for word in words for line in word.splitlines() if line.strip())


def _render_judged_answer(id: str, material: DraftMaterial) -> tuple[str, ...]:
    """An answer of which somebody is sure, as a reader sees it."""
    value = material.situation.answers.get(id)
    if not value or UNSURE in write_answer(value):
        return ()
    return (material.wording.render_answer(id, value),)


def build_blank(id: str, given: GivenAnswer, material: DraftMaterial) -> Blank:
    """What is asked for an answer, and who would know: whoever was named, else who usually does."""
    rules = material.all_rules
    question = material.texts.get(id) or rules.questions.get(id)
    if question:
        return Blank(id, question.short, given.ask or question.who_knows)
    check = material.library.checks.get(id) or rules.checks.get(id)
    return Blank(id, check[1].ask if check else id, given.ask or given.owner)


def is_claim_answered(id: str, material: DraftMaterial) -> bool:
    """Whether a check is in place, by the answer."""
    return material.situation.answers.get(id) == (MET,)


def build_condition_blank(condition: Condition, material: DraftMaterial) -> Blank:
    """The first answer that is missing to know whether a condition holds."""
    ids = [fact.question for fact in list_atoms(condition)]
    answers = material.situation.answers
    open_ids = [id for id in ids if not answers.get(id) or UNSURE in write_answer(answers[id])]
    id = (open_ids or ids)[0]
    return build_blank(id, material.record.answers.get(id, NO_ANSWER), material)
