"""What a file is named for if it is no text of ours, and how little is read to find out."""

from __future__ import annotations

import gzip
import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from support.paths import SMALL
from tenken.files.file_reading import MAX_BYTES, read_file_bytes, read_stream
from tenken.files.problems import Problems
from tenken.files.strict_yaml import parse_yaml

RULES = SMALL.read_text("utf-8")


def pack(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", text)
    return packed.getvalue()


def say(content: bytes, name: str = "a.yaml") -> str:
    """The one line that is said of a file."""
    with pytest.raises(Problems) as caught:
        parse_yaml(content, name)
    (problem,) = caught.value.problems
    return str(problem)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_named_with_what_to_do(encoding: str) -> None:
    assert say(RULES.encode(encoding)).startswith("a.yaml: this is UTF-16, as PowerShell writes it with `>`; save")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pack(RULES), "a spreadsheet or another packed file (.xlsx, .docx, .zip)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old file of Excel or Word (.xls, .doc)"),
        (gzip.compress(RULES.encode()), "a compressed file (.gz)"),
        (b"%PDF-1.7\n", "a PDF"),
    ],
)
def test_a_file_that_is_no_text_is_named_by_its_kind(content: bytes, kind: str) -> None:
    assert say(content) == f"a.yaml: this is {kind}, not text; name a YAML file"


@pytest.mark.parametrize("name", ["a.csv", "A.CSV", "a.tsv"])
def test_a_table_is_named_as_one(name: str) -> None:
    assert say(b"id,answer\nwhere,eu\n", name).startswith(f"{name}: this is a table (CSV) and no record; take answers")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_merge_conflict_is_named_where_it_begins(end: str) -> None:
    lines = ("answers:", "<<<<<<< HEAD", "  where: eu", "=======", "  where: japan", ">>>>>>> theirs", "")
    assert say(end.join(lines).encode()).startswith("a.yaml:2:1: two versions were merged here and contradict")


def test_marks_within_a_note_are_no_conflict() -> None:
    text = "note: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> theirs\n"
    assert parse_yaml(text.encode(), "a.yaml")


def say_of_file(path: Path) -> str:
    began = time.monotonic()
    with pytest.raises(Problems) as caught:
        read_file_bytes(path)
    assert time.monotonic() - began < 1
    return str(caught.value)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no devices with names here")
def test_a_device_and_a_pipe_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (Path("/dev/zero"), tmp_path / "pipe.yaml"):
        assert say_of_file(path) == f"{path}: this is a device or a pipe; name a file, or `-` for a record"


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    assert say_of_file(path) == f"{path}: the file is larger than {MAX_BYTES >> 20} MiB; is it the right one?"


def test_of_a_pipe_no_more_is_read_than_may_be() -> None:
    stream = io.BytesIO(b"#" * (MAX_BYTES + 5))
    with pytest.raises(Problems, match=r"^-: the file is larger than 16 MiB"):
        read_stream(stream, "-")
    assert stream.tell() == MAX_BYTES + 1


def test_all_of_a_stream_is_read_that_is_longer_than_was_expected() -> None:
    for expected in (0, 3, 5, 9):
        assert read_stream(io.BytesIO(b"hello"), "-", expected) == b"hello"
    with pytest.raises(Problems, match="larger than 16 MiB"):
        read_stream(io.BytesIO(b"x" * (MAX_BYTES + 1)), "-", 5)
