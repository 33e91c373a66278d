"""Whether conditions can hold together: a search for answers that make them so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from tenken.logic import (
    NEVER,
    NONE,
    NOT_YET,
    UNSURE,
    Before,
    Condition,
    From,
    Is,
    Only,
    Situation,
    Truth,
    Value,
    atoms,
    because,
    truth,
)
from tenken.model import Kind, Question

Wanted = tuple[tuple[Condition, Truth], ...]


class Search:
    """Tries the answers that matter: the choices and days the conditions mention, and one of each other kind."""

    def __init__(self, questions: Mapping[str, Question], conditions: Iterable[Condition], as_of: date) -> None:
        self.as_of = as_of
        self.questions = questions
        self.words: dict[str, dict[str, None]] = {}
        self.days: dict[str, set[date]] = {}
        for condition in conditions:
            for atom in atoms(condition):
                match atom:
                    case Is(question, values) | Only(question, values):
                        self.words.setdefault(question, {}).update(dict.fromkeys(sorted(values)))
                    case Before(question, day) | From(question, day):
                        self.days.setdefault(question, set()).add(day)

    def example(self, *wanted: tuple[Condition, Truth]) -> Mapping[str, Value] | None:
        """Answers under which each condition has the truth wanted of it, or None if there are none."""
        return self._search(wanted, Situation({}, self.as_of))

    def _search(self, wanted: Wanted, situation: Situation) -> Mapping[str, Value] | None:
        open_question = ""
        for condition, verdict in wanted:
            now = truth(condition, situation)
            if now is Truth.UNKNOWN:
                facts = (fact.question for fact in because(condition, situation))
                unanswered = next((question for question in facts if question not in situation.answers), "")
                if not unanswered:
                    return None
                open_question = open_question or unanswered
            elif now is not verdict:
                return None
        if not open_question:
            return situation.answers
        for value in self._candidates(open_question):
            found = self._search(wanted, situation.but(open_question, value))
            if found is not None:
                return found
        return None

    def _candidates(self, id: str) -> Iterator[Value]:
        question = self.questions[id]
        if question.kind is Kind.DATE:
            for day in sorted(self.days.get(id, {self.as_of})):
                yield from (day - timedelta(days=1), day)
            yield from ((NEVER,), (NOT_YET,))
            return
        mentioned = [word for word in self.words.get(id, ()) if word != NONE]
        others = [word for word in question.accepts if word not in (*mentioned, NONE, UNSURE)]
        yield from ((word,) for word in (*mentioned, *others[:1]))
        if NONE in question.accepts:
            yield (NONE,)
        if question.several:
            yield from combinations(mentioned, 2)
            yield from ((word, other) for word in mentioned for other in others[:1])
            yield tuple(mentioned)
