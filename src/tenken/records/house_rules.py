"""House rules: what an organisation asks of itself beyond a checklist, in a folder beside its records.

They add checks, evidence and remedies to requirements that are there; nothing in their form can loosen one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.files.problems import NOWHERE, Place, Problem, raise_problems, suggest_instead
from tenken.records.document_head import HOUSE_DOCUMENT, list_house_files
from tenken.rules.checklist import Checklist
from tenken.rules.library import Library
from tenken.rules.loading import TermMeanings, read_file_as, resolve_terms
from tenken.rules.reference_checks import check_condition_names
from tenken.rules.requirement import NO_PROSE, Basis, Check, Prose, Requirement


class HouseEvidence(Frozen):
    """What else shall show that a check is met."""

    says: str
    at: Place = NOWHERE

    @classmethod
    def bare(cls, words: tuple[str, ...], at: Place) -> HouseEvidence:
        return cls(" ".join(words), at)


class Tightened(Frozen):
    """What the house adds to one requirement."""

    checks: Mapping[str, Check] = {}
    evidence: Mapping[str, HouseEvidence] = {}
    remedy: Prose = NO_PROSE
    at: Place = NOWHERE


class HouseRules(Frozen):
    """One file of house rules, for one checklist."""

    title: Prose
    adds_to: str
    requirements: Mapping[str, Tightened]
    at: Place = NOWHERE

    @property
    def checklist_id(self) -> str:
        return Path(self.adds_to).stem


def read_house_rules(path: Path) -> HouseRules:
    return read_file_as(HouseRules, path)


def add_house_rules(library: Library, folder: Path) -> Library:
    """The checklists with the house rules of a folder; raises `Problems` for all that does not fit."""
    files = [path for path in list_house_files(folder) if path.stem != HOUSE_DOCUMENT]
    house = [rules for rules in map(read_house_rules, files) if rules.checklist_id in library.checklists]
    raise_problems(problem for rules in house for problem in check_house_rules(rules, library))
    checklists = dict(library.checklists)
    for rules in house:
        checklists[rules.checklist_id] = _tighten_checklist(checklists[rules.checklist_id], rules)
    return replace_fields(library, checklists=checklists)


def check_house_rules(rules: HouseRules, library: Library) -> Iterator[Problem]:
    """What house rules name that is not there, and what they would do beyond adding."""
    checklist = library.checklists[rules.checklist_id]
    known = {**library.profile.questions, **checklist.questions}
    for id, tightened in rules.requirements.items():
        if id not in checklist.requirements:
            facts = {"id": id, "hint": suggest_instead(id, checklist.requirements)}
            yield Problem(tightened.at, "{id} is not a requirement here; {hint}", facts)
            continue
        checks = {check.id.partition(".")[2]: check for check in checklist.requirements[id].checks.values()}
        for key, check in tightened.checks.items():
            yield from _check_added_check(key, check, checks)
            yield from check_condition_names(check.when, known, checklist.terms)
        for key, evidence in tightened.evidence.items():
            if key not in checks:
                yield Problem(
                    evidence.at, "{id} is not a check here; {hint}", {"id": key, "hint": suggest_instead(key, checks)}
                )


def _check_added_check(key: str, check: Check, checks: Mapping[str, Check]) -> Iterator[Problem]:
    if key in checks:
        yield Problem(check.at, "the check {id} is there already; house rules add, under another name", {"id": key})
    if check.basis is not Basis.HOUSE:
        yield Problem(check.at, "write `basis: house` in house rules; law and guidance stay apart from them")


def _tighten_checklist(checklist: Checklist, rules: HouseRules) -> Checklist:
    requirements = dict(checklist.requirements)
    for id, tightened in rules.requirements.items():
        requirements[id] = _tighten_requirement(requirements[id], tightened, rules.title, checklist)
    return replace_fields(
        checklist, requirements=requirements, house=(*checklist.house, f"{rules.title} ({rules.at.path})")
    )


def _tighten_requirement(
    requirement: Requirement, tightened: Tightened, title: str, checklist: Checklist
) -> Requirement:
    checks = dict(requirement.checks)
    for key, evidence in tightened.evidence.items():
        checks[key] = replace_fields(
            checks[key], evidence=_append_house_text(checks[key].evidence, title, evidence.says)
        )
    remedy_of_house = _append_house_text("", title, tightened.remedy) if tightened.remedy else NO_PROSE
    for key, check in tightened.checks.items():
        checks[key] = replace_fields(
            check,
            id=f"{requirement.id}.{key}",
            when=resolve_terms(check.when, TermMeanings(checklist.terms)),
            remedy=check.remedy or remedy_of_house,
        )
    remedy = _append_house_text(requirement.remedy, title, tightened.remedy) if tightened.remedy else requirement.remedy
    return replace_fields(requirement, checks=checks, remedy=remedy)


def _append_house_text(text: str, title: str, more: str) -> Prose:
    """A text of the checklist, and what the house adds to it under its own name."""
    return Prose(" ".join(part for part in (text, f"[{title}] {more}") if part))
