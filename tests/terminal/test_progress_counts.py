"""What takes longer than a second says how far it is, on a terminal and nowhere else.

The second passes with a file that comes through a pipe from somebody slow, and costs nothing.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from support.paths import LIGHTHOUSE, TENKEN
from support.pseudo_terminal import PseudoTerminal

SLOWLY = 1.1
"""Seconds the first file takes, a little more than those after which a count is shown."""
FILES = ("slow.yaml", "quick.yaml", "also-quick.yaml")
RULES = LIGHTHOUSE.read_text("utf-8")
SITUATIONS = f"""\
checklists: [{LIGHTHOUSE}]
scenarios:
  - {{name: Inland, on: 2026-11-23, answers: {{coast: no}}, expect: {{L-1: not applicable}}}}
"""


def prepare_files(folder: Path, text: str) -> None:
    """The files, all alike; the first of them is a pipe."""
    for name in FILES[1:]:
        (folder / name).write_text(text, "utf-8")
    os.mkfifo(folder / FILES[0])


def deliver_slowly(folder: Path, text: str) -> None:
    """Writes into the pipe some time after it was opened; whoever opens it again finds a file like the others."""
    handle = open_pipe(folder / FILES[0])
    (folder / FILES[1]).with_suffix(".copy").write_text(text, "utf-8")
    (folder / FILES[1]).with_suffix(".copy").replace(folder / FILES[0])
    time.sleep(SLOWLY)
    os.write(handle, text.encode())
    os.close(handle)


def open_pipe(path: Path) -> int:
    """The end to write to, once somebody reads at the other."""
    for _ in range(2000):
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)
    raise AssertionError("nobody reads")


@pytest.mark.parametrize(
    ("command", "text"), [(("validate",), RULES), (("checklists", "test"), SITUATIONS)], ids=["validate", "test"]
)
def test_a_count_is_kept_in_one_line_and_leaves_no_trace(tmp_path: Path, command: tuple[str, ...], text: str) -> None:
    prepare_files(tmp_path, text)
    with PseudoTerminal(*command, *FILES, folder=tmp_path, columns=40) as terminal:
        deliver_slowly(tmp_path, text)
        terminal.wait_until(lambda _: b" of 3 files" in terminal.output, "a count")
        assert terminal.finish() == 0
        assert b"\r1 of 3 files\r2 of 3 files\r" in terminal.output
        assert b"\n" not in terminal.output[: terminal.output.index(b"2 of 3 files")]
        assert " of 3 files" not in terminal.screen


def test_a_mistake_found_meanwhile_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    prepare_files(tmp_path, SITUATIONS)
    (tmp_path / "scenarios.yaml").write_text("scenarios: []\nnonsense: yes\n", "utf-8")
    with PseudoTerminal("checklists", "test", *FILES, "scenarios.yaml", folder=tmp_path) as terminal:
        deliver_slowly(tmp_path, SITUATIONS)
        assert terminal.finish() == 2
        assert b" of 4 files" in terminal.output
        assert terminal.screen.startswith("scenarios.yaml:")


def test_what_is_quick_says_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text("tenken: 1\nsystem: Tower\nanswers: {}\n", "utf-8")
    with PseudoTerminal("validate", "record.yaml", folder=tmp_path) as terminal:
        assert terminal.finish() == 0
        assert terminal.output.count(b"\r") == terminal.output.count(b"\r\n")


def test_nothing_is_counted_where_nobody_watches(tmp_path: Path) -> None:
    prepare_files(tmp_path, RULES)
    command = [*TENKEN, "validate", *FILES]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8") as started:
        deliver_slowly(tmp_path, RULES)
        _, said = started.communicate()
    assert (started.returncode, said) == (0, "3 files: no mistake found\n")
