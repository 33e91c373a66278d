"""Templates of somebody's own, which extend ours: rendered in a process that has only its memory and its time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tenken.files.problems import Place, Problem, Problems, suggest_instead

SECONDS = 10
"""How long a report may take; ours takes a tenth of a second."""

_MEGABYTES = 512
_LONGEST_MESSAGE = 300


def render_own_template(name: str, folder: Path, view: Mapping[str, Any]) -> str:
    """A template of the folder filled in with plain data; raises `Problems` with the one mistake that stopped it."""
    request = {"name": name, "folder": str(folder), "view": view, "seconds": SECONDS, "megabytes": _MEGABYTES}
    done = subprocess.run(
        [sys.executable, "-B", "-P", "-m", "tenken.report.letterhead.child_process"],
        input=json.dumps(request).encode(),
        capture_output=True,
        check=False,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    answer = json.loads(done.stdout) if done.returncode == 0 else {}
    if "page" in answer:
        return str(answer["page"])
    raise Problems(build_template_problem(answer, folder / name))


def build_template_problem(answer: Mapping[str, Any], path: Path) -> Problem:
    """What the process answered if it made no report; nothing if the system ended it."""
    if not answer:
        return Problem(Place(str(path)), "this takes more time or memory than a report may")
    facts = {name: _shorten_message(said) if isinstance(said, str) else said for name, said in answer["facts"].items()}
    if "known" in facts:
        facts["hint"] = suggest_instead(facts["name"], facts.pop("known"))
    return Problem(Place(answer["path"], answer["line"]), answer["text"], facts)


def _shorten_message(said: str) -> str:
    """What a template or Jinja says, on one line that is not too long."""
    return (
        textwrap.shorten(said, _LONGEST_MESSAGE)
        if len(said) < 10 * _LONGEST_MESSAGE
        else f"{said[:_LONGEST_MESSAGE]} [...]"
    )
