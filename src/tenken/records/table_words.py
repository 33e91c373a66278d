"""The words of a table of answers: its headings and the labels of its answers, in whichever language it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from tenken.files.frozen_classes import Frozen

RULES_MARK = "tenken"
"""What begins a row that says against which state of a checklist a workbook is answered."""


def fold_label(said: str) -> str:
    """A label without what people change when they type it: width, case, spaces, and the dots at its end."""
    return " ".join(unicodedata.normalize("NFKC", said).casefold().split()).rstrip(" .…。")


class TableWords(Frozen):
    """How a table of answers is read, whichever language it is in.

    `headings` are folded headings with what their columns hold, `marks` the folded answers to each of several choices;
    `find_word` finds the word of a record for a folded label of a question, `list_labels` says which there are.
    """

    headings: Mapping[str, str]
    titles: Mapping[str, str]
    """What each column is called in the language in use."""
    marks: Mapping[str, str]
    find_word: Callable[[str, str], str]
    list_labels: Callable[[str], Sequence[str]]
    list_mark_labels: Callable[[Sequence[str]], Sequence[str]]
