"""What the answers of a record mean to its checklists, and which mean nothing to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tenken.files.problems import NOWHERE, Place, Problem, Problems, suggest_instead
from tenken.records.record import GivenAnswer
from tenken.rules.library import Library
from tenken.rules.logic import NONE, UNSURE, AnswerValue
from tenken.rules.requirement import (
    CHECK_ANSWERS,
    EXPLAINED,
    PARTLY,
    SET_ASIDE,
    Explain,
    Question,
    QuestionKind,
    Requirement,
)
from tenken.rules.value_binding import parse_day


def parse_answer_settings(said: Iterable[str]) -> dict[str, GivenAnswer]:
    """Answers given as `question=answer`, several choices separated by commas."""
    answers = {}
    for setting in said:
        id, equals, words = setting.partition("=")
        given = GivenAnswer(tuple(word.strip() for word in words.split(",")), place=Place("--set"))
        if not (id and equals and all(given.answer)):
            raise Problems(_build_answer_problem(given, "{said} is not of the form question=answer", said=setting))
        answers[id.strip()] = given
    return answers


def read_answer_values(answers: Mapping[str, GivenAnswer], library: Library) -> dict[str, AnswerValue]:
    """What the answers of a record mean to the checklists; raises `Problems` for all that mean nothing to them."""
    problems: list[Problem] = []
    meant: dict[str, AnswerValue] = {}
    for id, given in answers.items():
        if found := list(_check_answer(id, given, library)):
            problems += found
        elif given.answer:
            meant[id] = _read_answer_value(id, given, library)
    if problems:
        raise Problems(*problems)
    return meant


def _read_answer_value(id: str, given: GivenAnswer, library: Library) -> AnswerValue:
    if id in library.checks:
        requirement, _ = library.checks[id]
        unpublished = requirement.explain is Explain.PUBLISHED and not given.published
        return (PARTLY,) if given.answer == (EXPLAINED,) and unpublished else given.answer
    if library.questions[id].kind is QuestionKind.DATE and given.answer[0] not in library.questions[id].accepted_words:
        return parse_day(given.answer[0])
    return given.answer


def _check_answer(id: str, given: GivenAnswer, library: Library) -> Iterator[Problem]:
    if id in library.checks:
        requirement, _ = library.checks[id]
        yield from _check_answer_words(id, given, CHECK_ANSWERS)
        yield from _check_single_answer(id, given)
        yield from _check_deviating_answer(id, given, requirement)
    elif id in library.questions:
        yield from _check_question_answer(library.questions[id], given)
    else:
        known = (*library.questions, *library.checks)
        yield _build_answer_problem(
            given, "{id} is not a question here; {hint}", id=id, hint=suggest_instead(id, known)
        )


def _check_question_answer(question: Question, given: GivenAnswer) -> Iterator[Problem]:
    if question.kind is QuestionKind.DATE:
        yield from _check_day_answer(question, given)
    else:
        yield from _check_answer_words(question.id, given, question.accepted_words)
    if not question.several:
        yield from _check_single_answer(question.id, given)
    elif NONE in given.answer and len(given.answer) > 1:
        yield _build_answer_problem(given, "{id}: `none` stands alone; take it out or the others", id=question.id)


def _check_day_answer(question: Question, given: GivenAnswer) -> Iterator[Problem]:
    for word in given.answer:
        if word in question.accepted_words:
            continue
        try:
            parse_day(word)
        except ValueError:
            text = "{id}: {said} is not a day; write it as 2026-08-02, or {words}"
            yield _build_answer_problem(
                given, text, id=question.id, said=word, words=", ".join(question.accepted_words)
            )


def _check_answer_words(id: str, given: GivenAnswer, accepts: tuple[str, ...]) -> Iterator[Problem]:
    for word in given.answer:
        if word not in accepts:
            hint = suggest_instead(word, accepts)
            yield _build_answer_problem(given, "{id}: {said} is not an answer; {hint}", id=id, said=word, hint=hint)


def _check_single_answer(id: str, given: GivenAnswer) -> Iterator[Problem]:
    if len(given.answer) > 1:
        yield _build_answer_problem(given, "{id} takes one answer", id=id)


def _check_deviating_answer(id: str, given: GivenAnswer, requirement: Requirement) -> Iterator[Problem]:
    answer = given.answer[:1]
    if answer in ((SET_ASIDE,), (EXPLAINED,)) and not given.reason and given.place is not NOWHERE:
        yield _build_answer_problem(given, "{id}: {said} needs a `reason: …`", id=id, said=answer[0])
    if answer == (EXPLAINED,) and not requirement.may_be_explained:
        yield _build_answer_problem(given, "{id}: this cannot be explained away; answer yes, partly or no", id=id)


def _build_answer_problem(given: GivenAnswer, text: str, **facts: object) -> Problem:
    return Problem(given.place, text, facts)


def has_sure_answer(given: GivenAnswer | None) -> bool:
    return given is not None and bool(given.answer) and given.answer != (UNSURE,)
