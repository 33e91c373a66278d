"""Questions that go out as a workbook or CSV and come back: nothing lost, nothing taken wrongly, each mistake at its
cell."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.answer_strategies import everything
from support.command_line import run_tenken
from support.filled_tables import CellKey, fill_csv, fill_workbook, write_answer_cells
from support.paths import LIGHTHOUSE, MOVED_LIGHTHOUSE
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import NOWHERE
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer
from tenken.records.record_file import open_record
from tenken.rules.answer_kinds import AnswerValue, is_same_value, write_answer
from tenken.rules.library import Library, list_mentioned_ids
from tenken.rules.loading import load_library

LIBRARY = load_library([str(LIGHTHOUSE)])
USED = {id for requirement in LIBRARY.requirements.values() for id in list_mentioned_ids(requirement, LIBRARY)}
ENDINGS = ("xlsx", "csv")
FILLED: Mapping[CellKey, str | date] = {
    ("coast", "", "answer"): "Yes",
    ("coast", "", "by"): "Mia",
    ("coast", "", "at"): date(2026, 11, 20),
    ("lamps", "white", "answer"): "Yes",
    ("lamps", "red", "answer"): "Not sure",
    ("lamps", "", "note"): '=HYPERLINK("x")\nsecond line',
    ("lit", "", "answer"): date(2026, 8, 2),
    ("L-1.clean", "", "answer"): "Not applicable",
    ("L-1.clean", "", "reason"): "The glass cleans itself.",
    ("L-1.clean", "", "evidence"): "evidence/glass.pdf\n-2 degrees",
    ("L-1.shines", "", "answer"): "no",
    ("L-1.shines", "", "owner"): "Jun",
    ("L-1.shines", "", "due"): date(2026, 12, 1),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers:\n  keeper: {{answer: yes, by: Mia}}\n"
    (tmp_path / "tower.yaml").write_text(text, "utf-8")
    return tmp_path


def ask(folder: Path, ending: str, *more: str, language: str = "en") -> Path:
    """A table with every question."""
    done = run_tenken("questions", "tower.yaml", "--blank", "-o", f"t.{ending}", *more, cwd=folder, language=language)
    assert done.returncode == 0, done.stderr
    return folder / f"t.{ending}"


def fill(path: Path, filled: Mapping[CellKey, str | date]) -> None:
    (fill_workbook if path.suffix == ".xlsx" else fill_csv)(path, filled)


def merge(path: Path, *more: str, language: str = "en") -> tuple[int, str, Mapping[str, GivenAnswer]]:
    done = run_tenken("assess", "tower.yaml", "--merge", path.name, *more, cwd=path.parent, language=language)
    return done.returncode, done.stderr, open_record(path.parent / "tower.yaml").record.answers


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_filled_in_comes_back_with_who_when_and_all_that_was_noted(folder: Path, ending: str) -> None:
    table = ask(folder, ending)
    fill(table, FILLED)
    status, said, answers = merge(table, "--by", "Legal")
    assert (status, said) == (0, "5 answers taken over.\n")
    assert (answers["coast"].answer, answers["coast"].by) == (("yes",), "Mia")
    assert answers["coast"].at == datetime(2026, 11, 20, tzinfo=UTC)
    assert (answers["lamps"].answer, answers["lamps"].by) == (("white", "red?"), "Legal")
    assert answers["lamps"].note == '=HYPERLINK("x")\nsecond line'
    assert answers["lit"].answer == ("2026-08-02",)
    clean = answers["L-1.clean"]
    assert (clean.answer, clean.reason) == (("not_applicable",), "The glass cleans itself.")
    assert [item.at for item in clean.evidence] == ["evidence/glass.pdf", "-2 degrees"]
    assert (answers["L-1.shines"].owner, answers["L-1.shines"].due) == ("Jun", date(2026, 12, 1))
    assert answers["keeper"].by == "Mia"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_nobody_filled_in_changes_nothing(folder: Path, ending: str) -> None:
    before = (folder / "tower.yaml").read_bytes()
    assert merge(ask(folder, ending))[:2] == (0, "0 answers taken over.\n")
    assert (folder / "tower.yaml").read_bytes() == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_in_one_language_is_taken_by_a_reader_of_another(folder: Path, ending: str) -> None:
    table = ask(folder, ending, language="ja")
    fill(
        table,
        {
            ("coast", "", "answer"): "はい",
            ("lamps", "", "answer"): "いずれも該当しない",
            ("lit", "", "answer"): "2026年8月2日",
        },
    )
    status, told, answers = merge(table)
    assert (status, told) == (0, "3 answers taken over.\n")
    assert [answers[id].answer for id in ("coast", "lamps", "lit")] == [("yes",), ("none",), ("2026-08-02",)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_all_that_cannot_be_taken_is_told_cell_by_cell_and_nothing_is_changed(folder: Path, ending: str) -> None:
    table = ask(folder, ending)
    wrong: dict[CellKey, str | date] = {
        ("coast", "", "answer"): "Perhaps",
        ("lamps", "white", "answer"): "very",
        ("keeper", "", "note"): "ask Jun",
        ("lit", "", "answer"): "last summer",
        ("L-1.clean", "", "answer"): "Not applicable",
        ("L-1.shines", "", "answer"): "Yes",
        ("L-1.shines", "", "due"): "soon",
        ("L-1.shines", "", "note"): "turned \u202eround",
    }
    fill(table, wrong)
    before = (folder / "tower.yaml").read_bytes()
    status, said, _ = merge(table)
    place = "t.xlsx:Questions!" if ending == "xlsx" else "t.csv:"
    assert (status, (folder / "tower.yaml").read_bytes()) == (2, before)
    assert said.splitlines() == [
        f"{place}D2: coast: Perhaps is not an answer; it can be No, Not sure, Yes",
        f"{place}D4: lamps: very is not an answer; it can be No, Not sure, Yes",
        f"{place}F6: no answer stands beside this; choose one, such as “Not sure”",
        f"{place}D7: lit: last summer is not an answer; it can be Never, Not sure, Not yet",
        f"{place}F8: the character U+202E is not allowed here; delete it",
        f"{place}J8: soon is not a day; write it as 2026-08-02",
        f"{place}E9: “Not applicable” needs a reason in words here",
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_conflict_is_told_at_its_cell_and_the_rest_is_taken(folder: Path, ending: str) -> None:
    table = ask(folder, ending)
    fill(table, {("keeper", "", "answer"): "No", ("coast", "", "answer"): "Yes"})
    status, said, answers = merge(table, "--by", "Legal")
    place = "t.xlsx:Questions!D6" if ending == "xlsx" else "t.csv:D6"
    assert status == 2
    assert f"{place}: keeper: answered No (Legal, " in said
    assert (answers["keeper"].answer, answers["coast"].answer) == (("yes",), ("yes",))


@pytest.mark.parametrize(
    ("whole", "white", "red", "words"),
    [
        ("", "Yes", "No", ("white",)),
        ("", "Yes", "", ("white", "unsure")),
        ("", "No", "", ("red?",)),
        ("", "Not sure", "No", ("white?",)),
        ("", "No", "No", ("none",)),
        ("", "Not sure", "Not sure", ("white?", "red?")),
        ("Only those marked Yes", "Yes", "", ("white",)),
        ("Only those marked Yes", "", "", ()),
        ("None of these", "", "", ("none",)),
        ("None of these", "Yes", "", ()),
        ("Not sure", "", "", ("unsure",)),
        ("Not sure", "", "Yes", ("red", "unsure")),
        ("White; red", "", "", ("white", "red")),
        ("White", "", "Yes", ()),
        ("White; blue", "", "", ()),
    ],
)
def test_a_question_of_several_answers_is_marked_choice_by_choice(
    folder: Path, whole: str, white: str, red: str, words: tuple[str, ...]
) -> None:
    table = ask(folder, "csv")
    marks = {"": whole, "white": white, "red": red}
    fill(table, {("lamps", choice, "answer"): said for choice, said in marks.items() if said})
    status, said, answers = merge(table)
    assert (status, answers["lamps"].answer if "lamps" in answers else ()) == (0 if words else 2, words), said


def test_whoever_answers_may_say_so_once(folder: Path) -> None:
    done = run_tenken("questions", "tower.yaml", "--for", "The surveyor", "-o", "t.xlsx", cwd=folder)
    assert done.returncode == 0, done.stderr
    fill(folder / "t.xlsx", {("coast", "", "answer"): "Yes"})
    assert merge(folder / "t.xlsx", "--by", "Legal")[2]["coast"].by == "The surveyor"


def test_a_filled_table_is_never_replaced_and_one_as_it_came_is(folder: Path) -> None:
    table = ask(folder, "xlsx")
    before = ask(folder, "xlsx").read_bytes()
    assert table.read_bytes() == before
    fill(table, {("coast", "", "answer"): "Yes"})
    for path in (table, ask(folder, "csv")):
        done = run_tenken("questions", "tower.yaml", "-o", path.name, cwd=folder)
        assert (done.returncode, "may hold answers" in done.stderr) == (2, True)
    assert run_tenken("questions", "tower.yaml", "-o", "t.csv", "--force", cwd=folder).returncode == 0


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_however_a_spreadsheet_saved_it(folder: Path, delimiter: str, encoding: str) -> None:
    table = ask(folder, "csv", "--delimiter", delimiter if delimiter != "\t" else "tab")
    fill_csv(table, {("coast", "", "answer"): "Yes", ("coast", "", "by"): "Zoë"}, encoding=encoding)
    status, said, answers = merge(table)
    assert (status, answers["coast"].by) == (0, "Zoë"), said


def test_a_japanese_csv_is_read_and_any_other_encoding_is_told(folder: Path) -> None:
    table = ask(folder, "csv", language="ja")
    text = table.read_text("utf-8-sig").replace("–", "-")
    table.write_text(text, "utf-8")
    fill_csv(table, {("coast", "", "answer"): "はい", ("coast", "", "by"): "山田"}, encoding="cp932")
    assert merge(table)[2]["coast"].by == "山田"
    table.unlink()
    table = ask(folder, "csv")
    fill_csv(table, {("coast", "", "answer"): "Yes", ("coast", "", "by"): "Zoë"}, encoding="cp1252")
    assert merge(table)[:2] == (2, "t.csv: this is not UTF-8; save it as “CSV UTF-8”, or as a workbook (.xlsx)\n")


def test_a_workbook_answered_by_older_rules_is_carried_over_to_those_of_today(folder: Path) -> None:
    law = folder / "lighthouse.yaml"
    law.write_bytes(LIGHTHOUSE.read_bytes())
    text = "tenken: 2\nsystem: Tower\nchecklists: [lighthouse.yaml]\nanswers: {}\n"
    (folder / "tower.yaml").write_text(text, "utf-8")
    table = ask(folder, "xlsx")
    fill(table, {("coast", "", "answer"): "Yes", ("lit", "", "answer"): date(2026, 8, 2)})
    law.write_bytes(MOVED_LIGHTHOUSE.read_bytes())
    status, said, answers = merge(table)
    assert status == 0, said
    assert (answers["by_the_sea"].answer, answers["lit"].answer) == (("yes",), ("2026-08-02",))


def test_a_record_is_begun_by_the_answers_of_a_table(folder: Path) -> None:
    table = ask(folder, "csv")
    fill(table, {})
    done = run_tenken("assess", "new.yaml", "--merge", "t.csv", cwd=folder)
    assert (done.returncode, open_record(folder / "new.yaml").record.system) == (0, "new")


notes = st.text(st.sampled_from("=+-@;\t\n' \"<>&_xaé日，＝"), max_size=12)


@pytest.fixture(scope="module")
def empty_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record without answers, and its tables in both languages."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "tower.yaml").write_text(
        f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8"
    )
    for language in ("en", "ja"):
        for ending in ENDINGS:
            ask(folder, ending, language=language).rename(folder / f"{language}.{ending}")
    return folder


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["en", "ja"])
@settings(max_examples=40, deadline=None)
@given(said=everything(LIBRARY), note=notes)
def test_every_answer_survives_the_way_out_and_back(
    empty_tables: Path, language: str, said: Mapping[str, AnswerValue], note: str
) -> None:
    check_round_trip(empty_tables / f"{language}.csv", language, said, note)


@settings(max_examples=5, deadline=None)
@given(said=everything(LIBRARY), note=notes)
def test_every_answer_survives_in_a_workbook(empty_tables: Path, said: Mapping[str, AnswerValue], note: str) -> None:
    check_round_trip(empty_tables / "en.xlsx", "en", said, note)


def is_accepted(id: str, value: AnswerValue, library: Library) -> bool:
    return id in library.questions or write_answer(value)[0] in library.list_accepted_words(id)


def check_round_trip(empty: Path, language: str, said: Mapping[str, AnswerValue], note: str) -> None:
    """Each answer and each note come back as they were given."""
    wording = Wording(load_library([str(LIGHTHOUSE)], language=language), language)
    library = wording.library
    asked = {id: value for id, value in said.items() if id in USED and is_accepted(id, value, library)}
    cells: dict[CellKey, str | date] = {}
    for id, value in asked.items():
        cells |= write_answer_cells(id, write_answer(value), wording)
        cells |= {(id, "", "note"): note, (id, "", "reason"): f"so it is{note}"}
    with TemporaryDirectory() as folder:
        table = Path(shutil.copy(empty, folder))
        shutil.copy(empty.parent / "tower.yaml", folder)
        fill(table, {key: text for key, text in cells.items() if text})
        status, told, answers = merge(table, language=language)
        assert status == 0, told
    values = read_answer_values(answers, library)
    assert {id: is_same_value(values[id], value) for id, value in asked.items()} == dict.fromkeys(asked, True)
    assert {given.note for given in answers.values()} == {note.strip()}


@pytest.mark.thorough
@pytest.mark.skipif(
    not shutil.which("soffice") and not os.environ.get("TENKEN_SKIPS_NOTHING"), reason="LibreOffice is not installed"
)
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_that_libreoffice_saved_says_the_same(folder: Path, ending: str) -> None:
    table = ask(folder, "xlsx")
    fill(table, FILLED)
    (folder / "again").mkdir()
    home = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", "again", "t.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    shutil.copy(folder / "tower.yaml", folder / "again")
    assert merge(table, "--by", "Legal")[0] == 0
    assert merge(folder / "again" / f"t.{ending}", "--by", "Legal")[0] == 0
    first, again = map(bare_answers, (folder, folder / "again"))
    assert first == again


def bare_answers(folder: Path) -> dict[str, GivenAnswer]:
    """The answers of a record without where they stand in it."""
    answers = open_record(folder / "tower.yaml").record.answers
    return {id: replace_fields(given, at=None, place=NOWHERE) for id, given in answers.items()}
