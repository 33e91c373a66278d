"""The way from the first question to the report: what comes first, how far it is, and how few keys it takes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.scripted_prompt import Scripted
from support.truthful_person import NOON, TruthfulPerson
from tenken.assessment.open_questions import Phase, name_phase_section
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.cli.report_beside import ReportBeside
from tenken.files.shipped_files import find_shipped_folder
from tenken.interview.prompt import PromptKey, QuestionCard
from tenken.interview.question_loop import Interview
from tenken.interview.result_summary import render_report_place
from tenken.interview.scope_estimate import estimate_scope_questions
from tenken.interview.whole_interview import run_interview
from tenken.messages.message_catalog import BASE_PHRASE_LANGUAGE, use_language
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile, open_record
from tenken.rules.answer_kinds import NONE
from tenken.rules.library import Library
from tenken.rules.loading import limit_to_default_depth, list_shipped_checklists, load_library
from tenken.rules.logic import Situation

AS_OF = date(2026, 11, 23)
EXAMPLES = {path.stem: path for path in sorted(find_shipped_folder("examples").glob("*.yaml"))}
EVERYTHING = limit_to_default_depth(load_library(list_shipped_checklists()))
SCOPE = name_phase_section(Phase.SCOPE)
MOST_KEYS = 40
MOST_DECISIVE = 12
HOW_FAR_OFF = 0.25


class Anybody(Scripted):
    """Answers at random, and goes any way."""

    def __init__(self, random: Random, most: int) -> None:
        super().__init__()
        self.random, self.most = random, most

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        self.cards.append(card)
        if len(self.cards) > self.most:
            raise KeyboardInterrupt
        words = [option.word for option in card.options if not option.word.startswith(("review", "day", "quick"))]
        if not card.section and "result" in words[:-1]:
            words.remove("result")
        if not card.several or self.random.random() < 0.3:
            return (self.random.choice(words),)
        several = [word for word in words if word != NONE]
        return tuple(sorted(self.random.sample(several, self.random.randint(1, min(3, len(several))))))

    def ask_text(self, *_asked: Any, **_how: Any) -> str | None:
        return "because it is so"


@pytest.mark.thorough
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**9), offered=st.booleans())
def test_nothing_is_asked_about_what_applies_once_the_checks_have_begun(
    seed: int, offered: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    library = load_library() if offered else EVERYTHING
    file = RecordFile(
        tmp_path_factory.mktemp("r") / "r.yaml", Record(RECORD_FORMAT, "X", checklists=tuple(library.checklists))
    )
    prompt = Anybody(Random(seed), most=120)
    with suppress(KeyboardInterrupt):
        Interview(file, Wording(library), prompt, lambda: NOON, AS_OF).run()
    sections = [card.section for card in prompt.cards if card.section]
    first = list(takewhile(lambda section: section == SCOPE, sections))
    assert SCOPE not in sections[len(first) :]
    offers = [number for number, card in enumerate(prompt.cards) if card.ask.startswith("There is a checklist")]
    checks = [number for number, card in enumerate(prompt.cards) if card.section not in ("", SCOPE)]
    assert not offers or not checks or max(offers) < min(checks)


def test_penalties_are_asked_last_and_under_their_own_name() -> None:
    phases = [item.phase for item in RunningAssessment(EVERYTHING, Situation({}, AS_OF)).open]
    assert phases == sorted(phases)
    assert max(Phase) is Phase.PENALTY
    assert name_phase_section(Phase.PENALTY) == "What a penalty depends on"


@dataclass(frozen=True)
class Played:
    person: TruthfulPerson
    path: Path


def play(folder: Path, name: str, *ways: str, language: str = "en", quick: bool = False) -> Played:
    """Somebody who answers as an example does, in the checklists of it."""
    example = open_record(EXAMPLES[name]).record
    library = load_rules_for(example, language)
    record = Record(RECORD_FORMAT, example.system, checklists=tuple(library.checklists), left_out=example.left_out)
    file = RecordFile(folder / f"{name}.yaml", record)
    person = TruthfulPerson(example.answers, library, ways)
    use_language(language)
    try:
        desk = ReportBeside(is_screen=False)
        Interview(file, Wording(library, language), person, lambda: NOON, AS_OF, quick=quick, desk=desk).run()
    finally:
        use_language(BASE_PHRASE_LANGUAGE)
    return Played(person, file.path)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "language"), [*((name, "en") for name in EXAMPLES), ("tokyo-company", "ja"), ("recruiting-vendor", "ja")]
)
def test_a_result_so_far_takes_fifteen_lines_and_the_whole_one_twenty(tmp_path: Path, name: str, language: str) -> None:
    person = play(tmp_path, name, "binding", language=language).person
    menu = next(
        place for place, card in enumerate(person.cards) if "result" in [option.word for option in card.options]
    )
    heading = "現在" if language == "ja" else ", as of"
    so_far = person.said[menu]
    begins = max(number for number, line in enumerate(so_far) if heading in line and line.startswith(name_of(name)[:5]))
    assert len(so_far) - begins <= 15
    assert len(person.said[-1]) <= 20, "\n".join(person.said[-1])
    assert f"{name}.html" in "".join(person.said[-1][-2:])
    assert (tmp_path / f"{name}.html").read_text("utf-8").startswith("<!doctype html>")


def name_of(name: str) -> str:
    return open_record(EXAMPLES[name]).record.system


def test_a_start_up_with_a_chatbot_reaches_its_report_with_few_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    plain = {"exchange": "dialogue", "outputs": "text", "public_text": "none"}
    answers = {**open_record(EXAMPLES["support-chatbot"]).record.answers}
    answers |= {id: GivenAnswer((word,)) for id, word in plain.items()}
    texts = ["Wiener Hilfe", "", "", "wiener-hilfe.yaml", "Anna"]
    person = TruthfulPerson(answers, load_library(), ["decisive", "result"], texts)
    run_interview(None, person, lambda: NOON, AS_OF, desk=ReportBeside(is_screen=False))
    assert Path("wiener-hilfe.html").exists()
    with capsys.disabled():
        print(f"\nkeys from `tenken assess` to the report: {person.keys}, questions {len(person.questions)}")
    assert person.keys <= MOST_KEYS


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_short_way_asks_few_checks(tmp_path: Path, name: str) -> None:
    person = play(tmp_path, name, quick=True).person
    checks = [card for card in person.questions if card.section == name_phase_section(Phase.TEXT)]
    assert 1 <= len(checks) <= MOST_DECISIVE


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_said_to_lie_ahead_is_right(name: str) -> None:
    example = open_record(EXAMPLES[name]).record
    library = load_rules_for(example)
    values = read_answer_values(example.answers, library)
    ahead = list(count_ahead(library, values))
    for left, (said, _) in enumerate(reversed(ahead), start=1):
        assert said is None or abs(said - left) <= HOW_FAR_OFF * left, ahead


def count_ahead(library: Library, values: dict[str, Any]) -> list[tuple[int | None, str]]:
    """What is said to lie ahead at each question on what applies, the third and those after it."""
    running, said, left_open = RunningAssessment(library, Situation({}, AS_OF)), [], set()
    while scope := [item for item in running.open if item.phase is Phase.SCOPE and item.question not in left_open]:
        id = scope[0].question
        said.append((estimate_scope_questions(running), id))
        if id in values:
            running.take_answer(id, values[id])
        else:
            left_open.add(id)
    return said[2:]


def test_nothing_is_announced_of_an_interview_that_ends_after_one_question(tmp_path: Path) -> None:
    library = load_library(["eu-transparency"])
    file = RecordFile(tmp_path / "r.yaml", Record(RECORD_FORMAT, "X", checklists=("eu-transparency",)))
    prompt = Scripted(("eu",), ("no_ai",), ("result",))
    Interview(file, Wording(library), prompt, lambda: NOON, AS_OF).run()
    assert [card.progress for card in prompt.cards] == ["question 1", "question 2", ""]


@pytest.mark.parametrize("name", ["support-chatbot", "tokyo-company", "seoul-voices"])
def test_the_checks_of_a_law_are_counted_exactly(tmp_path: Path, name: str) -> None:
    person = play(tmp_path, name, "binding").person
    counted = [card for card in person.questions if card.section == name_phase_section(Phase.TEXT)]
    for card in counted:
        number, total = card.progress.split(" of ")
        assert 1 <= int(number) <= int(total)
    assert not counted or counted[-1].progress.split(" of ")[0] == counted[-1].progress.split(" of ")[1]


def test_the_short_form_stands_in_place_of_the_whole_guideline(tmp_path: Path) -> None:
    played = play(tmp_path, "tokyo-company", "decisive", "go", "quick1", "result")
    labels = [option.label for card in played.person.cards for option in card.options]
    kept = open_record(played.path).record
    assert "japan-quick-check" in kept.checklists
    assert "japan-ai-guidelines" not in kept.checklists
    assert read_answer_values(kept.answers, load_rules_for(kept))
    asked = [card for card in played.person.questions if card.section == name_phase_section(Phase.VOLUNTARY)]
    assert f"Japan, quick check of the AI Guidelines for Business ({len(asked)} questions), voluntary" in labels
    assert 10 <= len(asked) < 21


def test_laws_come_one_after_the_other_and_what_binds_comes_first(tmp_path: Path) -> None:
    played = play(tmp_path, "tokyo-company", "binding", "go", "voluntary1", "result")
    ids = [played.person.ids[card.ask] for card in played.person.questions]
    library = load_rules_for(open_record(EXAMPLES["tokyo-company"]).record)
    checks = [library.checks[id][0] for id in ids if id in library.checks]
    binding = [requirement.is_law for requirement in checks]
    assert binding == sorted(binding, reverse=True)
    laws = [library.find_law(requirement.id) for requirement in checks if requirement.is_law]
    assert len(list(dict.fromkeys(laws))) == sum(
        1 for one, other in zip(laws, ["", *laws], strict=False) if one != other
    )


@pytest.mark.parametrize("has_file", [True, False])
def test_a_report_is_written_beside_the_record_and_never_over_a_file_of_somebody_else(
    tmp_path: Path, has_file: bool
) -> None:
    theirs = tmp_path / "newsroom.html"
    if has_file:
        theirs.write_text("<p>mine</p>", "utf-8")
    said = play(tmp_path, "newsroom", "decisive", "result", quick=False).person.said[-1]
    assert theirs.read_text("utf-8").startswith("<p>mine" if has_file else "<!doctype html>")
    assert ("newsroom-2.html" in "".join(said)) == has_file


def test_where_nobody_may_write_the_report_is_offered_for_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = RecordFile(tmp_path / "r.yaml", Record(RECORD_FORMAT, "X"))
    assert render_report_place(file, None) == f"The whole report, in {tmp_path}/r.html: tenken report {tmp_path}/r.yaml"
    monkeypatch.setattr("os.access", lambda *_: False)
    said = render_report_place(file, None)
    assert said == f"The whole report, in another folder: tenken report {tmp_path}/r.yaml -o FOLDER/r.html"
