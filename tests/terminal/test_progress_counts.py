"""What takes longer than a second says how far it is, on a terminal and nowhere else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.pseudo_terminal import PseudoTerminal
from tenken.authoring.scenarios import list_shipped_scenarios
from tenken.rules.loading import find_checklist_file, list_shipped_checklists

MANY = [str(find_checklist_file(id)) for id in list_shipped_checklists()] * 3
SLOW = [("validate", *MANY), ("checklists", "test", *map(str, list_shipped_scenarios() * 2))]


@pytest.mark.parametrize("command", SLOW, ids=["validate", "test"])
def test_a_count_is_kept_in_one_line_and_leaves_no_trace(tmp_path: Path, command: tuple[str, ...]) -> None:
    count = len(command) - (1 if command[0] == "validate" else 2)
    with PseudoTerminal(*command, folder=tmp_path, columns=40) as terminal:
        terminal.wait_for(f" of {count} files", within=60)
        assert terminal.finish(within=60) == 0
        assert b"\n" not in terminal.output[: terminal.output.rindex(b" files")]
        assert f" of {count} files" not in terminal.screen


def test_a_mistake_found_meanwhile_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "scenarios.yaml").write_text("scenarios: []\nnonsense: yes\n", "utf-8")
    with PseudoTerminal("checklists", "test", *SLOW[1][2:], "scenarios.yaml", folder=tmp_path) as terminal:
        assert terminal.finish(within=60) == 2
        assert terminal.screen.startswith("scenarios.yaml:")


def test_what_is_quick_says_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text("tenken: 1\nsystem: Tower\nanswers: {}\n", "utf-8")
    with PseudoTerminal("validate", "record.yaml", folder=tmp_path) as terminal:
        assert terminal.finish() == 0
        assert terminal.output.count(b"\r") == terminal.output.count(b"\r\n")


def test_nothing_is_counted_where_nobody_watches() -> None:
    command = [sys.executable, "-m", "tenken", *SLOW[0]]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, f"{len(MANY)} files: no mistake found\n")
