"""What takes longer than a second says how far it is, on a terminal and nowhere else.

The second passes with a file that somebody else holds when it is opened (a lease of Linux), and costs nothing.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
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


pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not hasattr(fcntl, "F_SETLEASE"), reason="only Linux lets one hold a file"),
]


@pytest.fixture(autouse=True)
def _told_of_the_lease_in_silence() -> Iterator[None]:
    before = signal.signal(signal.SIGIO, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGIO, before)


def prepare_files(folder: Path, text: str) -> int:
    """The files, all alike; the first of them is held, and by the handle it can be let go."""
    for name in FILES:
        (folder / name).write_text(text, "utf-8")
    handle = os.open(folder / FILES[0], os.O_RDWR)
    fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    return handle


def deliver_slowly(handle: int) -> None:
    """Lets the held file go some time after somebody wants to open it."""
    for _ in range(2000):
        if fcntl.fcntl(handle, fcntl.F_GETLEASE) != fcntl.F_WRLCK:
            time.sleep(SLOWLY)
            os.close(handle)
            return
        time.sleep(0.01)
    raise AssertionError("nobody reads")


@pytest.mark.parametrize(
    ("command", "text"), [(("validate",), RULES), (("checklists", "test"), SITUATIONS)], ids=["validate", "test"]
)
def test_a_count_is_kept_in_one_line_and_leaves_no_trace(tmp_path: Path, command: tuple[str, ...], text: str) -> None:
    handle = prepare_files(tmp_path, text)
    with PseudoTerminal(*command, *FILES, folder=tmp_path, columns=40) as terminal:
        deliver_slowly(handle)
        terminal.wait_until(lambda _: b" of 3 files" in terminal.output, "a count")
        assert terminal.finish() == 0
        assert b"\r1 of 3 files\r2 of 3 files\r" in terminal.output
        assert b"\n" not in terminal.output[: terminal.output.index(b"2 of 3 files")]
        assert " of 3 files" not in terminal.screen


def test_a_mistake_found_meanwhile_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    handle = prepare_files(tmp_path, SITUATIONS)
    (tmp_path / "scenarios.yaml").write_text("scenarios: []\nnonsense: yes\n", "utf-8")
    with PseudoTerminal("checklists", "test", *FILES, "scenarios.yaml", folder=tmp_path) as terminal:
        deliver_slowly(handle)
        assert terminal.finish() == 2
        assert b" of 4 files" in terminal.output
        assert terminal.screen.startswith("scenarios.yaml:")


def test_what_is_quick_says_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text("tenken: 1\nsystem: Tower\nanswers: {}\n", "utf-8")
    with PseudoTerminal("validate", "record.yaml", folder=tmp_path) as terminal:
        assert terminal.finish() == 0
        assert terminal.output.count(b"\r") == terminal.output.count(b"\r\n")


def test_nothing_is_counted_where_nobody_watches(tmp_path: Path) -> None:
    handle = prepare_files(tmp_path, RULES)
    command = [*TENKEN, "validate", *FILES]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8") as started:
        deliver_slowly(handle)
        _, said = started.communicate()
    assert (started.returncode, said) == (0, "3 files: no mistake found\n")
