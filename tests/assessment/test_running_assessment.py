"""What is kept up to date answer by answer says what judging everything anew says."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from support.answer_strategies import as_of_days, everything
from support.paths import SMALL
from tenken.assessment.findings import assess_all
from tenken.assessment.open_questions import list_open_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.loading import read_library
from tenken.rules.logic import Situation

LIBRARY = read_library([SMALL])


@settings(max_examples=50, deadline=None)
@given(st.lists(everything(LIBRARY), min_size=1, max_size=2), st.data(), as_of_days)
def test_after_each_answer_it_is_as_if_all_were_judged_anew(
    rounds: list[dict[str, AnswerValue]], data: st.DataObject, as_of: date
) -> None:
    running = RunningAssessment(LIBRARY, Situation({}, as_of))
    for answers in rounds:
        for id in data.draw(st.permutations(sorted(answers)))[:10]:
            running.take_answer(id, answers[id])
            assert running.assessment == assess_all(LIBRARY, running.situation)
            assert list(running.open) == list(list_open_questions(LIBRARY, running.situation))
