"""Answers from outside a record: read from settings or another copy, and told apart by what the record says already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.records.answer_values import has_sure_answer, is_doubtful, parse_answer_settings, read_answer_values
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.rules.answer_kinds import DOUBT, UNSURE, is_doubted_word
from tenken.rules.library import Library
from tenken.rules.outline import find_text_questions
from tenken.rules.requirement import ChosenWords


class IncomingAnswers(Frozen):
    """Answers from outside: those to what is open in a record, and those it answers otherwise."""

    new: Mapping[str, GivenAnswer]
    contradicting: Mapping[str, GivenAnswer]


def compare_incoming_answers(
    incoming: Mapping[str, GivenAnswer], record: Record, by: str, at: datetime
) -> IncomingAnswers:
    """What answers from outside add to a record, and where they contradict it; unsigned ones are signed."""
    new, contradicting = {}, {}
    for id, given in incoming.items():
        ours, theirs = record.answers.get(id), replace_fields(given, by=given.by or by, at=given.at or at)
        if not theirs.answer:
            continue
        if ours is None or not has_sure_answer(ours):
            new[id] = fill_from_old_answer(ours, theirs)
        elif set(theirs.answer) == set(ours.answer):
            continue
        elif _settles_doubt(ours.answer, theirs.answer):
            new[id] = fill_from_old_answer(ours, theirs)
        else:
            contradicting[id] = theirs
    return IncomingAnswers(new, contradicting)


def _settles_doubt(ours: ChosenWords, theirs: ChosenWords) -> bool:
    """Whether theirs says all that ours is sure of, and more than that only of what ours leaves open."""
    (sure, doubted), (their_sure, their_doubted) = map(_split_by_doubt, (ours, theirs))
    added = their_sure - sure | their_doubted
    return sure <= their_sure and (UNSURE in doubted or added <= doubted)


def _split_by_doubt(words: ChosenWords) -> tuple[set[str], set[str]]:
    """The choices somebody is sure of, and those nobody is; `unsure` among these stands for all that is not named."""
    sure = {word for word in words if word != UNSURE and not is_doubted_word(word)}
    return sure, {word.removesuffix(DOUBT) for word in words if word not in sure}


def fill_from_old_answer(old: GivenAnswer | None, new: GivenAnswer) -> GivenAnswer:
    """The new answer, with what was noted before it unless it says otherwise."""
    if old is None:
        return new
    ask = old.ask if is_doubtful(new) else ""
    return replace_fields(new, note=new.note or old.note, evidence=new.evidence or old.evidence, ask=new.ask or ask)


def read_answer_settings(
    settings: Iterable[str], record: Record, library: Library, by: str, at: datetime
) -> dict[str, GivenAnswer]:
    """Settings as answers of a record; raises `Problems` for all that mean nothing to its checklists."""
    parsed = parse_answer_settings(settings, find_text_questions(library.language))
    read_answer_values({**record.answers, **parsed}, library)
    return {
        id: replace_fields(
            record.answers.get(id, NO_ANSWER),
            answer=given.answer,
            by=by,
            at=at,
            reason="",
            published="",
            proposed=None,
        )
        for id, given in parsed.items()
    }
