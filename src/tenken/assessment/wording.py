"""Sentences for people, built from labels in one language and the words of the checklists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from tenken.assessment.findings import Finding, Reason
from tenken.assessment.judgement import Timing
from tenken.assessment.status import Standing, name_standing
from tenken.files.compiled_data import load_shipped_yaml
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE, AnswerValue, list_chosen_words
from tenken.rules.library import Library
from tenken.rules.logic import Is, Only, Truth
from tenken.rules.requirement import MET, PARTLY, Basis, Force

SOFT_FORCES = (Force.EFFORT, Force.RECOMMENDATION, Force.COMPLY_OR_EXPLAIN)
"""What fails no build: what binds nobody, and what the law asks an effort for. Its words never sound like a breach."""


def load_labels(language: str) -> Mapping[str, Any]:
    """The labels of a language as they stand in their file."""
    labels: Mapping[str, Any] = load_shipped_yaml(find_shipped_folder("templates") / f"labels.{language}.yaml")
    return labels


class Wording:
    """The labels of one language and the sentences made with them."""

    def __init__(self, library: Library, language: str = "en") -> None:
        self.library = library
        self.labels = load_labels(language)

    def render_day(self, day: date) -> str:
        month = self.labels["months"][day.month - 1]
        return str(self.labels["date"].format(day=day.day, month=month, year=day.year))

    @staticmethod
    def find_standing(finding: Finding) -> Standing:
        """The name of a status as a reader sees it, finer than the status itself."""
        begun = any(m.answer in (MET, PARTLY) for m in finding.measures if m.check.basis is Basis.TEXT)
        return name_standing(
            finding.status,
            finding.applies,
            set_aside=finding.set_aside,
            is_claimed=bool(finding.claimed_exceptions),
            is_begun_and_soft=begun and finding.requirement.force in SOFT_FORCES,
        )

    def render_status(self, finding: Finding) -> str:
        return self.render_standing(self.find_standing(finding), finding.requirement.force)

    def render_standing(self, standing: Standing, force: Force | None) -> str:
        """What a status is called, in words that fit the force: a recommendation is taken up or not, never a gap."""
        own = self.labels["status_by_force"].get(build_label_key(force or ""), {})
        return str(own.get(standing) or self.labels["status"][standing])

    def render_citations(self, cites: Iterable[str]) -> str:
        return str(self.labels["cite_separator"]).join(map(self.render_citation, cites))

    def render_citation(self, cite: str) -> str:
        """A citation as the language writes it: the patterns of the labels replace part after part, in their order."""
        for pattern, instead in self.labels.get("cite_patterns", {}).items():
            cite = re.sub(pattern, instead, cite)
        return cite

    def join_heading(self, head: str, said: str) -> str:
        """A heading and what belongs to it, with the colon of the language between them."""
        return f"{head}{self.labels['marks']['colon']}{said}"

    def add_in_brackets(self, said: str, more: str) -> str:
        """A text with more in the brackets of the language after it."""
        marks = self.labels["marks"]
        return f"{said}{marks['open']}{more}{marks['close']}"

    def join_list(self, items: Iterable[str]) -> str:
        return str(self.labels["list_separator"]).join(item for item in items if item)

    def render_count(self, pattern: str, count: int, **facts: object) -> str:
        """A pattern of the labels for one or for many, such as `days.late`."""
        *groups, name = pattern.split(".")
        patterns: Any = self.labels
        for group in groups:
            patterns = patterns[group]
        return str(patterns[f"{name}_one" if count == 1 else f"{name}_many"].format(count=count, **facts))

    def render_timing(self, finding: Finding, as_of: date) -> str:
        """From when, with the days left if that day is still to come, and until when; empty where nothing applies."""
        until = finding.requirement.last_day
        if finding.requirement.has_ended(as_of):
            return str(self.labels["timing"]["ended"].format(date=self.render_day(until or as_of)))
        started = self._render_start(finding, as_of)
        ends = self.labels["timing"]["until"].format(date=self.render_day(until)) if until and finding.timing else ""
        return self.join_list((started, ends))

    def _render_start(self, finding: Finding, as_of: date) -> str:
        labels = self.labels["timing"]
        if finding.timing is None:
            return ""
        name = build_label_key(finding.timing)
        day = finding.since if finding.timing is Timing.OPEN else finding.listed_day
        if day is None and finding.timing is Timing.IN_FORCE and finding.requirement.force in SOFT_FORCES:
            return ""
        if day is None:
            return str(labels[f"{name}_undated"])
        if not finding.is_dated_exactly:
            name = f"{name}_between"
        days = self.render_day_count((day - as_of).days)
        return str(labels[name].format(date=self.render_day(day), days=days))

    def render_day_bound(self, finding: Finding) -> str:
        """What the day it is listed under is, if it is not the day itself: the earliest or the latest it can be."""
        if finding.listed_day is None or finding.is_dated_exactly:
            return ""
        return str(self.labels["timing"]["earliest" if finding.timing is Timing.COMING else "latest"])

    def render_day_count(self, count: int) -> str:
        return self.render_count("timing.days", count)

    def find_answer_label(self, id: str, word: str) -> str:
        """What one answer to a question or a check is called."""
        if word.endswith(DOUBT):
            return self.add_in_brackets(self.find_answer_label(id, word.removesuffix(DOUBT)), self._unsure_label)
        question = self.library.questions.get(id)
        if question is not None and word in question.choices:
            return question.choices[word].label
        return str(self.labels["answers"].get(word, word))

    @property
    def _unsure_label(self) -> str:
        return str(self.labels["answers"][UNSURE]).lower()

    def render_answer(self, id: str, value: AnswerValue | None) -> str:
        """An answer as a reader sees it; one that was not given says so."""
        if value is None:
            return self.find_answer_label(id, "unanswered")
        find_label = partial(self.find_answer_label, id)
        return self.join_list(self.library.find_answer_kind(id).list_labels(value, find_label, self.render_day))

    def find_question_heading(self, id: str) -> str:
        """The heading of a question, or the wording of a check."""
        if id in self.library.questions:
            return self.library.questions[id].short
        return self.library.checks[id][1].ask

    def join_question_headings(self, ids: Iterable[str]) -> str:
        """Several of them in a row; as some are whole sentences, no comma and no full stop stands between them."""
        stop, between = str(self.labels["marks"]["stop"]).strip(), str(self.labels["marks"]["between"])
        return between.join(self.find_question_heading(id).removesuffix(stop) for id in ids)

    def render_to_answer(self, ids: Iterable[str]) -> str:
        """What is to be done about questions and checks that are still to be answered."""
        return self.join_heading(self.labels["report"]["to_answer"], self.join_question_headings(ids))

    def render_reason(self, reason: Reason, *, in_sentences: bool = True) -> str:
        """One deciding answer: what was answered and, if that rules something out, what it was not.

        Choices are told in whole sentences, or by their labels to whoever has just read both.
        """
        id, fact, words = reason.question, reason.fact, list_chosen_words(reason.value)
        if not words or words == (NONE,) or not isinstance(fact, Is | Only):
            return self._fill_answer_pattern("reason", id, self.render_answer(id, reason.value))
        question = self.library.questions.get(id)
        if reason.holds is Truth.NO and question is not None and question.several and isinstance(fact, Is):
            ruled_out = (self.find_answer_label(id, word) for word in question.choices if word in fact.values)
            return self._fill_answer_pattern("reason_not", id, self.join_list(ruled_out))
        decisive = tuple(word for word in words if word in fact.values) if reason.holds is Truth.YES else words
        render = self._render_meaning if in_sentences else self.render_answer
        return self._fill_answer_pattern("reason", id, render(id, decisive))

    def render_reasons(self, reasons: Iterable[Reason], *, in_sentences: bool = True) -> list[str]:
        """Deciding answers, each once."""
        kept = drop_implied_reasons(reasons)
        return list(dict.fromkeys(self.render_reason(reason, in_sentences=in_sentences) for reason in kept))

    def _fill_answer_pattern(self, pattern: str, id: str, answer: str) -> str:
        return str(self.labels[pattern].format(short=self.find_question_heading(id), answer=answer))

    def _render_meaning(self, id: str, value: tuple[str, ...]) -> str:
        """What the choices taken mean, in whole sentences where the checklist has them."""
        question = self.library.questions.get(id)
        if question is None:
            return self.render_answer(id, value)
        means = [question.choices[word].means if word in question.choices else "" for word in value]
        if not all(means):
            return self.render_answer(id, value)
        return str(self.labels["sentence_separator"]).join(means)

    def list_choices(self, id: str) -> list[tuple[str, str, str]]:
        """The answers to choose from: word, label, meaning; `unsure` among them."""
        question = self.library.questions.get(id)
        means = {word: choice.means for word, choice in question.choices.items()} if question else {}
        return [
            (word, self.find_answer_label(id, word), means.get(word, ""))
            for word in self.library.list_accepted_words(id)
        ]


def drop_implied_reasons(reasons: Iterable[Reason]) -> list[Reason]:
    """Of two reasons on one question only the one that says more."""
    given = _merge_ruled_out_reasons(reasons)
    alike: dict[str, list[Reason]] = {}
    for reason in given:
        alike.setdefault(reason.question, []).append(reason)
    return [
        reason for reason in given if not any(_is_stronger_reason(other, reason) for other in alike[reason.question])
    ]


def _merge_ruled_out_reasons(reasons: Iterable[Reason]) -> list[Reason]:
    """The same reasons, with all that one answer rules out in one of them."""
    together: dict[object, Reason] = {}
    for reason in reasons:
        rules_out = reason.holds is Truth.NO and isinstance(reason.fact, Is)
        # What rules something out goes by its question, so that several become one; any other stands for itself.
        same = together.setdefault(reason.question if rules_out else reason, reason)
        if same is not reason and isinstance(same.fact, Is) and isinstance(reason.fact, Is) and rules_out:
            fact = Is(reason.question, same.fact.values | reason.fact.values)
            together[reason.question] = Reason(fact, Truth.NO, reason.value)
    return list(together.values())


def _is_stronger_reason(one: Reason, other: Reason) -> bool:
    """Whether one reason says all another on its question says, and more: one choice, where that allows others too."""
    if not (isinstance(one.fact, Is) and isinstance(other.fact, Is)):
        return False
    return one.holds is other.holds is Truth.YES and one.fact.values < other.fact.values


def build_label_key(word: str) -> str:
    """The name under which the labels keep a word: `not applicable` stands under `not_applicable`."""
    return word.replace(" ", "_").replace("-", "_")
