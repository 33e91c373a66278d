"""The report as PDF where WeasyPrint is installed, and one plain line where it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports import golden_view
from tenken.files.shipped_files import find_shipped_folder
from tenken.report.formats import choose_report_format
from tenken.report.pages import render_html_report
from tenken.report.pdf import _paint_pictures, render_pdf_report

CHATBOT = find_shipped_folder("examples") / "support-chatbot.yaml"
LETTERHEAD = find_shipped_folder("examples") / "letterhead"


def tenken(*arguments: str | Path, without: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Runs a command; `without` is a folder whose modules stand before all others."""
    path = os.pathsep.join(filter(None, [str(without or ""), *sys.path]))
    command = [sys.executable, "-m", "tenken", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": path})


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "any browser prints the HTML report to PDF, too"), ("ja", "ブラウザーからPDFに印刷することもできます")],
)
@pytest.mark.parametrize("mistake", ["ImportError", "OSError('cannot load library libpango')"])
def test_without_weasyprint_one_line_says_what_to_do(mistake: str, language: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(f"raise {mistake}\n", "utf-8")
    target = tmp_path / "report.pdf"
    done = tenken("--lang", language, "report", CHATBOT, "-o", target, without=tmp_path)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout, said.count("\n")) == (2, b"", 1)
    assert said.startswith("--format: ")
    assert "pip install 'tenken[pdf]'" in said
    assert words in said
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
        done = tenken("report", CHATBOT, "--as-of", "2026-11-23", "-o", target)
        assert done.returncode == 0, done.stderr
    made = target.read_bytes()
    assert made.startswith(b"%PDF-1.7")
    assert choose_report_format("pdf").is_format_of(made)
    assert tenken("report", CHATBOT, "--as-of", "2026-11-23", "--format", "pdf", "-o", "-").stdout == made


def test_a_letterhead_is_on_the_pdf_too(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    view = golden_view("typical")
    assert render_pdf_report(view, LETTERHEAD) != render_pdf_report(view)
