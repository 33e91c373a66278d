"""Which records are meant by files and folders that are named: below a folder, the files that say they are records."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from tenken.files.file_names import is_folder
from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import Place, Problem, Problems

_RECORD_ENDINGS = (".yaml", ".yml", ".json")
_RECORD_KEY = rb"(?m)^(?:\xef\xbb\xbf)?(?:\{\s*)?([\"']?)tenken\1[ \t]*:"
"""The key by which a record is known, in a line of its own or first in braces."""
_FIRST_BYTES = 4000


def list_record_paths(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file that is named, and the records below each folder, by their names; raises `Problems` for one without.

    Links below a folder are not followed. What cannot be read, and so may be a record, is among them. What is named
    twice, or lies below a folder that is named, too, comes once.
    """
    named: dict[str, Path] = {}
    for path in paths:
        named.setdefault(os.path.abspath(path), path)  # noqa: PTH100 - so that names are compared, and links stay
    for place, path in named.items():
        if not is_folder(path):
            yield path
            continue
        has_record = False
        for below in filter(may_be_record, _list_candidates_below(path)):
            has_record = True
            if len(named) == 1 or _is_first_named(below, place, named):
                yield Path(below)
        if not has_record:
            raise Problems(Problem(Place(str(path)), "there is no record in this folder"))


def _is_first_named(below: str, place: str, named: Collection[str]) -> bool:
    """Whether what lies below a folder is not named itself, and this is the first folder named that it lies below."""
    path = os.path.abspath(below)  # noqa: PTH100 - as above
    above = set(map(str, Path(path).parents))
    return path not in named and next(each for each in named if each in above) == place


def _list_candidates_below(folder: Path) -> list[str]:
    """The files that may be records, and the folders that cannot be looked into."""
    found: list[str] = []
    folders = [str(folder)]
    while folders:
        current = folders.pop()
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.name.lower().endswith(_RECORD_ENDINGS) and entry.is_file(follow_symlinks=False):
                        found.append(entry.path)
        except OSError:
            found.append(current)
    # As the parts of paths are ordered, in less room than lists of parts take.
    return sorted(found, key=lambda path: os.path.normcase(path).replace(os.sep, "\0"))


def may_be_record(path: str) -> bool:
    """Whether a file says that it is a record, or cannot be read; of a pipe one would wait for ever."""
    is_json = path.lower().endswith(".json")
    try:
        if not is_json and _begins_as_record(path):
            return True
        content = read_file_bytes(path)
    except (Problems, OSError):
        return True
    return _has_key_in_json(content) if is_json else re.search(_RECORD_KEY, content) is not None


def _begins_as_record(path: str) -> bool:
    """Whether the key is where it stands in nearly all records, in which no more is read than that."""
    with open(path, "rb") as file:  # noqa: PTH123 - a path made for each of many files takes longer than this
        return re.search(_RECORD_KEY, file.read(_FIRST_BYTES)) is not None


def _has_key_in_json(content: bytes) -> bool:
    """Whether the key stands at the top; of broken JSON, whether it stands anywhere."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return b'"tenken"' in content
    return isinstance(data, dict) and "tenken" in data
