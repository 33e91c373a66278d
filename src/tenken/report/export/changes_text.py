"""What moved since an earlier time, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tenken.assessment.wording import Wording
from tenken.messages.line_breaking import wrap_text

if TYPE_CHECKING:
    from tenken.report.view.report_types import SinceView


def render_changes_text(moved: SinceView, wording: Wording, columns: int) -> str:
    return "\n".join(line for line in _list_changes_lines(moved, wording, columns)) + "\n"


def _list_changes_lines(moved: SinceView, wording: Wording, columns: int) -> Iterator[str]:
    if moved["warning"]:
        yield from wrap_text(moved["warning"], columns)
        yield ""
    yield from wrap_text(moved["note"], columns)
    for group in moved["groups"]:
        yield ""
        yield group["heading"]
        for said in filter(None, (*group["told"], group["none"])):
            yield from wrap_text(said, columns, "    ", "  ")
        for row in group["rows"]:
            yield from wrap_text(f"{row['id']} {row['title']}", columns, "    ", "  ")
            yield from wrap_text(f"{row['before']} → {row['now']}", columns, "      ", "    ")
    if moved["answers"]:
        yield ""
        yield wording.labels["since"]["answers"]
    for answer in moved["answers"]:
        yield from wrap_text(answer["short"], columns, "    ", "  ")
        yield from wrap_text(f"{answer['before']} → {answer['now']}", columns, "      ", "    ")
