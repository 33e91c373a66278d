"""The first and the last day there is, in each place of a checklist where a day stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import SMALL

TEXT = SMALL.read_text("utf-8")
DAYS = sorted(set(re.findall(r"\d{4}-\d\d-\d\d", TEXT)))
SCENARIOS = "checklists: [small.yaml]\nscenarios:\n- {name: a, on: 2026-11-23, expect: {}}\n"


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("day", DAYS)
def test_no_day_is_beyond_the_calendar(day: str, edge: str, tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(TEXT.replace(day, edge), "utf-8")
    (tmp_path / "scenarios.yaml").write_text(SCENARIOS, "utf-8")
    for command in (
        *(("validate", "small.yaml"), ("checklists", "show", "small.yaml")),
        ("checklists", "test", "scenarios.yaml", "--coverage", "--write", "more.yaml"),
    ):
        assert run_tenken(*command, cwd=tmp_path).returncode in (0, 1, 2)
