"""What programs propose counts for nothing until a person takes it over, and then it is known who did so from whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command_line import run_tenken, start_tenken
from support.paths import LIGHTHOUSE
from support.pseudo_terminal import PseudoTerminal
from support.sample_logs import tick_by_minutes, write_logged_record
from support.scripted_prompt import LIBRARY, NOON, Scripted
from tenken.files.problems import Problems
from tenken.interview.prompt import PromptKey
from tenken.interview.proposed_answers import take_over_proposals
from tenken.records.files_beside import find_log_path
from tenken.records.proposals import read_proposals
from tenken.records.record import GivenAnswer, Proposal
from tenken.records.record_file import open_record

AGENT = "source: agent 1.0, rests_on: 'src/lamp.py:12'"
ANSWERS = f"""
  L-1.clean: {{answer: not_applicable, {AGENT}, because: There is no glass}}
  keeper: {{answer: yes, {AGENT}, because: A keeper is on the payroll}}
  lamps: {{answer: [white, red], {AGENT}, because: Two lamps are switched, at: 2026-11-20T09:00:00Z}}
  coast: {{answer: yes, {AGENT}, because: The position is on a pier}}
"""
TOWER = (
    f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{coast: yes, keeper: {{answer: no, by: Mia}}}}\n"
)
TAKE, LEAVE = ("take",), ("leave",)


@pytest.fixture
def tower(tmp_path: Path) -> Path:
    (tmp_path / "tower.proposals.yaml").write_text(f"proposed: yes\nsystem: Tower\nanswers:{ANSWERS}", "utf-8")
    (tmp_path / "tower.yaml").write_text(TOWER, "utf-8")
    return tmp_path / "tower.yaml"


def beside(tower: Path) -> Path:
    return tower.with_name("tower.proposals.yaml")


def kept(tower: Path) -> dict[str, GivenAnswer]:
    return dict(open_record(tower).record.answers)


def decide(tower: Path, *replies: object, by: str = "Jun") -> Scripted:
    prompt, record_file = Scripted(*replies), open_record(tower)
    record_file.clock = tick_by_minutes()
    take_over_proposals(record_file, LIBRARY, read_proposals(beside(tower)), prompt, by=by, clock=lambda: NOON)
    return prompt


def test_each_is_shown_with_its_source_its_reason_and_its_place_in_the_order_of_the_questions(tower: Path) -> None:
    prompt = decide(tower, TAKE, LEAVE, LEAVE)
    assert prompt.asked == ["lamps", "keeper", "L-1.clean"]
    lamps, keeper, _ = prompt.cards
    assert lamps.suggestion == "agent 1.0 proposes this: Two lamps are switched (to be seen in: src/lamp.py:12)"
    assert [option.label for option in lamps.options] == ["Take over: White, Red", "Leave it"]
    assert [option.means for option in keeper.options] == ["", "As it is now."]


def test_what_is_taken_over_is_signed_by_the_person_and_names_who_proposed_it(tower: Path) -> None:
    decide(tower, TAKE, LEAVE, TAKE)
    answers = kept(tower)
    lamps, clean = answers["lamps"], answers["L-1.clean"]
    assert (lamps.answer, lamps.by, lamps.at) == (("white", "red"), "Jun", NOON)
    assert lamps.proposed == Proposal(
        "agent 1.0", "src/lamp.py:12", "Two lamps are switched", NOON.replace(day=20, hour=9)
    )
    assert (clean.answer, clean.reason) == (("not_applicable",), "There is no glass")
    assert answers["keeper"].answer == ("no",)
    assert open_record(tower).record.tenken == "2"


def test_the_log_says_who_took_over_what_from_whom(tmp_path: Path, tower: Path) -> None:
    logged = write_logged_record(tmp_path / "logged", text=TOWER)
    beside(tower).rename(beside(logged))
    decide(logged, TAKE, LEAVE, LEAVE)
    entry = run_tenken("log", "show", logged).stdout.split("\n3  ")[0].splitlines()
    said = "lamps: white, red; taken over from agent 1.0: Two lamps are switched (to be seen in: src/lamp.py:12)"
    assert [line.strip() for line in entry if line.strip().startswith("lamps")] == [said]
    assert "  Jun  answers saved" in run_tenken("log", "show", logged).stdout
    assert b'"source":"agent 1.0"' in find_log_path(logged).read_bytes()
    assert run_tenken("log", "verify", logged).returncode == 0


def test_whoever_leaves_keeps_what_was_taken_over_before(tower: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        decide(tower, TAKE)
    assert kept(tower)["lamps"].by == "Jun"
    decide(tower, PromptKey.BACK)
    assert kept(tower)["keeper"].answer == ("no",)


def test_nobody_takes_over_without_a_name(tower: Path) -> None:
    prompt = decide(tower, "", "Ada", TAKE, LEAVE, LEAVE, by="")
    assert "Who answers stands beside each answer; type a name." in prompt.said
    assert kept(tower)["lamps"].by == "Ada"
    before = tower.read_bytes()
    decide(tower, None, by="")
    assert tower.read_bytes() == before


@pytest.mark.parametrize("more", [(), ("--plain",), ("--by", "Jun")])
def test_without_a_terminal_nothing_is_taken_over(tower: Path, more: tuple[str, ...]) -> None:
    before = tower.read_bytes()
    done = run_tenken("assess", tower, "--merge", beside(tower), *more, stdin="Jun\n1\n1\n1\n")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["lamps", "keeper", "L-1.clean"]
    assert lines[0].startswith(f"{beside(tower)}:6:")
    assert lines[0].endswith(
        "lamps: agent 1.0 proposes White, Red; nothing was taken over. In a terminal a person decides on it"
    )
    assert tower.read_bytes() == before


def test_on_a_terminal_a_person_decides(tower: Path) -> None:
    arguments = ("assess", "tower.yaml", "--merge", "tower.proposals.yaml", "--by", "Jun")
    with PseudoTerminal(*arguments, folder=tower.parent) as terminal:
        screen = terminal.wait_for("Take over: White, Red")
        assert "src/lamp.py:12" in screen
        terminal.type("1")
        terminal.wait_for("2 of 3")
        terminal.type("2")
        terminal.wait_for("3 of 3")
        terminal.type("2")
        assert terminal.finish() == 0
    answers = kept(tower)
    assert (answers["lamps"].by, answers["keeper"].answer) == ("Jun", ("no",))


def test_what_the_record_says_already_is_not_asked_again(tower: Path) -> None:
    decide(tower, TAKE, TAKE, TAKE)
    assert decide(tower).cards == []


def test_an_answer_of_ones_own_is_nobody_elses_proposal(tower: Path) -> None:
    decide(tower, TAKE, TAKE, TAKE)
    run_tenken("assess", tower, "--set", "lamps=white", "--by", "Mia")
    assert kept(tower)["lamps"].proposed is None
    assert kept(tower)["keeper"].proposed is not None


def test_a_final_record_stays_one_unless_the_person_says_otherwise(tower: Path) -> None:
    tower.write_text(TOWER.replace("answers:", "status: final\nanswers:"), "utf-8")
    before = tower.read_bytes()
    decide(tower, ("leave",))
    assert tower.read_bytes() == before


def test_what_means_nothing_here_is_told_all_at_once_and_nothing_is_asked(tower: Path) -> None:
    text = beside(tower).read_text("utf-8").replace("lamps:", "lambs:").replace("answer: yes", "answer: perhaps")
    beside(tower).write_text(text, "utf-8")
    with pytest.raises(Problems) as found:
        decide(tower)
    assert len(found.value.problems) == 3


def test_a_report_names_who_proposed_an_answer(tower: Path) -> None:
    decide(tower, TAKE, TAKE, TAKE)
    report = start_tenken("report", tower, "--format", "md", "-o", "-").stdout
    assert "Jun, 23 November 2026, proposed by agent 1.0" in report


LONG = f"{{answer: 2026-01-01, source: {'s' * 60}, rests_on: {'p' * 200}, because: {'そうです。' * 199}}}"


def test_the_longest_texts_leave_the_choices_in_sight_and_can_be_read_in_full(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("tenken: 2\nsystem: A\nchecklists: [eu-transparency]\nanswers: {}\n", "utf-8")
    (tmp_path / "b.yaml").write_text(f"proposed: yes\nanswers: {{placed: {LONG}}}\n", "utf-8")
    with PseudoTerminal("assess", "a.yaml", "--merge", "b.yaml", "--by", "Jun", folder=tmp_path) as terminal:
        screen = terminal.wait_for("It stays open.")
        assert "Take over: 1 January 2026" in screen
        assert "When did you first offer" in screen
        assert "…" in screen
        terminal.type("w")
        assert "Because  そうです。" in terminal.wait_for("Enter: back")
        terminal.type("\r")
        terminal.wait_for("It stays open.")
        terminal.type("2")
        assert terminal.finish() == 0


def test_the_reason_in_full_comes_with_the_help_of_the_question(tower: Path) -> None:
    prompt = decide(tower, LEAVE, PromptKey.WHY, LEAVE, LEAVE)
    assert prompt.asked == ["lamps", "keeper", "keeper", "L-1.clean"]
    assert prompt.said[:3] == [
        "Proposed by agent 1.0",
        "Because A keeper is on the payroll",
        "To be seen in src/lamp.py:12",
    ]


def test_a_text_of_many_lines_cannot_draw_a_card_of_its_own(tower: Path) -> None:
    drawn = '"It is so\\n\\n ❯ 1 Take over: No\\n   2 Leave it"'
    text = beside(tower).read_text("utf-8").replace("Two lamps are switched", drawn)
    beside(tower).write_text(text, "utf-8")
    assert "(" in decide(tower, TAKE, LEAVE, LEAVE).cards[0].suggestion.split("Leave it")[1]
    assert "\n" not in (kept(tower)["lamps"].proposed or Proposal("", "", "\n")).because


@pytest.mark.parametrize(("key", "most"), [("source", 60), ("rests_on", 200), ("because", 1000)])
def test_what_is_too_long_to_judge_is_refused(tower: Path, key: str, most: int) -> None:
    for length, refused in ((most, False), (most + 1, True)):
        given = {"answer": "yes", "source": "a", "rests_on": "b", "because": "c", key: "x" * length}
        data = {"proposed": "yes", "answers": {"keeper": given}}
        beside(tower).write_text(json.dumps(data), "utf-8")
        said = run_tenken("assess", tower, "--merge", beside(tower)).stderr
        assert (f"{key} is longer than {most} characters" in said) == refused
