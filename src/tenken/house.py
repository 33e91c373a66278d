"""House rules: what an organisation asks of itself beyond a checklist, in a folder beside its records.

They add checks, evidence and remedies to requirements that are there; nothing in their form can loosen one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path

from tenken import names
from tenken.binding import instead
from tenken.checklist import Checklist
from tenken.entry import entry
from tenken.library import Library, Meanings, bound, resolve
from tenken.model import NO_WORDS, Basis, Check, Requirement, Words
from tenken.problems import NOWHERE, Place, Problem, Problems


@entry
class HouseEvidence:
    """What else shall show that a check is met."""

    says: str
    at: Place = field(default=NOWHERE)

    @classmethod
    def bare(cls, words: tuple[str, ...], at: Place) -> HouseEvidence:
        return cls(" ".join(words), at)


@entry
class Tightened:
    """What the house adds to one requirement."""

    checks: Mapping[str, Check] = field(default_factory=dict)
    evidence: Mapping[str, HouseEvidence] = field(default_factory=dict)
    remedy: Words = NO_WORDS
    at: Place = field(default=NOWHERE)


@entry
class HouseRules:
    """One file of house rules, for one checklist."""

    title: Words
    adds_to: str
    requirements: Mapping[str, Tightened]
    at: Place = field(default=NOWHERE)

    @property
    def checklist(self) -> str:
        return Path(self.adds_to).stem


def read(path: Path) -> HouseRules:
    return bound(HouseRules, path)


def added(library: Library, folder: Path) -> Library:
    """The checklists with the house rules of a folder; raises `Problems` for all that does not fit."""
    house = [rules for rules in map(read, sorted(folder.glob("*.yaml"))) if rules.checklist in library.checklists]
    if problems := [problem for rules in house for problem in wrong(rules, library)]:
        raise Problems(*sorted(problems, key=lambda problem: problem.place))
    checklists = dict(library.checklists)
    for rules in house:
        checklists[rules.checklist] = _tightened(checklists[rules.checklist], rules)
    return replace(library, checklists=checklists)


def wrong(rules: HouseRules, library: Library) -> Iterator[Problem]:
    """What house rules name that is not there, and what they would do beyond adding."""
    checklist = library.checklists[rules.checklist]
    known = {**library.profile.questions, **checklist.questions}
    for id, tightened in rules.requirements.items():
        if id not in checklist.requirements:
            facts = {"id": id, "hint": instead(id, checklist.requirements)}
            yield Problem(tightened.at, "{id} is not a requirement here; {hint}", facts)
            continue
        checks = {check.id.partition(".")[2]: check for check in checklist.requirements[id].checks.values()}
        for key, check in tightened.checks.items():
            yield from _wrong_check(key, check, checks)
            yield from names.facts(check.when, known, checklist.terms)
        for key, evidence in tightened.evidence.items():
            if key not in checks:
                yield Problem(
                    evidence.at, "{id} is not a check here; {hint}", {"id": key, "hint": instead(key, checks)}
                )


def _wrong_check(key: str, check: Check, checks: Mapping[str, Check]) -> Iterator[Problem]:
    if key in checks:
        yield Problem(check.at, "the check {id} is there already; house rules add, under another name", {"id": key})
    if check.basis is not Basis.HOUSE:
        yield Problem(check.at, "write `basis: house` in house rules; law and guidance stay apart from them")


def _tightened(checklist: Checklist, rules: HouseRules) -> Checklist:
    requirements = dict(checklist.requirements)
    for id, more in rules.requirements.items():
        requirements[id] = _with(requirements[id], more, rules.title, checklist)
    return replace(checklist, requirements=requirements, house=(*checklist.house, f"{rules.title} ({rules.at.path})"))


def _with(requirement: Requirement, more: Tightened, title: str, checklist: Checklist) -> Requirement:
    checks = dict(requirement.checks)
    for key, evidence in more.evidence.items():
        checks[key] = replace(checks[key], evidence=_said(checks[key].evidence, title, evidence.says))
    for key, check in more.checks.items():
        checks[key] = replace(check, id=f"{requirement.id}.{key}", when=resolve(check.when, Meanings(checklist.terms)))
    remedy = _said(requirement.remedy, title, more.remedy) if more.remedy else requirement.remedy
    return replace(requirement, checks=checks, remedy=remedy)


def _said(text: str, title: str, more: str) -> Words:
    """A text of the checklist, and what the house adds to it under its own name."""
    return Words(" ".join(part for part in (text, f"[{title}] {more}") if part))
