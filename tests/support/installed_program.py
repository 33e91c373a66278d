"""The program as its wheel installs it, and what it makes of the examples; run as a program, it prints the latter.

An installed program has what was compiled when the wheel was built; a working copy reads the sources.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from support.paths import ROOT, TESTS
from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.authoring.wheel_data import compile_shipped_files
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.message_catalog import list_languages, phrase, use_language
from tenken.records.answer_values import read_answer_values
from tenken.records.record_file import open_record
from tenken.records.rule_updates import load_updated_rules
from tenken.report.formats import ReportMaterial, choose_report_format
from tenken.rules.logic import Situation

WRITES_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def install_program(folder: Path) -> Path:
    """Lays the program out in a folder as the wheel does; returns where what was compiled is."""
    program = folder / "tenken"
    shutil.copytree(ROOT / "src" / "tenken", program, ignore=shutil.ignore_patterns("__pycache__"))
    for kind in ("checklists", "templates", "examples"):
        shutil.copytree(ROOT / kind, program / "_data" / kind)
    compile_shipped_files(program / "_data" / "compiled")
    return program / "_data" / "compiled"


def run_installed(folder: Path, *command: str, writes_bytecode: bool = True) -> str:
    """What a command of Python prints where the program in a folder is the one that is installed."""
    environment = {name: value for name, value in os.environ.items() if name != WRITES_NO_BYTECODE}
    environment |= {"PYTHONPATH": os.pathsep.join((str(folder), str(TESTS)))}
    environment |= {} if writes_bytecode else {WRITES_NO_BYTECODE: "1"}
    words = [sys.executable, *command]
    return subprocess.run(words, capture_output=True, check=True, encoding="utf-8", env=environment).stdout


def write_example_reports() -> Iterator[tuple[str, str]]:
    """Every report of every example in every language, each under a name of its own."""
    for language in list_languages():
        use_language(language)
        for path in sorted(find_shipped_folder("examples").glob("*.yaml")):
            record_file = open_record(path)
            library, _ = load_updated_rules(record_file, language)
            situation = Situation(read_answer_values(record_file.record.answers, library), date(2026, 11, 23))
            material = ReportMaterial(record_file, assess_all(library, situation), Wording(library, language))
            for form in ("html", "md", "json", "csv"):
                report = choose_report_format(form, "", letterhead=False).write_content(material)
                yield f"{path.stem} {language} {form}", str(report) + phrase("Nothing in the way.")
    use_language("en")


if __name__ == "__main__":
    print(json.dumps(dict(write_example_reports())))
