"""Two laws side by side as text for a terminal: topic by topic in lines, for a table would be too wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tenken.assess import Assessment
from tenken.lines import wrap
from tenken.view import comparison
from tenken.words import Words


def text(assessment: Assessment, words: Words, columns: int) -> str:
    """Each topic with what the two laws ask, how they differ and what serves both; a sentence if there are no two."""
    tables = comparison.tables(assessment, words)
    lines = [line for table in tables for line in _table(table, words, columns)]
    lines = lines or wrap(words.labels["comparison"]["none"], columns)
    return "\n".join(lines) + "\n"


def _table(table: dict[str, Any], words: Words, columns: int) -> Iterator[str]:
    labels = words.labels["comparison"]
    yield from wrap(table["title"], columns)
    yield from wrap(labels["note"], columns)
    for row in table["rows"]:
        yield ""
        yield from wrap(f"{row['title']} · {row['relation']}", columns)
        for side in (row["left"], row["right"]):
            yield from wrap(words.headed(side["jurisdiction"], side["empty"]).rstrip(), columns, "    ", "  ")
            for found in side["findings"]:
                yield from wrap(_finding(found, words), columns, "      ", "    ")
        for name in ("difference", "one_work"):
            yield from wrap(words.headed(labels[name], row[name]), columns, "    ", "  ")


def _finding(found: dict[str, Any], words: Words) -> str:
    said = (found["status"], found["force"], found["timing"])
    return words.headed(f"{found['id']} {found['title']}", " · ".join(part for part in said if part))
