"""A scenario file for what no scenario shows: answers that were found, the outcome they have now, names to rewrite."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tenken.assessment.wording import Wording
from tenken.authoring.scenario_coverage import Coverage, UnshownCase
from tenken.files.durable_writing import write_durably
from tenken.files.file_names import is_there
from tenken.files.frozen_classes import list_field_values
from tenken.files.problems import Place, Problem, Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.files.yaml_writing import dump_yaml
from tenken.records.answer_values import read_answer_values
from tenken.rules.logic import list_atoms


def write_proposals(path: Path, coverages: Iterable[Coverage]) -> None:
    """Writes the proposals as a new file; raises `Problems` where there is one already."""
    refuse_existing(path)
    write_durably(path, render_proposals(path, [coverage for coverage in coverages if coverage.unshown]))


def refuse_existing(*paths: Path) -> None:
    """Raises `Problems` for every file that is there already."""
    text = "this file is there already; nothing was written"
    there = [Problem(Place(str(path)), text) for path in paths if is_there(path)]
    if there:
        raise Problems(*there)


def render_proposals(path: Path, coverages: Iterable[Coverage]) -> str:
    """The proposals as a scenario file at `path`."""
    proposed: list[Any] = []
    names: list[str] = []
    for coverage in coverages:
        names.append(_name_checklist(Path(coverage.checklist.at.path), path.parent))
        wording = Wording(coverage.library)
        proposed += (_build_scenario_data(unshown, wording) for unshown in coverage.unshown)
    return dump_yaml({"checklists": names, "scenarios": proposed})


def _name_checklist(checklist_path: Path, beside: Path) -> str:
    """How a scenario file names a checklist: one that ships by its id, another by the way to it."""
    if checklist_path.parent.resolve() == find_shipped_folder("checklists").resolve():
        return checklist_path.stem
    return Path(os.path.relpath(checklist_path.resolve(), beside.resolve())).as_posix()


def _build_scenario_data(unshown: UnshownCase, wording: Wording) -> dict[str, Any]:
    scenario = unshown.proposed
    answers = {}
    for id, given in scenario.answers.items():
        bare = given.answer[0] if len(given.answer) == 1 else list(given.answer)
        more = {"reason": given.reason, "published": given.published}
        answers[id] = {"answer": bare, **more} if given.reason else bare
    expected = scenario.expect[unshown.requirement.id]
    wanted = {name: str(said) for name, said in list_field_values(expected) if said and name != "at"}
    data = {
        "name": _name_scenario(unshown, wording),
        "on": scenario.on.isoformat(),
        "source": scenario.source,
        "note": scenario.note,
        "answers": answers,
        "expect": {unshown.requirement.id: wanted["status"] if list(wanted) == ["status"] else wanted},
    }
    return {key: value for key, value in data.items() if value}


def _name_scenario(unshown: UnshownCase, wording: Wording) -> str:
    """The headings of the answers that are about more than the scope of the checklist, and what they are to show."""
    asked = {id: given for id, given in unshown.proposed.answers.items() if id in wording.library.questions}
    scope = {atom.question for atom in list_atoms(unshown.requirement.in_scope)}
    telling = {id: given for id, given in asked.items() if id not in scope} or asked
    meant = read_answer_values(telling, wording.library)
    said = wording.join_list(
        wording.join_heading(wording.find_question_heading(id), wording.render_answer(id, value))
        for id, value in meant.items()
    )
    return wording.add_in_brackets(said or unshown.requirement.title, str(unshown.case.what))
