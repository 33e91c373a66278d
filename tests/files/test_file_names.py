"""Names of files as a shell gets them back, whatever bytes they hold."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from support.command_line import run_tenken
from tenken.files.file_names import is_there, quote_file_for_shell, quote_for_shell

NAMES = [
    *(b"a;touch PWN.yaml", b"a'b\\c", b"$(id)", b"caf\xe9.yaml", "点検 é.yaml".encode()),
    *(b"a\nb\t\x1b[31m1", b"\xe2\x80\xaea"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_shell_gets_the_very_bytes_back(name: bytes) -> None:
    quoted = quote_for_shell(os.fsdecode(name))
    assert quoted.isprintable()
    assert subprocess.check_output(["bash", "-c", f"printf %s {quoted}"]) == name


def test_a_file_is_never_taken_for_an_option() -> None:
    assert quote_file_for_shell(Path("-x.yaml")) == "./-x.yaml"
    assert quote_file_for_shell("-") == "-"


def test_a_name_no_file_can_have_is_not_there() -> None:
    assert not is_there(Path("x" * 300))


@pytest.mark.parametrize("name", NAMES)
def test_the_command_that_makes_a_report_again_makes_it_again(tmp_path: Path, name: bytes) -> None:
    record = tmp_path / os.fsdecode(name)
    record.write_text("tenken: 1\nsystem: x\nchecklists: [eu-transparency]\nanswers: {}\n", "utf-8")
    for form, before in (("md", "    "), ("html", "<code>")):
        target = tmp_path / f"made.{form}"
        assert run_tenken("report", record, "-o", target).returncode == 0
        line = f"{before}tenken report {quote_file_for_shell(record.name)} --as-of "
        page = target.read_text("utf-8").replace("&#39;", "'").replace("&#34;", '"')
        assert line in page
