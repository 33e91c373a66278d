"""Evidence is looked at: whether it is there, as it was pinned, and still good; nothing is fetched, nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.command_line import run_tenken
from support.paths import SMALL
from tenken.records.evidence import add_months, is_address, is_sentence, is_shown
from tenken.records.evidence_files import MOST_PINNED_BYTES
from tenken.records.record import Evidence, GivenAnswer
from tenken.records.record_file import open_record
from tenken.rules.requirement import Basis, Check, Cites, Months, Prose

AS_OF = ("--as-of", "2026-11-23")


def write_record(folder: Path, *evidence: str) -> Path:
    """A record with two checks that are met; the first has this evidence, in flow style."""
    path = folder / "acme.yaml"
    items = ", ".join(evidence)
    path.write_text(
        f"""tenken: 2
system: Acme
checklists: [{SMALL}]
answers: # mine
  where: eu
  subject: ai_system
  eu_role: provider
  does: talks_with_people
  small_audience: public
  placed: 2026-09-01
  size: sme
  S-1.told: {{answer: yes, evidence: [{items}]}} # kept
  S-1.clear: yes
""",
        "utf-8",
    )
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notice.txt").write_text("This is an AI.", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "shots").mkdir()
    (tmp_path / "shots" / "b.png").write_bytes(b"b")
    (tmp_path / "shots" / "a.png").write_bytes(b"a")
    return tmp_path


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("{at: gone.pdf}", "there is no such file or folder"),
        ("{at: no/such/folder}", "there is no such file or folder"),
        ("{at: empty.txt}", "it is empty"),
        ("{at: notice.txt, sha256: '00'}", "it has changed since it was pinned"),
        ("{at: notice.txt, on: 2027-01-01}", "it is of a day that has not come: 2027-01-01"),
        ("{at: notice.txt, review_by: 2026-11-22}", "it was good until 2026-11-22"),
        ("{at: 'https://a.example', review_by: 2026-11-22}", "it was good until 2026-11-22"),
        ("{at: acme.yaml}", "it is or holds this record itself"),
        ("{at: acme.yaml.log.jsonl}", "it is or holds this record itself"),
        ("{at: ../}", "it is or holds this record itself"),
        ("{at: ., sha256: '00'}", "it is or holds this record itself"),
        ("{at: ''}", "there is no such file or folder"),
        ("{at: 'file:///etc/passwd'}", "there is no such file or folder"),
        ("{at: Photos of the hall, sha256: '00'}", "there is no such file or folder"),
    ],
)
def test_what_is_wrong_with_evidence_is_told_and_fails(folder: Path, evidence: str, said: str) -> None:
    done = run_tenken("evidence", write_record(folder, evidence), *AS_OF)
    assert (done.returncode, said in done.stdout) == (1, True), done.stdout


@pytest.mark.parametrize(
    "evidence",
    [
        "{at: notice.txt}",
        "{at: shots}",
        "{at: shots/}",
        "{at: 'https://a.example/page'}",
        "{at: Every call begins with it}",
        "{at: notice.txt, on: 2026-11-23, review_by: 2026-11-23}",
    ],
)
def test_evidence_that_is_there_is_fine(folder: Path, evidence: str) -> None:
    done = run_tenken("evidence", write_record(folder, evidence), *AS_OF)
    assert (done.returncode, done.stdout) == (0, "Acme: 1 piece of evidence, 1 named only\n")


def test_what_is_outside_or_named_twice_is_told_and_stops_nothing(folder: Path) -> None:
    record = write_record(folder / "shots", "{at: ../notice.txt}")
    record.write_text(
        record.read_text("utf-8").replace("clear: yes", "clear: {answer: yes, evidence: {at: ../notice.txt}}")
    )
    done = run_tenken("evidence", record, *AS_OF)
    assert done.returncode == 0
    assert "  ../notice.txt: outside the folder of the record\n" in done.stdout
    assert "  ../notice.txt: named for S-1.told; S-1.clear\n" in done.stdout


def test_pinning_writes_the_hash_and_leaves_the_rest_of_the_file_as_it_was(folder: Path) -> None:
    record = write_record(folder, "{at: notice.txt, shows: It}", "{at: 'https://a.example'}", "{at: empty.txt}")
    before = record.read_text("utf-8")
    run_tenken("evidence", record, "--pin", *AS_OF)
    items = open_record(record).record.answers["S-1.told"].evidence
    digest = items[0].sha256
    assert [bool(item.sha256) for item in items] == [True, False, False]
    written, told = before.partition("answers: # mine")[2].splitlines(), record.read_text("utf-8").splitlines()
    assert written[1:8] == told[told.index("answers: # mine") + 1 :][:7]
    assert "# kept" in record.read_text("utf-8")
    (folder / "notice.txt").write_text("This is no AI.", "utf-8")
    assert "it has changed since it was pinned" in run_tenken("evidence", record, *AS_OF).stdout
    assert "Pinned anew, as it had changed: notice.txt" in run_tenken("evidence", record, "--pin", *AS_OF).stderr
    assert open_record(record).record.answers["S-1.told"].evidence[0].sha256 != digest


def test_pinning_makes_a_signed_record_a_draft(folder: Path) -> None:
    record = write_record(folder, "{at: notice.txt}")
    signed = "system: Acme\nstatus: final\nsigned_off: {by: Jo, on: 2026-11-20}\n"
    record.write_text(record.read_text("utf-8").replace("system: Acme\n", signed), "utf-8")
    done = run_tenken("evidence", record, "--pin", *AS_OF)
    assert "makes it a draft again" in done.stderr
    assert "signed_off" not in record.read_text("utf-8")


def test_what_is_pinned_already_changes_nothing(folder: Path) -> None:
    record = write_record(folder, "{at: notice.txt}")
    run_tenken("evidence", record, "--pin", *AS_OF)
    signed = "system: Acme\nstatus: final\nsigned_off: {by: Jo, on: 2026-11-20}\n"
    record.write_text(record.read_text("utf-8").replace("system: Acme\n", signed), "utf-8")
    before = record.read_bytes()
    assert run_tenken("evidence", record, "--pin", *AS_OF).stderr == ""
    assert record.read_bytes() == before


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs coreutils")
def test_the_hash_of_a_folder_can_be_repeated_with_sha256sum(folder: Path) -> None:
    for name in ("z\\a", "new\nline", "Ä", "sub/one"):
        path = folder / "shots" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, "utf-8")
    (folder / "shots" / "link").symlink_to("a.png")
    record = write_record(folder, "{at: shots}")
    run_tenken("evidence", record, "--pin", *AS_OF)
    command = r"find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum"
    listed = subprocess.run(
        command, shell=True, cwd=folder / "shots", capture_output=True, encoding="utf-8", check=True
    )
    (item,) = open_record(record).record.answers["S-1.told"].evidence
    assert listed.stdout.split()[0] == item.sha256


def test_a_pipe_a_device_and_what_may_not_be_read_are_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    done = run_tenken("evidence", write_record(folder, "{at: pipe}", "{at: /dev/zero}"), *AS_OF)
    assert done.returncode == 1
    assert done.stdout.count("it cannot be read") == 2


def test_a_gate_that_wants_to_be_shown_fails_for_what_is_only_said(folder: Path) -> None:
    record = write_record(folder, "{at: notice.txt}")
    assert run_tenken("check", record, *AS_OF).returncode == 0
    done = run_tenken("check", record, "--shown", *AS_OF)
    assert done.returncode == 1
    assert "S-1.told: said, not shown; no evidence for it is pinned" in done.stdout
    run_tenken("evidence", record, "--pin", *AS_OF)
    done = run_tenken("check", record, "--shown", *AS_OF)
    assert "S-1.told" not in done.stdout
    assert "S-1.clear: said, not shown" in done.stdout
    (folder / "notice.txt").unlink()
    assert "S-1.told: notice.txt: there is no such file" in run_tenken("check", record, "--shown", *AS_OF).stdout


@pytest.mark.parametrize(
    ("at", "kind"),
    [
        ("https://a.example", "address"),
        ("mailto:jo@a.example", "address"),
        ("Said on the phone by Jo", "sentence"),
        ("毎回の通話の冒頭で 音声により 告知している", "sentence"),
        ("AI notice on the first page.pdf", "path"),
        ("evidence/our notices of last year/", "path"),
        ("C:\\notices\\one.png", "path"),
        ("notice.txt", "path"),
    ],
)
def test_a_place_is_an_address_a_sentence_or_a_path(at: str, kind: str) -> None:
    assert (is_address(at), is_sentence(at)) == (kind == "address", kind == "sentence")


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 999))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    later = add_months(day, Months(months))
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and add_months(later, Months(1)).month != later.month)


@pytest.mark.parametrize(
    ("evidence", "lasts", "shown"),
    [
        (Evidence("a.png", on=date(2026, 1, 1)), 0, False),
        (Evidence("a.png", sha256="0" * 64), 0, True),
        (Evidence("a.png", sha256="yes"), 0, False),
        (Evidence("https://a.example/a.png", sha256="0" * 64), 0, False),
        (Evidence("a.png", sha256="0" * 64, on=date(2025, 11, 23)), 12, True),
        (Evidence("a.png", sha256="0" * 64, on=date(2025, 11, 22)), 12, False),
        (Evidence("a.png", sha256="0" * 64, review_by=date(2026, 11, 22)), 0, False),
        (Evidence("a.png", sha256="0" * 64, on=date(2026, 11, 24)), 0, False),
    ],
)
def test_an_answer_is_shown_by_what_is_pinned_and_not_stale(evidence: Evidence, lasts: int, shown: bool) -> None:
    check = Check(Prose("Is it?"), Basis.TEXT, Cites(()), evidence_lasts=Months(lasts))
    assert is_shown(GivenAnswer(("yes",), evidence=(evidence,)), check, date(2026, 11, 23)) is shown


def test_a_hash_on_an_address_shows_nothing(folder: Path) -> None:
    record = write_record(folder, f"{{at: 'https://a.example', sha256: {'0' * 64}}}")
    assert "1 named only" in run_tenken("evidence", record, *AS_OF).stdout
    assert "S-1.told: said, not shown" in run_tenken("check", record, "--shown", *AS_OF).stdout


def test_a_hash_in_capital_letters_is_the_same(folder: Path) -> None:
    digest = sha256(b"This is an AI.").hexdigest().upper()
    record = write_record(folder, f"{{at: notice.txt, sha256: {digest}}}")
    done = run_tenken("evidence", record, "--pin", *AS_OF)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("place", ["film.mp4", "films"])
def test_what_is_too_large_to_be_pinned_is_told_and_not_read(folder: Path, place: str) -> None:
    (folder / "films").mkdir()
    for name in ("film.mp4", "films/one.mp4", "films/two.mp4"):
        with (folder / name).open("wb") as film:
            film.truncate(MOST_PINNED_BYTES // 2 + 1 if "/" in name else MOST_PINNED_BYTES + 1)
    done = run_tenken("evidence", write_record(folder, f"{{at: {place}}}"), *AS_OF)
    assert done.returncode == 1
    assert f"{place}: it has more than 100,000 files or 4 GiB" in done.stdout
