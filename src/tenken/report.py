"""Findings to text through a template, and where that text may be written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tenken import yamlfile
from tenken.library import folder
from tenken.model import Place, Problem, Problems

SIGNATURE = b"tenken"
"""Stands in the first lines of every file tenken makes; a file without it is never written over."""


def html(view: Mapping[str, Any]) -> str:
    """The report as one HTML page that needs nothing else."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html.j2").render(view)


def to_json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def write(path: Path, text: str, *, force: bool = False) -> None:
    """Writes a report; raises `Problems` rather than replace a file that tenken did not make."""
    if path.exists() and not force and SIGNATURE not in yamlfile.read_bytes(path)[:1000]:
        text = "tenken did not make this file; name another with -o, or use --force"
        raise Problems(Problem(Place(str(path)), text))
    yamlfile.write(path, text)
