"""Goes through answers older than a year: each is confirmed with one key, asked again or left for later."""

from __future__ import annotations

from datetime import date

from tenken.assessment.running_assessment import RunningAssessment
from tenken.files.frozen_classes import replace_fields
from tenken.interview.answer_lines import render_signed_answer
from tenken.interview.prompt import CardOption, PromptKey, QuestionCard
from tenken.interview.question_loop import Interview
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import is_doubtful
from tenken.records.evidence import add_months
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.rules.requirement import Months

_GOOD_FOR = Months(12)
"""How long an answer is taken as it stands."""


def list_old_answers(record: Record, running: RunningAssessment, today: date) -> list[str]:
    """The answers that matter and were given more than a year ago, in the order of the record."""
    return [
        id
        for id, given in record.answers.items()
        if _is_old(given, today) and id in running.situation.answers and running.is_decisive(id)
    ]


def _is_old(given: GivenAnswer, today: date) -> bool:
    return bool(given.answer and given.at and not is_doubtful(given)) and _is_long_ago(given, today)


def _is_long_ago(given: GivenAnswer, today: date) -> bool:
    return given.at is not None and add_months(given.at.date(), _GOOD_FOR) < today


def confirm_old_answers(interview: Interview) -> None:
    """Asks of each whether it is still so, until somebody goes back."""
    today = interview.clock().astimezone().date()
    ids = list_old_answers(interview.record_file.record, interview.running_assessment, today)
    for number, id in enumerate(ids, start=1):
        record, running = interview.record_file.record, interview.running_assessment
        if id not in list_old_answers(record, running, today):
            continue
        given = record.answers.get(id, NO_ANSWER)
        progress = phrase("{number} of {total}", number=number, total=len(ids))
        match interview.prompt.choose(_build_card(id, given, progress, interview)):
            case ("yes",):
                if not interview.save_answer(id, replace_fields(given, by=interview.by, at=interview.clock())):
                    return
            case ("no",):
                interview.ask_again(id)
            case PromptKey():
                return


def _build_card(id: str, given: GivenAnswer, progress: str, interview: Interview) -> QuestionCard:
    library = interview.library
    ask = library.checks[id][1].ask if id in library.checks else library.questions[id].ask
    answer = render_signed_answer(id, given, interview.wording)
    return QuestionCard(
        ask,
        (
            CardOption("yes", phrase("Still so"), answer),
            CardOption("no", phrase("No longer so"), phrase("You are asked again.")),
            CardOption("later", phrase("Leave it for later")),
        ),
        section=phrase("Still so?"),
        progress=progress,
        keys=(PromptKey.BACK, PromptKey.LEAVE),
    )
