"""A checklist to begin with: rules, scenarios and a translation that work, to be rewritten line by line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from tenken import durable, library
from tenken.problems import Place, Problem, Problems
from tenken.propose import refuse_existing
from tenken.shipped import folder

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NAME = "the-law"
_FILES = (f"{_NAME}.yaml", f"{_NAME}-scenarios.yaml", f"{_NAME}.ja.yaml")
_REVIEWED, _REVIEW_BY, _VERSION = "2026-11-23", "2027-05-22", "2026.11"
_SCHEMAS = "../../checklists/schemas"
_HALF_A_YEAR = timedelta(days=180)


def write(id: str, into: Path, today: date) -> list[Path]:
    """Writes the files of a new checklist and names them.

    Raises `Problems` if the id cannot be one or is taken, or if one of the files is there already.
    """
    if not _ID.fullmatch(id):
        text = "{id} cannot be an id; use small letters, digits and single hyphens, such as {example}"
        raise Problems(Problem(Place("ID"), text, {"id": id, "example": _NAME}))
    if id in (library.PROFILE, *library.shipped()):
        raise Problems(Problem(Place("ID"), "{id} ships with tenken; take another id", {"id": id}))
    made = {into / name.replace(_NAME, id): folder("templates") / "starter" / name for name in _FILES}
    refuse_existing(*made)
    for path, starter in made.items():
        durable.write(path, _renamed(starter.read_text("utf-8"), id, today))
    return list(made)


def _renamed(text: str, id: str, today: date) -> str:
    """The words of a starter under another id, read today, with the schemas where this tenken has them."""
    for old, new in (
        (_NAME, id),
        (_NAME.upper(), id.upper()),
        (_NAME.replace("-", "_"), id.replace("-", "_")),
        (_REVIEWED, today.isoformat()),
        (_REVIEW_BY, (today + _HALF_A_YEAR).isoformat()),
        (_VERSION, f"{today:%Y.%m}"),
        (_SCHEMAS, (folder("checklists") / "schemas").resolve().as_uri()),
    ):
        text = text.replace(old, new)
    return text
