"""Problems in the forms people and build machines read: lines with an excerpt, JSON, annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import NOWHERE, Place, Problem, Problems, limit_problems
from tenken.messages.line_breaking import measure_width
from tenken.messages.message_catalog import phrase, phrase_problem

_EXCERPT_MARGIN = 60
"""How many characters of a long line are shown before the place, and after it."""

_LONGEST_SHOWN_FILE = 1 << 20
"""Bytes of a file of which lines are shown; cut into lines, one of many megabytes takes as many hundreds."""


def render_problems_text(problems: Iterable[Problem]) -> str:
    """Each problem in a line, and below it the line it stands in with a caret."""
    told = limit_problems(problems)
    return "\n".join(
        line for problem in told for line in (_render_problem_line(problem), *_render_excerpt(problem.place))
    )


def _render_problem_line(problem: Problem) -> str:
    said = phrase_problem(problem)
    return phrase("{said} (a note, not a mistake)", said=said) if problem.is_note else said


def _render_excerpt(place: Place) -> Iterator[str]:
    lines = _read_source_lines(place.path)
    if not (0 < place.line <= len(lines) and place.column):
        return
    line, at = lines[place.line - 1], place.column - 1
    begin = max(at - _EXCERPT_MARGIN, 0)
    number = str(place.line)
    before = line[begin:at]
    yield f"  {number} | {before}{line[at : at + _EXCERPT_MARGIN]}"
    yield f"  {' ' * len(number)} | {' ' * measure_width(before)}^"


@cache
def _read_source_lines(path: str) -> tuple[str, ...]:
    try:
        content = read_file_bytes(path)
        return tuple(content.decode("utf-8-sig").split("\n")) if len(content) <= _LONGEST_SHOWN_FILE else ()
    except (Problems, ValueError):
        return ()


def render_problems_json(problems: Iterable[Problem]) -> str:
    """A list of objects with path, line, column (both from 1, or 0), message, and whether it is only a note."""
    told = limit_problems(problems)
    return json.dumps(
        [
            {**problem.place._asdict(), "note": problem.is_note, "message": _render_problem_message(problem)}
            for problem in told
        ],
        indent=2,
    )


def render_github_annotations(problems: Iterable[Problem]) -> str:
    """One workflow command a problem, which shows it beside the line in a pull request."""
    return "\n".join(_render_annotation(problem) for problem in limit_problems(problems))


def _render_annotation(problem: Problem) -> str:
    place = problem.place
    facts = {"file": place.path, "line": place.line, "col": place.column}
    said = ",".join(f"{name}={_escape_annotation(str(fact), ',:')}" for name, fact in facts.items() if fact)
    level = "notice" if problem.is_note else "error"
    return f"{f'::{level} {said}'.rstrip()}::{_escape_annotation(_render_problem_message(problem))}"


def _render_problem_message(problem: Problem) -> str:
    return phrase_problem(Problem(NOWHERE, problem.text, problem.facts))


def _escape_annotation(said: str, more: str = "") -> str:
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + more else sign for sign in said)


PROBLEM_FORMATS: Mapping[str, Callable[[Iterable[Problem]], str]] = {
    "text": render_problems_text,
    "json": render_problems_json,
    "github": render_github_annotations,
}
