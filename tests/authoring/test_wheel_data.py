"""What is compiled into the wheel saves time and changes nothing: with it and without it, all comes to the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.installed_program import install_program, run_installed, write_example_reports
from support.paths import ROOT
from tenken import __version__
from tenken.messages.message_catalog import list_languages
from tenken.report.templates import COMPILED_TEMPLATES
from tenken.rules.crosswalk import list_shipped_crosswalks
from tenken.rules.loading import list_shipped_checklists
from tenken.rules.outline import load_outlines

pytestmark = pytest.mark.thorough

REPORT = ("-m", "tenken", "report", str(ROOT / "examples" / "support-chatbot.yaml"), "--as-of", "2026-11-23", "-o", "-")
READS_SOURCES = """
from tenken.rules import loading, translation
from tenken.files import strict_yaml
from tenken.report import templates

def refuse(*_):
    raise AssertionError("read anew")

loading.read_library = strict_yaml.read_yaml = templates.read_template = refuse
from support import installed_program
import json
print(json.dumps(dict(installed_program.write_example_reports())))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program as it is installed; what a test changes in it, it puts back."""
    folder = tmp_path_factory.mktemp("installed")
    install_program(folder)
    return folder


@pytest.fixture(scope="module")
def report(installed: Path) -> str:
    return run_installed(installed, *REPORT)


@pytest.fixture
def compiled(installed: Path) -> Iterator[Path]:
    """The folder of what was compiled, as it was again afterwards."""
    folder = installed / "tenken" / "_data" / "compiled"
    whole = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    yield folder
    shutil.rmtree(folder)
    for path, content in whole.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def without_paths(reports: dict[str, str], folder: Path) -> dict[str, str]:
    return {name: text.replace(str(folder), "") for name, text in reports.items()}


def test_every_report_of_every_example_is_the_same_and_no_source_is_read(installed: Path) -> None:
    theirs = json.loads(run_installed(installed, "-c", READS_SOURCES))
    ours = dict(write_example_reports())
    assert len(ours) == 4 * len(list_languages()) * len(list((ROOT / "examples").glob("*.yaml")))
    assert without_paths(theirs, installed / "tenken" / "_data") == without_paths(ours, ROOT)


def test_there_is_a_file_for_everything_that_ships(compiled: Path) -> None:
    names = [*list_shipped_checklists(), "profile"]
    names += [*load_outlines(), *(path.stem for path in list_shipped_crosswalks())]
    rules = {f"rules/{name}.{language}.sealed" for name in names for language in list_languages()}
    words = {f"labels.{language}.sealed" for language in list_languages()} | {"phrases.ja.sealed"}
    there = {path.relative_to(compiled).as_posix() for path in compiled.rglob("*") if path.suffix != ".pyc"}
    assert there - {"rules", "__pycache__"} == rules | words | {COMPILED_TEMPLATES}


@pytest.mark.parametrize("name", ["rules/eu-transparency.en.sealed", "labels.en.sealed", COMPILED_TEMPLATES])
@pytest.mark.parametrize("damage", ["a letter", "half", "gone", "another file", "another version"])
def test_what_is_damaged_or_foreign_is_as_if_it_were_not_there(
    installed: Path, compiled: Path, report: str, name: str, damage: str
) -> None:
    path = compiled / name
    content = path.read_bytes()
    match damage:
        case "a letter":
            path.write_bytes(content[:-200] + content[-200:].swapcase())
        case "half":
            path.write_bytes(content[: len(content) // 2])
        case "gone":
            path.unlink()
        case "another file":
            path.write_bytes((compiled / "phrases.ja.sealed").read_bytes())
        case "another version":
            path.write_bytes(content.replace(__version__.encode(), b"0.0.9", 1))
    assert run_installed(installed, *REPORT) == report


def test_bytecode_that_is_none_is_as_if_it_were_not_there(installed: Path, compiled: Path, report: str) -> None:
    (bytecode,) = (compiled / "__pycache__").glob("*.pyc")
    bytecode.write_bytes(bytecode.read_bytes()[:16] + b"no bytecode")
    assert run_installed(installed, *REPORT) == report


def test_nothing_is_written_beside_the_program(installed: Path, report: str) -> None:
    def list_files() -> dict[Path, int]:
        files = (path for path in installed.rglob("*") if path.is_file() and path.suffix != ".pyc")
        return {path: path.stat().st_mtime_ns for path in files}

    before = list_files()
    assert run_installed(installed, *REPORT) == report
    assert list_files() == before
    assert {path.name.split(".")[0] for path in installed.rglob("*.pyc")} <= {path.stem for path in before}


def test_it_works_where_no_bytecode_is_written(installed: Path, report: str) -> None:
    for folder in list(installed.rglob("__pycache__")):
        shutil.rmtree(folder)
    assert run_installed(installed, *REPORT, writes_bytecode=False) == report
    assert not list(installed.rglob("__pycache__"))


@pytest.mark.parametrize("kind", ["an installed program", "a working copy"])
def test_a_changed_rule_is_seen_at_once(tmp_path: Path, installed: Path, kind: str) -> None:
    if kind == "a working copy":
        for name in ("src", "checklists", "templates"):
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        folder, rules = tmp_path / "src", tmp_path / "checklists" / "eu-gpai.yaml"
    else:
        folder, rules = installed, installed / "tenken" / "_data" / "checklists" / "eu-gpai.yaml"
    show = ("-m", "tenken", "checklists", "show", "eu-gpai")
    first = run_installed(folder, *show)
    assert run_installed(folder, *show) == first
    text = rules.read_text("utf-8")
    rules.write_text(text.replace("title: ", "title: Changed ", 1), "utf-8")
    assert run_installed(folder, *show) == first.replace("# ", "# Changed ", 1)
    rules.write_text(text, "utf-8")
    assert run_installed(folder, *show) == first
