"""A conversation in Japanese from the first question to the result, as a person in Japan would see it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.pseudo_terminal import PseudoTerminal, press_number
from tenken.assessment.wording import Wording
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.record import GivenAnswer
from tenken.records.record_file import open_record
from tenken.rules.answer_kinds import QuestionKind
from tenken.rules.loading import load_library
from tenken.rules.outline import load_outlines
from tenken.rules.requirement import EXPLAINED, SET_ASIDE

LIBRARY = load_library(language="ja")
WORDS = Wording(LIBRARY, "ja")
CHATBOT = open_record(find_shipped_folder("examples") / "support-chatbot.yaml").record.answers
DAY = "2026-09-01"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
MOST, FEWEST = 12, 7
"""How many choices are all in sight, and of a longer list, which scrolls, how many at least."""
LAST = "どこまで進めますか。"
MENUS = {"チェックリストがほかにもあります": "2", LAST: "3"}
"""What is asked between the questions, and the choice taken."""
MUCH = 10_000
"""More characters than a question has with its choices."""
ENTER = "\r"
LATIN = re.compile(r"[A-Za-z][A-Za-z’'-]{2,}")
NAMES = {"tenken", "assess", "report", "yaml", "html", "Enter", "Space", "Ctrl-C", "record", "draft"}
NAMES |= {*load_outlines()}
"""What is written in Latin letters in Japanese, too: the program, its files and commands, and keys."""


def squeezed(text: str) -> str:
    """A text as it is read, without the blanks and line ends that only the terminal needs."""
    return "".join(text.split())


ASKS = {id: squeezed(question.ask) for id, question in LIBRARY.questions.items()}
ASKS |= {id: squeezed(check.ask) for id, (_, check) in LIBRARY.checks.items()}


def choices(id: str) -> dict[str, str]:
    """The words of a question with their labels, in the order of the screen."""
    offered = {word: label for word, label, _ in WORDS.list_choices(id)}
    if id in LIBRARY.checks and not LIBRARY.checks[id][0].may_be_explained:
        offered.pop(EXPLAINED, None)
    return {"day": "日付が分かっている", **offered} if is_date(id) else offered


def is_date(id: str) -> bool:
    return id in LIBRARY.questions and LIBRARY.questions[id].kind is QuestionKind.DATE


def wanted(id: str) -> tuple[str, ...]:
    """The answer of the example to a question; else none of it, or no."""
    said = CHATBOT.get(id, GivenAnswer()).answer
    if is_date(id):
        return ("day",)
    if said and set(said) <= set(choices(id)) - {SET_ASIDE, EXPLAINED}:
        return said
    return (next(word for word in ("none", "no", "unsure") if word in choices(id)),)


def read_output(terminal: PseudoTerminal) -> str:
    return terminal.output.decode("utf-8", "replace")


def asked(terminal: PseudoTerminal, before: str, ends: str) -> str:
    """The question or the menu on the screen, once it is another than before and all of it is there."""
    deadline = time.monotonic() + 30
    while terminal.take(deadline):
        shown = squeezed(terminal.screen if terminal.shows else read_output(terminal)[-MUCH:])
        found = {shown.rfind(ask): id for id, ask in ASKS.items() if ask in shown}
        found |= {shown.rfind(menu): menu for menu in MENUS if menu in shown}
        if found and shown.endswith((ends, "q終了")) and found[max(found)] != before:
            return found[max(found)]
    raise AssertionError(terminal.screen or read_output(terminal)[-MUCH:])


def drawn(terminal: PseudoTerminal, id: str) -> None:
    """Answers with keys."""
    words, places = wanted(id), list(choices(id))
    several = id in LIBRARY.questions and LIBRARY.questions[id].several
    for word in words:
        place = places.index(word)
        terminal.type(*press_number(place, len(places), several=several))
    if is_date(id):
        terminal.wait_for("2026-08-02）")
        terminal.type("2026年9月1日", ENTER)
    elif several:
        terminal.type(ENTER)


def typed(terminal: PseudoTerminal, id: str) -> None:
    """Answers in words: yes and no in Japanese, anything else by full-width numbers."""
    words, places = wanted(id), list(choices(id))
    numbers = "、".join(str(places.index(word) + 1).translate(FULL_WIDTH) for word in words)
    terminal.type({"yes": "はい", "no": "いいえ"}.get(words[0], numbers) + "\n")
    if is_date(id):
        terminal.type("２０２６年９月１日\n")


def session(terminal: PseudoTerminal, ends: str, answer: Callable[[PseudoTerminal, str], None]) -> Iterator[str]:
    """Every question of a conversation, before it is answered; to the result."""
    id = ""
    while id != LAST:
        id = asked(terminal, id, ends)
        if id in MENUS:
            terminal.type(MENUS[id], "\n" if "：" in ends else "")
        else:
            yield id
            answer(terminal, id)
    assert terminal.finish() == 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "record.yaml"
    path.write_text("tenken: 1\nsystem: 案内ボット\nanswers: {}\n", "utf-8")
    return path


def begun(path: Path, *more: str, **how: int) -> PseudoTerminal:
    arguments = ("--lang", "ja", "assess", path.name, "--by", "佐藤", "--quick", *more)
    return PseudoTerminal(*arguments, folder=path.parent, **how)  # type: ignore[arg-type]


def english(text: str) -> set[str]:
    return set(LATIN.findall(text)) - NAMES


def kept(path: Path) -> set[tuple[str, tuple[str, ...]]]:
    """The questions in a record with their answers; some checks are asked in the same words."""
    return {(ASKS[id], given.answer) for id, given in open_record(path).record.answers.items()}


def said(ids: list[str]) -> set[tuple[str, tuple[str, ...]]]:
    return {(ASKS[id], (DAY,) if is_date(id) else wanted(id)) for id in ids}


@pytest.mark.parametrize("columns", [80, 40])
def test_every_question_its_choices_and_the_keys_are_in_sight_and_in_japanese(path: Path, columns: int) -> None:
    ids = []
    with begun(path, columns=columns) as terminal:
        for id in session(terminal, "?操作", drawn):
            ids.append(id)
            shown = squeezed(terminal.screen)
            labels = list(choices(id).values())
            in_sight = labels if len(labels) <= MOST else labels[:FEWEST]
            assert [label for label in in_sight if squeezed(label) not in shown] == [], terminal.screen
            assert ("↑↓続き" in shown) == (len(labels) > MOST)
            assert english(terminal.screen) == set(), terminal.screen
        assert english(terminal.screen) == set(), terminal.screen
        assert "報告書" in terminal.screen
    assert len(ids) > 10
    assert kept(path) == said(ids)


def test_plain_lines_take_full_width_digits_and_japanese_words(path: Path) -> None:
    with begun(path, "--plain", shows=False) as terminal:
        ids = list(session(terminal, "：", typed))
        assert english(read_output(terminal)) == set()
        assert b"\x1b" not in terminal.output
    assert len(ids) > 10
    assert {("yes",), ("no",)} <= set(map(wanted, ids))
    assert kept(path) == said(ids)
