"""Whom an open question waits for: what nobody was sure of, and what somebody named would know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tenken.assessment.running_assessment import RunningAssessment
from tenken.files.problems import Place, Problem, Problems
from tenken.records.answer_values import is_doubtful
from tenken.records.record import NO_ANSWER, GivenAnswer, Record

_NOBODY_TO_ASK = "no open answer here says who would know; note it with `ask: NAME`"


def list_unsure_questions(record: Record, running: RunningAssessment) -> list[str]:
    """What was answered, not for certain, and still decides something."""
    return [
        id
        for id, given in record.answers.items()
        if given.answer and is_doubtful(given) and id in running.library.order and running.is_decisive(id)
    ]


def find_questions_for(name: str, record: Record, running: RunningAssessment, open_ids: Iterable[str]) -> list[str]:
    """The open questions that somebody would know the answer to, because the record says so or because people like
    them usually do; raises `Problems` if it is nobody's name.
    """
    asked = {id: given.ask for id, given in record.answers.items() if given.ask and _is_open(given)}
    found = [id for id, who in asked.items() if _is_same_name(who, name)]
    for id in (*open_ids, *list_unsure_questions(record, running)):
        question = running.library.questions.get(id)
        if question and id not in asked and _is_named_in(name, question.who_knows):
            found.append(id)
    if not found:
        names = ", ".join(dict.fromkeys(asked.values()))
        text = "{said} is to be asked about nothing here; those who are: {names}" if names else _NOBODY_TO_ASK
        raise Problems(Problem(Place("--for"), text, {"said": name, "names": names}))
    return found


def find_whom_to_ask(id: str, record: Record, running: RunningAssessment) -> str:
    """Who would know: whoever was named, else who usually does; perhaps nobody."""
    question = running.library.questions.get(id)
    return record.answers.get(id, NO_ANSWER).ask or (question.who_knows if question else "")


def _is_open(given: GivenAnswer) -> bool:
    return is_doubtful(given) or not given.answer


def _is_same_name(name: str, other: str) -> bool:
    return _fold(name) == _fold(other)


def _is_named_in(name: str, who_knows: str) -> bool:
    """Whether a name stands in a text, in whole words; in Japanese, words have no ends."""
    wanted, text = _fold(name), _fold(who_knows)
    ends = (r"(?<!\w)", r"(?!\w)") if wanted.isascii() else ("", "")
    return len(wanted) > 1 and re.search(re.escape(wanted).join(ends), text) is not None


def _fold(said: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", said).casefold().split())
