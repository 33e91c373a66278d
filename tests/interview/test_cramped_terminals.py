"""A terminal too small for a question says so, and no key answers what nobody sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paths import LIGHTHOUSE
from support.pseudo_terminal import PseudoTerminal
from tenken.records.record_file import open_record

NOTICE = "Makethiswindowlarger"
COAST, LAMPS = "Does it stand on a coast?", "Which lamps does it have?"
TOO_SMALL = [(20, 5), (80, 3), (5, 20), (6, 20), (80, 1), (2, 2)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n"
    (tmp_path / "tower.yaml").write_text(text, "utf-8")
    return tmp_path


def wait_for_notice(terminal: PseudoTerminal) -> None:
    room = terminal.display.columns * terminal.display.lines
    terminal.wait_until(lambda screen: NOTICE[: min(room, 4)] in "".join(screen.split()), "the notice")


def type_everything(terminal: PseudoTerminal) -> None:
    terminal.type(*"123ynk b?nw", "\r", "\n", "\x1b[B", "\x1b", "\t", "\x7f")
    terminal.wait_until_read()


@pytest.mark.parametrize(("columns", "rows"), TOO_SMALL)
def test_no_key_answers_a_question_nobody_sees(folder: Path, columns: int, rows: int) -> None:
    with PseudoTerminal("assess", "tower.yaml", "--by", "Mia", folder=folder, columns=columns, rows=rows) as terminal:
        wait_for_notice(terminal)
        type_everything(terminal)
        terminal.resize(80, 24)
        terminal.wait_for(COAST)
        assert open_record(folder / "tower.yaml").record.answers == {}
        terminal.type("1")
        terminal.wait_for(LAMPS)
    assert list(open_record(folder / "tower.yaml").record.answers) == ["coast"]


def test_ctrl_c_leaves_all_the_same(folder: Path) -> None:
    with PseudoTerminal("assess", "tower.yaml", "--by", "Mia", folder=folder, columns=80, rows=3) as terminal:
        wait_for_notice(terminal)
        terminal.type("\x03")
        assert terminal.finish() == 130
        assert "To go on" in terminal.screen


def test_no_key_types_a_text_nobody_sees(tmp_path: Path) -> None:
    with PseudoTerminal("assess", folder=tmp_path, columns=80, rows=1) as terminal:
        wait_for_notice(terminal)
        type_everything(terminal)
        terminal.resize(80, 24)
        screen = terminal.wait_for("What is your system called?")
        assert screen.splitlines()[-1].strip() == "❯"
        terminal.type("\x03")
        assert terminal.finish() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_low_terminal_that_has_room_for_a_choice_asks(folder: Path) -> None:
    with PseudoTerminal("assess", "tower.yaml", "--by", "Mia", folder=folder, columns=20, rows=6) as terminal:
        terminal.wait_for("1 Yes")
        terminal.type("1")
        terminal.wait_for("Which lamps")
        terminal.type("\x03")
        assert terminal.finish() == 130
