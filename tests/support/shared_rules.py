"""The checklists that ship, read once in a process however many tests want them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tenken.files.shipped_files import find_shipped_folder
from tenken.rules import loading
from tenken.rules.library import Library
from tenken.rules.translation import BASE_LANGUAGE

read_library_anew = loading.read_library


def share_shipped_rules() -> None:
    """From now on nothing reads a checklist that ships a second time."""
    loading.read_library = read_shared_library


def read_shared_library(paths: Iterable[Path], language: str = BASE_LANGUAGE) -> Library:
    """The checklists in some files; nobody can change what is shared, for it is frozen."""
    files = tuple(paths)
    if all(file.parent == find_shipped_folder("checklists") for file in files):
        return _read_library_once(files, language)
    return read_library_anew(files, language)


@cache
def _read_library_once(files: tuple[Path, ...], language: str) -> Library:
    return read_library_anew(files, language)
