"""The conversation on real pseudo-terminals, read as a person would see it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from support.command_line import run_tenken
from support.paths import CHECKLISTS
from support.pseudo_terminal import PseudoTerminal
from tenken.interview.card_layout import render_card_parts
from tenken.interview.prompt import CardOption, PromptKey, QuestionCard
from tenken.messages.line_breaking import measure_width, wrap_text
from tenken.records.record_file import open_record, parse_record

ENTER, SPACE, ESCAPE, CTRL_C, CTRL_D, CTRL_Z, DOWN = "\r", " ", "\x1b", "\x03", "\x04", "\x1a", "\x1b[B"
COAST, LAMPS, KEEPER = "Does it stand on a coast?", "Which lamps does it have?", "Does a keeper live there?"
COLOUR = re.compile(rb"\x1b\[[0-9;]*3[0-79]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for checklist in ("lighthouse", "toudai"):
        text = f"tenken: 1\nsystem: Tower\nchecklists: [{CHECKLISTS / checklist}.yaml]\nanswers: {{}}\n"
        (tmp_path / f"{checklist}.yaml").write_text(text, "utf-8")
    return tmp_path


def answers(folder: Path, name: str = "lighthouse.yaml") -> dict[str, tuple[str, ...]]:
    return {id: given.answer for id, given in open_record(folder / name).record.answers.items()}


def assess(folder: Path, *more: str, **how: object) -> PseudoTerminal:
    return PseudoTerminal("assess", "lighthouse.yaml", "--by", "Mia", *more, folder=folder, **how)  # type: ignore[arg-type]


def test_ctrl_c_keeps_everything_and_the_same_command_goes_on(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type("1")
        terminal.wait_for(LAMPS)
        terminal.type(CTRL_C)
        assert terminal.finish() == 130
        assert "To go on: tenken assess lighthouse.yaml" in terminal.screen
    assert answers(folder) == {"coast": ("yes",)}
    with assess(folder) as terminal:
        terminal.wait_for("1 answer so far, the last one today")
        terminal.wait_for("What now?")
        terminal.type(ENTER)
        terminal.wait_for(LAMPS)
        terminal.type(SPACE, ENTER)
        terminal.wait_for(KEEPER)
        terminal.type("2")
        terminal.wait_for("When was it first lit?")
        terminal.type("1")
        terminal.wait_for("such as 2026-08-02")
        terminal.type("2026-08-01", ENTER)
        terminal.wait_for("What next?")
        terminal.type("q")
        assert terminal.finish() == 130
    assert answers(folder) == {"coast": ("yes",), "lamps": ("white",), "keeper": ("no",), "lit": ("2026-08-01",)}


def test_from_the_first_question_to_the_result(folder: Path) -> None:
    with assess(folder, "--quick") as terminal:
        for waits, keys in [
            (COAST, "1"),
            (LAMPS, "1" + ENTER),
            (KEEPER, "2"),
            ("When was it first lit?", "3"),
            ("from dusk to dawn?", "3"),
            ("What next?", "3"),
        ]:
            terminal.wait_for(waits)
            terminal.type(*keys)
        assert terminal.finish() == 0
        assert "Gap: Shine at night (Section 1(1)), since 2 August 2026" in terminal.screen
        assert "The report is in lighthouse.html" in terminal.screen
    assert (folder / "lighthouse.html").read_text("utf-8").startswith("<!doctype html>")


def test_one_of_several_choices_can_be_left_open_and_is_shown_so_again(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type("1")
        terminal.wait_for(LAMPS)
        terminal.type("1", "2", "u")
        terminal.wait_for("(not sure)")
        terminal.type(ENTER)
        terminal.wait_for(KEEPER)
        terminal.type("b")
        terminal.wait_for(LAMPS)
        terminal.wait_for("(not sure)")
        terminal.type("2", ENTER)
        terminal.wait_for(KEEPER)
        terminal.type("q")
        assert terminal.finish() == 130
    assert answers(folder)["lamps"] == ("white", "red")


def test_in_plain_lines_a_question_mark_leaves_one_choice_open(folder: Path) -> None:
    done = run_tenken("assess", "lighthouse.yaml", "--by", "Mia", "--plain", cwd=folder, stdin="1\n1, 2?\nb\n")
    assert "A `?` behind a number says that you are not sure of that one." in done.stderr
    assert "Red (not sure)" in done.stderr
    assert answers(folder)["lamps"] == ("white", "red?")


@pytest.mark.parametrize(
    ("keys", "there", "leaves"),
    [
        ("n", "Note:", "he bought them" + ENTER),
        ("w", "Enter: back", ENTER),
        ("?", "Enter: back", ENTER),
        ("r", "Review", ESCAPE),
        ("a", "Who would know?", "Jun" + ENTER),
        ("b", COAST, "1"),
    ],
)
def test_ticks_survive_every_key(folder: Path, keys: str, there: str, leaves: str) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type("1")
        terminal.wait_for(LAMPS)
        terminal.type("1", "2", "u")
        terminal.wait_for("(not sure)")
        terminal.type(keys)
        terminal.wait_for(there)
        terminal.wait_until(lambda screen: LAMPS not in screen)
        terminal.type(leaves)
        screen = terminal.wait_for(LAMPS)
        assert "● 1 White" in screen
        assert "❯ ● 2 Red (not sure)" in screen
        terminal.type(ENTER)
        terminal.wait_for(KEEPER)
    assert answers(folder)["lamps"] == ("white", "red?")


def test_what_was_pointed_at_is_pointed_at_again(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type(DOWN)
        terminal.wait_for("❯ 2 No")
        terminal.type("n")
        terminal.wait_for("Note:")
        terminal.type("x", ENTER)
        terminal.wait_for("Note: x")
        assert "❯ 2 No" in terminal.screen


def test_every_choice_is_explained_at_once_where_there_is_room(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type("1")
        screen = terminal.wait_for(LAMPS)
        assert "1 White – It has a white lamp." in screen
        assert "2 Red – It has a red lamp." in screen
        terminal.resize(26, 10)
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.wait_until(lambda screen: LAMPS in screen and "–" not in screen)


def test_keys_typed_before_a_question_is_there_answer_nothing(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type("1" + "1" + ENTER + "2" + "1")
        terminal.wait_for(LAMPS)
        terminal.take(time.monotonic() + 0.5)
        assert "● " not in terminal.screen
    assert answers(folder) == {"coast": ("yes",)}


def test_ctrl_c_typed_ahead_leaves(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type("1" + CTRL_C)
        assert terminal.finish() == 130
    assert answers(folder) == {"coast": ("yes",)}


@pytest.fixture
def many_lamps(folder: Path) -> Path:
    """A question of fourteen choices: twelve lamps, none of these, not sure."""
    text = (CHECKLISTS / "lighthouse.yaml").read_text("utf-8")
    more = "".join(f"      lamp_{number}: {{label: Lamp {number}}}\n" for number in range(3, 13))
    (folder / "many.yaml").write_text(text.replace("      none: {label", more + "      none: {label", 1), "utf-8")
    record = folder / "lighthouse.yaml"
    record.write_text("tenken: 2\nsystem: Tower\nchecklists: [many.yaml]\nanswers: {coast: yes}\n", "utf-8")
    return folder


def wait_for_lamps(terminal: PseudoTerminal) -> None:
    terminal.wait_for("What now?")
    terminal.type(ENTER)
    terminal.wait_for(LAMPS)


@pytest.mark.parametrize(
    ("keys", "ticked"),
    [
        (["13"], ("none",)),
        (["12", "2"], ("red", "lamp_12")),
        (["1", SPACE, "2"], ("white", "red")),
        (["1", DOWN, "2"], ("red",)),
        (["15"], ("white", "lamp_5")),
        (["0", "3"], ("lamp_3",)),
        (["10", "10", "9"], ("lamp_9",)),
    ],
)
def test_a_number_reaches_every_choice(many_lamps: Path, keys: list[str], ticked: tuple[str, ...]) -> None:
    with assess(many_lamps) as terminal:
        wait_for_lamps(terminal)
        terminal.type(*keys)
        terminal.take(time.monotonic() + 0.3)
        terminal.type(ENTER)
        terminal.wait_for(KEEPER)
    assert answers(many_lamps)["lamps"] == ticked


@pytest.mark.parametrize(
    ("keys", "ticked"),
    [(["3", "1"], ("white", "lamp_3")), (["1", SPACE, "1"], ("white",)), (["1", "u", "1"], ("white",))],
)
def test_enter_ends_a_number_and_goes_on(many_lamps: Path, keys: list[str], ticked: tuple[str, ...]) -> None:
    with assess(many_lamps) as terminal:
        wait_for_lamps(terminal)
        terminal.type(*keys, ENTER)
        terminal.wait_for(KEEPER)
    assert answers(many_lamps)["lamps"] == ticked


def test_a_number_that_could_become_longer_waits_and_says_so(many_lamps: Path) -> None:
    with assess(many_lamps) as terminal:
        wait_for_lamps(terminal)
        terminal.type("1")
        screen = terminal.wait_for("Enter takes 1 and goes on; one more digit makes it 10 to 14.")
        assert "● " not in screen
        terminal.type(DOWN)
        terminal.wait_until(lambda screen: "Enter takes" not in screen)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D, "q"])
def test_leaving_a_list_is_no_answer(folder: Path, key: str) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type(key)
        assert terminal.finish() == 130
    assert answers(folder) == {}


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_a_text_is_no_answer(folder: Path, key: str) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type("n")
        terminal.wait_for("Note:")
        terminal.type("half a", key)
        assert terminal.finish() == 130
        assert "To go on" in terminal.screen
    assert answers(folder) == {}


def test_ctrl_c_before_anything_was_said(tmp_path: Path) -> None:
    with PseudoTerminal("assess", folder=tmp_path) as terminal:
        terminal.wait_for("What is your system called?")
        terminal.type(CTRL_C)
        assert terminal.finish() == 130
        assert "To begin: tenken assess" in terminal.screen
    assert list(tmp_path.iterdir()) == []


def test_from_nothing_to_the_first_question(tmp_path: Path) -> None:
    with PseudoTerminal("assess", folder=tmp_path) as terminal:
        terminal.wait_for("What is your system called?")
        terminal.type("Acme Help", ENTER)
        terminal.wait_for("Whose system is it?")
        terminal.type("Acme GmbH", ENTER)
        terminal.wait_for("Which release of it?")
        terminal.type(ENTER)
        terminal.wait_for("acme-help.yaml")
        terminal.type(ENTER)
        terminal.wait_for("Who is answering?")
        terminal.type("Mia", ENTER)
        terminal.wait_for("? keys")
        terminal.type(CTRL_D)
        assert terminal.finish() == 130
    assert open_record(tmp_path / "acme-help.yaml").record.system == "Acme Help"


def test_an_acknowledged_answer_survives_being_killed(folder: Path) -> None:
    for key, said in [("1", "✔ On a coast: Yes"), ("1" + ENTER, "✔ Its lamps: White"), ("2", "✔ The keeper: No")]:
        with assess(folder) as terminal:
            if answers(folder):
                terminal.wait_for("What now?")
                terminal.type(ENTER)
            terminal.wait_for("? keys")
            terminal.type(*key)
            terminal.wait_for(said)
            terminal.kill()
    assert answers(folder) == {"coast": ("yes",), "lamps": ("white",), "keeper": ("no",)}


@pytest.mark.thorough
def test_being_killed_at_any_moment_never_spoils_the_file(folder: Path) -> None:
    for moment in range(12):
        with assess(folder) as terminal:
            if answers(folder):
                terminal.wait_for("What now?")
                terminal.type(ENTER)
            terminal.wait_for("? keys")
            terminal.type("b")
            time.sleep(moment / 300)
            terminal.type("1")
            time.sleep(moment / 300)
            os.kill(terminal.pid, signal.SIGKILL)
        open_record(folder / "lighthouse.yaml")


def test_a_question_its_choices_and_the_keys_are_in_sight(folder: Path) -> None:
    with assess(folder) as terminal:
        screen = terminal.wait_for("? keys")
        for text in ("What applies", "question 1", COAST, "1 Yes", "2 No", "3 Not sure", "w why", "Inland towers"):
            assert text in screen


def test_help_lists_the_keys_and_leaves_no_trace(folder: Path) -> None:
    with assess(folder) as terminal:
        before = terminal.wait_for("? keys")
        terminal.type("?")
        assert "back to the question before" in terminal.wait_for("Enter: back")
        terminal.type(ENTER)
        assert terminal.wait_for("? keys") == before


def test_why_shows_the_whole_explanation(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for("? keys")
        terminal.type("w")
        screen = terminal.wait_for("Enter: back")
        for text in ("A tower on a pier.", "A tower on a hill.", "The surveyor"):
            assert text in screen
        assert "rules out" not in screen
        terminal.type(ENTER)
        terminal.wait_for("? keys")
        terminal.type("2")
        terminal.wait_for("What now?")
        terminal.type("b")
        terminal.wait_for("? keys")
        terminal.type("w")
        terminal.wait_for("Your answer  No – rules out: 4 requirements")


def test_escape_goes_back_from_a_text(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for("? keys")
        terminal.type("n")
        terminal.wait_for("Note:")
        terminal.type("never mind", ESCAPE)
        terminal.wait_for("? keys")
        terminal.type("q")
        assert terminal.finish() == 130
    assert answers(folder) == {}


def test_nothing_ticked_is_not_an_answer(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for(COAST)
        terminal.type("1")
        terminal.wait_for(LAMPS)
        terminal.type(ENTER)
        terminal.wait_for("Tick at least one")
        terminal.type("1", "3", ENTER)
        terminal.wait_for("✔ Its lamps: None of these")


def test_a_terminal_that_never_says_where_its_cursor_is_costs_nothing(folder: Path) -> None:
    with assess(folder, replies=False) as terminal:
        terminal.wait_for(COAST)
        terminal.type("1")
        terminal.wait_for(LAMPS)
        assert b"\x1b[6n" not in terminal.output


def test_no_color_means_no_colour(folder: Path) -> None:
    with assess(folder, environment={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("? keys")
        terminal.type("1")
        terminal.wait_for(LAMPS)
        assert not COLOUR.search(terminal.output)
    with assess(folder) as terminal:
        terminal.wait_for("What now?")
        assert COLOUR.search(terminal.output)


def test_a_resized_terminal_is_filled_anew(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for("? keys")
        terminal.resize(40, 24)
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.type("j")
        terminal.wait_for("outside the law")
        terminal.type("1")
        screen = terminal.wait_for(LAMPS)
        assert "─" * 40 in screen
        assert "─" * 41 not in screen


def test_a_page_that_is_read_while_the_terminal_is_resized_is_wrapped_anew(folder: Path) -> None:
    with assess(folder) as terminal:
        terminal.wait_for("? keys")
        terminal.type("w")
        terminal.wait_for("Enter: back")
        terminal.resize(24, 24)
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.wait_until(lambda screen: "Why we ask  Inland\n" in screen)
        terminal.wait_until(lambda screen: "Inland towers are outside the law." in " ".join(screen.split()))


@pytest.mark.parametrize(
    ("key", "shown", "letters", "kept"), [("n", "Note:", "by day", {"coast": ()}), ("w", "Enter: back", "xyz", {})]
)
def test_ctrl_z_is_no_letter_and_answers_nothing(
    folder: Path, key: str, shown: str, letters: str, kept: dict[str, tuple[str, ...]]
) -> None:
    with assess(folder) as terminal:
        terminal.wait_for("? keys")
        terminal.type(key)
        terminal.wait_for(shown)
        terminal.type(CTRL_Z, letters)
        terminal.take(time.monotonic() + 0.3)
        assert "^Z" not in terminal.wait_for(shown)
        terminal.type(ENTER)
        terminal.wait_for("? keys")
    assert answers(folder) == kept


def test_a_choice_that_is_typed_as_sure_and_not_sure_is_asked_again(folder: Path) -> None:
    with assess(folder, "--plain") as terminal:
        terminal.wait_for("Number:")
        terminal.type("1" + ENTER)
        terminal.wait_for("separated by commas:")
        terminal.type("1?,1" + ENTER)
        terminal.wait_for("That is not one of the answers")
        terminal.type("1?" + ENTER)
        terminal.wait_for("Saved: Its lamps: White (not sure)")
    assert answers(folder)["lamps"] == ("white?",)


def test_a_narrow_terminal_with_a_long_list_still_names_the_key_that_lists_all_keys() -> None:
    options = tuple(CardOption(f"c{number}", f"Choice {number}") for number in range(14))
    keys = render_card_parts(QuestionCard("Which?", options, several=True, keys=tuple(PromptKey)), 0, "", 40, 24)[
        "keys"
    ]
    assert keys[-1] == "Space ticks  Enter next  ↑↓ more  ? keys"


def japanese(columns: int, folder: Path, *more: str) -> Iterator[str]:
    with PseudoTerminal("assess", "toudai.yaml", "--by", "Mia", *more, folder=folder, columns=columns) as terminal:
        yield terminal.wait_for("内陸に立っている")


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_japanese_is_whole_and_no_line_begins_with_a_full_stop(folder: Path, columns: int) -> None:
    for screen in japanese(columns, folder):
        lines = [line.strip() for line in screen.splitlines()]
        whole = re.sub(r"\s", "", screen)
        assert (
            "その灯台は、海岸に立っていますか。川の岸や、湖の岸に立っている灯台は、海岸に立っているとはいえません。"
            in whole
        )
        assert "「海岸」に立つ灯台だけが、この指針の対象です。" in whole
        assert not [line for line in lines if line and line[0] in "、。」）"]
        assert "? keys" in screen


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}, {"PYTHONIOENCODING": "ascii"}, {}])
def test_plain_lines_are_never_drawn_over(folder: Path, environment: dict[str, str]) -> None:
    plain = () if environment else ("--plain",)
    with assess(folder, *plain, environment=environment) as terminal:
        terminal.wait_for("Number:")
        terminal.type("back\n")
        terminal.wait_for("This is the first question.")
        terminal.type("y\n")
        terminal.wait_for("Saved: On a coast: Yes")
        terminal.wait_for("separated by commas:")
        terminal.type("1, 2\n")
        terminal.wait_for("Saved: Its lamps: White, Red")
        terminal.type(CTRL_C)
        assert terminal.finish() == 130
        assert b"\x1b" not in terminal.output
    assert answers(folder) == {"coast": ("yes",), "lamps": ("white", "red")}


def test_whoever_reads_plain_lines_is_not_asked_to_look_at_a_window(folder: Path) -> None:
    record = folder / "lighthouse.yaml"
    record.write_text(record.read_text("utf-8").replace("answers: {}", "answers: {coast: no}"), "utf-8")
    with assess(folder, environment={"ACCESSIBLE": "1", "DISPLAY": ":0"}) as terminal:
        terminal.wait_for("Number:")
        terminal.type("1\n")
        assert terminal.finish() == 0
    assert terminal.screen.count("The report is in") == 2


def test_plain_lines_say_once_what_goes_without_saying_later(folder: Path) -> None:
    done = run_tenken(
        "assess", "lighthouse.yaml", "--plain", "--quick", stdin="back\ny\nwhite\ny\nnever\nno\nno\n", cwd=folder
    )
    assert done.stderr.count("You can also type: why, back, skip, note, ask, review, leave, keys.") == 1
    assert done.stderr.count("3. No – It is not in place, planned or not.\n") == 1
    assert done.stderr.count("3. No\n") >= 1


def test_plain_lines_work_through_a_pipe(folder: Path) -> None:
    said = "why\nJun\nｙ\n１、Red\nback\nWhite\nn\nnever\n1\nyes\n\nno\n\n\n"
    done = run_tenken("assess", "lighthouse.yaml", "--plain", stdin=said, cwd=folder)
    assert done.returncode == 130
    assert done.stdout == ""
    assert "“why” is a command" in done.stderr.replace("\n", " ")
    assert "Saved: The keeper: No" in done.stderr
    assert answers(folder)["L-1.clean"] == ("no",)


def test_without_a_terminal_the_other_ways_are_named(folder: Path) -> None:
    done = run_tenken("assess", "lighthouse.yaml", cwd=folder)
    assert done.returncode == 2
    for way in ("tenken questions --blank", "--set question=answer", "lighthouse.yaml"):
        assert way in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_setting_an_answer_says_what_that_changed_and_how_much_is_next(folder: Path) -> None:
    facts = ("coast=yes", "lamps=white", "keeper=no", "lit=never")
    run_tenken("assess", "lighthouse.yaml", *(word for fact in facts for word in ("--set", fact)), cwd=folder)
    done = run_tenken("assess", "lighthouse.yaml", "--set", "L-1.shines=no", cwd=folder)
    assert done.stderr.splitlines() == [
        "Gap: Shine at night (Section 1(1)), since 2 August 2026",
        "2 questions are open next; see them: tenken questions lighthouse.yaml",
    ]


def test_answers_are_set_without_a_question(folder: Path) -> None:
    done = run_tenken(
        *("assess", "lighthouse.yaml", "--by", "Jun", "--set", "lamps=white,red", "--set", "lit=2026-08-01"), cwd=folder
    )
    assert done.returncode == 0
    assert done.stderr == "1 question is open next; see it: tenken questions lighthouse.yaml\n"
    assert answers(folder) == {"lamps": ("white", "red"), "lit": ("2026-08-01",)}
    assert open_record(folder / "lighthouse.yaml").record.answers["lit"].by == "Jun"


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("lamp=white", "did you mean lamps?"),
        ("lamps=wite", "did you mean white?"),
        ("lamps", "question=answer"),
        ("lit=2026-02-30", "2026-02-30 is not a day"),
        ("coast=yes,no", "coast takes one answer"),
        ("L-1.shines=not_applicable", "needs a `reason"),
    ],
)
def test_answers_that_mean_nothing_are_refused(folder: Path, setting: str, says: str) -> None:
    before = (folder / "lighthouse.yaml").read_bytes()
    done = run_tenken("assess", "lighthouse.yaml", "--set", setting, cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert (folder / "lighthouse.yaml").read_bytes() == before


def test_a_record_goes_through_a_pipe(folder: Path) -> None:
    text = (folder / "lighthouse.yaml").read_text("utf-8")
    done = run_tenken("assess", "-", "--set", "coast=no", stdin=text, cwd=folder)
    assert done.returncode == 0
    assert parse_record(done.stdout.encode(), "-").answers["coast"].answer == ("no",)
    assert answers(folder) == {}


def test_a_record_is_begun_without_a_question(tmp_path: Path) -> None:
    assert run_tenken("assess", "acme.yaml", "--set", "size=sme", cwd=tmp_path).returncode == 0
    made = open_record(tmp_path / "acme.yaml").record
    assert (made.system, made.answers["size"].answer) == ("acme", ("sme",))
    assert made.checklists


@pytest.mark.parametrize("columns", [10, 21, 40, 80])
def test_wrapped_lines_keep_every_character_and_fit(columns: int) -> None:
    text = "AI事業者ガイドライン（第1.2版）は、「透明性」を求めています。See https://example.com/a/long/path for more."
    lines = wrap_text(text, columns, "  ", "- ")
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", "- " + text)
    assert all(measure_width(line) <= max(columns, 12) for line in lines)


@pytest.mark.parametrize(
    "command", [("explain", "lighthouse.yaml"), ("assess", "lighthouse.yaml", "--set", "coast=no")]
)
def test_a_terminal_gets_long_lines_wrapped_between_words(folder: Path, command: tuple[str, ...]) -> None:
    whole = run_tenken(*command, cwd=copytree(folder, folder / "copy"))
    with PseudoTerminal(*command, folder=folder, columns=30) as terminal:
        terminal.finish()
        lines = terminal.screen.splitlines()
    words = {*(whole.stdout + whole.stderr).split()}
    assert any(len(line) > 30 for line in (whole.stdout + whole.stderr).splitlines())
    assert {word for line in lines for word in line.split()} <= words
