"""Goes through answers older than a year: each is confirmed with one key, asked again or left for later."""

from __future__ import annotations

from datetime import date

from tenken.assessment.running_assessment import RunningAssessment
from tenken.files.frozen_classes import replace_fields
from tenken.interview.answer_lines import render_signed_answer
from tenken.interview.local_day import find_local_day
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
    return [id for id, given in record.answers.items() if _is_old(id, given, running, today)]


def _is_old(id: str, given: GivenAnswer, running: RunningAssessment, today: date) -> bool:
    if not given.answer or given.at is None or is_doubtful(given) or id not in running.situation.answers:
        return False
    return add_months(given.at.date(), _GOOD_FOR) < today and running.is_decisive(id)


def confirm_old_answers(interview: Interview) -> None:
    """Asks of each whether it is still so, until somebody goes back."""
    today = find_local_day(interview.clock())
    ids = list_old_answers(interview.record_file.record, interview.running_assessment, today)
    for number, id in enumerate(ids, start=1):
        given = interview.record_file.record.answers.get(id, NO_ANSWER)
        if not _is_old(id, given, interview.running_assessment, today):
            continue
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
