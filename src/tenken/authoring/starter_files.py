"""A checklist to begin with: rules, scenarios and a translation that work, to be rewritten line by line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from tenken.authoring.scenario_proposals import refuse_existing
from tenken.files.durable_writing import write_durably
from tenken.files.problems import Place, Problem, Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.library import PROFILE_ID
from tenken.rules.loading import list_shipped_checklists

_CHECKLIST_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_STARTER_ID = "the-law"
_STARTER_FILES = (f"{_STARTER_ID}.yaml", f"{_STARTER_ID}-scenarios.yaml", f"{_STARTER_ID}.ja.yaml")
_REVIEWED, _REVIEW_BY, _VERSION = "2026-11-23", "2027-05-22", "2026.11"
_STARTER_SCHEMA = r"# yaml-language-server: \$schema=\S+/(\w+)\.json\n"
_SCHEMA_ADVICE = (
    r"# An editor checks this: `tenken checklists schema \1 > \1.json`, "
    r"and here `# yaml-language-server: $schema=\1.json`\n"
)
_HALF_A_YEAR = timedelta(days=180)


def write_starter_files(id: str, into: Path, today: date) -> list[Path]:
    """Writes the files of a new checklist and names them.

    Raises `Problems` if the id cannot be one or is taken, or if one of the files is there already.
    """
    if not _CHECKLIST_ID.fullmatch(id):
        text = "{id} cannot be an id; use small letters, digits and single hyphens, such as {example}"
        raise Problems(Problem(Place("ID"), text, {"id": id, "example": _STARTER_ID}))
    if id in (PROFILE_ID, *list_shipped_checklists()):
        raise Problems(Problem(Place("ID"), "{id} ships with tenken; take another id", {"id": id}))
    made = {
        into / name.replace(_STARTER_ID, id): find_shipped_folder("templates") / "starter" / name
        for name in _STARTER_FILES
    }
    refuse_existing(*made)
    for path, starter in made.items():
        write_durably(path, _adapt_starter_text(starter.read_text("utf-8"), id, today))
    return list(made)


def _adapt_starter_text(text: str, id: str, today: date) -> str:
    """The words of a starter under another id, read today; the schema it names is for whoever works on the starter."""
    text = re.sub(_STARTER_SCHEMA, _SCHEMA_ADVICE, text)
    for old, new in (
        (_STARTER_ID, id),
        (_STARTER_ID.upper(), id.upper()),
        (_STARTER_ID.replace("-", "_"), id.replace("-", "_")),
        (_REVIEWED, today.isoformat()),
        (_REVIEW_BY, (today + _HALF_A_YEAR).isoformat()),
        (_VERSION, f"{today:%Y.%m}"),
    ):
        text = text.replace(old, new)
    return text
