"""A question that takes several answers, in a table of a row for each choice, as the words of a record."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tenken.files.problems import Place, suggest_instead
from tenken.records.incoming_cells import AnswerCellReader, TableRow
from tenken.records.table_words import TableWords, fold_label
from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE
from tenken.rules.library import Library

YES, NO, ONLY_THESE = "yes", "no", "only_these"
CHOICE_MARKS = (YES, NO, UNSURE)
"""What answers each choice."""
_NO_ANSWER = "{id}: {said} is not an answer; {hint}"
_NONE_TAKEN = "{id}: no choice is marked “{yes}”; mark those that are true, or choose “{unsure}” here"


def list_whole_marks(id: str, library: Library) -> tuple[str, ...]:
    """What answers a question as a whole: none of its choices, no others than are marked, or nobody is sure."""
    return (ONLY_THESE, *([NONE] if NONE in library.list_accepted_words(id) else []), UNSURE)


def list_single_choices(id: str, library: Library) -> tuple[str, ...]:
    """The choices that have a row of their own."""
    return tuple(word for word in library.list_accepted_words(id) if word not in (NONE, UNSURE))


def read_several_choices(
    id: str, rows: list[TableRow], library: Library, words: TableWords, reader: AnswerCellReader
) -> tuple[tuple[str, ...], Place]:
    """The words for what is marked, and where the answer stands; nothing where nothing is marked.

    A choice left blank is open, as is a question: beside others it is one that nobody is sure of.
    """
    answered = [row for row in rows if row.read_line("answer")]
    place = (answered or rows)[0].find_place("answer")
    before = len(reader.problems)
    whole = _read_whole(id, [row for row in answered if not row.read_line("choice")], library, words, reader)
    marks = _read_marks(id, [row for row in answered if row.read_line("choice")], library, words, reader)
    if len(reader.problems) > before or not answered:
        return (), place
    if len(whole) > 1 or (whole and whole[0] not in (NONE, UNSURE, ONLY_THESE)):
        if marks:
            text = "{id}: choices are named here and marked below; do one of them"
            reader.refuse(place, text, id=id)
        return whole, place
    said = whole[0] if whole else ""
    answer = _join_marks(said, marks, id, library)
    if not answer:
        labels = dict(zip(("yes", "unsure"), words.list_mark_labels([YES, UNSURE]), strict=True))
        reader.refuse(place, _NONE_TAKEN, id=id, **labels)
    return answer, place


def _join_marks(whole: str, marks: Mapping[str, str], id: str, library: Library) -> tuple[str, ...]:
    """The words of a record for the mark of the whole and those of the choices; empty if these do not go together."""
    choices = list_single_choices(id, library)
    by_mark = {mark: [word for word in choices if marks.get(word, "") == mark] for mark in (*CHOICE_MARKS, "")}
    taken, doubted = by_mark[YES], by_mark[UNSURE]
    if whole == NONE:
        return () if taken or doubted else (NONE,)
    if whole == UNSURE and not by_mark[NO] and not doubted:
        return (*taken, UNSURE)
    if whole != ONLY_THESE:
        doubted = [word for word in choices if word in (*by_mark[UNSURE], *by_mark[""])]
    if not taken and not doubted:
        return (NONE,) if NONE in library.list_accepted_words(id) and whole != ONLY_THESE else ()
    if doubted and len(taken) + len(doubted) == len(choices) and not by_mark[UNSURE]:
        return (*taken, UNSURE)
    return (*taken, *(word + DOUBT for word in doubted))


def _read_whole(
    id: str, rows: list[TableRow], library: Library, words: TableWords, reader: AnswerCellReader
) -> tuple[str, ...]:
    """What the row of the question says: a mark of the whole, or the choices that are true, one after the other."""
    found: tuple[str, ...] = ()
    for row in rows:
        said = reader.read_text(row, "answer")
        mark = words.marks.get(fold_label(said), "")
        if mark in list_whole_marks(id, library):
            found = (mark,)
            continue
        parts = [part for part in re.split(r"[;；\n]", said) if part.strip()]
        named = [words.find_word(id, fold_label(part)) for part in parts]
        for part in (part for part, word in zip(parts, named, strict=True) if not word):
            labels = [*words.list_mark_labels(list_whole_marks(id, library)), *words.list_labels(id)]
            hint = suggest_instead(part.strip(), list(dict.fromkeys(labels)))
            reader.refuse(row.find_place("answer"), _NO_ANSWER, id=id, said=part.strip(), hint=hint)
        found = tuple(dict.fromkeys(word for word in named if word))
    return found


def _read_marks(
    id: str, rows: list[TableRow], library: Library, words: TableWords, reader: AnswerCellReader
) -> dict[str, str]:
    """What is marked for each choice."""
    marks: dict[str, str] = {}
    choices = list_single_choices(id, library)
    for row in rows:
        word, said = row.read_line("choice"), reader.read_line(row, "answer")
        mark = words.marks.get(fold_label(said), "")
        if word not in choices:
            hint = suggest_instead(word, choices)
            reader.refuse(row.find_place("choice"), _NO_ANSWER, id=id, said=word, hint=hint)
        elif mark not in CHOICE_MARKS:
            hint = suggest_instead(said, words.list_mark_labels(CHOICE_MARKS))
            reader.refuse(row.find_place("answer"), _NO_ANSWER, id=id, said=said, hint=hint)
        elif marks.setdefault(word, mark) != mark:
            text = "{id}: {said} is marked otherwise further up; leave one of them"
            reader.refuse(row.find_place("answer"), text, id=id, said=word)
    return marks
