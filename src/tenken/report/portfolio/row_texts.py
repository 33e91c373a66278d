"""Rows as text: what many rows share, and most share nearly all of their judgement, is rendered once."""

from __future__ import annotations

import json

from tenken.assessment.system_row_types import PortfolioRow, RequirementRow

_MOST_KEPT = 50_000


class RowTexts:
    def __init__(self) -> None:
        self._kept: dict[int, tuple[RequirementRow, str]] = {}

    def render(self, row: PortfolioRow) -> str:
        """A row as JSON in one line."""
        if "system" not in row:
            return _render_json(row)
        own = _render_json({key: value for key, value in row.items() if key != "requirements"})
        return f'{own[:-1]}, "requirements": [{", ".join(map(self._render_requirement, row["requirements"]))}]}}'

    def _render_requirement(self, requirement: RequirementRow) -> str:
        # The row is kept beside its text, so that nothing else can come to have its number.
        kept = self._kept.get(id(requirement))
        if kept is None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            kept = self._kept[id(requirement)] = (requirement, _render_json(requirement))
        return kept[1]


def _render_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
