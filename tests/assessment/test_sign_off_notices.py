"""A sign-off that does not fit the record or the day is told wherever somebody might rely on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import SMALL

RECORD = """\
tenken: 2
system: Tower
checklists: [{small}]
{signed}
answers: {{where: eu}}
"""
FAULTS = [
    ("status: final", "says that it is final, and not who signed it off", "承認者が記載されていません"),
    (
        "status: final\nsigned_off: {by: Ada, on: 9999-12-01}",
        "signed off by Ada on 1 December 9999, which is later",
        "承認日（9999年12月1日、Ada）",
    ),
    ("signed_off: {by: Ada, on: 2026-11-20}", "signed off by Ada, and says all the same", "Adaが承認していますが"),
]


def record_of(tmp_path: Path, signed: str) -> Path:
    path = tmp_path / "tower.yaml"
    path.write_text(RECORD.format(small=SMALL, signed=signed), "utf-8")
    return path


@pytest.mark.parametrize(("signed", "english", "japanese"), FAULTS, ids=["unsigned", "later", "draft"])
def test_a_sign_off_that_does_not_fit_is_told(tmp_path: Path, signed: str, english: str, japanese: str) -> None:
    record = record_of(tmp_path, signed)
    for language, said in (("en", english), ("ja", japanese)):
        shown = run_tenken("report", record, "--format", "md", "-o", "-", language=language)
        checked = run_tenken("check", record, "--allow-unknown", language=language)
        validated = run_tenken("validate", record, language=language)
        assert (shown.returncode, validated.returncode) == (0, 0)
        for text in (shown.stdout.replace("\\", ""), checked.stderr, validated.stderr):
            assert "".join(said.split()) in "".join(text.split())


def test_a_sign_off_that_fits_needs_no_word(tmp_path: Path) -> None:
    record = record_of(tmp_path, "status: final\nsigned_off: {by: Ada, on: 2026-11-20}")
    for command in ("check", "validate"):
        assert "signed off" not in run_tenken(command, record).stderr
    assert run_tenken("report", record, "--format", "md", "-o", "-").stdout.count("signed off") == 1
