"""The rules of the house, read from the source itself; its floors are drawn in `tenken/__init__.py`."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import tenken

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tenken"
MODULES = sorted(SOURCE.rglob("*.py"))
NAMES = [path.relative_to(SOURCE).as_posix() for path in MODULES]
FLOORS = [line.split(" · ") for line in re.findall(r"^    (\S.*)$", tenken.__doc__ or "", re.MULTILINE)]
FLOOR_OF = {room: number for number, rooms in enumerate(reversed(FLOORS)) for room in rooms}
LARGEST_HOUSE = 13
ENTERS_THROUGH = {
    "typer": "cli",
    "yaml": "files",
    "jinja2": "report",
    "questionary": "interview",
    "prompt_toolkit": "interview",
    "wcwidth": "messages",
    "tinycss2": "report",
    "tinyhtml5": "report",
    "weasyprint": "report",
    "c2pa": "marks",
    "mcp": "cli",
    "mcp_types": "cli",
    "pydantic": "cli",
    "xlsxwriter": "report",
    "python_calamine": "files",
}
"""The one room in which each library is known; in it, few modules."""
DOORS = {
    "typer": {
        "application",
        "help_pages",
        "lazy_commands",
        "shared_options",
        "shell_completion",
        "usage_mistakes",
        *(path.stem for path in (SOURCE / "cli" / "commands").rglob("*.py")),
    },
    "yaml": {"strict_yaml", "yaml_writing"},
    "jinja2": {"templates", "template_lines", "template_sandbox"},
    "questionary": {"screen_card", "screen_prompt"},
    "prompt_toolkit": {"cramped_screen", "screen_application", "screen_card", "screen_page", "screen_prompt"},
    "wcwidth": {"line_breaking"},
    "tinycss2": {"allowed_css"},
    "tinyhtml5": {"allowed_html"},
    "weasyprint": {"pdf"},
    "c2pa": {"content_credentials"},
    "mcp": {"agent_server"},
    "mcp_types": {"agent_server"},
    "pydantic": {"agent_server"},
    "xlsxwriter": {"workbook"},
    "python_calamine": {"workbook_reading"},
}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def room_of(name: str) -> str:
    """The room of a module given as `room/module.py` or `tenken.room.module`; empty for what stands at the top."""
    parts = re.split(r"[./]", name.removeprefix("tenken.").removesuffix(".py"))
    return parts[0] if len(parts) > 1 else ""


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions and for type checking; ours as `tenken.name`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            ours = node.module == "tenken"
            yield from (f"tenken.{alias.name}" for alias in node.names) if ours else [node.module]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def names_of(module: ast.Module) -> Iterator[str]:
    """What a module defines on its first level."""
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def test_the_house_is_as_drawn() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name not in ("__pycache__", "_data")}
    assert rooms == set(FLOOR_OF)
    entries = [path for path in SOURCE.iterdir() if path.name not in ("__pycache__", "_data")]
    assert len(entries) <= LARGEST_HOUSE
    tests = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and list(path.glob("test_*.py"))}
    assert tests <= rooms


def test_the_readme_shows_the_floors_in_their_order() -> None:
    picture = (ROOT / "README.md").read_text("utf-8").partition("src/tenken/")[2].partition("\ntests/")[0]
    assert re.findall(r"^  (\w+)/", picture, re.MULTILINE) == [room for rooms in FLOORS for room in rooms]
    assert f"{len(FLOOR_OF)} rooms on {len(FLOORS)} floors" == "11 rooms on 7 floors"


def test_each_room_says_in_one_sentence_what_lives_there() -> None:
    for room in FLOOR_OF:
        said = ast.get_docstring(tree(SOURCE / room / "__init__.py")) or ""
        assert said.endswith(".") and "\n" not in said, room
        assert len(tree(SOURCE / room / "__init__.py").body) == 1, room


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_go_down(path: Path) -> None:
    own = room_of(path.relative_to(SOURCE).as_posix())
    for name in imports(path):
        other = room_of(name) if name.startswith("tenken.") else ""
        if own and other and other != own:
            assert FLOOR_OF[other] < FLOOR_OF[own], f"{own} imports {name}"


def test_no_module_imports_itself_by_way_of_others() -> None:
    ours = {
        "tenken." + name.removesuffix(".py").replace("/", "."): path for name, path in zip(NAMES, MODULES, strict=True)
    }
    graph = {name: {other for other in imports(path) if other in ours} for name, path in ours.items()}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_each_library_enters_through_its_doors(path: Path) -> None:
    for name in imports(path):
        library = name.partition(".")[0]
        if library in ENTERS_THROUGH:
            assert room_of(path.relative_to(SOURCE).as_posix()) == ENTERS_THROUGH[library], f"{path} imports {name}"
            assert path.stem in DOORS[library], f"{path} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_the_clock_is_read_in_the_cli_only(path: Path) -> None:
    calls = [
        node.func.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    assert "cli" in path.parts or not {"now", "today", "utcnow"}.intersection(calls)


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_module_names_a_law_a_country_or_a_requirement(path: Path) -> None:
    law = re.compile(
        r"\b(articles? ?\d+|EU-\d+|JP-[A-Z0-9]|AI Act|Japan|Korea|California|China|deployer|provider)\b", re.IGNORECASE
    )
    assert not law.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_functions_fit_a_screen_and_modules_a_sitting(path: Path) -> None:
    assert path.read_text("utf-8").count("\n") <= 350
    for function in functions(path):
        assert (function.end_lineno or 0) - function.lineno + 1 <= 35, function.name


def test_the_median_function_is_short() -> None:
    sizes = sorted((f.end_lineno or 0) - f.lineno + 1 for path in MODULES for f in functions(path))
    assert sizes[len(sizes) // 2] <= 10


def test_a_name_stands_for_one_thing() -> None:
    defined = defaultdict(list)
    for name, path in zip(NAMES, MODULES, strict=True):
        for each in names_of(tree(path)):
            if not each.startswith("__") and each != "main":
                defined[each].append(name)
    assert {name: places for name, places in defined.items() if len(places) > 1} == {}


def test_functions_are_called_by_what_they_do() -> None:
    """Verb and object: less than half of all functions and methods get by with one word, as in the tools we admire."""
    names = [function.name.strip("_") for path in MODULES for function in functions(path)]
    assert sum("_" not in name for name in names) / len(names) < 0.3
    modules = {path.stem for path in MODULES}
    assert not modules.intersection(name for path in MODULES for name in names_of(tree(path)))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_what_is_private_stays_in_its_module(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tenken"):
            assert not [alias.name for alias in node.names if re.match("_[^_]", alias.name)]


def test_nothing_in_the_project_speaks_of_anything_but_itself() -> None:
    pattern = re.compile(r"\.\./shared|pypi\.org|registry\.npmjs|pythonhosted", re.IGNORECASE)
    for folder in ("src", "checklists", "templates", "examples", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "node_modules" not in path.parts and path.suffix not in (".pyc", ".png"):
                assert not pattern.search(path.read_text("utf-8")), path
