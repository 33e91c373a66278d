"""A record that was answered before its rules moved, opened again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.paths import MOVED_LIGHTHOUSE
from support.scripted_prompt import Scripted
from tenken.interview.whole_interview import run_interview
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile

NOON = datetime(2027, 1, 23, 12, tzinfo=UTC)


def test_what_became_of_the_answers_is_said_in_few_lines_and_without_ids(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    answers = {"coast": GivenAnswer(("yes",)), "lamps": GivenAnswer(("white",)), "keeper": GivenAnswer(("yes",))}
    against = {"lighthouse": "2026.11 0badcafe"}
    checklists = (str(MOVED_LIGHTHOUSE),)
    RecordFile(
        path, Record(RECORD_FORMAT, "Tower", checklists=checklists, answers=answers, answered_against=against)
    ).save()
    prompt = Scripted()
    with pytest.raises(KeyboardInterrupt):
        run_interview(path, prompt, lambda: NOON, NOON.date())
    told = prompt.said[: next(place for place, line in enumerate(prompt.said) if line.startswith("Tower: "))]
    assert told == [
        "The rules have changed since this was answered: 1 answer moves along, 1 is asked again, 1 rule is new.",
        "Asked again: The keeper",
        f"Before you answer, this command says which and why: tenken update {path}",
    ]
