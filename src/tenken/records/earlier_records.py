"""Finds the record of a system as it was, in an older folder: by its place in it, else by the name of the system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from tenken.files.file_names import is_folder
from tenken.files.problems import Place, Problem, Problems
from tenken.records.record_file import open_record
from tenken.records.record_paths import list_record_paths
from tenken.records.sign_off import fold_name

_RESULT_ENDING = ".json"


class EarlierRecords:
    """An older folder of records, or of results in JSON under the names of the records they are of."""

    def __init__(self, folder: Path, roots: Iterable[Path]) -> None:
        if not is_folder(folder):
            raise Problems(Problem(Place(str(folder)), "this is no folder; name the folder with the older records"))
        self._folder = folder
        self._roots = [root for root in roots if is_folder(root)]
        self._found: set[Path] = set()

    def find(self, path: Path, system: str) -> Path | None:
        """The file of a system as it was; None if there is none."""
        found = next((each for each in self._list_alike(path, system) if each not in self._found), None)
        if found:
            self._found.add(found)
        return found

    def _list_alike(self, path: Path, system: str) -> Iterator[Path]:
        """What may be the same system, the likeliest first: of its name at its place, of its name, at its place."""
        place, name = self._folder / self._find_place(path), fold_name(system)
        here = [each for each in (place, place.with_suffix(_RESULT_ENDING)) if each.is_file()]
        if here and _find_name(here[0]) in (name, None):
            yield from here
        named = self._by_name.get(name)
        if named and not self._has_stayed(named, name):
            yield named
        yield from here

    def _find_place(self, path: Path) -> Path:
        """The place of a record below the folder that was named; of a file that was named, its name."""
        root = next((root for root in self._roots if path.is_relative_to(root)), path.parent)
        return path.relative_to(root)

    def _has_stayed(self, earlier: Path, name: str) -> bool:
        """Whether a system of this name is still at the place of an earlier record, which is then its own."""
        places = [root / earlier.relative_to(self._folder) for root in self._roots]
        return any(place.is_file() and _find_name(place) == name for place in places)

    @cached_property
    def _paths(self) -> list[Path]:
        try:
            return list(list_record_paths([self._folder]))
        except Problems:  # there may be results only
            return []

    @cached_property
    def _by_name(self) -> dict[str, Path]:
        """The older records by the names of their systems; of a name that two have, neither."""
        names: dict[str, Path] = {}
        doubled: set[str] = set()
        for path in self._paths:
            name = _find_name(path)
            if name is None:
                continue
            doubled |= {name} if name in names else set()
            names[name] = path
        return {name: path for name, path in names.items() if name not in doubled}

    def list_gone(self) -> Iterator[Path]:
        """What nothing of today was found for."""
        return (path for path in self._paths if path not in self._found)


def _find_name(path: Path) -> str | None:
    """The name of the system of a record, folded; None of what is no record that can be read."""
    try:
        return fold_name(open_record(path).record.system)
    except Problems:
        return None
