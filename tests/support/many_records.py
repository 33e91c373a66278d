"""Very many records, drawn from a seed or made of the examples, and portfolios of them in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

from support.paths import ROOT, TENKEN
from support.random_answers import draw_answers
from support.sample_reports import DAY
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT
from tenken.records.record_text import render_record_yaml
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.loading import load_library

MORE_THAN_TOGETHER = 1100
"""So many records that several processes judge them."""
_DRAWN = 12
"""How many records are drawn; the others repeat them under other names."""
_CHECKLISTS = ("eu-transparency",)
_MARK = "SYSTEM-OF-THIS-RECORD"


def write_drawn_records(folder: Path, count: int, seed: int = 1) -> None:
    """Records of a checklist that ships, one of them broken, in the order of their names."""
    library, random = load_library(_CHECKLISTS), Random(seed)
    texts = [_render_drawn(draw_answers(library, random)) for _ in range(_DRAWN)]
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = texts[number % _DRAWN] if number != count - 2 else "tenken: [\n"
        (folder / f"{number:06}.yaml").write_text(text.replace(_MARK, f"System {number}"), "utf-8")


def _render_drawn(answers: dict[str, AnswerValue]) -> str:
    given = {id: _give(value) for id, value in answers.items()}
    return render_record_yaml(Record(RECORD_FORMAT, _MARK, checklists=_CHECKLISTS, answers=given))


def _give(value: AnswerValue) -> GivenAnswer:
    """An answer as a person may give it: nothing is explained away, and what does not apply has a reason."""
    words = (value.isoformat(),) if isinstance(value, date) else tuple(value)
    return (
        GivenAnswer(("not_applicable",), reason="Not ours.")
        if set(words) & {"explained", "not_applicable"}
        else GivenAnswer(words)
    )


def write_varied_examples(folder: Path, count: int) -> None:
    """The records of `examples/`, each under as many names as it takes."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.yaml"))]
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = texts[number % len(texts)].replace("\nsystem: ", f"\nsystem: S{number} ", 1)
        (folder / f"{number:06}.yaml").write_text(text, "utf-8")


def start_portfolio(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """A portfolio at the head of a group of processes, by which all that it begins are known."""
    command = [*TENKEN, "portfolio", *map(str, arguments), "--as-of", DAY.isoformat()]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, start_new_session=True)


def list_helpers(group: int) -> list[int]:
    """The processes of a group besides its head that have not ended."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, owner = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(owner) == group != int(folder.name) and state != "Z":
            found.append(int(folder.name))
    return found


def measure_peak_megabytes(*arguments: str | Path) -> int:
    """The most memory that one process of a portfolio takes."""
    measure = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [*TENKEN, "portfolio", *map(str, arguments), "--as-of", DAY.isoformat()]
    told = subprocess.run([sys.executable, "-c", measure, *command], capture_output=True, check=True, env=os.environ)
    return int(told.stdout) // 1024
