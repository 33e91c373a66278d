"""Parts of a library: only some laws, or only what binds."""

from __future__ import annotations

from collections.abc import Iterable

from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.rules.checklist import Checklist
from tenken.rules.library import Library
from tenken.rules.requirement import Basis, Requirement


def limit_to_laws(library: Library, names: Iterable[str]) -> Library:
    """The checklists of laws that are named by an id, a title or the law itself; all of them if none is named."""
    chosen = {id for name in names for id in _find_checklists(name, library)}
    checklists = {id: each for id, each in library.checklists.items() if id in chosen or not chosen}
    return replace_fields(library, checklists=checklists)


def _find_checklists(name: str, library: Library) -> list[str]:
    wanted = name.casefold()
    names = {id: (id, each.title, each.law_title) for id, each in library.checklists.items()}
    found = [id for id, known in names.items() if wanted in map(str.casefold, known)]
    if not found:
        hint = suggest_instead(name, dict.fromkeys(known for three in names.values() for known in (three[0], three[2])))
        raise Problems(Problem(Place("--law"), "there is no checklist {name}; {hint}", {"name": name, "hint": hint}))
    return found


def limit_to_binding(library: Library) -> Library:
    """Only what the law itself asks, and the house: no guidelines, and no good practice."""
    checklists = {id: _limit_checklist(each) for id, each in library.checklists.items()}
    left = {id: each for id, each in checklists.items() if each.requirements}
    if not left:
        raise Problems(Problem(Place("--binding"), "nothing in these checklists binds anybody; leave it out"))
    return replace_fields(library, checklists=left)


def _limit_checklist(checklist: Checklist) -> Checklist:
    requirements = {id: _limit_requirement(each) for id, each in checklist.requirements.items() if each.is_law}
    return replace_fields(checklist, requirements=requirements)


def _limit_requirement(requirement: Requirement) -> Requirement:
    checks = {key: check for key, check in requirement.checks.items() if check.basis is not Basis.GUIDANCE}
    return replace_fields(requirement, checks=checks)
