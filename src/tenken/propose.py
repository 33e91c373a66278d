"""A scenario file for what no scenario shows: answers that were found, the outcome they have now, names to rewrite."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tenken import durable, yamlfile
from tenken.coverage import Coverage, Unshown
from tenken.logic import atoms
from tenken.problems import Place, Problem, Problems
from tenken.record import values
from tenken.shipped import folder
from tenken.words import Words


def write(path: Path, coverages: Iterable[Coverage]) -> None:
    """Writes the proposals as a new file; raises `Problems` where there is one already."""
    refuse_existing(path)
    durable.write(path, text(path, [coverage for coverage in coverages if coverage.unshown]))


def refuse_existing(*paths: Path) -> None:
    """Raises `Problems` for every file that is there already."""
    text = "this file is there already; nothing was written"
    there = [Problem(Place(str(path)), text) for path in paths if path.exists()]
    if there:
        raise Problems(*there)


def text(path: Path, coverages: Iterable[Coverage]) -> str:
    """The proposals as a scenario file at `path`."""
    proposed: list[Any] = []
    names: list[str] = []
    for coverage in coverages:
        names.append(_named(Path(coverage.checklist.at.path), path.parent))
        words = Words(coverage.library)
        proposed += (_scenario(unshown, words) for unshown in coverage.unshown)
    return yamlfile.dump({"checklists": names, "scenarios": proposed})


def _named(checklist: Path, beside: Path) -> str:
    """How a scenario file names a checklist: one that ships by its id, another by the way to it."""
    if checklist.parent.resolve() == folder("checklists").resolve():
        return checklist.stem
    return Path(os.path.relpath(checklist.resolve(), beside.resolve())).as_posix()


def _scenario(unshown: Unshown, words: Words) -> dict[str, Any]:
    scenario = unshown.proposed
    answers = {}
    for id, given in scenario.answers.items():
        bare = given.answer[0] if len(given.answer) == 1 else list(given.answer)
        more = {"reason": given.reason, "published": given.published}
        answers[id] = {"answer": bare, **more} if given.reason else bare
    expected = scenario.expect[unshown.requirement.id]
    wanted = {name: str(said) for name, said in vars(expected).items() if said and name != "at"}
    data = {
        "name": _name(unshown, words),
        "on": scenario.on.isoformat(),
        "source": scenario.source,
        "note": scenario.note,
        "answers": answers,
        "expect": {unshown.requirement.id: wanted["status"] if list(wanted) == ["status"] else wanted},
    }
    return {key: value for key, value in data.items() if value}


def _name(unshown: Unshown, words: Words) -> str:
    """The headings of the answers that are about more than the scope of the checklist, and what they are to show."""
    asked = {id: given for id, given in unshown.proposed.answers.items() if id in words.library.questions}
    scope = {atom.question for atom in atoms(unshown.requirement.in_scope)}
    telling = {id: given for id, given in asked.items() if id not in scope} or asked
    meant = values(telling, words.library)
    said = words.listed(words.headed(words.short(id), words.answer(id, value)) for id, value in meant.items())
    return words.beside(said or unshown.requirement.title, str(unshown.case.what))
