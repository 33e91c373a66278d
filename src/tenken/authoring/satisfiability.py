"""Whether conditions can hold together: a search for answers that make them so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tenken.files.problems import NOWHERE, Place, Problem, Problems
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.deciding_facts import list_deciding_facts
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
)
from tenken.rules.requirement import Question

WantedTruths = tuple[tuple[Condition, Truth], ...]

MOST_EFFORT = 1_200_000
"""Facts looked up in the searches for one checklist: what a second allows, and four times what the longest takes."""


class SearchEffort:
    """What the searches for one checklist have cost together: conditions can be so entangled that one never ends."""

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, facts: int, where: Place) -> None:
        """Notes that so many facts are looked up; raises `Problems` once that is more than anybody would wait for."""
        self.spent += facts
        if self.spent > MOST_EFFORT:
            text = "from here on it takes too long to try out what the conditions allow; write them with fewer facts"
            raise Problems(Problem(where, text))


class AnswerSearch:
    """Tries the answers that matter: the choices and days the conditions mention, and one of each other kind."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        conditions: Iterable[Condition],
        as_of: date,
        effort: SearchEffort | None = None,
    ) -> None:
        self.as_of = as_of
        self.questions = questions
        self.effort = effort or SearchEffort()
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
        facts = [atom.at for condition, _ in wanted for atom in list_atoms(condition)]
        where = next((at for at in facts if isinstance(at, Place)), NOWHERE)
        trail = [iter([Situation({}, self.as_of)])]
        while trail:
            situation = next(trail[-1], None)
            if situation is None:
                trail.pop()
                continue
            self.effort.spend(len(facts) + len(situation.answers), where)
            open_id = _find_open_question(wanted, situation)
            if open_id == "":
                return situation.answers
            if open_id is not None:
                trail.append(self._vary_answer(situation, open_id))
        return None

    def _vary_answer(self, situation: Situation, id: str) -> Iterator[Situation]:
        days = sorted(self.days.get(id, {self.as_of}))
        for value in self.questions[id].answer_kind.list_candidates(self.words.get(id, ()), days):
            yield situation.with_answer(id, value)


def _find_open_question(wanted: WantedTruths, situation: Situation) -> str | None:
    """The question to try next; empty if all is as wanted already, None if it never will be."""
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
    return open_id
