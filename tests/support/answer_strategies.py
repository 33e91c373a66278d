"""Hypothesis strategies: conditions, answers and days of the kind checklists and people produce."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE, AnswerValue, QuestionKind
from tenken.rules.library import Library
from tenken.rules.logic import All, AnyOf, Before, Condition, Is, Not, Only, OnOrAfter, Term
from tenken.rules.requirement import CHECK_ANSWERS, Question

CHOICES = ("a", "b", "c", NONE)
QUESTIONS = ("one", "two", "three")
DAYS = tuple(date(2026, month, 2) for month in (7, 8, 12))

several = st.lists(st.sampled_from(("a", "b", "c", UNSURE)), min_size=1, max_size=3, unique=True).map(tuple)
values: st.SearchStrategy[AnswerValue] = st.one_of(several, st.just((NONE,)), st.just((UNSURE,)))
moments: st.SearchStrategy[AnswerValue] = st.one_of(
    st.dates(date(2026, 6, 1), date(2027, 1, 31)), st.sampled_from([("not_yet",), ("never",), (UNSURE,)])
)
words = st.frozensets(st.sampled_from(CHOICES), min_size=1, max_size=3)
facts: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Is, st.sampled_from(QUESTIONS), words),
    st.builds(Only, st.sampled_from(QUESTIONS), words),
    st.builds(Before, st.just("day"), st.sampled_from(DAYS)),
    st.builds(OnOrAfter, st.just("day"), st.sampled_from(DAYS)),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    facts,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
        st.builds(Term, st.just("term"), inner),
    ),
    max_leaves=8,
)
full_answers: st.SearchStrategy[Mapping[str, AnswerValue]] = st.fixed_dictionaries(
    {**dict.fromkeys(QUESTIONS, values), "day": moments}
)
as_of_days = st.dates(date(2026, 6, 1), date(2028, 12, 31))


def answer_to(question: Question) -> st.SearchStrategy[AnswerValue]:
    """Any answer a person may give to a question, not sure among them."""
    if question.kind is QuestionKind.DATE:
        days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
        return st.one_of(days, st.sampled_from([(word,) for word in question.accepted_words]))
    single = st.sampled_from([(word,) for word in question.accepted_words])
    if not question.several:
        return single
    choices = [word for word in question.accepted_words if word != NONE]
    said = st.lists(st.sampled_from(choices), min_size=1, max_size=4, unique=True)
    doubts = st.lists(st.booleans(), min_size=4, max_size=4)
    return st.one_of(single, said.map(tuple), st.builds(_doubt_some, st.just(question), said, doubts))


def _doubt_some(question: Question, said: list[str], doubts: list[bool]) -> AnswerValue:
    """Choices of which somebody is not sure of some."""
    signs = (DOUBT if is_doubted and word != UNSURE else "" for word, is_doubted in zip(said, doubts, strict=False))
    return question.answer_kind.parse_words(tuple(map("".join, zip(said, signs, strict=True))))


def everything(library: Library) -> st.SearchStrategy[dict[str, AnswerValue]]:
    """An answer to every question and every check."""
    checks = st.sampled_from([(word,) for word in CHECK_ANSWERS])
    return st.fixed_dictionaries(
        {id: answer_to(question) for id, question in library.questions.items()} | dict.fromkeys(library.checks, checks)
    )
