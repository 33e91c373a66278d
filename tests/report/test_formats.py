"""The table of formats: each row is made, told apart from all others, offered, and described as the table says."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from support.command_line import collect_output, run_tenken
from support.paths import ROOT
from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.message_catalog import list_languages
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import open_record
from tenken.report.formats import (
    REPORT_FORMATS,
    ReportFormat,
    ReportMaterial,
    choose_report_format,
    find_report_ending,
)
from tenken.report.report_file import save_report
from tenken.rules.logic import Situation

EXAMPLES = find_shipped_folder("examples")
CHATBOT = EXAMPLES / "support-chatbot.yaml"
LETTERHEAD = EXAMPLES / "letterhead"
FORMATS = {" ".join(filter(None, (form.part, form.name))): form for form in REPORT_FORMATS}


@cache
def material_in(language: str, letterhead: Path | None = None) -> ReportMaterial:
    file = open_record(CHATBOT)
    library = load_rules_for(file.record, language)
    assessment = assess_all(library, Situation(read_answer_values(file.record.answers, library), date(2026, 11, 23)))
    return ReportMaterial(file, assessment, Wording(library, language), letterhead=letterhead)


def file_of(form: ReportFormat, material: ReportMaterial) -> bytes:
    """A file in a format; skipped where the extra it needs is not installed."""
    try:
        return form.finish_file(form.write_content(material))
    except Problems as found:
        if form.extra and f"tenken[{form.extra}]" in str(found):
            return pytest.skip(f"{form.name} needs an extra")
        raise


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "made"


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("language", list_languages())
def test_a_format_knows_its_own_files_and_no_other_does(form: ReportFormat, language: str) -> None:
    content = file_of(form, material_in(language))
    assert [other for other in REPORT_FORMATS if other.is_format_of(content)] == [form]


@pytest.mark.parametrize("form", [form for form in REPORT_FORMATS if form.takes_letterhead], ids=lambda form: form.name)
def test_a_report_with_a_letterhead_is_known_as_well(form: ReportFormat) -> None:
    assert form.is_format_of(file_of(form, material_in("en", LETTERHEAD)))


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_file_is_replaced_by_its_own_kind_only(form: ReportFormat, target: Path) -> None:
    content = form.write_content(material_in("en")) if not form.extra else form.signature
    for mine in (b"", b"mine", b"# tenken\n\nMy notes on tenken.\n", CHATBOT.read_bytes(), *others_of(form)):
        target.write_bytes(mine)
        with pytest.raises(Problems):
            save_report(target, content, form)
        assert target.read_bytes() == mine
    save_report(target, content, form, force=True)
    before = target.read_bytes()
    save_report(target, content, form)
    assert target.read_bytes() == before


def others_of(form: ReportFormat) -> list[bytes]:
    others = [other for other in REPORT_FORMATS if other is not form and not other.extra]
    return [file_of(other, material_in("en")) for other in others]


def test_a_report_of_the_first_release_is_still_known() -> None:
    html = b'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="generator" content="tenken 0.1.0">'
    assert choose_report_format("html").is_format_of(html + b"<title>")
    assert choose_report_format("md").is_format_of(b"<!-- made by tenken 0.1.0 -->\n# Acme Help\n")
    assert choose_report_format("json").is_format_of(b'{\n  "schema_version": "1",\n  "made_by": "tenken 0.1.0",\n')
    assert choose_report_format("ics", "dates").is_format_of(b"BEGIN:VCALENDAR\r\nPRODID:-//tenken//0.1.0//EN\r\n")
    assert choose_report_format("pdf").is_format_of(b"%PDF-1.7 and so on\n%%EOF\n% made by tenken\n")


def test_the_dates_as_text_are_written_twice_and_the_screen_shows_no_signature(target: Path) -> None:
    for _ in range(2):
        assert run_tenken("report", CHATBOT, "--only", "dates", "--format", "text", "-o", target).returncode == 0
    shown = run_tenken("report", CHATBOT, "--only", "dates").stdout
    assert target.read_text("utf-8") == f"{shown}\nMade by: tenken report --only dates\n"


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_format_is_chosen_by_name_and_by_ending(form: ReportFormat) -> None:
    for said in (form.name, form.ending):
        assert choose_report_format(said, form.part) is form
        if form.takes_letterhead:
            assert choose_report_format(said, form.part, letterhead=True) is form


def test_the_first_format_of_the_whole_and_of_each_part_is_the_usual_one() -> None:
    usual = {form.part: form.name for form in reversed(REPORT_FORMATS)}
    assert usual == {"": "html", "summary": "text", "dates": "text", "comparison": "text", "forms": "html"}
    assert {part: choose_report_format("", part).name for part in usual} == usual


def test_the_help_lists_what_the_table_has() -> None:
    said, japanese = (collect_output("report", "--help", language=language).split() for language in ("en", "ja"))
    names = "|".join(dict.fromkeys(form.name for form in REPORT_FORMATS if form.part))
    assert "|".join(form.name for form in REPORT_FORMATS if not form.part) in said
    assert "|".join(dict.fromkeys(form.part for form in REPORT_FORMATS if form.part)) in said
    assert f"as --format {names}." in " ".join(said)
    assert f"--format{names}で" in "".join(japanese)


@pytest.mark.parametrize("form", [form for form in FORMATS.values() if not form.extra], ids=lambda form: form.name)
def test_a_report_without_a_name_goes_where_the_help_says(form: ReportFormat, tmp_path: Path) -> None:
    assert "If left out: a file beside the record, or text on the screen." in " ".join(
        collect_output("report", "--help", language="en").split()
    )
    record = tmp_path / "acme.yaml"
    record.write_bytes(CHATBOT.read_bytes())
    part = ("--only", form.part) if form.part else ()
    done = run_tenken("report", record, "--format", form.name, *part)
    assert done.returncode == 0, done.stderr
    made = [path.name for path in tmp_path.iterdir() if path != record]
    assert len(made) == (0 if form.on_screen else 1)
    assert all(name.startswith("acme") and name.endswith(f".{form.ending}") for name in made)
    assert bool(done.stdout) == form.on_screen


def test_an_ending_of_two_parts_is_known_as_a_whole() -> None:
    names = ("a.oscal.json", "A.OSCAL.JSON", "oscal.json", "a.b.json", "a", "a.xyz")
    endings = [find_report_ending(Path(name)) for name in names]
    assert endings == ["oscal.json", "oscal.json", "json", "json", "", "xyz"]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_what_the_table_names_is_there(form: ReportFormat) -> None:
    for name in (form.writer, form.signature):
        if isinstance(name, str):
            module, _, function = name.partition(":")
            assert callable(getattr(import_module(f"tenken.report.{module}"), function))
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert form.extra in {"", *extras}
