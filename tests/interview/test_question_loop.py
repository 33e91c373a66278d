"""The conversation, without a terminal: what is asked, what is kept, and every way to turn around in it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from support.command_line import run_tenken
from support.scripted_prompt import (
    BINDING,
    CHECKS,
    EACH,
    IDS,
    LIBRARY,
    NEXT,
    NOON,
    SCOPE,
    WHITE,
    Reply,
    Scripted,
    interview,
    talk,
)
from tenken.assessment.open_questions import Phase, list_open_questions, name_phase_section
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.files.shipped_files import find_shipped_folder
from tenken.interview.answer_changes import render_answer_changes
from tenken.interview.prompt import PromptKey, QuestionCard
from tenken.interview.question_loop import MAX_DECLINED_DETAILS, Interview
from tenken.interview.record_choice import find_free_file_name
from tenken.interview.typed_text import clean_typed_text, find_typed_command, refuse_typed_command
from tenken.interview.whole_interview import run_interview
from tenken.messages.message_catalog import use_language
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile, open_record, parse_record
from tenken.rules.answer_kinds import DateKind, parse_typed_day
from tenken.rules.loading import load_library
from tenken.rules.logic import Situation, list_atoms
from tenken.rules.requirement import Basis

GOOD, VOLUNTARY = ("good",), ("voluntary1",)
IS_ANYTHING_THERE = "Shine at night: is anything of this in place?"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tower.yaml"


def answers(path: Path) -> dict[str, tuple[str, ...]]:
    return {id: given.answer for id, given in open_record(path).record.answers.items()}


def given(path: Path, id: str) -> GivenAnswer:
    return open_record(path).record.answers[id]


def test_it_asks_what_is_open_and_ends_with_the_result(path: Path) -> None:
    law = [("yes",), "", ("no",), "", ("yes",), ""]
    prompt = talk(path, *CHECKS, *law, GOOD, ("partly",), VOLUNTARY, ("explained",), "Too steep", ("result",))
    assert prompt.asked == [
        *("coast", "lamps", "keeper", "lit", NEXT),
        *("L-1.shines", "L-1.clean", "L-2.log", NEXT, "L-1.spare", NEXT, "L-4.open"),
        "Everything is answered. What now?",
    ]
    assert "Gap: Shine at night (Section 1(1)), since 2 August 2026" in prompt.said
    assert "1. Switch it on." in prompt.said
    assert f"tenken report {path}" in prompt.said[-1]


def test_each_gap_has_one_first_step_as_in_the_report(path: Path) -> None:
    no = [("no",), ""]
    prompt = talk(path, *CHECKS, ("no",), EACH, "", *no, *no, ("result",))
    steps = [line for line in prompt.said if line[:2] in ("1.", "2.", "3.")]
    assert steps == ["1. The keeper writes down what happens.", "2. Switch it on."]


def test_an_answer_says_who_and_when_and_survives_at_once(path: Path) -> None:
    talk(path, ("yes",))
    assert given(path, "coast").by == "Mia"
    assert given(path, "coast").at == NOON


def test_each_answer_is_on_disk_before_the_next_question(path: Path) -> None:
    class Watching(Scripted):
        def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
            assert len(self.cards) == (len(answers(path)) if path.exists() else 0)
            return super().choose(card)

    prompt = Watching(*SCOPE, ("yes",), ("no",))
    with pytest.raises(KeyboardInterrupt):
        interview(path, prompt, quick=True).run()
    assert len(answers(path)) == len(SCOPE) + 2


def test_why_we_ask_stands_with_its_source(path: Path) -> None:
    prompt = talk(path, *CHECKS)
    by_id = dict(zip(prompt.asked, prompt.cards, strict=True))
    assert by_id["coast"].why == "Inland towers are outside the law."
    assert by_id["lamps"].source == "Section 1(1); Section 2; Section 9"
    assert by_id["keeper"].source == "Section 2(3); Principle 4"
    assert by_id["L-1.shines"].source == "Section 1(1)"


def test_every_part_of_the_conversation_has_a_heading() -> None:
    assert all(name_phase_section(phase) for phase in Phase)


def test_not_sure_is_always_an_answer(path: Path) -> None:
    prompt = talk(path, *SCOPE, ("yes",), ("no",), quick=True)
    for card in prompt.cards[:-1]:
        assert not card.section or "unsure" in [option.word for option in card.options]


def test_progress_counts_a_part_of_the_conversation(path: Path) -> None:
    prompt = talk(path, ("yes",), WHITE, ("yes",), PromptKey.BACK)
    progress = ["question 1", "question 2", "3 of about 4", "4 of about 4", "3 of about 4"]
    assert [card.progress for card in prompt.cards] == progress
    checks = talk(path, ("never",), BINDING, ("yes",), "", PromptKey.BACK)
    assert [card.progress for card in checks.cards[2:]] == ["1 of 3", "2 of 3", "1 of 3"]


def test_each_answer_tells_what_it_changed(path: Path) -> None:
    prompt = talk(path, ("yes",), ("white", "red"), ("no",))
    assert "✔ Its lamps: White, Red" in prompt.said
    assert any(line.startswith("→ Now applies: Shine at night (Section 1(1))") for line in prompt.said)
    assert any("Prohibited: No false lights (Section 9), since 2 February 2025" in line for line in prompt.said)
    assert "→ Ruled out: 2 requirements, because The keeper: No" in prompt.said


def test_more_questions_than_before_are_explained(path: Path) -> None:
    prompt = talk(path, ("yes",), WHITE)
    assert "→ 1 more question, for: Shine at night" in prompt.said


def test_back_goes_through_any_number_of_answers(path: Path) -> None:
    prompt = talk(path, *CHECKS, *[PromptKey.BACK] * 5, ("yes",))
    assert prompt.asked == [
        "coast",
        "lamps",
        "keeper",
        "lit",
        NEXT,
        "L-1.shines",
        "lit",
        "keeper",
        "lamps",
        "coast",
        "coast",
        "L-1.shines",
    ]
    assert "This is the first question." in prompt.said


def test_back_works_across_sessions(path: Path) -> None:
    talk(path, ("yes",), WHITE)
    assert talk(path, PromptKey.BACK, PromptKey.BACK).asked == ["keeper", "lamps", "coast"]


def test_a_changed_answer_hides_others_and_brings_them_back(path: Path) -> None:
    talk(path, *SCOPE)
    hidden = talk(path, PromptKey.BACK, PromptKey.BACK, PromptKey.BACK, ("none",), VOLUNTARY)
    assert answers(path)["lit"] == ("never",)
    assert hidden.asked[4:] == [NEXT, "L-4.open"]
    dormant = talk(path, VOLUNTARY, PromptKey.REVIEW, ("Not needed at present",), ("lit",), PromptKey.REVIEW, ("",))
    assert dormant.cards[4].source == "not needed at present, because of your other answers"
    back = talk(path, VOLUNTARY, PromptKey.REVIEW, ("What applies",), ("lamps",), WHITE, BINDING)
    assert back.asked[-1] == "L-1.shines"
    assert answers(path)["lit"] == ("never",)


def test_what_is_skipped_comes_again_at_the_end(path: Path) -> None:
    prompt = talk(path, ("yes",), PromptKey.SKIP, PromptKey.SKIP, ("left",), quick=True)
    assert prompt.asked == ["coast", "lamps", "keeper", NEXT, "lamps"]


def test_a_note_needs_no_answer(path: Path) -> None:
    talk(path, PromptKey.NOTE, "ask the mayor: soon # really")
    assert (given(path, "coast").answer, given(path, "coast").note) == ((), "ask the mayor: soon # really")
    assert talk(path).asked == ["coast"]


def test_the_full_explanation_says_what_an_answer_led_to_only_once_it_was_given(path: Path) -> None:
    said = "\n".join(talk(path, PromptKey.WHY).said)
    assert "For example A tower on a pier." in said
    assert "But not A tower on a hill." in said
    assert "rules out" not in said
    said = "\n".join(talk(path, ("no",), PromptKey.BACK, PromptKey.WHY).said)
    assert "Your answer No – rules out: 4 requirements" in said
    assert "Yes –" not in said


def test_setting_aside_needs_a_reason_or_is_no_answer(path: Path) -> None:
    talk(path, *CHECKS, ("not_applicable",), "", None)
    assert "L-1.shines" not in answers(path)
    prompt = talk(path, BINDING, ("not_applicable",), "  ", "It is a ruin")
    assert given(path, "L-1.shines").reason == "It is a ruin"
    assert "✔ Does the lamp shine from dusk to dawn? Not applicable: It is a ruin" in prompt.said
    talk(path, BINDING, PromptKey.BACK, ("yes",), "")
    assert given(path, "L-1.shines").reason == ""


def test_explaining_is_offered_only_where_the_source_allows_it(path: Path) -> None:
    law = [("yes",), ""] * 3
    prompt = talk(path, *CHECKS, *law, VOLUNTARY, ("explained",), "Too steep")
    offered = {
        id: [option.word for option in card.options] for id, card in zip(prompt.asked, prompt.cards, strict=True)
    }
    assert "explained" not in offered["L-1.shines"]
    assert "explained" in offered["L-4.open"]
    assert given(path, "L-4.open").reason == "Too steep"


def test_a_gap_may_have_an_owner_and_a_day(path: Path) -> None:
    prompt = talk(path, *CHECKS, ("no",), EACH, "Jun", "soon", "2026年12月15日")
    assert (given(path, "L-1.shines").owner, given(path, "L-1.shines").due) == ("Jun", date(2026, 12, 15))
    assert "✔ Jun sees to it, by 15 December 2026" in prompt.said


def test_what_is_met_may_have_evidence_and_what_is_unsure_somebody_to_ask(path: Path) -> None:
    prompt = talk(path, *CHECKS, ("yes",), "log.pdf", "June", "2026-11-20", ("unsure",), "The keeper")
    (evidence,) = given(path, "L-1.shines").evidence
    assert (evidence.at, evidence.shows, evidence.on) == ("log.pdf", "June", date(2026, 11, 20))
    assert f"! There is no such file yet: {path.parent / 'log.pdf'}" in prompt.said
    assert given(path, "L-1.clean").ask == "The keeper"


def test_optional_questions_stop_when_nobody_wants_them(path: Path) -> None:
    law = [("yes",), ""] * MAX_DECLINED_DETAILS
    prompt = talk(path, *CHECKS, *law, GOOD, ("yes",), VOLUNTARY, ("yes",), ("result",))
    assert any("no longer asked" in line for line in prompt.said)
    assert prompt.replies == []


def test_quick_asks_one_decisive_check_for_each_duty_and_nothing_optional(path: Path) -> None:
    prompt = talk(path, *SCOPE, ("no",), ("yes",), BINDING, EACH, ("yes",), "", ("result",), quick=True)
    assert prompt.asked[4:] == ["L-1.shines", "L-2.log", NEXT, IS_ANYTHING_THERE, "L-1.clean", NEXT]


def test_what_may_not_apply_comes_last_and_can_be_left(path: Path) -> None:
    unsure = [("yes",), ("unsure",), ("no",), ("never",)]
    left = talk(path, *unsure, ("now",), ("yes",), "")
    (card,) = [card for card in left.cards if card.ask == NEXT]
    assert [option.word for option in card.options] == ["now", "result", "review"]
    assert card.options[0].means == "That hangs on: Its lamps."
    assert left.asked[4:] == [NEXT, "L-1.shines", "L-1.clean"]


def test_nothing_of_this_yet_answers_the_rest_of_a_requirement_with_one_key(path: Path) -> None:
    prompt = talk(path, *CHECKS, ("no",), ("nothing",), "", ("yes",), "", PromptKey.BACK)
    assert prompt.asked[5:9] == ["L-1.shines", IS_ANYTHING_THERE, "L-2.log", NEXT]
    assert "✔ 2 more checks are answered no." in prompt.said
    shines, spare = given(path, "L-1.shines"), given(path, "L-1.spare")
    assert (spare.answer, spare.by, spare.at, spare.at_once) == (("no",), shines.by, shines.at, True)
    assert not shines.at_once
    assert open_record(path).record.tenken == RECORD_FORMAT
    talk(path, VOLUNTARY, PromptKey.REVIEW, ("Shine at night",), ("L-1.clean",), ("yes",), "")
    assert not given(path, "L-1.clean").at_once


def test_back_from_nothing_of_this_yet_leads_to_the_answer_before(path: Path) -> None:
    prompt = talk(path, *CHECKS, ("no",), PromptKey.BACK, ("no",), ("nothing",))
    assert prompt.asked[5:9] == ["L-1.shines", IS_ANYTHING_THERE] * 2
    assert given(path, "L-1.spare").at_once
    other = path.with_name("other.yaml")
    talk(other, *CHECKS, ("no",))
    assert talk(other, BINDING, PromptKey.BACK, ("yes",), "").asked == [
        NEXT,
        IS_ANYTHING_THERE,
        "L-1.shines",
        "L-1.clean",
    ]


def test_at_once_answers_nothing_that_was_answered_or_may_not_be_asked(path: Path) -> None:
    talk(path, *CHECKS, ("yes",), "", ("yes",), "")
    prompt = talk(path, BINDING, PromptKey.BACK, PromptKey.BACK, ("no",), "")
    assert IS_ANYTHING_THERE not in prompt.asked


def test_what_was_denied_on_the_short_way_or_in_another_session_takes_one_key_as_well(path: Path) -> None:
    prompt = talk(path, *SCOPE, ("no",), ("yes",), BINDING, ("nothing",), ("result",), quick=True)
    assert prompt.asked[6:] == [NEXT, IS_ANYTHING_THERE, NEXT]
    assert given(path, "L-1.spare").at_once
    other = path.with_name("other.yaml")
    talk(other, *CHECKS, ("no",))
    assert talk(other, BINDING, EACH, ("yes",), "").asked == [NEXT, IS_ANYTHING_THERE, "L-1.clean", "L-2.log"]
    assert IS_ANYTHING_THERE not in talk(other, PromptKey.BACK, PromptKey.BACK, ("no",)).asked


def test_each_part_ends_with_the_result_so_far_on_less_than_a_screen(path: Path) -> None:
    prompt = talk(path, *CHECKS, ("yes",), "")
    at = prompt.said.index("Tower, as of 23 November 2026")
    assert prompt.said[at + 1].startswith("The lighthouse law: 2 duties")
    assert "tenken report" in prompt.said[at + 2]


def test_leaving_shows_the_result_so_far_once_it_is_known_what_applies(path: Path) -> None:
    assert "Tower, as of 23 November 2026" not in talk(path, ("yes",)).said
    said = talk(path, WHITE, ("yes",), ("never",), BINDING, ("no",), EACH, "").said
    assert said.count("Tower, as of 23 November 2026") == 2
    assert len(said) - said.index("To go on: tenken assess " + str(path)) == 1


CODE, ACT = "japan-principle-code", "japan-ai-promotion-act"


def elsewhere(path: Path, *replies: Reply) -> None:
    """A conversation about a record whose answers fit a checklist on request."""
    facts = {"where": "japan", "subject": "ai_system", "japan_role": "developer", "japan_system": "generative"}
    given = {id: GivenAnswer((word,)) for id, word in facts.items()}
    record = Record(RECORD_FORMAT, "Tower", checklists=("eu-prohibited",), left_out=(ACT,), answers=given)
    file = RecordFile(path, record)
    known = load_rules_for(file.record)
    talker = Interview(file, Wording(known), Scripted(*replies), lambda: NOON, NOON.date())
    with pytest.raises(KeyboardInterrupt):
        talker.run()


def test_a_checklist_that_fits_is_offered_and_taken_in(path: Path) -> None:
    elsewhere(path, ("yes",), ("no",))
    kept = open_record(path).record
    assert kept.checklists == ("eu-prohibited", CODE)
    assert CODE in kept.answered_against
    assert kept.answers["pc_accepted"].answer == ("no",)


def test_the_full_explanation_names_the_checklists_an_answer_brings_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    prompt = Scripted(
        "Tower", "", "", "tower.yaml", "Mia", PromptKey.WHY, ("eu", "korea"), PromptKey.BACK, PromptKey.WHY
    )
    with pytest.raises(KeyboardInterrupt):
        run_interview(None, prompt, lambda: NOON, NOON.date())
    (outcome,) = (line for line in prompt.said if "offers a checklist" in line)
    assert outcome.startswith("Your answer European Union, South Korea – ")
    assert "offers a checklist: South Korea" in outcome


def test_no_result_is_shown_to_who_leaves_while_a_checklist_is_on_offer(path: Path) -> None:
    given = {"where": GivenAnswer(("korea",))}
    file = RecordFile(path, Record(RECORD_FORMAT, "Tower", checklists=("eu-prohibited",), answers=given))
    prompt = Scripted()
    talker = Interview(file, Wording(load_rules_for(file.record)), prompt, lambda: NOON, NOON.date())
    with pytest.raises(KeyboardInterrupt):
        talker.run()
    talker.leave()
    assert [card.ask[:25] for card in prompt.cards] == ["There is a checklist for "]
    assert "Tower, as of 23 November 2026" not in prompt.said


def test_where_nothing_applies_the_result_says_so(path: Path) -> None:
    given = {"where": GivenAnswer(("elsewhere",))}
    file = RecordFile(path, Record(RECORD_FORMAT, "Tower", checklists=("eu-prohibited",), answers=given))
    prompt = Scripted(("result",))
    Interview(file, Wording(load_rules_for(file.record)), prompt, lambda: NOON, NOON.date()).run()
    assert prompt.said.count("Nothing of what was checked applies.") == 2


def test_a_checklist_that_is_left_out_is_not_offered_again(path: Path) -> None:
    elsewhere(path, ("no",))
    kept = open_record(path).record
    assert (kept.checklists, kept.left_out) == (("eu-prohibited",), (ACT, CODE))


def test_the_review_shows_what_is_open_unsure_and_unproved(path: Path) -> None:
    talk(path, *CHECKS, ("yes",), "", ("unsure",), "")
    prompt = talk(
        path, BINDING, PromptKey.REVIEW, ("Not sure",), ("L-1.clean",), ("no",), "", PromptKey.REVIEW, PromptKey.BACK
    )
    assert [option.label for option in prompt.cards[2].options] == [
        *("What applies", "Shine at night", "Still open", "Not sure", "Without evidence", "Go on"),
    ]
    assert [option.means for option in prompt.cards[2].options][2:4] == ["3 questions", "1 answer"]
    assert answers(path)["L-1.clean"] == ("no",)


def test_the_review_offers_no_check_before_it_is_settled_what_applies(path: Path) -> None:
    prompt = talk(path, ("yes",), PromptKey.REVIEW, ("Still open",))
    assert [option.word for option in prompt.cards[-1].options] == ["lamps", "keeper", ""]


def test_what_somebody_else_changed_meanwhile_is_taken_over_and_said(path: Path) -> None:
    talk(path, ("yes",))
    prompt = Scripted(WHITE)
    talker = interview(path, prompt)
    changed = path.read_text("utf-8").replace("system: Tower", "system: Tower of Jun")
    path.write_text(f"{changed}  keeper: yes\n", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        talker.run()
    assert prompt.asked[0] == "lamps"
    assert "keeper" not in prompt.asked
    assert "that is taken over, too" in " ".join(prompt.said)
    assert (open_record(path).record.system, answers(path)["lamps"]) == ("Tower of Jun", WHITE)


def test_the_same_answer_given_by_somebody_else_meanwhile_is_asked(path: Path) -> None:
    talk(path, ("yes",))
    prompt = Scripted(WHITE, ("reread",))
    talker = interview(path, prompt)
    path.write_text(f"{path.read_text('utf-8')}  lamps: red\n", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        talker.run()
    assert prompt.asked[:2] == ["lamps", "Somebody else changed the file. What now?"]
    assert answers(path)["lamps"] == ("red",)


def test_answers_that_cannot_be_saved_go_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    elsewhere = tmp_path / "safe.yaml"
    prompt = Scripted(("yes",), ("again",), ("elsewhere",), str(elsewhere), WHITE)
    talker = interview(folder / "tower.yaml", prompt)
    shutil.rmtree(folder)
    with pytest.raises(KeyboardInterrupt):
        talker.run()
    assert answers(elsewhere) == {"coast": ("yes",), "lamps": WHITE}


def test_answers_that_can_be_saved_nowhere_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    prompt = Scripted(("yes",), ("leave",))
    talker = interview(folder / "tower.yaml", prompt)
    shutil.rmtree(folder)
    with pytest.raises(KeyboardInterrupt):
        talker.run()
    talker.leave()
    printed = parse_record(capsys.readouterr().out.encode(), "screen")
    assert printed.answers["coast"].answer == ("yes",)


def test_leaving_says_how_to_go_on(path: Path) -> None:
    assert talk(path, ("yes",)).said[-1] == f"To go on: tenken assess {path}"


def test_a_new_record_names_its_checklists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    prompt = Scripted("Tower of the North", "Harbour Ltd", "2026-11", "tower-of-the-north.yaml", "Mia")
    with pytest.raises(KeyboardInterrupt):
        run_interview(None, prompt, lambda: NOON, NOON.date())
    made = open_record(Path("tower-of-the-north.yaml")).record
    assert (made.system, made.organisation, made.release) == ("Tower of the North", "Harbour Ltd", "2026-11")
    assert made.checklists == tuple(load_library().checklists)
    assert made.answered_against == load_library().versions
    assert prompt.said[-1] == "To go on: tenken assess tower-of-the-north.yaml"


def test_nothing_is_made_before_it_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    prompt = Scripted("", "Tower")
    with pytest.raises(KeyboardInterrupt):
        run_interview(None, prompt, lambda: NOON, NOON.date())
    assert list(tmp_path.iterdir()) == []
    assert prompt.said[-1] == "Nothing was answered yet. To begin: tenken assess"


@pytest.mark.parametrize(
    ("system", "name"),
    [
        ("Acme Help", "acme-help.yaml"),
        ("案内 ボット", "案内-ボット.yaml"),
        ("../../etc", "etc.yaml"),
        ("!?", "record.yaml"),
    ],
)
def test_a_system_suggests_its_file(system: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_free_file_name(system) == name
    Path(name).touch()
    assert find_free_file_name(system) == name.replace(".yaml", "-2.yaml")


def test_a_record_is_resumed_where_it_was_left(path: Path) -> None:
    talk(path, ("yes",), WHITE)
    prompt = Scripted(("continue",))
    with pytest.raises(KeyboardInterrupt):
        run_interview(path, prompt, lambda: NOON.replace(day=25), NOON.date())
    assert prompt.said[0] == "Tower: 2 answers so far, the last one 2 days ago."
    assert prompt.asked == ["What now?", "keeper"]


def test_starting_over_keeps_the_answers_so_far(path: Path) -> None:
    talk(path, ("yes",), WHITE)
    prompt = Scripted(("over",), ("no",))
    with pytest.raises(KeyboardInterrupt):
        run_interview(path, prompt, lambda: NOON, NOON.date())
    assert answers(path) == {"coast": ("no",)}
    assert answers(path.with_name("tower-2.yaml")) == {"coast": ("yes",), "lamps": WHITE}


def test_comments_stay_where_they_are(path: Path) -> None:
    talk(path, ("yes",))
    path.write_text("# first\n" + path.read_text("utf-8") + "# last\n", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        run_interview(path, Scripted(("continue",), WHITE), lambda: NOON, NOON.date())
    text = path.read_text("utf-8")
    assert (text.startswith("# first\n"), text.endswith("# last\n")) == (True, True)


@pytest.mark.parametrize("said", ["2026-08-02", "2026/8/2", "2026.08.02", "2026年8月2日", "２０２６－０８－０２"])
def test_days_as_people_type_them(said: str) -> None:
    assert parse_typed_day(said) == date(2026, 8, 2)


@pytest.mark.parametrize("said", ["", "2.8.2026", "2026-02-30", "next week", "2026-08"])
def test_days_nobody_can_be_sure_of(said: str) -> None:
    assert parse_typed_day(said) is None


class Conversation(RuleBasedStateMachine):
    """Anything a person may do, in any order, against a plain dictionary of what they have said."""

    answered = Bundle("answered")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "tower.yaml"
        self.model: dict[str, tuple[str, ...]] = {}
        self.notes: dict[str, str] = {}
        self.reopen()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def reopen(self) -> None:
        self.prompt = Scripted()
        self.interview = interview(self.path, self.prompt)
        self.interview.declined_details = MAX_DECLINED_DETAILS

    def step(self, *replies: Reply) -> str:
        """One question with these replies; returns which it was."""
        before = len(self.prompt.cards)
        self.prompt.replies = list(replies)
        self.interview.ask_next_question()
        return self.prompt.asked[before]

    @property
    def next(self) -> QuestionCard:
        """The card that comes next, looked at without an answer."""
        self.prompt.replies = []
        with pytest.raises(KeyboardInterrupt):
            while self.interview.ask_next_question() or self.interview.offer_ways():
                pass
        return self.prompt.cards.pop()

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        card = self.next
        if not card.section:
            return self.go_on_from_menu(card)
        words = [option.word for option in card.options]
        chosen: tuple[str, ...] = (data.draw(st.sampled_from(words)),)
        if card.several and chosen != ("none",):
            several = st.lists(st.sampled_from([word for word in words if word != "none"]), min_size=1, unique=True)
            chosen = tuple(data.draw(several))
        typed = DateKind.typed_choice
        more = {typed: ["2026-08-01"], "not_applicable": ["a ruin"], "explained": ["too steep"]}.get(chosen[0], [])
        id = self.step(chosen, *more)
        self.model[id] = ("2026-08-01",) if chosen == (typed,) else chosen
        return None

    def go_on_from_menu(self, card: QuestionCard) -> None:
        words = [option.word for option in card.options]
        ways = ("left", "go", "binding", "good", "voluntary1", "now", "result")
        self.prompt.replies = [(next(word for word in ways if word in words),)]
        with suppress(KeyboardInterrupt):  # whoever skipped a question is asked it at once
            assert self.interview.ask_next_question() or self.interview.offer_ways() or "result" in words

    @rule(key=st.sampled_from([PromptKey.BACK, PromptKey.SKIP, PromptKey.WHY, PromptKey.KEYS]))
    def turn(self, key: PromptKey) -> None:
        if self.next.section:
            self.step(key)

    @rule(text=st.text(max_size=40))
    def note(self, text: str) -> None:
        if self.next.section:
            id = self.step(PromptKey.NOTE, clean_typed_text(text))
            self.notes[id] = clean_typed_text(text)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        if not self.next.section:
            return
        self.prompt.replies = [PromptKey.REVIEW, PromptKey.BACK]
        self.interview.ask_next_question()
        views = [option.word for option in self.prompt.cards[-1].options if option.word]
        view = data.draw(st.sampled_from(views))
        self.prompt.replies = [PromptKey.REVIEW, (view,), PromptKey.BACK, PromptKey.BACK]
        self.interview.ask_next_question()
        entries = [option.word for option in self.prompt.cards[-2].options if option.word]
        wanted = data.draw(st.sampled_from(entries))
        self.step(PromptKey.REVIEW, (view,), (wanted,))
        assert IDS[self.next.ask] == wanted

    @rule()
    def kill(self) -> None:
        """Without a word, at any moment; then the same command."""
        if self.path.exists():
            self.reopen()

    @rule()
    def leave_and_resume(self) -> None:
        self.interview.leave()
        self.kill()

    @invariant()
    def nothing_said_is_lost_or_made_up(self) -> None:
        if not hasattr(self, "path") or not self.path.exists():
            return
        kept = open_record(self.path).record.answers
        assert {id: given.answer for id, given in kept.items() if given.answer} == self.model
        assert {id: given.note for id, given in kept.items() if given.note} == {
            k: v for k, v in self.notes.items() if v
        }

    @invariant()
    def the_answers_alone_decide_what_is_open(self) -> None:
        if hasattr(self, "interview"):
            afresh = list_open_questions(LIBRARY, self.interview.running_assessment.situation)
            assert list(map(vars, self.interview.running_assessment.open)) == list(map(vars, afresh))


TestConversation = Conversation.TestCase
TestConversation.settings = settings(max_examples=40, stateful_step_count=25)


def test_a_fact_that_decides_which_measures_are_asked_comes_before_them() -> None:
    library = load_library(["eu-transparency"])
    checks = [check for _, check in library.checks.values() if check.basis is Basis.TEXT]
    facts = {fact.question for check in checks for fact in list_atoms(check.when)} & set(library.questions)
    assert facts
    for name in ("image-generator", "newsroom", "support-chatbot"):
        file = open_record(find_shipped_folder("examples") / f"{name}.yaml")
        known = {id: file.record.answers[id] for id in file.record.answers if id in library.questions}
        for missing in facts & set(known):
            values = read_answer_values({id: known[id] for id in known if id != missing}, library)
            opened = {item.question: item for item in list_open_questions(library, Situation(values, NOON.date()))}
            if missing in opened and any(id in library.checks for id in opened):
                assert opened[missing].phase in (Phase.SCOPE, Phase.GUIDANCE, Phase.UNSETTLED)


def test_who_would_know_can_be_named_before_a_question_is_answered(path: Path) -> None:
    prompt = talk(path, PromptKey.ASK, "The surveyor", ("unsure",), PromptKey.BACK, PromptKey.ASK, "", ("yes",))
    assert "✔ The surveyor would know" in prompt.said
    assert "✔ Nobody is to be asked." in prompt.said
    assert [card.kept for card in prompt.cards[:3]] == [(), ("The surveyor would know",), ()]
    assert (answers(path)["coast"], given(path, "coast").ask) == (("yes",), "")


def test_a_question_left_for_somebody_is_found_for_them(path: Path) -> None:
    talk(path, PromptKey.ASK, "Jun", PromptKey.SKIP)
    assert (answers(path)["coast"], given(path, "coast").ask) == ((), "Jun")
    said = run_tenken("questions", path, "--for", "jun").stdout
    assert list(parse_record(said.encode(), "said").answers) == ["coast"]


def test_what_is_answered_for_certain_is_nobodys_to_know(path: Path) -> None:
    prompt = talk(path, ("yes",), PromptKey.BACK, PromptKey.ASK)
    assert any("This is answered" in line for line in prompt.said)
    assert answers(path)["coast"] == ("yes",)


def test_nobody_is_asked_twice_who_would_know(path: Path) -> None:
    prompt = talk(path, *CHECKS, PromptKey.ASK, "The keeper", ("unsure",))
    assert (answers(path)["L-1.shines"], given(path, "L-1.shines").ask) == (("unsure",), "The keeper")
    assert prompt.asked[5:] == ["L-1.shines", "L-1.shines", "L-1.clean"]


def test_evidence_is_added_dated_and_taken_away(path: Path) -> None:
    key = PromptKey.EVIDENCE
    talk(
        path,
        *CHECKS,
        key,
        "We keep a log in the tower",
        "June",
        "2026-11-20",
        key,
        ("add",),
        "https://x.example",
        "",
        "",
    )
    first, second = given(path, "L-1.shines").evidence
    assert (first.at, first.shows, first.on) == ("We keep a log in the tower", "June", date(2026, 11, 20))
    assert (second.at, second.on) == ("https://x.example", None)
    talk(path, BINDING, key, ("0",), ("day",), None, key, PromptKey.BACK)
    assert given(path, "L-1.shines").evidence == (first, second)
    prompt = talk(path, BINDING, key, ("1",), ("day",), "2026-11-22", key, ("0",), ("remove",), key, ("",))
    (second,) = given(path, "L-1.shines").evidence
    assert (second.at, second.on) == ("https://x.example", date(2026, 11, 22))
    assert "✔ Taken away: We keep a log in the tower, of 2026-11-20: June" in prompt.said
    assert prompt.cards[-1].kept == ("1 piece of evidence: https://x.example",)


@pytest.mark.parametrize(
    ("at", "is_missing"),
    [("We keep a log in the tower", False), ("mailto:keeper@tower.example.jp", False), ("logbook", True)],
)
def test_only_a_file_is_looked_for_as_one(path: Path, at: str, is_missing: bool) -> None:
    prompt = talk(path, *CHECKS, PromptKey.EVIDENCE, at, "", "")
    assert any("no such file" in line for line in prompt.said) == is_missing


def test_a_note_is_shown_on_the_card_and_can_be_emptied(path: Path) -> None:
    prompt = talk(path, PromptKey.NOTE, "ask the council", PromptKey.NOTE, "-", PromptKey.BACK)
    assert [card.kept for card in prompt.cards[:3]] == [(), ("Note: ask the council",), ()]
    assert "✔ The note is taken away." in prompt.said
    assert given(path, "coast").note == ""


@pytest.mark.parametrize("typed", ["leave", "Why", "ｂａｃｋ"])
def test_a_command_is_no_text(typed: str) -> None:
    assert typed in refuse_typed_command(typed)
    assert refuse_typed_command("Mrs Back") == ""


def test_english_commands_are_commands_in_every_language() -> None:
    use_language("ja")
    try:
        assert [find_typed_command(word) for word in ("leave", "終了", "Jun")] == [
            PromptKey.LEAVE,
            PromptKey.LEAVE,
            None,
        ]
    finally:
        use_language("en")


def test_what_was_just_chosen_is_named_by_its_label() -> None:
    library = load_library(["japan-ai-guidelines"])
    facts = {"where": ("japan",), "subject": ("ai_system",), "japan_role": ("developer", "provider")}
    running = RunningAssessment(library, Situation(facts, NOON.date()))
    changes = running.take_answer("japan_reach", ("none",))
    told = " ".join(render_answer_changes(changes, Wording(library), NOON.date()))
    assert "because Whom it reaches, and how: None of these; Your role in Japan: AI developer" in told
