"""Rows as text and back; what many rows share, and most share nearly all of their judgement, is rendered once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from tenken.assessment.judgement import Timing
from tenken.assessment.status import Standing, Status
from tenken.assessment.system_row_types import Applies, PortfolioRow, RequirementRow, SystemRow, SystemStage
from tenken.records.acceptance import AcceptanceEnd
from tenken.rules.requirement import Force

_MOST_TEXTS = 50_000
_ROW_WORDS: Mapping[str, Mapping[str, type]] = {
    "requirements": {"force": Force, "applies": Applies, "status": Status, "standing": Standing, "timing": Timing},
    "accepted": {"ended": AcceptanceEnd},
}
"""What the words of a row are, by the list they stand in."""


class KeptRow(NamedTuple):
    """A row that is there as text: the file of its record, and all that follows."""

    file: str
    text: str

    def render(self) -> str:
        """The row as JSON in one line."""
        return f'{{"file": {_render_row_json(self.file)}, {self.text}'

    def parse(self) -> SystemRow:
        row: dict[str, Any] = json.loads(self.render())
        row["stage"] = SystemStage(row["stage"])
        for key, words in _ROW_WORDS.items():
            for entry in row[key]:
                for name, kind in words.items():
                    entry[name] = None if entry[name] is None else kind(entry[name])
        return cast("SystemRow", row)


FoundRow = PortfolioRow | KeptRow


def parse_found_row(row: FoundRow) -> PortfolioRow:
    return row.parse() if isinstance(row, KeptRow) else row


class RowTexts:
    def __init__(self) -> None:
        self._kept: dict[int, tuple[RequirementRow, str]] = {}

    def render(self, row: FoundRow) -> str:
        """A row as JSON in one line."""
        if isinstance(row, KeptRow):
            return row.render()
        return self.keep(row).render() if "system" in row else _render_row_json(row)

    def keep(self, row: SystemRow) -> KeptRow:
        own = _render_row_json({key: value for key, value in row.items() if key not in ("file", "requirements")})
        requirements = ", ".join(map(self._render_requirement, row["requirements"]))
        return KeptRow(row["file"], f'{own[1:-1]}, "requirements": [{requirements}]}}')

    def _render_requirement(self, requirement: RequirementRow) -> str:
        # The row is kept beside its text, so that nothing else can come to have its number.
        kept = self._kept.get(id(requirement))
        if kept is None:
            if len(self._kept) > _MOST_TEXTS:
                self._kept.clear()
            kept = self._kept[id(requirement)] = (requirement, _render_row_json(requirement))
        return kept[1]


def _render_row_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
