"""The register and the questions as workbooks: the answer first, every requirement with its reason, real days, and no
cell that is more than text."""

from __future__ import annotations

import re
import sys
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from support.sample_reports import DAY, golden_assessment
from tenken.files.table_files import LONGEST_CELL, TableSheet, read_workbook
from tenken.records.record_file import RecordFile
from tenken.report.export.register_workbook import write_register_workbook
from tenken.report.export.workbook import Column, Sheet, write_workbook
from tenken.report.formats import ReportMaterial

HOSTILE = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "<b>&\"'", "a\x00b\x1bc", "left\u202eright", "x" * 40_000)


def material_of(name: str) -> ReportMaterial:
    assessment, record, wording = golden_assessment(name)
    return ReportMaterial(RecordFile(Path("typical.yaml"), record), assessment, wording)


@cache
def register_of(name: str) -> dict[str, list[dict[str, str]]]:
    """Each sheet as rows by their headings."""
    sheets = read_workbook(write_register_workbook(material_of(name)), "r.xlsx")
    return {sheet.name.partition(":")[2].rstrip("!"): [*map_rows(sheet)] for sheet in sheets}


def map_rows(sheet: TableSheet) -> list[dict[str, str]]:
    head, *rows = sheet.rows
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_first_sheet_is_the_first_page_of_the_report() -> None:
    first, *_ = read_workbook(write_register_workbook(material_of("typical")), "r.xlsx")
    said = [row[0] for row in first.rows]
    assert first.name == "r.xlsx:Answer!"
    assert said[0].startswith("Acme Help")
    assert "What to do first" in said


def test_every_requirement_has_a_row_with_its_reason_also_where_it_does_not_apply() -> None:
    assessment, _, _ = golden_assessment("typical")
    rows = register_of("typical")["Requirements"]
    assert [row["requirement"] for row in rows] == [finding.requirement.id for finding in assessment.findings]
    assert all(row["why"] for row in rows if row["status"] == "Not applicable")


def test_days_are_days_and_what_bounds_them_stands_beside() -> None:
    assessment, record, _ = golden_assessment("typical")
    rows = {row["requirement"]: row for row in register_of("typical")["Requirements"]}
    for finding in assessment.findings:
        day = rows[finding.requirement.id]["applies from"]
        assert day == (finding.listed_day.isoformat() if finding.listed_day else "")
    dues = {row["due"] for row in register_of("typical")["Measures"] if row["due"]}
    assert dues
    assert dues <= {given.due.isoformat() for given in record.answers.values() if given.due}
    page = ZipFile(BytesIO(write_register_workbook(material_of("typical")))).read("xl/worksheets/sheet2.xml").decode()
    assert "<v>46236</v>" in page  # 2 August 2026, as spreadsheets count


def test_measures_open_answers_evidence_and_dates_have_sheets_of_their_own() -> None:
    sheets = register_of("typical")
    _, record, _ = golden_assessment("typical")
    assert [*sheets] == ["Answer", "Requirements", "Measures", "Open answers", "Evidence", "Dates"]
    assert {row["evidence"] for row in sheets["Evidence"]} == {
        item.at for given in record.answers.values() for item in given.evidence
    }
    assert all(row["question"] and row["waits for it"] for row in sheets["Open answers"])
    days = [row["date"] for row in sheets["Dates"] if row["date"]]
    assert days == sorted(days)
    (told,) = (row for row in sheets["Measures"] if row["measure"] == "HM-2.told")
    assert (told["answer"], told["owner"], told["due"]) == ("Partly", "Jun Abe", "2026-12-15")


def test_headings_stay_in_sight_can_be_filtered_and_are_printed_on_every_page() -> None:
    with ZipFile(BytesIO(write_register_workbook(material_of("typical")))) as packed:
        for number in range(2, 7):
            page = packed.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert 'state="frozen"' in page
            assert "<autoFilter" in page
            assert 'fitToPage="1"' in page
            assert 'orientation="landscape"' in page
        assert packed.read("xl/workbook.xml").decode().count("_xlnm.Print_Titles") == 5


def test_the_same_register_is_the_same_file() -> None:
    assert write_register_workbook(material_of("typical")) == write_register_workbook(material_of("typical"))


def cells_of(said: str, *more: str) -> list[str]:
    sheet = Sheet("x", [Column("a", 20)] * (1 + len(more)), [[said, *more]])
    return [*read_workbook(write_workbook([sheet], b"<x>made by tenken ", DAY, said), "x.xlsx")[0].rows[1]]


def test_no_cell_is_more_than_text_and_none_hides_anything() -> None:
    sheet = Sheet("x", [Column("=1", 20)], [[said] for said in HOSTILE])
    content = write_workbook([sheet], b"<x>made by tenken ", DAY, "=1&P\u202e<b>")
    rows = read_workbook(content, "x.xlsx")[0].rows
    said = [row[0] for row in rows[1:]]
    assert said[:4] == ["=1+1", "+1", "-1", "@x"]
    assert "left\ufffdright" in said
    assert len(said[-1]) == LONGEST_CELL
    with ZipFile(BytesIO(content)) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert not [name for name, text in parts.items() if re.search("<f>|<hyperlink|externalLink", text)]
    assert parts["xl/styles.xml"].count('quotePrefix="1"') == 1


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_any_text_can_stand_in_a_cell(said: str) -> None:
    (shown,) = cells_of(said)
    kept = [character for character in said if character.isprintable()]
    assert [character for character in shown if character.isprintable() and character != "\ufffd"] == [
        character for character in kept if character != "\ufffd"
    ]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_hostile_names_go_into_every_table_and_break_none(tmp_path: Path, language: str) -> None:
    name = "=HYPERLINK(<b>&)"
    record = tmp_path / "=cmd|x;@[1].yaml"
    head = f"tenken: 2\nsystem: '{name}'\nchecklists: [{LIGHTHOUSE}]\n"
    record.write_text(head + f"answers:\n  coast: {{answer: unsure, ask: '{name}'}}\n", "utf-8")
    for command in (("questions", record, "--for", name), ("questions", record), ("report", record)):
        for ending in ("xlsx", "csv"):
            done = run_tenken(*command, "-o", tmp_path / f"o.{ending}", "--force", language=language)
            assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        content = (tmp_path / "o.xlsx").read_bytes()
        assert any(name in cell for sheet in read_workbook(content, "o.xlsx") for row in sheet.rows for cell in row)
        assert not re.search(r'(?m)(^|[,;\t]|"|\n)=', (tmp_path / "o.csv").read_text("utf-8-sig"))


def test_the_separator_of_csv_is_chosen_and_known_again(tmp_path: Path) -> None:
    record = tmp_path / "tower.yaml"
    record.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8")
    for sign, written in ((";", ";"), ("tab", "\t"), (",", ",")):
        done = run_tenken("report", record, "-o", tmp_path / "r.csv", "--delimiter", sign)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "r.csv").read_text("utf-8-sig").startswith(f"system{written}organisation")
    for arguments, told in (
        (("-o", tmp_path / "r.csv", "--delimiter", "|"), "--delimiter: write , or ; or tab"),
        (("-o", tmp_path / "r.json", "--delimiter", ";"), "--delimiter: leave it out"),
    ):
        done = run_tenken("report", record, *arguments)
        assert (done.returncode, done.stderr.startswith(told)) == (2, True), done.stderr


def test_a_day_before_spreadsheets_count_is_a_text() -> None:
    sheet = Sheet("x", [Column("a", 20)], [[date(1850, 1, 2)], [date(1900, 3, 1)]])
    rows = read_workbook(write_workbook([sheet], b"<x>made by tenken ", DAY, ""), "x.xlsx")[0].rows
    assert [row[0] for row in rows[1:]] == ["1850-01-02", "1900-03-01"]


@pytest.mark.parametrize("library", ["xlsxwriter", "python_calamine"])
def test_without_the_extra_one_line_says_what_to_do(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "tower.yaml"
    record.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8")
    assert run_tenken("questions", record, "-o", tmp_path / "t.xlsx").returncode == 0
    (tmp_path / f"{library}.py").write_text("raise ImportError\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, library, raising=False)
    writes = ("report", record, "-o", tmp_path / "r.xlsx"), ("questions", record, "-o", tmp_path / "q.xlsx")
    for command in writes if library == "xlsxwriter" else [("assess", record, "--merge", tmp_path / "t.xlsx")]:
        done = run_tenken(*command)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "pip install 'tenken[xlsx]'" in done.stderr
    assert not (tmp_path / "r.xlsx").exists()
    assert not (tmp_path / "q.xlsx").exists()
