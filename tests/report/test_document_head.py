"""A report filed as a document: its head, who signed it, what its words mean; from the record or from the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.page_text import read_page_text
from tenken.assessment.status import Standing
from tenken.assessment.wording import load_labels
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.message_catalog import list_languages
from tenken.records.record import SignOff
from tenken.records.record_file import parse_record

PLAIN = "tenken: 2\nsystem: Acme Help\nchecklists: [japan-quick-check]\nanswers: {where: japan}\n"
HEAD = """\
document:
  department: Quality
  number: QM-14
  version: 1.1
  confidentiality: Internal
  recipients: [The board, Internal audit]
  history: {version: 1.1, on: 2026-10-05, what: First issue, by: Jun}
"""
SIGNED = """\
signed_off:
  - {by: Jun Ito, on: 2026-11-20, role: drafted, position: Engineer}
  - {by: Mia Mori, on: 2026-11-21, role: checked}
"""
HOUSE = "document:\n  company: Acme GmbH\n  department: Legal\n  recipients: Supervisory board\n"


def report(folder: Path, text: str, language: str = "en", form: str = "html") -> str:
    (folder / "acme.yaml").write_text(text, "utf-8")
    done = run_tenken(
        "report", folder / "acme.yaml", "--as-of", "2026-11-23", "--format", form, "-o", "-", language=language
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("form", ["html", "md"])
def test_what_the_record_says_of_its_document_is_shown(tmp_path: Path, form: str) -> None:
    said = read_text(report(tmp_path, PLAIN + HEAD + SIGNED, form=form), form)
    for words in ("Internal", "QM-14", "Quality", "The board, Internal audit", "First issue", "5 October 2026"):
        assert words in said
    for words in ("Drafted", "Checked", "Approved", "Jun Ito", "Engineer", "20 November 2026", "Mia Mori"):
        assert words in said


def read_text(page: str, form: str) -> str:
    return read_page_text(page) if form == "html" else page


@pytest.mark.parametrize("form", ["html", "md"])
def test_nothing_is_shown_of_a_document_where_nothing_is_said(tmp_path: Path, form: str) -> None:
    said = report(tmp_path, PLAIN, form=form)
    assert "Drafted" not in said
    assert 'class="filed"' not in said


def test_the_japanese_page_has_a_box_for_each_seal(tmp_path: Path) -> None:
    page = report(tmp_path, PLAIN + HEAD + SIGNED, "ja")
    assert [word in read_page_text(page) for word in ("起案", "確認", "承認", "第1.1版", "2026年11月20日")] == [
        True
    ] * 5
    assert page.count('class="unsigned"') == 1


def test_the_house_says_what_a_record_leaves_open(tmp_path: Path) -> None:
    (tmp_path / "house-rules").mkdir()
    (tmp_path / "house-rules" / "document.yaml").write_text(HOUSE, "utf-8")
    alone, both = (read_page_text(report(tmp_path, text)) for text in (PLAIN, PLAIN + HEAD))
    assert "Acme GmbH" in alone
    assert "Legal" in alone
    assert "Supervisory board" in alone
    assert "Acme GmbH" in both
    assert "Legal" not in both
    assert "Supervisory board" not in both


def test_a_mistake_in_the_head_of_the_house_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "house-rules").mkdir()
    (tmp_path / "house-rules" / "document.yaml").write_text("document: {compny: Acme}\n", "utf-8")
    (tmp_path / "acme.yaml").write_text(PLAIN, "utf-8")
    done = run_tenken("report", tmp_path / "acme.yaml", "-o", "-")
    assert done.returncode == 2
    assert "document.yaml:1:12: compny is not a key here; did you mean company?" in done.stderr


def test_the_example_of_the_guide_is_read(tmp_path: Path) -> None:
    guide = (find_shipped_folder("templates") / "README.md").read_text("utf-8")
    (shown,) = re.findall(r"```yaml\n(document:.*?)```", guide, re.DOTALL)
    said = read_page_text(report(tmp_path, PLAIN + shown))
    assert all(words in said for words in ("QM-14", "Internal audit", "Ada Braun", "Answers of the vendor"))


def test_one_sign_off_is_read_as_an_approval_for_good() -> None:
    old = parse_record(b"tenken: 1\nsystem: X\nsigned_off: {by: Mia, on: 2026-11-20}\n", "x.yaml")
    assert isinstance(old.approval, SignOff)
    assert old.approval.by == "Mia"


def test_only_an_approval_signs_a_report_off(tmp_path: Path) -> None:
    approved = "  - {by: Ada, on: 2026-11-22, role: approved}\n"
    assert "signed off" not in report(tmp_path, PLAIN + "status: final\n" + SIGNED)
    assert "signed off by Ada on 22 November 2026" in report(tmp_path, PLAIN + "status: final\n" + SIGNED + approved)


def test_a_signature_of_a_day_to_come_is_told(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(PLAIN + "signed_off: {by: Mia, on: 2999-01-01}\n", "utf-8")
    done = run_tenken("validate", tmp_path / "acme.yaml")
    assert done.returncode == 0
    assert "1 January 2999" in done.stderr


@pytest.mark.parametrize("language", list_languages())
def test_every_word_for_a_status_is_defined(language: str) -> None:
    assert {*Standing} <= load_labels(language)["meanings"].keys()


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_report_says_what_its_words_mean(tmp_path: Path, form: str) -> None:
    said = read_text(report(tmp_path, PLAIN, form=form), form)
    assert re.search(r"Not yet taken up\W+It applies, and something that the text itself", said)
    assert "Prohibited" not in said
