"""What one law's answers make likely in the other: shown and ticked at the question, and no answer until it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from support.command_line import run_tenken
from support.pseudo_terminal import PseudoTerminal, press_number
from support.scripted_prompt import NOON, Scripted
from tenken.assessment.open_questions import Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.prompt import PromptKey, QuestionCard
from tenken.interview.question_loop import Interview
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile, open_record
from tenken.rules.answer_kinds import NEVER, QuestionKind
from tenken.rules.crosswalk import SuggestedAnswer, load_crosswalks, suggest_answer
from tenken.rules.loading import limit_to_default_depth, load_library
from tenken.rules.logic import Situation

pytestmark = pytest.mark.thorough

AS_OF = date(2026, 11, 23)
BOTH = ("eu-transparency", "japan-ai-guidelines")
LIBRARY = limit_to_default_depth(load_library(BOTH))
WORDS = Wording(LIBRARY)
WHOLE = (Phase.SCOPE, Phase.VOLUNTARY)
"""What is asked as a whole; of the law only what decides most."""
SAID = {
    "where": ("eu", "japan"),
    "subject": ("ai_system",),
    "eu_role": ("provider", "deployer"),
    "does": ("talks_with_people", "makes_content"),
    "outputs": ("text",),
    "exchange": ("dialogue",),
    "size": ("sme",),
    "japan_reach": ("consumers",),
}
LEFT_OUT = "left_out: [japan-ai-promotion-act]\n"
FACTS: dict[str, tuple[str, ...]] = {id: SAID[id] for id in ("where", "subject", "eu_role")}
ENTER = "\r"


class Step(NamedTuple):
    """A question of an interview, what is likely there, and the answer given."""

    id: str
    likely: SuggestedAnswer | None
    words: tuple[str, ...]
    phase: Phase


def usual(id: str) -> tuple[str, ...]:
    """A yes in the first law, a no in the other, and otherwise as few facts as can be."""
    if id in LIBRARY.checks:
        return ("yes" if LIBRARY.checks[id][0].checklist == BOTH[0] else "no",)
    accepts = LIBRARY.list_accepted_words(id)
    return SAID.get(id) or (next((word for word in ("none", "no", NEVER) if word in accepts), accepts[0]),)


def steps() -> Iterator[Step]:
    """A whole interview of somebody who confirms whatever is suggested."""
    crosswalks = load_crosswalks(LIBRARY)
    running_assessment = RunningAssessment(LIBRARY, Situation({}, AS_OF))
    while asked := [
        item
        for item in running_assessment.open
        if item.phase in WHOLE or (item.phase is Phase.TEXT and item.is_decisive)
    ]:
        id = asked[0].question
        found = suggest_answer(id, running_assessment.situation, crosswalks)
        words = found.words if found else usual(id)
        running_assessment.take_answer(id, words)
        yield Step(id, found, words, asked[0].phase)


STEPS = list(steps())
FIRST_VOLUNTARY = next(step for step in STEPS if step.phase is Phase.VOLUNTARY)
GUIDELINE = "Japan, AI Guidelines for Business ("
SUGGESTED = {step.id: step for step in STEPS if step.likely}


def squeezed(text: str) -> str:
    return "".join(text.split())


def ask(id: str) -> str:
    return LIBRARY.questions[id].ask if id in LIBRARY.questions else LIBRARY.checks[id][1].ask


def labels(id: str) -> dict[str, str]:
    """The choices of a question in the order of the screen."""
    offered = {word: label for word, label, _ in WORDS.list_choices(id)}
    dated = id in LIBRARY.questions and LIBRARY.questions[id].kind is QuestionKind.DATE
    return {"day": "On a day that I know", **offered} if dated else offered


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "record.yaml"
    path.write_text(f"tenken: 1\nsystem: Desk\nchecklists: [{', '.join(BOTH)}]\n{LEFT_OUT}answers: {{}}\n", "utf-8")
    return path


def kept(path: Path) -> dict[str, tuple[str, ...]]:
    return {id: given.answer for id, given in open_record(path).record.answers.items()}


def test_the_interview_has_roles_and_checks_that_are_suggested() -> None:
    assert SUGGESTED["japan_role"].words == ("provider", "business_user")
    assert {"JP-C8-1a.literacy", "JP-P6-2a-1.ai_told"} <= set(SUGGESTED)
    assert len(STEPS) > 60


def answer(terminal: PseudoTerminal, step: Step) -> None:
    """Confirms with Enter what is ticked or pointed at; chooses anything else by its digit."""
    places = list(labels(step.id))
    several = step.id in LIBRARY.questions and LIBRARY.questions[step.id].several
    if not step.likely:
        for word in step.words:
            place = places.index(word)
            terminal.type(*press_number(place, len(places), several=several))
    if step.likely or several:
        terminal.type(ENTER)


def shown(terminal: PseudoTerminal, step: Step) -> str:
    """The screen, once a question is on it with its keys."""
    wanted = squeezed(ask(step.id))
    return terminal.wait_until(lambda screen: wanted in squeezed(screen) and "? keys" in screen, wanted)


def choose_way(terminal: PseudoTerminal, label: str) -> None:
    """Chooses how to go on, by the digit before a label."""
    screen = terminal.wait_until(lambda shown: squeezed(label) in squeezed(shown) and "b back  q leave" in shown, label)
    found = re.search(rf"(\d){re.escape(squeezed(label))}", squeezed(screen))
    assert found
    terminal.type(found[1])


@pytest.mark.parametrize("columns", [80, 40])
def test_a_whole_interview_shows_and_ticks_each_suggestion_and_enter_confirms_it(path: Path, columns: int) -> None:
    arguments = ("assess", path.name, "--by", "Mia", "--quick", "--as-of", str(AS_OF))
    with PseudoTerminal(*arguments, folder=path.parent, columns=columns, rows=30) as terminal:
        for step in STEPS:
            if step is FIRST_VOLUNTARY:
                choose_way(terminal, GUIDELINE)
            screen = shown(terminal, step)
            assert ("Likely, because" in screen) == (step.likely is not None), screen
            if step.likely:
                for word in step.words:
                    label = squeezed(labels(step.id)[word])
                    several = step.id in LIBRARY.questions
                    assert re.search(rf"{'●' if several else '❯'}\d{re.escape(label)}", squeezed(screen)), screen
                assert squeezed("Please confirm.") in squeezed(screen)
                assert step.id not in kept(path)
            answer(terminal, step)
        choose_way(terminal, "Stop here")
        assert terminal.finish() == 0
    assert kept(path) == {step.id: step.words for step in STEPS}


def test_a_whole_interview_in_plain_lines_names_each_suggestion(path: Path) -> None:
    lines = []
    for step in STEPS:
        lines += ["3"] if step is FIRST_VOLUNTARY else []
        lines.append(", ".join(step.words))
    arguments = ("assess", path.name, "--by", "Mia", "--quick", "--plain", "--as-of", str(AS_OF))
    done = run_tenken(*arguments, cwd=path.parent, stdin="\n".join([*lines, "Stop here", ""]))
    assert done.returncode == 0, done.stderr
    assert kept(path) == {step.id: step.words for step in STEPS}
    rest = squeezed(done.stderr)
    for step in STEPS:
        card, _, rest = rest.partition(squeezed(ask(step.id)))[2].partition("Number")
        assert ("Likely,because" in card) == (step.likely is not None), card
        named = [word for word, label in labels(step.id).items() if squeezed(label) + "(likely)" in card]
        assert named == list(step.words if step.likely else ())


def asked(path: Path, answers: dict[str, tuple[str, ...]], *replies: Any) -> list[QuestionCard]:
    """The questions of a conversation that begins with these answers, and is left at the end of the replies."""
    given = {id: GivenAnswer(words) for id, words in answers.items()}
    record = Record(RECORD_FORMAT, "Desk", checklists=BOTH, left_out=("japan-ai-promotion-act",), answers=given)
    file = RecordFile(path, record)
    path.unlink(missing_ok=True)
    prompt = Scripted(*replies)
    talker = Interview(file, WORDS, prompt, lambda: NOON, AS_OF, quick=True)
    with pytest.raises(KeyboardInterrupt):
        talker.run()
    return prompt.cards


ROLE = {**FACTS, "does": ("none",), "placed": ("2026-01-01",)}


def role_card(path: Path, *replies: Any) -> QuestionCard:
    """The question of the second role, the last there is."""
    return next(
        card for card in reversed(asked(path, ROLE, *replies)) if card.ask == LIBRARY.questions["japan_role"].ask
    )


def test_a_suggestion_that_nobody_confirmed_is_no_answer(path: Path) -> None:
    for reply in (PromptKey.SKIP, PromptKey.WHY, PromptKey.BACK, PromptKey.KEYS):
        card = role_card(path, reply)
        assert card.likely == ("provider", "business_user")
        assert card.chosen == ()
        assert card.suggestion == (
            "Likely, because you answered “Your role for the system in the EU: Ours (also in-house), We use it (not"
            " private)”: AI provider, AI business user. Please confirm."
        )
        assert not path.exists() or "japan_role" not in kept(path)


def test_another_answer_than_the_one_suggested_stands(path: Path) -> None:
    asked(path, ROLE, ("research_body",))
    assert kept(path)["japan_role"] == ("research_body",)


def test_an_answer_is_not_argued_with_and_not_sure_may_still_be_changed(path: Path) -> None:
    answered = role_card(path, ("none",), PromptKey.BACK)
    assert (answered.chosen, answered.likely, answered.suggestion) == (("none",), (), "")
    unsure = role_card(path, ("unsure",), PromptKey.BACK)
    assert unsure.chosen == ("unsure",)
    assert unsure.suggestion.startswith("Likely")


@pytest.mark.parametrize(
    ("changed", "likely"),
    [(("deployer",), ("business_user",)), (("importer",), ()), (("unsure",), ())],
)
def test_it_follows_the_first_answer_and_goes_with_it(
    path: Path, changed: tuple[str, ...], likely: tuple[str, ...]
) -> None:
    card = role_card(path, PromptKey.BACK, PromptKey.BACK, changed)
    assert card.likely == likely
    assert bool(card.suggestion) == bool(likely)


def test_an_answer_that_no_longer_matters_suggests_nothing(path: Path) -> None:
    elsewhere = {**ROLE, "where": ("japan",)}
    card = asked(path, elsewhere)[-1]
    assert card.ask == LIBRARY.questions["japan_role"].ask
    assert (card.likely, card.suggestion) == ((), "")


def test_why_says_why_it_is_likely(path: Path) -> None:
    file = RecordFile(
        path,
        Record(RECORD_FORMAT, "Desk", checklists=BOTH, answers={k: GivenAnswer(v) for k, v in ROLE.items()}),
    )
    path.unlink()
    prompt = Scripted(PromptKey.WHY)
    with pytest.raises(KeyboardInterrupt):
        Interview(file, WORDS, prompt, lambda: NOON, AS_OF, quick=True).run()
    assert any("Likely" in line and "uses AI in its work" in line for line in prompt.said)


def test_the_other_law_suggests_a_role_where_it_was_asked_first(path: Path) -> None:
    first = {
        "where": ("eu", "japan"),
        "subject": ("ai_system",),
        "japan_role": ("business_user",),
    }
    card = asked(path, first)[-1]
    assert card.ask == LIBRARY.questions["eu_role"].ask
    assert card.likely == ("deployer",)
    assert "AI business user" in card.suggestion
