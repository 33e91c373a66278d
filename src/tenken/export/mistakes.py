"""Problems in the forms people and build machines read: lines with an excerpt, JSON, annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tenken.lines import width
from tenken.phrases import told
from tenken.problems import Place, Problem

_AROUND = 60
"""How many characters of a long line are shown before the place, and after it."""


def text(problems: Iterable[Problem]) -> str:
    """Each problem in a line, and below it the line it stands in with a caret."""
    return "\n".join(line for problem in problems for line in (told(problem), *_excerpt(problem.place)))


def _excerpt(place: Place) -> Iterator[str]:
    lines = _lines(place.path)
    if not (0 < place.line <= len(lines) and place.column):
        return
    line, at = lines[place.line - 1], place.column - 1
    begin = max(at - _AROUND, 0)
    number = str(place.line)
    before = line[begin:at]
    yield f"  {number} | {before}{line[at : at + _AROUND]}"
    yield f"  {' ' * len(number)} | {' ' * width(before)}^"


@cache
def _lines(path: str) -> tuple[str, ...]:
    try:
        return tuple(Path(path).read_text("utf-8-sig").split("\n"))
    except (OSError, ValueError):
        return ()


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects with path, line, column (both from 1, or 0) and message."""
    return json.dumps([{**problem.place._asdict(), "message": _message(problem)} for problem in problems], indent=2)


def github(problems: Iterable[Problem]) -> str:
    """One workflow command a problem, which shows it beside the line in a pull request."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    place = problem.place
    facts = {"file": place.path, "line": place.line, "col": place.column}
    said = ",".join(f"{name}={_escaped(str(fact), ',:')}" for name, fact in facts.items() if fact)
    return f"::error {said}::{_escaped(_message(problem))}"


def _message(problem: Problem) -> str:
    return told(problem._replace(place=Place("")))


def _escaped(said: str, more: str = "") -> str:
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + more else sign for sign in said)


FORMS: Mapping[str, Callable[[Iterable[Problem]], str]] = {"text": text, "json": as_json, "github": github}
