"""What the answers of a table are called, in every language there are words for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from tenken.assessment.wording import Wording, load_labels
from tenken.messages.message_catalog import list_languages
from tenken.records.incoming_choices import CHOICE_MARKS, ONLY_THESE
from tenken.records.table_words import TableWords, fold_label
from tenken.rules.answer_kinds import NONE
from tenken.rules.library import Library


def build_table_words(wording: Wording, language: str, load: Callable[[str], Library]) -> TableWords:
    """How a table of answers is read; `load` brings the same checklists in another language, where one is needed."""
    languages = (language, *(code for code in list_languages() if code != language))
    find_wording = cache(lambda code: wording if code == language else Wording(load(code), code))
    all_labels = [load_labels(code) for code in languages]
    marks = (ONLY_THESE, NONE, *CHOICE_MARKS)

    @cache
    def map_labels(id: str, code: str) -> Mapping[str, str]:
        return dict(reversed([*_list_folded_choices(id, find_wording(code))]))

    def find_word(id: str, folded: str) -> str:
        return next((word for code in languages if (word := map_labels(id, code).get(folded, ""))), "")

    return TableWords(
        {fold_label(title): key for labels in all_labels for key, title in labels["answer_table"]["headings"].items()},
        all_labels[0]["answer_table"]["headings"],
        {
            **{mark: mark for mark in marks},
            **{fold_label(label): mark for labels in all_labels for mark, label in _list_mark_labels(labels, marks)},
        },
        find_word,
        lambda id: list_choice_labels(id, wording),
        lambda marks: [label for _, label in _list_mark_labels(wording.labels, marks)],
    )


def list_choice_labels(id: str, wording: Wording) -> list[str]:
    """What the answers to a question are called, each as it is found again: one that has no label of its own with its
    word."""
    choices = wording.list_choices(id)
    folded = [fold_label(label) for _, label, _ in choices]
    return [
        label if folded.count(fold_label(label)) == 1 else wording.add_in_brackets(label, word)
        for word, label, _ in choices
    ]


def find_mark_label(mark: str, wording: Wording) -> str:
    """What answers one of several choices, or all of them, is called."""
    return dict(_list_mark_labels(wording.labels, [mark]))[mark]


def _list_mark_labels(labels: Mapping[str, object], marks: Sequence[str]) -> Iterator[tuple[str, str]]:
    named = {**labels["answers"], ONLY_THESE: labels["answer_table"]["only_these"]}  # type: ignore[dict-item,index]
    yield from ((mark, str(named[mark])) for mark in marks)


def _list_folded_choices(id: str, wording: Wording) -> Iterator[tuple[str, str]]:
    """What may stand for a choice, and the choice: first its label, then its word."""
    choices = wording.list_choices(id)
    yield from zip(map(fold_label, list_choice_labels(id, wording)), (word for word, _, _ in choices), strict=True)
    yield from ((spelling, word) for word, _, _ in choices for spelling in (word, word.replace("_", " ")))
