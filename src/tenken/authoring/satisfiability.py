"""Whether conditions can hold together: a search for answers that make them so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.logic import (
    Before,
    Condition,
    Is,
    Only,
    OnOrAfter,
    Situation,
    Truth,
    evaluate,
    list_atoms,
    list_deciding_facts,
)
from tenken.rules.requirement import Question

WantedTruths = tuple[tuple[Condition, Truth], ...]


class AnswerSearch:
    """Tries the answers that matter: the choices and days the conditions mention, and one of each other kind."""

    def __init__(self, questions: Mapping[str, Question], conditions: Iterable[Condition], as_of: date) -> None:
        self.as_of = as_of
        self.questions = questions
        self.words: dict[str, dict[str, None]] = {}
        self.days: dict[str, set[date]] = {}
        for condition in conditions:
            for atom in list_atoms(condition):
                match atom:
                    case Is(question, values) | Only(question, values):
                        self.words.setdefault(question, {}).update(dict.fromkeys(sorted(values)))
                    case Before(question, day) | OnOrAfter(question, day):
                        self.days.setdefault(question, set()).add(day)

    def find_example(self, *wanted: tuple[Condition, Truth]) -> Mapping[str, AnswerValue] | None:
        """Answers under which each condition has the truth wanted of it, or None if there are none."""
        return self._find_answers(wanted, Situation({}, self.as_of))

    def _find_answers(self, wanted: WantedTruths, situation: Situation) -> Mapping[str, AnswerValue] | None:
        open_id = ""
        for condition, verdict in wanted:
            now = evaluate(condition, situation)
            if now is Truth.UNKNOWN:
                facts = (fact.question for fact in list_deciding_facts(condition, situation))
                unanswered = next((question for question in facts if question not in situation.answers), "")
                if not unanswered:
                    return None
                open_id = open_id or unanswered
            elif now is not verdict:
                return None
        if not open_id:
            return situation.answers
        for value in self._list_candidates(open_id):
            found = self._find_answers(wanted, situation.with_answer(open_id, value))
            if found is not None:
                return found
        return None

    def _list_candidates(self, id: str) -> Iterator[AnswerValue]:
        days = sorted(self.days.get(id, {self.as_of}))
        return self.questions[id].answer_kind.list_candidates(self.words.get(id, ()), days)
