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
from tenken.assessment.explanation_page import rank_finding
from tenken.assessment.findings import Assessment, Finding, assess_all
from tenken.assessment.law_answers import list_law_answers, render_idle_laws
from tenken.assessment.open_questions import list_open_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.answer_changes import render_answer_changes
from tenken.interview.result_summary import render_dated_title
from tenken.messages.message_catalog import list_languages, speak_meanwhile
from tenken.report.export.form_rules import build_form_rules
from tenken.report.export.form_texts import build_form_texts
from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE, AnswerValue
from tenken.rules.crosswalk import load_crosswalks, suggest_answer
from tenken.rules.library import Library
from tenken.rules.loading import limit_to_default_depth, list_shipped_checklists, load_library
from tenken.rules.logic import Before, OnOrAfter, Situation, list_atoms
from tenken.rules.requirement import CHECK_KIND
from tenken.rules.translation import BASE_LANGUAGE

_FIRST_DAY, _DAYS = date(2024, 1, 1), 1900
_SHARES = (0.2, 0.6, 0.95, 1.0, 1.0)
"""How much was answered."""
_SPOKEN = 0.2
_LIKELY = ("yes", "not_applicable", "explained")


class DrawnSituation(NamedTuple):
    library: int
    as_of: date
    answers: dict[str, tuple[str, ...]]
    language: str
    """In which all of it is put into words, too; seldom, as that takes longer than to judge."""
    next: tuple[str, tuple[str, ...]]
    """One more answer, or another, of which is told what it changes."""

    def write_line(self) -> str:
        return json.dumps({**self._asdict(), "as_of": self.as_of.isoformat()})


def load_drawn_libraries(language: str = "en") -> list[Library]:
    """Each shipped checklist alone, neighbours in pairs as in real records, what everybody begins with, and all."""
    ids = list_shipped_checklists()
    pairs = pairwise(ids)
    libraries = [load_library(names, language=language) for names in (*zip(ids, strict=True), *pairs)]
    begun = load_library(language=language)
    return [*libraries, begun, limit_to_default_depth(begun), load_library(ids, language=language)]


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
        language = random.choice(list_languages()) if random.random() < _SPOKEN else ""
        id = random.choice(list(library.order))
        return DrawnSituation(number, self.draw_day(number), answers, language, (id, self.draw_answer(id, number)))

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
    assessment = assess_all(library, situation)
    opened = list_open_questions(library, situation)
    told = [[each.question, each.phase, each.needed_by, laws.index(each.law), each.is_decisive] for each in opened]
    said = _put_into_words(assessment, drawn.next, Wording(library, library.language)) if drawn.language else None
    whole = [[_tell_finding(each) for each in assessment.findings], told, said]
    plain: list[Any] = json.loads(json.dumps(whole, default=str))
    return plain


def _tell_finding(finding: Finding) -> list[Any]:
    reasons = [[reason.question, reason.holds] for reason in finding.reasons]
    return [
        *(finding.requirement.id, finding.applies, finding.status, finding.set_aside),
        *(finding.since, finding.since_latest, finding.timing, finding.settled_by, reasons),
        bool(finding.claimed_exceptions),
    ]


def _put_into_words(assessment: Assessment, answer: tuple[str, tuple[str, ...]], wording: Wording) -> list[Any]:
    laws = list_law_answers(assessment, wording)
    ranked = sorted(assessment.findings, key=rank_finding)
    return [
        [[each.title, each.sentence, each.not_assessed, each.is_voluntary, each.applies] for each in laws],
        render_idle_laws(laws, wording),
        _tell_changes(assessment, *answer, wording),
        _list_suggested_answers(assessment),
        [
            [
                render_dated_title(each, wording, assessment.situation.as_of),
                wording.render_status(each),
                wording.render_reasons(each.reasons),
                wording.render_reasons(each.reasons, in_sentences=False),
            ]
            for each in ranked
        ],
    ]


def _tell_changes(assessment: Assessment, id: str, words: tuple[str, ...], wording: Wording) -> list[str]:
    """What one more answer changes, as the interview says it."""
    with speak_meanwhile(wording.library.language):
        running = RunningAssessment(assessment.library, assessment.situation)
        changes = running.preview_answer(id, assessment.library.find_answer_kind(id).parse_words(words))
        return list(render_answer_changes(changes, wording, assessment.situation.as_of))


def _list_suggested_answers(assessment: Assessment) -> list[Any]:
    """What is suggested for each question and check."""
    crosswalks = load_crosswalks(assessment.library)
    found = (suggest_answer(id, assessment.situation, crosswalks) for id in assessment.library.order)
    return [each and [each.words, each.given, each.because] for each in found]


class TwoJudges:
    """Python and the page, with the same libraries in both languages."""

    def __init__(self) -> None:
        self.libraries = {code: load_drawn_libraries(code) for code in list_languages()}

    def list_differences(self, count: int, seed: int) -> list[DrawnSituation]:
        """The situations among so many that both judge differently, or put into other words."""
        source = SituationSource(self.libraries[BASE_LANGUAGE], seed)
        drawn = [source.draw() for _ in range(count)]
        pairs = zip(drawn, self.judge_in_node(drawn), strict=True)
        return [each for each, found in pairs if judge_in_python(self.find_library(each), each) != found]

    def find_library(self, drawn: DrawnSituation) -> Library:
        return self.libraries[drawn.language or BASE_LANGUAGE][drawn.library]

    def judge_in_node(self, drawn: Sequence[DrawnSituation]) -> Iterator[list[Any]]:
        """The same by the scripts of the page, one after the other; Python may judge meanwhile."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
            print(json.dumps([*map(self._tell_library, range(len(self.libraries[BASE_LANGUAGE])))]), file=lines)
            lines.writelines(f"{each.write_line()}\n" for each in drawn)
            lines.seek(0)
            command = ["node", str(ROOT / "tests/support/judge_in_node.mjs"), str(ROOT / "templates")]
            with subprocess.Popen(command, stdin=lines, stdout=subprocess.PIPE, encoding="utf-8") as judge:
                yield from map(json.loads, judge.stdout or ())
            assert judge.returncode == 0

    def _tell_library(self, number: int) -> tuple[Any, Any]:
        texts = {}
        for code, libraries in self.libraries.items():
            with speak_meanwhile(code):
                texts[code] = build_form_texts(libraries[number], Wording(libraries[number], code))
        return build_form_rules(self.libraries[BASE_LANGUAGE][number]), texts
