"""What moved since an earlier time, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tenken.lines import wrap
from tenken.words import Words


def text(moved: dict[str, Any], words: Words, columns: int) -> str:
    return "\n".join(line for line in _lines(moved, words, columns)) + "\n"


def _lines(moved: dict[str, Any], words: Words, columns: int) -> Iterator[str]:
    yield from wrap(moved["note"], columns)
    for group in moved["groups"]:
        yield ""
        yield group["heading"]
        for said in filter(None, (*group["told"], group["none"])):
            yield from wrap(said, columns, "    ", "  ")
        for row in group["rows"]:
            yield from wrap(f"{row['id']} {row['title']}", columns, "    ", "  ")
            yield from wrap(f"{row['before']} → {row['now']}", columns, "      ", "    ")
    if moved["answers"]:
        yield ""
        yield words.labels["since"]["answers"]
    for answer in moved["answers"]:
        yield from wrap(answer["short"], columns, "    ", "  ")
        yield from wrap(f"{answer['before']} → {answer['now']}", columns, "      ", "    ")
