"""What is said of a checklist that a file names and that is none: at its name, and with nothing of what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paths import SMALL
from tenken.authoring.lint import validate_files

SECRET = "password: swordfish\ntoken: [deep, blue]\n"
RECORD = "tenken: 1\nsystem: x\nchecklists:\n  - eu-transparency\n  - {name}\nanswers: {{}}\n"
SCENARIOS = "checklists:\n  - eu-transparency\n\n\n  - {name}\nscenarios: []\n"
HOUSE = "title: Ours\n\n\n\nadds_to: {name}\nrequirements: {{}}\n"


def say(folder: Path, name: str, form: str = RECORD) -> list[str]:
    path = folder / "r.yaml"
    path.write_text(form.format(name=name), "utf-8")
    return [str(problem).removeprefix(f"{path}:") for problem in validate_files([path])]


@pytest.mark.parametrize(("form", "place"), [(RECORD, "5:5"), (SCENARIOS, "5:5"), (HOUSE, "5:10")])
@pytest.mark.parametrize("content", [SECRET, "- swordfish\n", "swordfish\n"])
def test_nothing_is_said_of_what_another_file_holds(tmp_path: Path, content: str, form: str, place: str) -> None:
    (tmp_path / "secret.yaml").write_text(content, "utf-8")
    assert say(tmp_path, "secret.yaml", form) == [f"{place}: secret.yaml is no checklist"]


def test_a_file_that_cannot_be_read_shows_nothing_either(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("root:x:0: swordfish: [\n", "utf-8")
    (said,) = say(tmp_path, "secret.yaml")
    assert said == f"5:5: secret.yaml cannot be read; `tenken validate {tmp_path / 'secret.yaml'}` says why"


def test_what_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    assert say(tmp_path, "gone.yaml") == ["5:5: gone.yaml: there is no such file or folder"]
    assert say(tmp_path, "eu-hig-risk") == ["5:5: there is no checklist eu-hig-risk; did you mean eu-high-risk?"]


def test_a_file_named_as_if_it_were_shipped_is_told_how_to_name_it(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(SMALL.read_text("utf-8"), "utf-8")
    text = "5:5: there is no checklist ours; a file of your own is named with its ending, ours.yaml"
    assert say(tmp_path, "ours") == [text]
    assert say(tmp_path, "ours.yaml") == []


def test_the_mistakes_of_a_checklist_are_still_told_in_its_lines(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(SMALL.read_text("utf-8").replace("title:", "ttle:", 1), "utf-8")
    assert any("did you mean title?" in said for said in say(tmp_path, "ours.yaml"))
