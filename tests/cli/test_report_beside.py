"""The report an interview writes: beside the record, over nothing but reports of ours, and shown on a desktop only."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from support.scripted_prompt import CHECKS, LIBRARY, Scripted, interview
from support.truthful_person import NOON
from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.cli.report_beside import ReportBeside
from tenken.files.shipped_files import find_shipped_folder
from tenken.interview.prompt import PromptKey
from tenken.interview.question_loop import Interview
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import open_record
from tenken.rules.logic import Situation


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return Path(shutil.copy(find_shipped_folder("examples") / "newsroom.yaml", tmp_path))


def written(record: Path) -> Path | None:
    file = open_record(record)
    library = load_rules_for(file.record)
    situation = Situation(read_answer_values(file.record.answers, library), date(2026, 11, 23))
    return ReportBeside(is_screen=False).write_report(file, assess_all(library, situation))


def test_it_takes_the_first_free_name_and_replaces_a_report_of_ours(record: Path) -> None:
    assert written(record) == record.with_name("newsroom.html")
    assert written(record) == record.with_name("newsroom.html")
    record.with_name("newsroom.html").write_text("<p>mine</p>", "utf-8")
    record.with_name("newsroom-2.html").mkdir()
    assert written(record) == record.with_name("newsroom-3.html")
    assert record.with_name("newsroom.html").read_text("utf-8") == "<p>mine</p>"
    record.with_name("newsroom-2.html").rmdir()
    assert written(record) == record.with_name("newsroom-2.html")


def test_what_cannot_be_written_is_said_in_a_line_and_costs_nothing(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record.with_name("newsroom.html").symlink_to("/proc/nowhere/newsroom.html")
    assert written(record) is None
    assert capsys.readouterr().err.endswith("The report could not be written; the answers are saved.\n")


@pytest.mark.parametrize(
    ("display", "is_screen", "can_open"), [(":0", True, True), ("", True, False), (":0", False, False)]
)
def test_it_is_shown_only_where_a_window_can_appear(
    monkeypatch: pytest.MonkeyPatch, display: str, is_screen: bool, can_open: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert ReportBeside(is_screen=is_screen).can_open == can_open


@pytest.mark.parametrize(("reply", "is_opened"), [("yes", True), ("no", False)])
def test_somebody_on_a_desktop_is_asked_whether_to_see_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: str, is_opened: bool
) -> None:
    browser, shown = tmp_path / "browser", tmp_path / "shown"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {shown}\n', "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setenv("DISPLAY", ":0")
    prompt = Scripted(*CHECKS[:-1], ("result",), (reply,))
    begun = interview(tmp_path / "tower.yaml", prompt)
    desk = ReportBeside(is_screen=True)
    Interview(begun.record_file, Wording(LIBRARY), prompt, lambda: NOON, NOON.date(), desk=desk).run()
    assert prompt.cards[-1].ask == "Open the report now?"
    time.sleep(0.5)
    assert shown.exists() == is_opened
    assert not is_opened or shown.read_text("utf-8") == (tmp_path / "tower.html").as_uri()


@pytest.mark.parametrize("ends", [[("result",)], []])
def test_the_report_holds_what_was_noted_after_the_result_so_far(tmp_path: Path, ends: list[tuple[str]]) -> None:
    noted = [PromptKey.BACK, PromptKey.NOTE, "ask the council", PromptKey.SKIP]
    prompt = Scripted(*CHECKS, *[("yes",), ""] * 3, *noted, *ends)
    begun = interview(tmp_path / "tower.yaml", prompt)
    desk = ReportBeside(is_screen=False)
    talker = Interview(begun.record_file, Wording(LIBRARY), prompt, lambda: NOON, NOON.date(), desk=desk)
    try:
        talker.run()
    except KeyboardInterrupt:
        talker.leave()
    assert "ask the council" in (tmp_path / "tower.html").read_text("utf-8")
