"""`tenken marks`: what it prints, what it fails for, and which files it looks into."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.command_line import collect_output, run_tenken
from support.page_text import ENGLISH_SENTENCE
from support.paths import ROOT, TESTS

SAMPLES = TESTS / "marks" / "samples"
CHATBOT = ROOT / "examples" / "support-chatbot.yaml"
MARKED, PLAIN, TAMPERED = (SAMPLES / f"jpg-{name}.jpg" for name in ("c2pa-ai", "plain", "c2pa-tampered"))
DAMAGED = SAMPLES / "jpg-truncated.jpg"


def test_a_file_has_its_row_and_each_law_its_points() -> None:
    done = run_tenken("marks", MARKED, PLAIN, DAMAGED)
    assert done.returncode == 0
    assert "declares AI: trainedAlgorithmicMedia (in the C2PA manifest)" in done.stdout
    assert "not readable: the file was cut off; nothing follows from that" in done.stdout
    for id in ("EU-50-2.marked", "CA-LAT.marked", "KR-31-2.method"):
        assert f"{id}: shown by 1 of 3; not found: 1; cannot be seen in the file: 1" in done.stdout
    assert "question, not a breach" in done.stdout


def test_a_required_point_fails_for_one_file_that_does_not_meet_it() -> None:
    assert run_tenken("marks", MARKED, "--require", "EU-50-2.marked").returncode == 0
    for other in (PLAIN, TAMPERED, DAMAGED):
        done = run_tenken("marks", MARKED, other, "--require", "EU-50-2.marked")
        assert (done.returncode, done.stderr) == (1, "Not shown by every file: EU-50-2.marked\n")


def test_a_required_point_that_no_file_speaks_of_is_not_passed_over() -> None:
    assert run_tenken("marks", MARKED, "--require", "CN-LM-4.wording").returncode == 1


def test_all_that_bind_are_required_at_once() -> None:
    done = run_tenken("marks", SAMPLES / "webp-all-three.webp", "--require", "all")
    assert done.returncode == 0
    assert run_tenken("marks", MARKED, "--require", "all").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.jpg",), "none.jpg: there is no such file or folder\n"),
        ((MARKED, "--require", "EU-50-2.markd"), "--require: EU-50-2.markd is no check that a file can show; did you"),
        ((MARKED, "--format", "xml"), "--format: xml is not one of the choices; it can be html, json, junit, md, text"),
        ((MARKED, "--compare"), "--compare: name two files: the original, and what is delivered\n"),
        (
            ("--compare", MARKED, PLAIN, "--record", CHATBOT),
            "--record: a comparison judges nothing; leave out --compare",
        ),
        (
            ("--compare", MARKED, PLAIN, "--require", "all"),
            "--require: a comparison judges nothing; leave out --compare",
        ),
        (("n" * 300,), f"{'n' * 300}: File name too long; nothing was changed\n"),
        ((MARKED, "--trust", CHATBOT), f"{CHATBOT}: no certificate can be read here; hand in those of signers as PEM"),
        ((MARKED, "--trust", "none.pem"), "none.pem: there is no such file or folder\n"),
    ],
)
def test_a_mistake_is_one_line(arguments: tuple[str | Path, ...], said: str, tmp_path: Path) -> None:
    done = run_tenken("marks", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_a_record_chooses_the_laws_and_the_points() -> None:
    every = json.loads(run_tenken("marks", MARKED, "--format", "json").stdout)
    mine = json.loads(run_tenken("marks", MARKED, "--format", "json", "--record", CHATBOT).stdout)
    assert {point["checklist"] for point in mine["points"]} < {point["checklist"] for point in every["points"]}


def test_a_folder_gives_its_files_of_known_kinds(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for place, name in (("deep", "jpg-plain.jpg"), ("", "jpg-c2pa-sidecar.jpg"), ("", "jpg-c2pa-sidecar.c2pa")):
        shutil.copy(SAMPLES / name, tmp_path / place / name)
    (tmp_path / "notes.yaml").write_text("a: b", "utf-8")
    (tmp_path / "link.jpg").symlink_to(MARKED)
    done = run_tenken("marks", tmp_path, "--format", "json")
    assert [Path(file["path"]).name for file in json.loads(done.stdout)["files"]] == [
        "jpg-c2pa-sidecar.jpg",
        "jpg-plain.jpg",
    ]
    assert done.stderr == "Other files in the folders, left aside: 1\n"


def test_a_signer_of_a_list_that_is_handed_in_is_told() -> None:
    done = run_tenken("marks", MARKED, "--trust", SAMPLES / "test-ca.pem")
    assert "intact, and its signer is on the list handed in" in done.stdout


def test_an_empty_folder_is_no_pass(tmp_path: Path) -> None:
    assert run_tenken("marks", tmp_path).returncode == 2


def test_a_comparison_says_what_was_lost() -> None:
    done = run_tenken("marks", "--compare", MARKED, SAMPLES / "jpg-c2pa-stripped.jpg")
    assert done.returncode == 1
    assert "C2PA manifest: lost (was intact)" in done.stdout
    assert "Declaration of AI (in the C2PA manifest): lost (was trainedAlgorithmicMedia)" in done.stdout
    assert run_tenken("marks", "--compare", MARKED, MARKED).returncode == 0
    assert run_tenken("marks", "--compare", PLAIN, PLAIN).stderr == "Neither file has a mark that tenken can read.\n"
    assert run_tenken("marks", "--compare", MARKED, DAMAGED).returncode == 2


def test_a_name_that_steers_goes_into_every_format_as_text(tmp_path: Path) -> None:
    path = tmp_path / '<b>|"&\x1b[31m.jpg'
    shutil.copy(MARKED, path)
    page = run_tenken("marks", path, "--format", "html").stdout
    assert "<b>" not in page.replace("<body>", "") and "&lt;b&gt;" in page
    assert "\x1b" not in page
    cases = ElementTree.fromstring(run_tenken("marks", path, "--format", "junit").stdout)
    assert all(str(case.get("name")).endswith('<b>|"&[31m.jpg') for case in cases)
    assert "<b>" not in run_tenken("marks", path, "--format", "md").stdout


def test_nobody_is_called_by_the_name_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "@acme.jpg"
    shutil.copy(PLAIN, path)
    assert "@acme" not in run_tenken("marks", path, "--format", "md").stdout


def test_a_name_of_several_lines_stays_one_line_and_one_that_xml_does_not_know_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a\n  EU-50-2.marked: shown by 1 of 1\uffff.jpg"
    shutil.copy(PLAIN, path)
    said = run_tenken("marks", path).stdout
    assert "\n  EU-50-2.marked: shown by 1 of 1" not in said
    assert ElementTree.fromstring(run_tenken("marks", path, "--format", "junit").stdout).tag == "testsuite"


def test_junit_fails_for_what_is_not_found_and_skips_what_cannot_be_seen() -> None:
    cases = ElementTree.fromstring(run_tenken("marks", PLAIN, DAMAGED, "--format", "junit").stdout)
    told = {(case.get("classname"), Path(str(case.get("name"))).name): [part.tag for part in case] for case in cases}
    assert told["EU-50-2.marked", PLAIN.name] == ["failure"]
    assert told["EU-50-2.marked", DAMAGED.name] == ["skipped"]


@pytest.mark.parametrize(
    ("file", "check", "failing"),
    [
        (DAMAGED, "EU-50-2.marked", DAMAGED.name),
        (TAMPERED, "EU-50-2.marked", TAMPERED.name),
        (MARKED, "CN-LM-4.wording", "CN-LM-4.wording"),
    ],
)
def test_junit_fails_for_what_is_required_and_not_met_as_the_command_does(file: Path, check: str, failing: str) -> None:
    done = run_tenken("marks", file, "--format", "junit", "--require", check)
    suite = ElementTree.fromstring(done.stdout)
    told = [(case.get("classname"), Path(str(case.get("name"))).name, [part.tag for part in case]) for case in suite]
    assert (done.returncode, suite.get("failures"), told) == (1, "1", [(check, failing, ["failure"])])


def test_a_required_check_that_does_not_apply_to_the_record_fails_in_junit_too() -> None:
    asked = ("--record", CHATBOT, "--as-of", "2026-07-31", "--require", "EU-50-2.marked")
    done = run_tenken("marks", MARKED, *asked, "--format", "junit")
    suite = ElementTree.fromstring(done.stdout)
    assert (done.returncode, suite.get("tests"), suite.get("failures")) == (1, "1", "1")


@pytest.mark.skipif(os.geteuid() == 0, reason="the system refuses root nothing")
def test_a_folder_that_cannot_be_looked_into_is_no_pass(tmp_path: Path) -> None:
    shutil.copy(MARKED, tmp_path)
    (tmp_path / "closed").mkdir(mode=0)
    done = run_tenken("marks", tmp_path, "--require", "EU-50-2.marked")
    assert (done.returncode, done.stderr) == (2, f"{tmp_path / 'closed'}: no permission; nothing was changed\n")


def test_junit_holds_only_what_is_required_if_something_is() -> None:
    form = ("--format", "junit", "--require", "EU-50-2.marked")
    cases = ElementTree.fromstring(run_tenken("marks", MARKED, *form).stdout)
    assert [(case.get("classname"), list(case)) for case in cases] == [("EU-50-2.marked", [])]


def test_that_nothing_applies_on_a_day_is_said() -> None:
    done = run_tenken("marks", PLAIN, "--record", CHATBOT, "--as-of", "2026-07-31", "--require", "all")
    assert (done.returncode, done.stderr) == (0, "No point that a file can show applies to the record on that day.\n")
    later = run_tenken("marks", PLAIN, "--record", CHATBOT, "--as-of", "2026-12-02", "--require", "all")
    assert later.returncode == 1
    assert later.stderr.startswith("Not shown by every file: EU-50-2.marked\n")


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_japanese_findings_are_japanese(form: str) -> None:
    said = collect_output("marks", SAMPLES, "--format", form).replace("Farbklang Imager 3.2.1", "")
    assert not [line for line in said.splitlines() if ENGLISH_SENTENCE.search(line) and "style" not in line]
