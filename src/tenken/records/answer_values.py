"""What the answers of a record mean to its checklists, and which mean nothing to them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from tenken.files.problems import NOWHERE, Place, Problem, Problems, limit_problems, suggest_instead
from tenken.records.record import GivenAnswer
from tenken.rules.answer_kinds import UNSURE, AnswerValue, is_doubted_word
from tenken.rules.library import Library
from tenken.rules.outline import find_text_questions
from tenken.rules.requirement import EXPLAINED, PARTLY, SET_ASIDE, Explain, Question, Requirement

MOST_KNOWN_ANSWERS = 20_000
"""Of so many answers, what they mean is kept with the rules for other records that say the same."""

_WORD_CHARACTER = r"[^\W\d_]"
_WORDS_THAT_NEED_REASONS = ((SET_ASIDE,), (EXPLAINED,))
"""Answers to a check that mean what they say only with what stands beside them."""


def parse_answer_settings(said: Iterable[str], texts: Container[str] = ()) -> dict[str, GivenAnswer]:
    """Answers given as `question=answer`, several choices separated by commas, which words of one's own may have."""
    answers = {}
    for setting in said:
        id, equals, words = setting.partition("=")
        given = GivenAnswer(
            tuple(dict.fromkeys(word.strip() for word in _split_words(id, words, texts))), place=Place("--set")
        )
        if not (id and equals and all(given.answer)):
            raise Problems(_build_answer_problem(given, "{said} is not of the form question=answer", said=setting))
        answers[id.strip()] = given
    return answers


def _split_words(id: str, words: str, texts: Container[str]) -> list[str]:
    return [words] if id.strip() in texts else words.split(",")


def read_answer_values(answers: Mapping[str, GivenAnswer], library: Library) -> dict[str, AnswerValue]:
    """What the answers of a record mean to the checklists; raises `Problems` for all that mean nothing to them.

    What was written for documents decides nothing, and so is looked at and left out.
    """
    known: dict[tuple[str, tuple[str, ...]], AnswerValue] = library.worked_out.setdefault(read_answer_values, {})
    values = {id: known.get((id, given.answer)) for id, given in answers.items()}
    unread = {id: answers[id] for id, value in values.items() if value is None}
    texts = find_text_questions(library.language) if any(id not in library.order for id in unread) else {}
    # One by one, as a file may hold a quarter of a million that mean nothing.
    problems = limit_problems(
        problem for id, given in unread.items() for problem in _check_answer(id, given, library, texts)
    )
    if problems:
        raise Problems(*problems)
    if len(known) > MOST_KNOWN_ANSWERS:
        known.clear()
    for id, given in unread.items():
        if id in texts:
            values[id] = ()
            continue
        values[id] = value = _read_answer_value(id, given, library)
        if given.answer[:1] not in _WORDS_THAT_NEED_REASONS:
            known[id, given.answer] = value
    return {id: value for id, value in values.items() if value}


def _read_answer_value(id: str, given: GivenAnswer, library: Library) -> AnswerValue:
    """What an answer means; nothing if it is still open."""
    if not given.answer:
        return ()
    if id in library.checks:
        requirement, _ = library.checks[id]
        unpublished = requirement.explain is Explain.PUBLISHED and not given.published
        return (PARTLY,) if given.answer == (EXPLAINED,) and unpublished else given.answer
    return library.questions[id].answer_kind.parse_words(given.answer)


def _check_answer(id: str, given: GivenAnswer, library: Library, texts: Mapping[str, Question]) -> Iterator[Problem]:
    if id in texts:
        for text, facts in texts[id].answer_kind.find_mistakes(given.answer):
            yield _build_answer_problem(given, text, id=id, **facts)
        return
    if id not in library.order:
        hint = suggest_instead(id, (*library.order, *texts))
        yield _build_answer_problem(given, "{id} is not a question here; {hint}", id=id, hint=hint)
        return
    for text, facts in library.find_answer_kind(id).find_mistakes(given.answer):
        yield _build_answer_problem(given, text, id=id, **facts)
    if id in library.checks:
        requirement, _ = library.checks[id]
        yield from _check_deviating_answer(id, given, requirement)


def _check_deviating_answer(id: str, given: GivenAnswer, requirement: Requirement) -> Iterator[Problem]:
    answer = given.answer[:1]
    if answer in _WORDS_THAT_NEED_REASONS and not has_words(given.reason) and given.place is not NOWHERE:
        yield _build_answer_problem(given, "{id}: {said} needs a `reason: …` in words", id=id, said=answer[0])
    if answer == (EXPLAINED,) and not requirement.may_be_explained:
        yield _build_answer_problem(given, "{id}: this cannot be explained away; answer yes, partly or no", id=id)


def _build_answer_problem(given: GivenAnswer, text: str, **facts: object) -> Problem:
    return Problem(given.place, text, facts)


def has_sure_answer(given: GivenAnswer | None) -> bool:
    return given is not None and any(word != UNSURE and not is_doubted_word(word) for word in given.answer)


def is_doubtful(given: GivenAnswer) -> bool:
    """Whether somebody was not sure, of all or of one choice."""
    return any(word == UNSURE or is_doubted_word(word) for word in given.answer)


def has_words(reason: str) -> bool:
    """Whether a reason says something; a dot or a dash does not."""
    return len(re.findall(_WORD_CHARACTER, reason)) > 1
