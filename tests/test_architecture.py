"""The rules of the house, read from the source itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "tenken"
MODULES = sorted(SOURCE.rglob("*.py"))
NAMES = [path.stem for path in MODULES]
ENTERS_THROUGH = {
    "typer": ("cli", "usage"),
    "yaml": ("yamlfile",),
    "jinja2": ("template", "sandbox"),
    "questionary": ("prompt",),
    "prompt_toolkit": ("prompt",),
    "wcwidth": ("lines",),
    "weasyprint": ("pdf",),
}
MAY_IMPORT = {
    "entry": set[str](),
    "logic": {"entry"},
    "problems": set[str](),
    "model": {"entry", "logic", "problems"},
    "checklist": {"entry", "logic", "model", "problems"},
    "assess": {"entry", "logic", "model", "library"},
    "report": {"durable", "letterhead", "pdf", "problems", "template", "yamlfile"},
    "template": {"shipped"},
    "allowed": set[str](),
    "pdf": {"problems"},
    "sandbox": {"letterhead", "template"},
    "confined": {"letterhead"},
}
"""Modules that may import only these of ours; a report receives findings and cannot evaluate."""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def room(path: Path) -> str:
    """The module, or the package it lives in."""
    return path.parent.name if path.parent != SOURCE else path.stem


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, ours as `tenken.name`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            ours = node.module == "tenken"
            yield from (f"tenken.{alias.name}" for alias in node.names) if ours else [node.module]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_each_library_enters_through_its_module(path: Path) -> None:
    for name in imports(path):
        library = name.partition(".")[0]
        allowed = ENTERS_THROUGH.get(library)
        assert allowed is None or {path.stem, room(path)}.intersection(allowed), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_flow_one_way(path: Path) -> None:
    ours = [name.split(".")[1] for name in imports(path) if name.startswith("tenken.")]
    assert not set(ours) - MAY_IMPORT.get(path.stem, set(ours)) - {"__version__"}
    assert "cli" not in ours or path.stem == "__main__" or room(path) == "cli"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_the_clock_is_read_in_the_cli_only(path: Path) -> None:
    calls = [
        node.func.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    assert room(path) == "cli" or not {"now", "today", "utcnow"}.intersection(calls)


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


def test_nothing_in_the_project_speaks_of_anything_but_itself() -> None:
    root = SOURCE.parents[1]
    pattern = re.compile(r"\.\./shared|pypi\.org|registry\.npmjs|pythonhosted", re.IGNORECASE)
    for folder in ("src", "checklists", "templates", "examples", ".ci"):
        for path in (root / folder).rglob("*"):
            if path.is_file() and "node_modules" not in path.parts and path.suffix not in (".pyc", ".png"):
                assert not pattern.search(path.read_text("utf-8")), path
