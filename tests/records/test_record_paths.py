"""Several records and folders of them: which files are records, and what is said of those that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import SMALL
from tenken.files.problems import Problems
from tenken.records.record_paths import list_record_paths

RECORD = f"tenken: 2\nsystem: Acme\nchecklists: [{SMALL}]\nanswers: {{}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    for name, text in {
        "a.yaml": RECORD,
        "deep/b.yml": "# A record\n" + RECORD,
        "deep/c.json": '{"tenken": "2", "system": "Acme", "answers": {}}',
        "flow.yaml": "{tenken: 2, system: Acme, answers: {}}",
        "result.json": '{"made_by": "tenken 1", "record": {"tenken": "2"}}',
        "other.yaml": "about: |\n  tenken: is spoken of\n",
        "notes.txt": RECORD,
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_below_a_folder_the_files_with_the_key_are_found(folder: Path) -> None:
    (folder / "link.yaml").symlink_to(folder / "a.yaml")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    found = [path.relative_to(folder).as_posix() for path in list_record_paths([folder])]
    assert found == ["a.yaml", "deep/b.yml", "deep/c.json", "flow.yaml"]


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("a.yaml", "a/b.yaml", "a-b/c.yaml", "a b/c.yaml", "A.yaml", "\u3042.yaml", "a/\u00e9.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RECORD, "utf-8")
    found = list(list_record_paths([tmp_path]))
    assert found == sorted(tmp_path.rglob("*.yaml"))


def test_a_record_whose_key_stands_far_below_its_beginning_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("# Who answers for it\n" * 1000 + RECORD, "utf-8")
    assert list(list_record_paths([tmp_path])) == [tmp_path / "a.yaml"]


def test_a_folder_without_a_record_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="there is no record in this folder"):
        list(list_record_paths([tmp_path]))


@pytest.mark.skipif(os.geteuid() == 0, reason="who administers a machine may read everything")
def test_what_may_not_be_read_is_among_them(folder: Path) -> None:
    (folder / "a.yaml").chmod(0)
    assert folder / "a.yaml" in list(list_record_paths([folder]))


def test_what_is_broken_is_told_in_its_place_and_stops_nothing(folder: Path) -> None:
    (folder / "b.yaml").write_text("tenken: [broken\n", "utf-8")
    for command in ("evidence", "check"):
        done = run_tenken(command, folder, "--as-of", "2026-11-23")
        assert done.returncode == 2
        assert f"{folder / 'b.yaml'}:\n" in done.stdout
        assert f"{folder / 'flow.yaml'}:\n" in done.stdout
        assert "b.yaml:1:9: the `[` that was opened here is not closed" in done.stderr
        assert done.stderr.rstrip().endswith("1 that cannot be read")


def test_each_of_several_reports_lies_beside_its_record(folder: Path) -> None:
    records = (folder / "a.yaml", folder / "deep" / "b.yml")
    assert run_tenken("report", *records).returncode == 0
    assert all(path.with_suffix(".html").is_file() for path in records)
    refused = run_tenken("report", *records, "-o", folder / "one.html")
    assert (refused.returncode, refused.stderr.partition(":")[0]) == (2, "-o")


def test_one_record_is_told_of_without_a_heading(folder: Path) -> None:
    done = run_tenken("check", folder / "a.yaml", "--as-of", "2026-11-23")
    assert f"{folder / 'a.yaml'}:" not in done.stdout
    assert "1 record" not in done.stderr
