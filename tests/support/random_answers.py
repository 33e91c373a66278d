"""Answers drawn from a seed, for whole sets of rules, of which a search for the smallest would take too long."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE, AnswerKind, AnswerValue
from tenken.rules.library import Library

_FIRST_DAY, _DAYS = date(2024, 1, 1), 1900
_SHARES = (0.3, 0.7, 0.95, 1)
"""How much was answered."""


def draw_day(random: Random) -> date:
    return _FIRST_DAY + timedelta(random.randrange(_DAYS))


def draw_answers(library: Library, random: Random) -> dict[str, AnswerValue]:
    """Answers to many of the questions and checks, not sure and several choices among them."""
    share = random.choice(_SHARES)
    return {id: draw_answer(library.find_answer_kind(id), random) for id in library.order if random.random() < share}


def draw_answer(kind: AnswerKind, random: Random) -> AnswerValue:
    words = list(kind.accepted_words)
    if kind.is_dated and random.random() < 0.7:
        return draw_day(random)
    if not kind.several or random.random() < 0.3:
        return (random.choice(words),)
    some = [word for word in words if word != NONE]
    chosen = random.sample(some, min(len(some), random.randrange(1, 4)))
    doubted = {word for word in chosen if word != UNSURE and random.random() < 0.1}
    return kind.parse_words(tuple(word + DOUBT if word in doubted else word for word in chosen))
