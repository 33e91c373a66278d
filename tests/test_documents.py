"""What the documents for lawyers and contributors say is true: their example runs, their links and names exist."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from support.paths import ROOT
from tenken.authoring import scenarios
from tenken.authoring.lint import validate_files
from tenken.authoring.scenarios import run_scenario_file
from tenken.files.frozen_classes import list_fields
from tenken.files.problems import Place
from tenken.rules import checklist, crosswalk, outline, requirement
from tenken.rules.loading import list_shipped_checklists, load_library

LAWYERS = ROOT / "checklists" / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
TEXT = LAWYERS.read_text("utf-8")
FORMAT = (requirement, checklist, scenarios, crosswalk, outline)
RULES = "talking-exhibits.yaml"
SITUATIONS = "talking-exhibits-scenarios.yaml"
HOUSE = "house-rules/museum-policy.yaml"
CROSSWALK = "museum-eu.yaml"


def section(title: str) -> str:
    """What stands under a heading, up to the next of any level."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, title
    return found.group(1)


def table(title: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def example(folder: Path) -> dict[str, Path]:
    """The files of the worked example, written where they can be tried."""
    files = {}
    for name, content in re.findall(r"```yaml\n# (\S+\.yaml)\n(.*?)```", TEXT, re.DOTALL):
        files[name] = folder / name
        files[name].parent.mkdir(exist_ok=True)
        files[name].write_text(content, "utf-8")
    return files


def test_the_worked_example_has_no_mistakes(tmp_path: Path) -> None:
    files = example(tmp_path)
    assert list(files) == [RULES, SITUATIONS, CROSSWALK, HOUSE]
    assert [str(problem) for problem in validate_files(files.values())] == []


def test_the_worked_example_ends_as_expected_and_shows_every_outcome(tmp_path: Path) -> None:
    outcomes = list(run_scenario_file(example(tmp_path)[SITUATIONS]))
    assert [str(problem) for outcome in outcomes for problem in outcome.differences] == []
    assert f"`{len(outcomes)} scenarios, 0 with differences`" in TEXT
    seen = {str(found.status) for outcome in outcomes for found in outcome.findings.values()}
    assert seen == {"gap", "met", "not applicable", "undetermined"}
    assert any(found.relied_on_exceptions for outcome in outcomes for found in outcome.findings.values())


@pytest.mark.parametrize("row", table("What `tenken validate` says"), ids=lambda row: row[2])
def test_a_slip_in_the_worked_example_is_told_as_described(row: list[str], tmp_path: Path) -> None:
    right, wrong = (cell[1:-1] for cell in row[:2])
    rules = example(tmp_path)[RULES]
    content = rules.read_text("utf-8")
    assert right in content
    rules.write_text(content.replace(right, wrong, 1), "utf-8")
    problems = [str(problem) for problem in validate_files([rules])]
    assert any(row[2].replace("`", "") in problem.replace("`", "") for problem in problems), problems


def described(cls: type) -> dict[str, bool]:
    """The lines a class of the format takes in a file, and whether each has to be there."""
    hints = get_type_hints(cls)
    return {
        field.name: field.is_required
        for field in list_fields(cls)
        if not field.derived and hints[field.name] is not Place
    }


@pytest.mark.parametrize("row", table("The vocabulary"), ids=lambda row: row[0])
def test_the_vocabulary_names_the_lines_of_the_format(row: list[str]) -> None:
    cls: Any = next(found for room in FORMAT if (found := getattr(room, row[0], None)))
    lines = {name: bool(bold) for bold, name in re.findall(r"(\*\*)?`(\w+)`", row[2])}
    assert lines == described(cls)


def test_the_vocabulary_has_every_word_of_the_format() -> None:
    words = {
        name
        for room in FORMAT
        for name, cls in vars(room).items()
        if list_fields(cls) and cls.__module__ == room.__name__
    }
    assert words - {"ScenarioOutcome", "NamedRule", "SuggestedAnswer"} <= {row[0] for row in table("The vocabulary")}


def test_every_disputed_point_has_its_note() -> None:
    requirements = load_library(list_shipped_checklists()).requirements
    names = re.findall(r"`([A-Z][\w-]*)\.(\w+)`", section("What is disputed"))
    assert names
    for id, note in names:
        assert note in requirements[id].notes, f"{id}.{note}"


def anchors(document: Path) -> set[str]:
    """The places in a document a link can lead to, named as GitHub names them."""
    titles = re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", [LAWYERS, CONTRIBUTING], ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", document.read_text("utf-8"))
    assert links
    for link in links:
        target, _, anchor = link.partition("#")
        path = document.parent / target if target else document
        assert link.startswith("https://") or path.exists(), link
        if anchor and path.suffix == ".md":
            assert anchor in anchors(path), link


def test_every_file_named_in_the_list_of_sources_is_a_checklist() -> None:
    named = set(chain(*(re.findall(r"\((\S+)\.yaml\)", row[3]) for row in table("Sources and their state"))))
    assert named == set(list_shipped_checklists())
