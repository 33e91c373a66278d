"""Where the files that ship with tenken are, installed or in a working copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def find_shipped_folder(name: str) -> Path:
    """A folder that ships with tenken: `checklists`, `templates` or `examples`."""
    program = Path(__file__).parents[1]
    installed = program / "_data" / name
    return installed if installed.is_dir() else program.parents[1] / name
