"""Our page with what a letterhead fills in, which is made in a process that has only its memory and its time."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tenken.files.bounded_process import Limits, run_bounded
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.report.letterhead.own_element import enclose_parts
from tenken.report.templates import render_filled_template

LIMITS = Limits(seconds=10, megabytes=512)
"""What filling in a letterhead may take; ours takes a fiftieth of the time."""

_LONGEST_MESSAGE = 300


def render_own_template(name: str, folder: Path, view: Mapping[str, Any]) -> str:
    """Our template with the blocks a template of the folder fills; raises `Problems` with what is wrong in that."""
    request = {"name": name, "folder": str(folder), "view": view}
    answer = run_bounded("tenken.report.letterhead.filling:fill_page", request, LIMITS)
    if answer is None:
        raise Problems(Problem(Place(str(folder / name)), "this takes more time or memory than a report may"))
    if "mistakes" in answer:
        raise Problems(*(build_template_problem(mistake) for mistake in answer["mistakes"]))
    return render_filled_page(name, view, answer["parts"])


def render_filled_page(name: str, view: Mapping[str, Any], parts: Mapping[str, list[str]]) -> str:
    """Our template with blocks that are filled: one part instead of ours, or two around it."""
    return render_filled_template(name, view, parts if name.endswith(".md.j2") else enclose_parts(parts))


def build_template_problem(mistake: Mapping[str, Any]) -> Problem:
    """What the process apart answers of one mistake, as it is told."""
    facts = {name: _shorten_message(fact) if isinstance(fact, str) else fact for name, fact in mistake["facts"].items()}
    if "known" in facts:
        facts["hint"] = suggest_instead(facts["name"], facts.pop("known"))
    return Problem(Place(mistake["path"], mistake["line"]), mistake["text"], facts)


def _shorten_message(said: str) -> str:
    """What a template or Jinja says, on one line that is not too long."""
    return (
        textwrap.shorten(said, _LONGEST_MESSAGE)
        if len(said) < 10 * _LONGEST_MESSAGE
        else f"{said[:_LONGEST_MESSAGE]} [...]"
    )
