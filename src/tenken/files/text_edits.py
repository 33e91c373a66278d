"""Changes to stretches of a text, put together in the order of where they stand."""

from __future__ import annotations

from typing import NamedTuple


class TextEdit(NamedTuple):
    """A stretch from a character to before another, and what stands there instead.

    `rank` orders what stands at the same place: lines of a comment come directly before what they are about.
    """

    start: int
    end: int
    rank: int
    text: str
    is_lines: bool


class TextEdits:
    """Edits that are noted in any order; what is noted first stands first among those of one place."""

    def __init__(self) -> None:
        self._edits: list[TextEdit] = []

    @property
    def is_empty(self) -> bool:
        return not self._edits

    def replace(self, start: int, end: int, text: str) -> None:
        self._edits.append(TextEdit(start, end, 2 if end > start else 0, text, is_lines=False))

    def insert(self, place: int, text: str) -> None:
        self.replace(place, place, text)

    def add_lines(self, place: int, lines: str) -> None:
        """Whole lines at the start of one, or at the end of a text without a last line break."""
        self._edits.append(TextEdit(place, place, 0, lines, is_lines=True))

    def add_comment(self, place: int, text: str) -> None:
        """A comment directly before what stands at a place."""
        self._edits.append(TextEdit(place, place, 1, text, is_lines=False))

    def adds_lines_at(self, place: int) -> bool:
        return any(edit.is_lines and edit.start == place for edit in self._edits)

    def replaces(self, place: int) -> bool:
        return any(edit.start <= place < edit.end for edit in self._edits)

    def apply(self, text: str, line_break: str) -> str:
        """The text with all of them; what would stand inside a stretch that is gone stands behind it."""
        parts: list[str] = []
        cursor = 0
        for start, end, _, new, is_lines in sorted(self._edits, key=lambda edit: (edit.start, edit.rank)):
            if start > cursor:
                parts.append(text[cursor:start])
            last = next((part for part in reversed(parts) if part), "")
            if is_lines and last and not last.endswith(("\n", "\r")):
                parts.append(line_break)
            parts.append(new)
            cursor = max(cursor, end)
        return "".join(parts) + text[cursor:]
