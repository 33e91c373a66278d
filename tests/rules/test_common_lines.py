"""What a checklist says once for all its requirements: dates, the last day, the penalty; and any day as an answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tenken.assessment.wording import Wording
from tenken.authoring.decision_tables import render_decision_tables
from tenken.authoring.lint import validate_files
from tenken.rules.answer_kinds import NEVER, NOT_YET, UNSURE, AnswerValue
from tenken.rules.loading import read_library
from tenken.rules.logic import Is, Situation, Truth, evaluate

LAW = """\
title: A law
jurisdiction: Islands
force: obligation
version: 2026.11
reviewed: 2026-11-23
review_by: 2027-02-23
sources:
  act: {title: The act, link: https://law.example/act}
in_scope: {subject: ai_system}
applies_from:
  - {date: 2026-09-01, cites: Section 8}
applies_until:
  date: 2028-12-31
  cites: Section 9
penalty: fine
penalties:
  fine: {says: Much, cites: Section 7}
requirements:
  A-1:
    title: Tell
    cites: Section 1
    says: Tell people.
    applies_when: {placed: any_day}
    checks:
      told: {ask: Is it told, basis: text, cites: Section 1}
  A-2:
    title: Log
    cites: Section 2
    says: Log it.
    applies_when: {placed: [any_day, not_yet]}
    applies_from:
      - {date: 2026-10-01, cites: Section 2}
    applies_until: 2027-12-31
    checks:
      logged: {ask: Is it logged, basis: text, cites: Section 2}
  A-3:
    title: Be kind
    cites: Section 3
    says: Be kind.
    applies_when: {placed: any_day}
    force: recommendation
    checks:
      kind: {ask: Are you kind, basis: text, cites: Section 3}
"""


@pytest.fixture
def law(tmp_path: Path) -> Path:
    path = tmp_path / "law.yaml"
    path.write_text(LAW, "utf-8")
    return path


def test_each_requirement_takes_over_what_it_does_not_say_itself(law: Path) -> None:
    assert [str(problem) for problem in validate_files([law])] == []
    told, logged, kind = read_library([law]).requirements.values()
    assert [requirement.applies_from[0].date for requirement in (told, logged)] == [date(2026, 9, 1), date(2026, 10, 1)]
    assert [told.last_day, logged.last_day] == [date(2028, 12, 31), date(2027, 12, 31)]
    assert [requirement.penalty for requirement in (told, logged, kind)] == ["fine", "fine", ""]


def test_the_last_day_is_credited_to_its_own_clause(law: Path) -> None:
    library = read_library([law])
    lines = list(render_decision_tables(library.checklists["law"], Wording(library)))
    until = [line for line in lines if line.startswith("| until ")]
    assert until[:2] == ["| until 31 December 2028 |  | Section 9 |", "| until 31 December 2027 |  | Section 2 |"]


def test_a_penalty_for_all_that_is_not_there_is_told(law: Path) -> None:
    law.write_text(LAW.replace("penalty: fine\n", "penalty: fin\n"), "utf-8")
    assert ["did you mean fine?" in str(problem) for problem in validate_files([law])] == [True]


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (date(2026, 8, 2), Truth.YES),
        ((NEVER,), Truth.NO),
        ((NOT_YET,), Truth.NO),
        ((UNSURE,), Truth.UNKNOWN),
        (None, Truth.UNKNOWN),
    ],
)
def test_any_day_holds_once_a_day_is_named(value: AnswerValue | None, truth: Truth) -> None:
    answers = {} if value is None else {"placed": value}
    assert evaluate(Is("placed", frozenset({"any_day"})), Situation(answers, date(2026, 11, 23))) is truth


def test_a_table_shows_any_day_in_words(law: Path) -> None:
    library = read_library([law])
    assert "A day is named" in "\n".join(render_decision_tables(library.checklists["law"], Wording(library)))
    law.write_text(LAW.replace("placed: any_day", "subject: any_day"), "utf-8")
    assert any("any_day is not an answer to subject" in str(problem) for problem in validate_files([law]))
