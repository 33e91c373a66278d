"""What `explain` takes and says, and `diff` of two systems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import ROOT
from tenken.records.record_file import open_record

CHATBOT = ROOT / "examples" / "support-chatbot.yaml"


@pytest.mark.parametrize("said", ["eu-50-2", "Article 50(2)", "art. 50 (2)", "第５０条第2項", "so that it can be"])
def test_explain_takes_a_citation_of_either_language_or_a_part_of_the_title(said: str) -> None:
    why = run_tenken("explain", CHATBOT, said)
    assert why.returncode == 0
    assert why.stdout.startswith("EU-50-2  Mark what the system makes")
    assert why.stdout.count("\nEU-") == 0


def test_a_passage_names_all_that_stands_in_it_and_no_other() -> None:
    headlines = [line for line in run_tenken("explain", CHATBOT, "Article 50").stdout.splitlines() if line[:3] == "EU-"]
    assert len(headlines) > 3
    assert all(line.startswith("EU-50-") for line in headlines)


def test_what_is_no_requirement_is_answered_with_what_is_near() -> None:
    done = run_tenken("explain", CHATBOT, "Article 50(22)")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "did you mean Article 50(2)?" in done.stderr


def test_explain_without_an_id_is_a_page_the_most_pressing_first() -> None:
    page = run_tenken("explain", CHATBOT, "--as-of", "2026-11-23").stdout.splitlines()
    assert len(page) <= 24
    assert page[0].startswith("EU AI Act: ")
    assert page[1].startswith("  EU-50-1  Tell people that they are dealing with AI: Gap, since")
    assert page[3].startswith("  EU-4  Support the AI literacy")
    assert page[4].startswith("  Not applicable: ")
    whole = run_tenken("explain", CHATBOT, "--all", "--as-of", "2026-11-23").stdout.splitlines()
    assert len(whole) > 40
    assert any(line.startswith("  EU-5-1") or ": Not applicable" in line for line in whole)


def test_diff_says_first_that_two_systems_are_compared(tmp_path: Path) -> None:
    record = tmp_path / "other.yaml"
    record.write_text(CHATBOT.read_text("utf-8").replace("system: ", "system: Other "), "utf-8")
    said = run_tenken("diff", CHATBOT, record).stdout
    assert said.startswith("Two different systems are compared: ")
    assert not run_tenken("diff", record, record).stdout.startswith("Two")
    told = json.loads(run_tenken("report", record, "--since", CHATBOT, "--format", "json", "-o", "-").stdout)
    assert told["since"]["system"] == open_record(CHATBOT).record.system
    assert (
        "Two different systems" in run_tenken("report", record, "--since", CHATBOT, "--format", "md", "-o", "-").stdout
    )
