"""The report as PDF where WeasyPrint is installed, and one plain line where it is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pdfua import validate

from support.command_line import run_tenken
from support.paths import TENKEN
from support.sample_reports import golden_view
from tenken.files.bounded_process import Limits
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.report import pdf
from tenken.report.formats import PDF_REPORT, choose_report_format
from tenken.report.pages import render_html_report
from tenken.report.pdf import _paint_pictures, make_pdf

CHATBOT = find_shipped_folder("examples") / "support-chatbot.yaml"
LETTERHEAD = find_shipped_folder("examples") / "letterhead"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "any browser prints the HTML report to PDF, too"), ("ja", "ブラウザーからPDFに印刷することもできます")],
)
@pytest.mark.parametrize("mistake", ["ImportError", "OSError('cannot load library libpango')"])
def test_without_weasyprint_one_line_says_what_to_do(
    mistake: str, language: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text(f"raise {mistake}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    target = tmp_path / "report.pdf"
    done = run_tenken("report", CHATBOT, "-o", target, language=language)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("--format: ")
    assert "pip install 'tenken[pdf]'" in done.stderr
    assert words in done.stderr
    assert not target.exists()


def test_a_picture_carries_its_colours() -> None:
    """WeasyPrint draws a picture without the style of the page."""
    painted = _paint_pictures(render_html_report(golden_view("typical")))
    picture = painted[painted.index('<svg class="time"') :]
    style = picture[picture.index("<style>") : picture.index("</style>")]
    for rule in ("rect.gap{fill:#9a3c14}", ".time circle{fill:#1d2126;", ".time .now{stroke:#1c4f8f;"):
        assert rule in style
    assert "var(" not in style
    assert "#f0a683" not in style


def test_the_report_becomes_a_tagged_pdf(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    target = tmp_path / "report.pdf"
    for _ in range(2):
        done = run_tenken("report", CHATBOT, "--as-of", "2026-11-23", "-o", target)
        assert done.returncode == 0, done.stderr
    made = target.read_bytes()
    assert made.startswith(b"%PDF-1.7")
    assert choose_report_format("pdf").is_format_of(made)
    command = [*TENKEN, "report", str(CHATBOT), "--as-of", "2026-11-23", "--format", "pdf", "-o", "-"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == made


def test_a_letterhead_is_on_the_pdf_too() -> None:
    pytest.importorskip("weasyprint")
    view = golden_view("typical")
    pages = (render_html_report(view, LETTERHEAD), render_html_report(view))
    assert make_pdf(pages[0], PDF_REPORT) != make_pdf(pages[1], PDF_REPORT)


@pytest.mark.parametrize("limits", [Limits(seconds=1, megabytes=2048), Limits(seconds=60, megabytes=100)])
def test_a_pdf_takes_only_its_time_and_its_memory(limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("weasyprint")
    monkeypatch.setattr(pdf, "PDF_LIMITS", limits)
    with pytest.raises(Problems) as found:
        make_pdf(render_html_report({**golden_view("typical"), "extent": "full"}), PDF_REPORT)
    assert str(found.value) == (
        f"--format: this PDF takes more than {limits.seconds} seconds or {limits.megabytes} MiB;"
        " any browser prints the HTML report to PDF"
    )


@pytest.mark.parametrize("extent", ["summary", "main", "full"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_nothing_is_found_wrong_with_the_tags_of_a_pdf(language: str, extent: str, tmp_path: Path) -> None:
    """As far as `pdfua` checks; that no heading is empty it cannot tell of all our files."""
    pytest.importorskip("weasyprint")
    target = tmp_path / "report.pdf"
    page = render_html_report({**golden_view("typical", language=language), "extent": extent})
    target.write_bytes(make_pdf(page, PDF_REPORT))
    found = validate(str(target))
    assert [f"{each.rule_id} {each.message}" for each in found.findings] == []
