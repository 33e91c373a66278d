"""Situations drawn from a seed over all checklists that ship, and what Python and the page that asks make of them."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from support.paths import ROOT
from tenken.assessment.findings import Finding, assess_requirement
from tenken.assessment.open_questions import list_open_questions
from tenken.report.export.form_rules import build_form_rules
from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE, AnswerValue
from tenken.rules.library import Library
from tenken.rules.loading import limit_to_default_depth, list_shipped_checklists, load_library
from tenken.rules.logic import Before, OnOrAfter, Situation, list_atoms
from tenken.rules.requirement import CHECK_KIND

_FIRST_DAY, _DAYS = date(2024, 1, 1), 1900
_SHARES = (0.2, 0.6, 0.95, 1.0, 1.0)
"""How much was answered."""
_LIKELY = ("yes", "not_applicable", "explained")


class DrawnSituation(NamedTuple):
    library: int
    as_of: date
    answers: dict[str, tuple[str, ...]]

    def write_line(self) -> str:
        return json.dumps({"library": self.library, "as_of": self.as_of.isoformat(), "answers": self.answers})


def load_drawn_libraries() -> list[Library]:
    """Each shipped checklist alone, neighbours in pairs as in real records, what everybody begins with, and all."""
    ids = list_shipped_checklists()
    pairs = pairwise(ids)
    libraries = [load_library([id]) for id in ids] + [load_library(pair) for pair in pairs]
    return [*libraries, load_library(), limit_to_default_depth(load_library()), load_library(ids)]


class SituationSource:
    """Draws situations: of the whole set seldom, as it takes long, and of days near those the law names often."""

    def __init__(self, libraries: Sequence[Library], seed: int) -> None:
        self.libraries, self.random = libraries, Random(seed)
        self.days = [sorted(set(list_named_days(library))) for library in libraries]

    def draw(self) -> DrawnSituation:
        random = self.random
        number = random.randrange(len(self.libraries) - 1) if random.random() < 0.98 else len(self.libraries) - 1
        library, share = self.libraries[number], random.choice(_SHARES)
        checked = share * random.random()
        answers = {
            id: self.draw_answer(id, number)
            for id in library.order
            if random.random() < (checked if id in library.checks else share)
        }
        return DrawnSituation(number, self.draw_day(number), answers)

    def draw_day(self, number: int) -> date:
        if self.days[number] and self.random.random() < 0.6:
            return self.random.choice(self.days[number]) + timedelta(self.random.randrange(-1, 2))
        return _FIRST_DAY + timedelta(self.random.randrange(_DAYS))

    def draw_answer(self, id: str, number: int) -> tuple[str, ...]:
        random, kind = self.random, self.libraries[number].find_answer_kind(id)
        words = list(kind.accepted_words)
        if kind.is_dated and random.random() < 0.7:
            return (self.draw_day(number).isoformat(),)
        if kind is CHECK_KIND:
            return (random.choice(_LIKELY if random.random() < 0.5 else words),)
        if not kind.several or random.random() < 0.3:
            return (random.choice(words),)
        some = [word for word in words if word != NONE]
        chosen = random.sample(some, random.randint(1, min(len(some), 5)))
        return tuple(word + DOUBT if word != UNSURE and random.random() < 0.15 else word for word in chosen)


def list_named_days(library: Library) -> Iterator[date]:
    """The days on which something in a library may turn."""
    for requirement in library.requirements.values():
        yield from (entry.date for entry in requirement.applies_from if isinstance(entry.date, date))
        yield from [requirement.last_day] if requirement.last_day else []
        for condition in (requirement.application_condition, *(entry.when for entry in requirement.applies_from)):
            yield from (fact.day for fact in list_atoms(condition) if isinstance(fact, Before | OnOrAfter))


def judge_in_python(library: Library, drawn: DrawnSituation) -> list[Any]:
    """All that a situation leads to, as plain data."""
    answers: dict[str, AnswerValue] = {
        id: library.find_answer_kind(id).parse_words(words) for id, words in drawn.answers.items()
    }
    situation = Situation(answers, drawn.as_of)
    laws = list(library.laws)
    findings = (assess_requirement(each, library, situation) for each in library.requirements.values())
    opened = list_open_questions(library, situation)
    told = [[each.question, each.phase, each.needed_by, laws.index(each.law), each.is_decisive] for each in opened]
    plain: list[Any] = json.loads(json.dumps([[_tell_finding(each) for each in findings], told], default=str))
    return plain


def _tell_finding(finding: Finding) -> list[Any]:
    reasons = [[reason.question, reason.holds] for reason in finding.reasons]
    return [
        *(finding.requirement.id, finding.applies, finding.status, finding.set_aside),
        *(finding.since, finding.since_latest, finding.timing, finding.settled_by, reasons),
        bool(finding.claimed_exceptions),
    ]


def judge_in_node(libraries: Sequence[Library], drawn: Sequence[DrawnSituation]) -> Iterator[list[Any]]:
    """The same by the scripts of the page, one after the other; Python may judge meanwhile."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
        print(json.dumps([build_form_rules(library) for library in libraries]), file=lines)
        lines.writelines(f"{each.write_line()}\n" for each in drawn)
        lines.seek(0)
        command = ["node", str(ROOT / "tests/support/judge_in_node.mjs"), str(ROOT / "templates")]
        with subprocess.Popen(command, stdin=lines, stdout=subprocess.PIPE, encoding="utf-8") as judge:
            yield from map(json.loads, judge.stdout or ())
        assert judge.returncode == 0


def compare_judges(libraries: Sequence[Library], drawn: Sequence[DrawnSituation]) -> list[DrawnSituation]:
    """The situations that Python and the page judge differently."""
    pairs = zip(drawn, judge_in_node(libraries, drawn), strict=True)
    return [each for each, found in pairs if judge_in_python(libraries[each.library], each) != found]
