"""Judges many systems together, whatever each has to ask: its rows now, as they would be on a day, under a draft.

What is to be told of one system is a generator that asks for judgements one after the other. Those of all systems run
side by side, so that each step is judged at once for all that have the same rules and the same day.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from tenken.assessment.requirement_rows import list_requirement_rows
from tenken.assessment.system_row_types import RequirementRow
from tenken.files.problems import Problems
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.library import Library
from tenken.rules.logic import Situations

Told = TypeVar("Told")


class JudgingRequest(NamedTuple):
    """What is to be judged: answers by rules on a day."""

    library: Library
    answers: Mapping[str, AnswerValue]
    as_of: date


Judging = Generator[JudgingRequest, list[RequirementRow], Told]
"""Asks for judgements, is given where each requirement stands, in the order of the checklists, and comes to an end."""


def judge_together(judgings: Iterable[Judging[Told]]) -> list[Told | Problems]:
    """What each comes to, or what it stumbled over."""
    running = list(judgings)
    come_to: dict[int, Told | Problems] = {}
    given: dict[int, list[RequirementRow] | None] = dict.fromkeys(range(len(running)))
    while given:
        asked = {}
        for place, rows in given.items():
            try:
                asked[place] = running[place].send(rows) if rows is not None else next(running[place])
            except StopIteration as done:
                come_to[place] = done.value
            except Problems as found:
                come_to[place] = found
        given = dict(_judge_requests(asked))
    return [come_to[place] for place in range(len(running))]


def _judge_requests(asked: Mapping[int, JudgingRequest]) -> Iterable[tuple[int, list[RequirementRow]]]:
    alike: dict[tuple[int, date], list[int]] = {}
    for place, each in asked.items():
        alike.setdefault((id(each.library), each.as_of), []).append(place)
    for places in alike.values():
        yield from zip(places, _judge_alike([asked[place] for place in places]), strict=True)


def _judge_alike(asked: Sequence[JudgingRequest]) -> Iterable[list[RequirementRow]]:
    library, _, as_of = asked[0]
    situations = Situations((each.answers for each in asked), as_of)
    columns = [list_requirement_rows(each, library, situations) for each in library.requirements.values()]
    return map(list, zip(*columns, strict=True)) if columns else ([] for _ in asked)
