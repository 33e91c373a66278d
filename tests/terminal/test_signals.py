"""Ways to leave a conversation besides Ctrl-C: the end of the input, a signal to end, a terminal that is closed."""

from __future__ import annotations

import os
import signal
import subprocess
import termios
import time
from pathlib import Path

import pytest

from support.killed_interviews import kill_interviews
from support.paths import LIGHTHOUSE, TENKEN
from support.pseudo_terminal import PseudoTerminal
from tenken.records.record_file import open_record

pytestmark = pytest.mark.thorough

ENDS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
PLAIN = ((), ("--plain",))
LAMPS = "Which lamps does it have?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n"
    (tmp_path / "tower.yaml").write_text(text, "utf-8")
    return tmp_path


def begun(folder: Path, *more: str) -> PseudoTerminal:
    """A conversation in which one answer is acknowledged and the next question asked."""
    terminal = PseudoTerminal("assess", "tower.yaml", "--by", "Mia", *more, folder=folder)
    terminal.wait_for("Number:" if more else "? keys")
    terminal.type("1\n" if more else "1")
    terminal.wait_for(LAMPS)
    terminal.wait_for("separated by commas:" if more else "Space ticks")
    return terminal


def answers(folder: Path) -> dict[str, tuple[str, ...]]:
    return {id: given.answer for id, given in open_record(folder / "tower.yaml").record.answers.items()}


def modes(terminal: PseudoTerminal) -> int:
    """Whether the terminal echoes and edits lines, as a shell wants it back."""
    return int(termios.tcgetattr(terminal.handle)[3]) & (termios.ECHO | termios.ICANON)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("plain", PLAIN)
def test_a_signal_to_end_leaves_in_order(folder: Path, end: signal.Signals, plain: tuple[str, ...]) -> None:
    with begun(folder, *plain) as terminal:
        os.kill(terminal.pid, end)
        assert terminal.finish() == 128 + end
        assert "To go on: tenken assess tower.yaml" in terminal.screen
        assert b"Traceback" not in terminal.output
        assert modes(terminal) == termios.ECHO | termios.ICANON
    assert answers(folder) == {"coast": ("yes",)}


@pytest.mark.parametrize("end", ENDS)
def test_a_signal_in_the_middle_of_a_text_is_no_answer(folder: Path, end: signal.Signals) -> None:
    with begun(folder) as terminal:
        terminal.type("n")
        terminal.wait_for("Note:")
        terminal.type("half a")
        os.kill(terminal.pid, end)
        assert terminal.finish() == 128 + end
        assert b"Traceback" not in terminal.output
        assert modes(terminal) == termios.ECHO | termios.ICANON
    assert answers(folder) == {"coast": ("yes",)}


def test_a_signal_while_a_page_is_read_leaves_too(folder: Path) -> None:
    with begun(folder) as terminal:
        terminal.type("w")
        terminal.wait_for("Enter: back")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.finish() == 143
        assert b"Traceback" not in terminal.output


@pytest.mark.parametrize("plain", PLAIN)
def test_a_terminal_that_is_closed_leaves_with_everything_saved(folder: Path, plain: tuple[str, ...]) -> None:
    with begun(folder, *plain) as terminal:
        assert terminal.hang_up() == 129
    assert answers(folder) == {"coast": ("yes",)}
    assert [path.name for path in folder.iterdir()] == ["tower.yaml"]


@pytest.mark.parametrize("plain", PLAIN)
def test_ctrl_c_still_leaves_with_its_own_status(folder: Path, plain: tuple[str, ...]) -> None:
    with begun(folder, *plain) as terminal:
        terminal.type("\x03")
        assert terminal.finish() == 130
        assert "To go on: tenken assess tower.yaml" in terminal.screen


def test_the_end_of_the_input_leaves_plain_lines(folder: Path) -> None:
    with begun(folder, "--plain") as terminal:
        terminal.type("\x04")
        assert terminal.finish() == 130
        assert "To go on: tenken assess tower.yaml" in terminal.screen
    assert answers(folder) == {"coast": ("yes",)}


def test_a_terminal_that_is_closed_is_nothing_to_a_conversation_under_nohup(folder: Path) -> None:
    with subprocess.Popen(
        ["nohup", *TENKEN, "assess", "tower.yaml", "--plain", "--by", "Mia"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as interview:
        assert interview.stderr
        seen = b""
        while b"Number:" not in seen:
            seen += os.read(interview.stderr.fileno(), 65536)
        interview.send_signal(signal.SIGHUP)
        interview.communicate(b"1\n")
    assert interview.returncode == 130
    assert answers(folder) == {"coast": ("yes",)}


@pytest.mark.parametrize("end", ENDS)
def test_a_signal_at_any_moment_loses_nothing_and_leaves_no_unfinished_file(end: signal.Signals) -> None:
    for one in kill_interviews(3, end):
        assert one.status == 128 + end
        assert one.is_whole
        assert one.acknowledged <= one.kept
        assert len(one.kept - one.acknowledged) <= 1
        assert one.unfinished == 0


def test_a_signal_before_anything_was_said_leaves_nothing(tmp_path: Path) -> None:
    with PseudoTerminal("assess", folder=tmp_path) as terminal:
        terminal.wait_for("What is your system called?")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.finish() == 143
        assert "To begin: tenken assess" in terminal.screen
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", ENDS)
def test_a_signal_at_any_moment_of_a_command_is_no_fault(tmp_path: Path, end: signal.Signals) -> None:
    """From the moment on that Python has begun: its own start is not ours."""
    (tmp_path / "r.yaml").write_text(f"tenken: 1\nsystem: x\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8")
    ready = "import os, tenken.__main__ as begun; os.write(1, b'r'); begun.main()"
    for moment in range(0, 24, 3):
        with subprocess.Popen(
            [TENKEN[0], "-c", ready, "report", "r.yaml", "-o", "made.html"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as report:
            assert report.stdout
            assert report.stderr
            report.stdout.read(1)
            time.sleep(0.002 + moment / 100)
            report.send_signal(end)
            said = report.stderr.read()
        assert report.returncode in (0, 128 + end, *([-end] if end != signal.SIGINT else []))
        assert b"Traceback" not in said
    assert {path.suffix for path in tmp_path.iterdir()} <= {".yaml", ".html"}


HOLDING = """
import os, signal
from tenken.terminal.signals import ImmediateEnd
end = ImmediateEnd()
with end.hold():
    os.kill(os.getpid(), signal.SIGTERM)
    print("done", flush=True)
print("never")
"""


def test_a_signal_that_ends_at_once_waits_for_what_is_being_done() -> None:
    done = subprocess.run([TENKEN[0], "-c", HOLDING], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGTERM, "done\n", "")
