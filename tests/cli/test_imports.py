"""Each command loads the libraries it needs and no others: the start is most of what a user waits for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.paths import ROOT

SCHEMA = "tenken.authoring.json_schema"
OF_MARKS = ("tenken.marks", "c2pa")
HEAVY = (SCHEMA, "typer", "yaml", "jinja2", "questionary", "prompt_toolkit", "rich", "pydantic", "asyncio")
RECORD = ROOT / "examples" / "support-chatbot.yaml"
LOGS = {
    path.stem
    for path in (ROOT / "src" / "tenken" / "records").glob("*.py")
    if path.stem.startswith(("answer_log", "log_", "sign", "ssh_", "person_"))
}
SCRIPT = """
import sys
from tenken.__main__ import main
try:
    main()
except SystemExit:
    pass
sys.stderr.write("\\nLOADED " + " ".join(sys.modules))
"""
COMMANDS = "tenken.cli.commands."


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return set(done.stderr.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--version"], set()),
        (["--help"], {"typer"}),
        (["checklists", "--help"], {"typer"}),
        (["report", "--help"], {"typer", "yaml"}),
        (["check", str(RECORD)], {"typer", "yaml"}),
        (["explain", str(RECORD)], {"typer", "yaml"}),
        (["validate", str(RECORD)], {"typer", "yaml"}),
        (["report", str(RECORD), "--format", "json", "-o", "-"], {"typer", "yaml"}),
        (["report", str(RECORD), "-o", "-"], {"typer", "yaml", "jinja2"}),
        (["checklists", "schema", "record"], {"typer", "yaml", SCHEMA}),
    ],
)
def test_a_command_loads_only_what_it_needs(arguments: list[str], expected: set[str]) -> None:
    modules = loaded(*arguments)
    assert modules.intersection(HEAVY) == expected
    assert not [name for name in modules if name.startswith(OF_MARKS)]


def test_answers_without_a_screen_load_nothing_that_draws_one(tmp_path: Path) -> None:
    path = tmp_path / "chatbot.yaml"
    shutil.copy(RECORD, path)
    for arguments in (["assess", str(path), "--set", "where=eu"], ["assess", str(path), "--plain"]):
        assert loaded(*arguments).isdisjoint(("questionary", "prompt_toolkit", "webbrowser")), arguments


def test_marks_leave_the_library_of_c2pa_to_a_process_apart() -> None:
    assert "c2pa" not in loaded("marks", str(ROOT / "tests" / "marks" / "samples" / "jpg-c2pa-ai.jpg"))


def test_a_record_without_a_log_loads_nothing_of_logs_and_signatures(tmp_path: Path) -> None:
    path = tmp_path / "chatbot.yaml"
    shutil.copy(RECORD, path)
    for arguments in (["assess", str(path), "--set", "where=eu"], ["check", str(path)], ["report", str(path)]):
        modules = {name.rpartition(".")[2] for name in loaded(*arguments) if name.startswith("tenken.records")}
        assert not modules.intersection(LOGS), arguments


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--help"], set()),
        (["checklists", "--help"], set()),
        (["chekc"], set()),
        (["check", "--help"], {"check"}),
        (["check", str(RECORD)], {"check"}),
        (["checklists", "list"], {"checklists", "checklists.list"}),
    ],
)
def test_no_command_is_imported_but_the_one_that_runs(arguments: list[str], expected: set[str]) -> None:
    modules = loaded(*arguments)
    assert {name.removeprefix(COMMANDS) for name in modules if name.startswith(COMMANDS)} == expected
