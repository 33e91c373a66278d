"""Sentences for people, built from labels in one language and the words of the checklists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tenken import yamlfile
from tenken.assess import Finding, Reason, Status, Timing
from tenken.library import Library, folder
from tenken.logic import UNSURE, Is, Only, Truth, Value
from tenken.model import CHECK_ANSWERS, Question


class Words:
    """The labels of one language and the sentences made with them."""

    def __init__(self, library: Library, language: str = "en") -> None:
        self.library = library
        self.labels: Mapping[str, Any] = _text(yamlfile.read(folder("templates") / f"labels.{language}.yaml"))

    def day(self, day: date) -> str:
        month = self.labels["months"][day.month - 1]
        return str(self.labels["date"].format(day=day.day, month=month, year=day.year))

    def status(self, finding: Finding) -> str:
        labels = self.labels["status"]
        if finding.set_aside:
            return str(labels["set_aside"])
        if finding.status is Status.MET and finding.applies is Truth.UNKNOWN:
            return str(labels["in_any_case"])
        return str(labels[key(finding.status)])

    def timing(self, finding: Finding, as_of: date) -> str:
        """From when, with the days left if that day is still to come; empty where nothing applies."""
        labels = self.labels["timing"]
        if finding.timing is None:
            return ""
        name = key(finding.timing)
        if finding.since is None:
            return str(labels[f"{name}_undated"])
        if finding.timing is Timing.IN_FORCE:
            return str(labels[name].format(date=self.day(finding.since)))
        return str(labels[name].format(date=self.day(finding.since), days=self.days((finding.since - as_of).days)))

    def days(self, count: int) -> str:
        name = "days_one" if count == 1 else "days_many"
        return str(self.labels["timing"][name].format(count=count))

    def label(self, id: str, word: str) -> str:
        """What one answer to a question or a check is called."""
        question = self.library.questions.get(id)
        if question is not None and word in question.choices:
            return question.choices[word].label
        return str(self.labels["answers"].get(word, word))

    def answer(self, id: str, value: Value | None) -> str:
        """An answer as a reader sees it; one that was not given says so."""
        if value is None:
            return self.label(id, "unanswered")
        if isinstance(value, date):
            return self.day(value)
        return str(self.labels["list_separator"]).join(self.label(id, word) for word in value)

    def short(self, id: str) -> str:
        """The heading of a question, or the wording of a check."""
        if id in self.library.questions:
            return self.library.questions[id].short
        return self.library.checks[id][1].ask

    def reason(self, reason: Reason) -> str:
        """One deciding answer as a sentence: what was answered and, if that rules something out, what it was not."""
        id, fact, value = reason.question, reason.fact, reason.value
        if value is None or isinstance(value, date) or not isinstance(fact, Is | Only):
            return self._said("reason", id, self.answer(id, value))
        question = self.library.questions.get(id)
        if reason.holds is Truth.NO and question is not None and question.several and isinstance(fact, Is):
            ruled_out = (self.label(id, word) for word in question.choices if word in fact.values)
            return self._said("reason_not", id, str(self.labels["list_separator"]).join(ruled_out))
        decisive = tuple(word for word in value if word in fact.values) if reason.holds is Truth.YES else value
        return self._said("reason", id, self._meaning(question, id, decisive))

    def _said(self, pattern: str, id: str, answer: str) -> str:
        return str(self.labels[pattern].format(short=self.short(id), answer=answer))

    def _meaning(self, question: Question | None, id: str, value: tuple[str, ...]) -> str:
        """What the choices taken mean, in whole sentences where the checklist has them."""
        if question is None:
            return self.answer(id, value)
        means = [question.choices[word].means if word in question.choices else "" for word in value]
        if not all(means):
            return self.answer(id, value)
        return str(self.labels["sentence_separator"]).join(means)

    def choices(self, id: str) -> list[tuple[str, str, str]]:
        """The answers to choose from: word, label, meaning; `unsure` last."""
        question = self.library.questions.get(id)
        words = [word for word in (question.accepts if question else CHECK_ANSWERS) if word != UNSURE]
        if question is None:
            return [(word, self.label(id, word), "") for word in words]
        means = {word: choice.means for word, choice in question.choices.items()}
        return [(word, self.label(id, word), means.get(word, "")) for word in (*words, UNSURE)]


def key(word: str) -> str:
    """The name under which the labels keep a word: `not applicable` stands under `not_applicable`."""
    return word.replace(" ", "_").replace("-", "_")


def _text(node: yamlfile.Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _text(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_text(child) for child in node.value]
    return node.value
