"""`tenken marks --write`: what every file shows becomes evidence in the record, and no answer changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import ROOT, TESTS
from tenken.records.record import Evidence
from tenken.records.record_file import open_record

SAMPLES = TESTS / "marks" / "samples"
CHATBOT = ROOT / "examples" / "support-chatbot.yaml"
MARKED, PLAIN = SAMPLES / "jpg-c2pa-ai.jpg", SAMPLES / "jpg-plain.jpg"
DAY = ("--as-of", "2026-12-10")
POINT = "EU-50-2.marked"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record, and two marked pictures in a folder beside it."""
    shutil.copy(CHATBOT, tmp_path / "acme.yaml")
    (tmp_path / "shots").mkdir()
    for name in ("jpg-c2pa-ai.jpg", "png-c2pa-ai.png"):
        shutil.copy(SAMPLES / name, tmp_path / "shots")
    return tmp_path


def write_evidence(folder: Path, *arguments: str | Path) -> str:
    done = run_tenken("marks", *arguments, "--record", "acme.yaml", "--write", *DAY, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stderr


def read_evidence(folder: Path, check: str = POINT) -> tuple[Evidence, ...]:
    return open_record(folder / "acme.yaml").record.answers[check].evidence


def test_what_every_file_shows_is_pinned_and_no_answer_changes(folder: Path) -> None:
    before = open_record(folder / "acme.yaml").record.answers
    said = write_evidence(folder, "shots")
    (piece,) = read_evidence(folder)
    assert (piece.at, piece.shows, bool(piece.on)) == ("shots/", "shown by 2 of 2 samples", True)
    assert f"{POINT}: shots/: shown by 2 of 2 samples\n" in said
    after = open_record(folder / "acme.yaml").record.answers
    assert {id: given.answer for id, given in after.items()} == {id: given.answer for id, given in before.items()}
    looked = run_tenken("evidence", "acme.yaml", cwd=folder).stdout
    assert "pinned and unchanged" in looked and "shots/: it" not in looked


def test_what_is_not_shown_by_every_file_is_not_written(folder: Path) -> None:
    shutil.copy(PLAIN, folder / "shots")
    said = write_evidence(folder, "shots")
    assert f"{POINT}: not shown by every file, so not written\n" in said
    assert said.endswith("Nothing was written into the record.\n")
    assert (folder / "acme.yaml").read_bytes() == CHATBOT.read_bytes()


def test_evidence_that_is_not_shown_any_more_is_told_and_stays(folder: Path) -> None:
    write_evidence(folder, "shots")
    shutil.copy(PLAIN, folder / "shots")
    said = write_evidence(folder, "shots")
    assert f"{POINT}: not shown by every file any more; look at its evidence\n" in said
    assert len(read_evidence(folder)) == 1
    assert "shots/: it has changed since it was pinned" in run_tenken("evidence", "acme.yaml", cwd=folder).stdout


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_later_look_takes_the_place_of_the_earlier_one_and_of_nothing_else(folder: Path, language: str) -> None:
    record = folder / "acme.yaml"
    theirs = "    evidence: [{at: shots, shows: Those of March}, {at: spec.pdf}]\n"
    record.write_text(record.read_text("utf-8").replace(f"  {POINT}:\n", f"  {POINT}:\n{theirs}"), "utf-8")
    write_evidence(folder, "shots")
    shutil.copy(SAMPLES / "webp-c2pa-ai.webp", folder / "shots")
    write_evidence(folder, "./shots/../shots", "--lang", language)
    shown = {"en": "shown by 3 of 3 samples", "ja": "サンプル3件中3件で確認"}[language]
    assert [(item.at, item.shows) for item in read_evidence(folder)] == [
        ("shots", "Those of March"),
        ("spec.pdf", ""),
        ("shots/", shown),
    ]
    held = record.read_bytes()
    assert "as it was" in write_evidence(folder, "shots") or language == "ja"
    assert record.read_bytes() == held or language == "ja"


def test_a_check_nobody_answered_stays_open(folder: Path) -> None:
    record = folder / "acme.yaml"
    kept, _, rest = record.read_text("utf-8").partition(f"  {POINT}:\n")
    record.write_text(kept + rest[rest.index("  EU-50-2.detectable:") :], "utf-8")
    write_evidence(folder, "shots")
    given = open_record(record).record.answers[POINT]
    assert (given.answer, len(given.evidence)) == ((), 1)


def test_a_single_file_is_pinned_and_so_is_the_folder_of_which_all_are_named(folder: Path) -> None:
    write_evidence(folder, "shots/jpg-c2pa-ai.jpg")
    write_evidence(folder, "shots/jpg-c2pa-ai.jpg", "shots/png-c2pa-ai.png")
    assert [(item.at, item.shows) for item in read_evidence(folder)] == [
        ("shots/jpg-c2pa-ai.jpg", "shown by the one sample"),
        ("shots/", "shown by 2 of 2 samples"),
    ]


def test_a_name_like_an_address_stays_a_file(folder: Path) -> None:
    (folder / "shots").rename(folder / "of:acme@march")
    write_evidence(folder, "of:acme@march")
    assert [item.at for item in read_evidence(folder)] == ["./of:acme@march/"]
    assert "pinned and unchanged" in run_tenken("evidence", "acme.yaml", cwd=folder).stdout


def test_a_signed_record_becomes_a_draft_and_a_log_goes_on(folder: Path) -> None:
    record = folder / "acme.yaml"
    signed = "status: final\nsigned_off: {by: Jo Maier, on: 2026-11-20}\n"
    record.write_text(record.read_text("utf-8").replace("answers:\n", f"{signed}answers:\n", 1), "utf-8")
    assert run_tenken("log", "begin", record).returncode == 0
    assert "The record was final, and is a draft again.\n" in write_evidence(folder, "shots")
    assert open_record(record).record.approval is None
    assert run_tenken("log", "verify", record).returncode == 0
    assert POINT in run_tenken("log", "show", record, POINT).stdout


def test_a_draft_that_loses_its_signature_is_told(folder: Path) -> None:
    record = folder / "acme.yaml"
    signed = "signed_off: {by: Jo Maier, on: 2026-11-20}\n"
    record.write_text(record.read_text("utf-8").replace("answers:\n", f"{signed}answers:\n", 1), "utf-8")
    assert "The record was signed off, and has to be signed off anew.\n" in write_evidence(folder, "shots")
    assert not open_record(record).record.signed_off


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("shots",), "--write: name the record to write into with --record\n"),
        (("shots", "--record", "-"), "--record: name the file of the record; what comes from a pipe cannot be saved\n"),
        ((".", "--record", "acme.yaml"), ".: the record lies here and changes with every piece of evidence; put the "),
        (("shots/jpg-c2pa-ai.jpg", MARKED, "--record", "acme.yaml"), "--write: evidence is one folder or one file; "),
        (("shots", "other", "--record", "acme.yaml"), ".: the record lies here and changes "),
        (("--compare", MARKED, PLAIN, "--record", "acme.yaml"), "--write: a comparison is no evidence; leave out "),
    ],
)
def test_what_cannot_be_pinned_is_refused(folder: Path, arguments: tuple[str | Path, ...], said: str) -> None:
    shutil.copytree(folder / "shots", folder / "other")
    done = run_tenken("marks", *arguments, "--write", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr.startswith(said)) == (2, "", True), done.stderr
    assert done.stderr.count("\n") == 1
    assert (folder / "acme.yaml").read_bytes() == CHATBOT.read_bytes()


def test_some_files_of_a_folder_do_not_stand_for_all_of_it(folder: Path) -> None:
    shutil.copy(PLAIN, folder / "shots")
    files = ("shots/jpg-c2pa-ai.jpg", "shots/png-c2pa-ai.png")
    assert run_tenken("marks", *files, "--record", "acme.yaml", "--write", *DAY, cwd=folder).returncode == 2


@pytest.mark.parametrize("form", ["html", "md", "json", "csv"])
def test_a_report_says_what_the_samples_showed(folder: Path, form: str) -> None:
    write_evidence(folder, "shots")
    run_tenken("report", "acme.yaml", "--format", form, *DAY, cwd=folder)
    assert "shown by 2 of 2 samples" in (folder / f"acme.{form}").read_text("utf-8")
