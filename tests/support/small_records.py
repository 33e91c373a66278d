"""Records of the small law: of a system that it reaches, with whatever else a test answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from support.paths import SMALL

FACTS = {
    "where": "eu",
    "subject": "ai_system",
    "eu_role": "provider",
    "does": "talks_with_people",
    "small_audience": "public",
    "placed": "2026-09-01",
    "size": "sme",
}


def write_small_record(
    path: Path, answers: Mapping[str, str], *, system: str = "Acme", checklist: Path = SMALL, head: str = ""
) -> Path:
    """A record of these answers, each in flow style, and the usual facts; `head` are lines more above them."""
    lines = "".join(f"  {id}: {answer}\n" for id, answer in {**FACTS, **answers}.items())
    path.write_text(f"tenken: 2\nsystem: {system}\n{head}checklists: [{checklist}]\nanswers:\n{lines}", "utf-8")
    return path


def write_forbidden_record(folder: Path) -> Path:
    """A record of something forbidden, of which the house has a rule of its own, and that Ada has in hand by a day."""
    (folder / "house-rules").mkdir()
    (folder / "house-rules" / "harbour.yaml").write_text(
        f"title: Harbour policy\nadds_to: {SMALL}\nrequirements:\n  S-4:\n    checks:\n"
        "      told: {ask: 'Is the board told?', basis: house, cites: Policy}\n",
        "utf-8",
    )
    does = "{answer: reads_people, owner: Ada, due: 2026-12-01}"
    return write_small_record(folder / "tower.yaml", {"does": does, "S-4.told": "no"})
