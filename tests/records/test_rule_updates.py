"""Records and rules that moved on: what is carried over, what is asked again, and that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE, MOVED_LIGHTHOUSE
from tenken.authoring.lint import validate_files
from tenken.files.frozen_classes import replace_fields
from tenken.records.record import Evidence, GivenAnswer, Record, RecordStage, SignOff
from tenken.records.record_file import RECORD_FORMAT, RecordFile, open_record
from tenken.records.rule_updates import RecordUpdate, parse_version_number, render_update_lines, update_record
from tenken.rules.library import Library
from tenken.rules.loading import read_library
from tenken.rules.requirement import CHECK_ANSWERS

THEN, NOW = read_library([LIGHTHOUSE]), read_library([MOVED_LIGHTHOUSE])
ANSWERED = {"lighthouse": "2026.11 0badcafe", "profile": THEN.versions["profile"]}


def old(answers: Mapping[str, GivenAnswer], against: Mapping[str, str] = ANSWERED) -> Record:
    return Record(RECORD_FORMAT, "Tower", answers=answers, answered_against=against)


def words(**answers: str) -> dict[str, GivenAnswer]:
    return {id.replace("__", "."): GivenAnswer((word,), by="Mia") for id, word in answers.items()}


def become(answers: Mapping[str, GivenAnswer]) -> RecordUpdate:
    return update_record(old(answers), NOW)


def test_what_was_renamed_moves_along_with_all_that_belongs_to_it() -> None:
    proof = (Evidence("door.jpg", "the sign"),)
    answers = {
        "coast": GivenAnswer(("yes",), by="Mia", note="on a cliff"),
        "L-4.open": GivenAnswer(("yes",), evidence=proof),
    }
    assert become(answers).record.answers == {"by_the_sea": answers["coast"], "L-6.open": answers["L-4.open"]}


def change_rules(folder: Path, *changes: str) -> Library:
    """The law of today with further changes, the last of its version."""
    path = folder / "lighthouse.yaml"
    path.write_text(MOVED_LIGHTHOUSE.read_text("utf-8") + "".join(changes), "utf-8")
    assert [str(problem) for problem in validate_files([path])] == []
    return read_library([path])


SPLIT_QUESTION = """\
  - version: 2027.01
    what: split
    old: manned
    new: [keeper, by_the_sea]
    because: Two facts are asked apart.
    cites: Amendment 2, section 3
    carries:
      no: {keeper: no, by_the_sea: no}
"""
RETIRED_CHOICE = """\
  - version: 2027.01
    what: retired
    old: lamps.green
    because: Green lamps are not told apart any more.
    cites: Amendment 2, section 4
    carries:
      green: {lamps: none}
"""


def test_an_answer_that_decides_is_carried_to_the_parts_of_a_split_question(tmp_path: Path) -> None:
    rules = change_rules(tmp_path, SPLIT_QUESTION)
    done = update_record(old(words(manned="no")), rules)
    assert {id: given.answer for id, given in done.record.answers.items()} == {"keeper": ("no",), "by_the_sea": ("no",)}
    again = update_record(old(words(manned="yes")), rules)
    assert (dict(again.record.answers), set(again.record.earlier)) == ({}, {"manned"})


def test_of_a_choice_that_is_retired_the_answer_is_carried_or_its_question_asked_again(tmp_path: Path) -> None:
    rules = change_rules(tmp_path, RETIRED_CHOICE)
    assert update_record(old(words(lamps="green")), rules).record.answers["lamps"].answer == ("none",)
    both = update_record(old({"lamps": GivenAnswer(("white", "green"))}), rules)
    assert (dict(both.record.answers), set(both.record.earlier)) == ({}, {"lamps"})
    assert any("lamps is asked again" in line for line in render_update_lines(both))


def test_what_was_answered_in_the_light_of_an_answer_is_asked_again_with_it(tmp_path: Path) -> None:
    rules = change_rules(tmp_path, RETIRED_CHOICE + "    asks_again: by_the_sea\n")
    assert set(update_record(old(words(lamps="green", by_the_sea="yes")), rules).record.answers) == {
        "lamps",
        "by_the_sea",
    }
    again = update_record(old({"lamps": GivenAnswer(("white", "green")), "by_the_sea": GivenAnswer(("yes",))}), rules)
    assert (dict(again.record.answers), set(again.record.earlier)) == ({}, {"lamps", "by_the_sea"})
    assert any("by_the_sea is asked again" in line for line in render_update_lines(again))


def test_what_was_redefined_is_told_where_a_record_does_not_say_when_it_was_answered() -> None:
    done = update_record(old(words(keeper="yes"), against={}), NOW)
    assert done.record.answers["keeper"].answer == ("yes",)
    assert list(render_update_lines(done)) == [
        "keeper: look at it again; since 2027.01 it means something else. A keeper who only visits counts, too."
    ]


def test_an_answer_that_no_rule_and_no_change_knows_is_told_by_an_update(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{MOVED_LIGHTHOUSE}]\nanswers: {{coat: yes}}\n", "utf-8")
    done = run_tenken("update", path)
    assert "coat: no rule asks for it, and no change says what became of it" in done.stdout
    assert "Nothing moved" not in done.stderr


def test_a_choice_is_renamed_inside_its_answer() -> None:
    made = become({"lamps": GivenAnswer(("white", "red"))}).record
    assert made.answers["lamps"].answer == ("white", "scarlet")
    assert made.earlier == {}


def test_a_yes_to_the_whole_is_a_yes_to_its_parts_and_anything_less_is_asked_again() -> None:
    assert set(become(words(**{"L-1__shines": "yes"})).record.answers) == {"L-1.at_dusk", "L-1.until_dawn"}
    for word in ("partly", "no", "unsure"):
        made = become(words(**{"L-1__shines": word})).record
        assert (dict(made.answers), set(made.earlier)) == ({}, {"L-1.shines"})


def test_answers_that_agree_are_merged_and_others_asked_again() -> None:
    day = datetime(2026, 11, 1, tzinfo=UTC)
    clean = GivenAnswer(("no",), by="Mia", at=day, note="rain", evidence=(Evidence("a"),))
    log = GivenAnswer(("no",), by="Jun", at=day.replace(day=2), note="lost", evidence=(Evidence("b"),))
    kept = become({"L-1.clean": clean, "L-2.log": log}).record.answers["L-1.kept"]
    assert (kept.answer, kept.by, kept.note, len(kept.evidence)) == (("no",), "Jun", "rain; lost", 2)
    apart = become({"L-1.clean": clean, "L-2.log": replace_fields(log, answer=("yes",))}).record
    assert (dict(apart.answers), set(apart.earlier)) == ({}, {"L-1.clean", "L-2.log"})
    assert set(become({"L-1.clean": clean}).record.earlier) == {"L-1.clean"}


def test_what_changed_its_meaning_or_is_no_longer_asked_is_kept_apart() -> None:
    made = become(words(keeper="yes", **{"L-1__spare": "no"})).record
    assert (dict(made.answers), set(made.earlier)) == ({}, {"keeper", "L-1.spare"})


def test_only_what_came_after_the_answers_counts() -> None:
    answers = words(coast="yes", keeper="yes")
    made = update_record(old(answers, {"lighthouse": "2026.12 0badcafe"}), NOW).record
    assert set(made.answers) == {"coast"}
    assert update_record(old(answers, NOW.versions), NOW).record.answers == answers


def test_a_record_that_does_not_say_its_version_moves_where_an_id_is_gone() -> None:
    made = update_record(old(words(coast="yes", keeper="yes"), {}), NOW).record
    assert set(made.answers) == {"by_the_sea", "keeper"}


def test_a_second_time_nothing_moves() -> None:
    once = become(words(coast="yes", keeper="yes", **{"L-1__shines": "no"})).record
    twice = update_record(once, NOW)
    assert (twice.record.answers, twice.steps) == (once.answers, ())
    stamped = update_record(replace_fields(once, answered_against=NOW.versions), NOW)
    assert (stamped.record.answers, stamped.moved, stamped.steps) == (once.answers, {}, ())


@pytest.mark.parametrize(
    "more", [("check", "--allow-unknown"), ("report", "-o", "-"), ("report", "--format", "md", "-o", "-")]
)
def test_answers_to_older_rules_are_said_to_be_so_in_every_report_and_by_the_gate(
    path: Path, more: tuple[str, ...]
) -> None:
    path.write_text(re.sub(r"lighthouse: 2\S+ \S+", "lighthouse: 2026.09 00000000", path.read_text("utf-8")), "utf-8")
    said = run(more[0], str(path), *more[1:])
    assert "The rules moved since this was answered" in said
    if more[0] == "report":
        assert "2026.09 00000000" in said


def test_without_a_stamp_nothing_is_claimed(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(f"tenken: 1\nsystem: x\nchecklists: [{MOVED_LIGHTHOUSE}]\nanswers: {{by_the_sea: yes}}\n", "utf-8")
    assert "The record does not say against which rules it was answered" in run("update", str(path))


def test_a_record_signed_off_becomes_a_draft_when_an_answer_moves() -> None:
    signed = replace_fields(
        old(words(coast="yes")), status=RecordStage.FINAL, signed_off=(SignOff("Ada", date(2026, 11, 20)),)
    )
    assert (update_record(signed, NOW).record.status, update_record(signed, NOW).record.signed_off) == (
        RecordStage.DRAFT,
        (),
    )
    assert update_record(replace_fields(signed, answers={}), NOW).record.status is RecordStage.FINAL


ANSWERS = st.dictionaries(
    st.sampled_from(["coast", "keeper", *THEN.checks]),
    st.sampled_from(CHECK_ANSWERS).map(lambda word: GivenAnswer((word,), note=word)),
)


@given(ANSWERS)
def test_no_answer_is_ever_lost(answers: Mapping[str, GivenAnswer]) -> None:
    made = become(answers).record
    found = [*made.answers.values(), *made.earlier.values()]
    for id, answer in answers.items():
        assert any(answer.note in one.note and answer.answer == one.answer for one in found), id
    known = {*NOW.questions, *NOW.checks}
    assert set(made.answers) <= known


def test_every_step_says_why() -> None:
    said = "\n".join(render_update_lines(become(words(coast="yes", keeper="yes"))))
    assert "lighthouse: answered against 2026.11 0badcafe, now 2027.01" in said
    assert "coast is carried over to by_the_sea" in said
    assert "2026.12: The amendment speaks of the sea. (Amendment 1, section 1)" in said
    assert "keeper is asked again; the answer is kept under `earlier`" in said
    assert "new: L-5" in said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tower.yaml"
    answers = words(coast="yes", lamps="white", keeper="yes")
    RecordFile(path, replace_fields(old(answers), checklists=(str(MOVED_LIGHTHOUSE),))).save()
    return path


def run(*arguments: str) -> str:
    done = run_tenken(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_an_update_shows_before_it_writes(path: Path) -> None:
    before = path.read_bytes()
    assert "--write" in run("update", str(path))
    assert path.read_bytes() == before
    run("update", str(path), "--write")
    assert set(open_record(path).record.answers) == {"by_the_sea", "lamps"}
    assert "Nothing moved" in run("update", str(path))


@pytest.fixture
def folder(path: Path) -> Path:
    """Two records to carry over, one that is as it is, and one that cannot be read."""
    (path.parent / "another.yaml").write_bytes(path.read_bytes())
    (path.parent / "broken.yaml").write_text("tenken: [\n", "utf-8")
    text = f"tenken: 2\nsystem: New\nchecklists: [{MOVED_LIGHTHOUSE}]\nanswers: {{by_the_sea: yes}}\n"
    (path.parent / "new.yaml").write_text(text, "utf-8")
    return path.parent


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ((), "4 records, 2 to carry over, 1 as they are, 1 that cannot be read"),
        (("--write",), "4 records, 2 carried over, 1 as they are, 1 that cannot be read"),
    ],
)
def test_an_update_of_a_folder_goes_past_what_cannot_be_read(folder: Path, more: tuple[str, ...], counts: str) -> None:
    before = (folder / "tower.yaml").read_bytes()
    done = run_tenken("update", folder, *more)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == counts
    headings = [line for line in done.stdout.splitlines() if line.endswith(".yaml:")]
    assert headings == [f"{folder / name}.yaml:" for name in ("another", "broken", "new", "tower")]
    assert "broken.yaml:2:1" in done.stderr
    for name in ("another.yaml", "tower.yaml"):
        assert ("by_the_sea" in open_record(folder / name).record.answers) == bool(more)
    assert ((folder / "tower.yaml").read_bytes() == before) != bool(more)


def test_a_single_file_is_updated_without_heading_or_counts(path: Path) -> None:
    done = run_tenken("update", path)
    assert "tower.yaml:" not in done.stdout
    assert "1 record" not in done.stderr


def test_several_records_that_all_can_be_read_are_no_mistake(path: Path) -> None:
    other = path.with_name("other.yaml")
    other.write_bytes(path.read_bytes())
    assert run_tenken("update", path, other, "--write").returncode == 0
    assert run_tenken("update", path.parent).stderr.endswith(
        "2 records, 0 to carry over, 2 as they are, 0 that cannot be read\n"
    )


def test_a_report_on_older_answers_never_reads_them_in_a_new_sense(path: Path) -> None:
    before = path.read_bytes()
    said = run("explain", str(path), "L-6")
    assert "The rules moved since this was answered" in said
    assert "The keeper: Not answered yet" in said
    assert path.read_bytes() == before


@pytest.mark.parametrize("more", [("--set", "lamps=white"), ("--merge", "{path}")])
def test_no_answer_is_carried_over_in_silence(path: Path, more: tuple[str, ...]) -> None:
    said = run("assess", str(path), *(word.format(path=path) for word in more))
    assert "coast is carried over to by_the_sea" in said
    assert "keeper is asked again" in said


def test_words_that_moved_are_no_news(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    against = {"lighthouse": "2027.01 0badcafe"}
    RecordFile(path, replace_fields(old(words(keeper="yes"), against), checklists=(str(MOVED_LIGHTHOUSE),))).save()
    assert "answered against" not in run("assess", str(path), "--set", "lamps=white")


def test_a_version_without_end_is_compared_by_its_beginning() -> None:
    assert parse_version_number("9" * 5000) > parse_version_number("2026.11")
