"""Tab in a shell: a real bash completes commands and options, and each shell is told how to ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tenken.cli.command_table import ALL_COMMANDS, CHECKLIST_COMMANDS

COMMANDS = [row.name for row in ALL_COMMANDS.commands]
CHECKLISTS = [row.name for row in CHECKLIST_COMMANDS.commands]
BASH = shutil.which("bash") or "/bin/bash"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with nothing in it but `tenken` on the path."""
    command = tmp_path / "bin" / "tenken"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tenken "$@"\n', "utf-8")
    command.chmod(0o755)
    return tmp_path


def run(home: Path, script: str, shell: str = "bash", **more: str) -> subprocess.CompletedProcess[str]:
    """What a script comes to; another shell is a bash by that name, which is how shells are told apart."""
    program = home / "bin" / shell
    if not program.exists():
        shutil.copy(BASH, program)
    environment = {"HOME": str(home), "PATH": f"{home / 'bin'}:{os.environ['PATH']}", "LANG": "C.UTF-8", **more}
    return subprocess.run(
        [program, "-c", f"{script}\nexit $?"],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


BASH_OFFERS: dict[tuple[str, ...], list[str]] = {
    ("tenken", ""): COMMANDS,
    ("tenken", "che"): ["check", "checklists"],
    ("tenken", "--lang", "ja", "q"): ["questions"],
    ("tenken", "--"): ["--version", "--lang", "--install-completion", "--show-completion", "--help"],
    ("tenken", "checklists", ""): CHECKLISTS,
    ("tenken", "checklists", "s"): ["show", "schema"],
    ("tenken", "checklists", "test", "--c"): ["--coverage"],
    ("tenken", "check", "--allow-unknown", "--"): ["--within", "--shown", "--format", "--as-of", "--help"],
    ("tenken", "check", "rec"): [],
    ("tenken", "no-such", ""): COMMANDS,
}


def test_bash_completes_commands_and_options(home: Path) -> None:
    script = 'eval "$(tenken --show-completion)"'
    for words in BASH_OFFERS:
        script += f"""
            COMP_WORDS=({" ".join(f"'{word}'" for word in words)}) COMP_CWORD={len(words) - 1}
            _tenken_completion tenken
            echo "${{COMPREPLY[@]}}" """
    done = run(home, script)
    assert (done.returncode, done.stderr) == (0, "")
    offered = [line.split() for line in done.stdout.splitlines()]
    assert dict(zip(BASH_OFFERS, offered, strict=True)) == BASH_OFFERS


def test_installed_once_or_twice_it_is_there_in_the_next_bash(home: Path) -> None:
    (home / ".bashrc").write_text("alias mine=true\n", "utf-8")
    for _ in range(2):
        done = run(home, "tenken --install-completion")
        assert (done.returncode, done.stdout) == (0, "")
        assert str(home / ".bash_completions" / "tenken.sh") in done.stderr
    lines = (home / ".bashrc").read_text("utf-8").splitlines()
    assert (lines[0], len([line for line in lines if line.startswith("source ")])) == ("alias mine=true", 1)
    assert run(home, "source ~/.bashrc; complete -p tenken").stdout.endswith(" -F _tenken_completion tenken\n")


@pytest.mark.parametrize(
    ("shell", "file", "expected"),
    [("zsh", ".zfunc/_tenken", "#compdef tenken"), ("fish", ".config/fish/completions/tenken.fish", "complete ")],
)
def test_other_shells_are_told_in_their_own_words(home: Path, shell: str, file: str, expected: str) -> None:
    shown = run(home, "tenken --show-completion", shell).stdout
    assert shown.startswith(expected)
    assert f"_TENKEN_COMPLETE=complete_{shell}" in shown
    assert run(home, "tenken --install-completion", shell).returncode == 0
    assert (home / file).read_text("utf-8").strip() == shown.strip()


def test_zsh_and_fish_show_what_each_is_for_in_the_language_in_use(home: Path) -> None:
    asks = "_TYPER_COMPLETE_ARGS='tenken q' _TYPER_COMPLETE_FISH_ACTION=get-args tenken"
    said = {shell: run(home, asks, _TENKEN_COMPLETE=f"complete_{shell}").stdout for shell in ("zsh", "fish")}
    purpose = "Print the open questions to fill in, or as a page."
    assert said == {
        "zsh": f"""_arguments '*: :(("questions":"{purpose}"))'\n""",
        "fish": f"questions\t{purpose}\n",
    }
    japanese = run(home, asks, _TENKEN_COMPLETE="complete_fish", LANG="ja_JP.UTF-8").stdout
    assert japanese == "questions\t未回答の質問を、記入用ファイル又はページで出力します。\n"


@pytest.mark.parametrize("language", ["C.UTF-8", "ja_JP.UTF-8"])
def test_an_explanation_is_never_longer_than_its_line(home: Path, language: str) -> None:
    for words, count in {"tenken ": len(COMMANDS), "tenken assess --": 10}.items():
        said = run(
            home, f"_TYPER_COMPLETE_ARGS='{words}' tenken", _TENKEN_COMPLETE="complete_zsh", LANG=language
        ).stdout
        assert said.count("\n") == count, said


def test_a_shell_that_cannot_complete_is_told_what_can(home: Path) -> None:
    for option in ("--install-completion", "--show-completion"):
        done = run(home, f"tenken {option}", "tcsh")
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert done.stderr.startswith(f"{option}: start this from bash, zsh or fish")
    command = done.stderr.split("`")[1]
    assert run(home, command, "tcsh").stdout.strip() == run(home, "tenken --show-completion").stdout.strip()


def test_a_home_that_cannot_be_written_is_one_line(home: Path) -> None:
    (home / ".bash_completions").touch()
    done = run(home, "tenken --install-completion")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith("--install-completion: it could not be installed (")


@pytest.mark.parametrize("name", ["missing", "it's mine"])
def test_a_home_that_a_shell_could_not_read_from_is_named(home: Path, name: str) -> None:
    (home / "it's mine").mkdir()
    done = run(home, "tenken --install-completion", HOME=str(home / name))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"--install-completion: {home / name} is no folder it can be installed in; ")
    assert not list((home / "it's mine").iterdir())


@pytest.mark.parametrize("asked", ["complete_bash", "complete_zsh", "nonsense"])
def test_what_only_a_shell_sets_is_told_to_whoever_set_it(home: Path, asked: str) -> None:
    done = run(home, "tenken checklists", _TENKEN_COMPLETE=asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("_TENKEN_COMPLETE: this is set by a shell when Tab is pressed")
