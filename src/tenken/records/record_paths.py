"""Which records are meant by files and folders that are named: below a folder, the files that say they are records."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tenken.files.file_names import is_folder
from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import Place, Problem, Problems

_RECORD_ENDINGS = (".yaml", ".yml", ".json")
_RECORD_KEY = rb"(?m)^(?:\xef\xbb\xbf)?(?:\{\s*)?([\"']?)tenken\1[ \t]*:"
"""The key by which a record is known, in a line of its own or first in braces."""


def list_record_paths(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file that is named, and the records below each folder, by their names; raises `Problems` for one without.

    Links below a folder are not followed. What cannot be read, and so may be a record, is among them.
    """
    for path in paths:
        if not is_folder(path):
            yield path
            continue
        found = [below for below in _list_candidates_below(path) if may_be_record(below)]
        if not found:
            raise Problems(Problem(Place(str(path)), "there is no record in this folder"))
        yield from found


def _list_candidates_below(folder: Path) -> Iterator[Path]:
    """The files that may be records, and the folders that cannot be looked into."""
    closed: list[Path] = []
    files: list[Path] = []
    for root, _, names in os.walk(folder, onerror=lambda error: closed.append(Path(str(error.filename)))):
        files += [Path(root, name) for name in names if name.lower().endswith(_RECORD_ENDINGS)]
    yield from sorted([*closed, *(file for file in files if file.is_file() and not file.is_symlink())])


def may_be_record(path: Path) -> bool:
    """Whether a file says that it is a record, or cannot be read; of a pipe one would wait for ever."""
    try:
        content = read_file_bytes(path)
    except Problems:
        return True
    if path.suffix.lower() == ".json":
        return _has_key_in_json(content)
    return re.search(_RECORD_KEY, content) is not None


def _has_key_in_json(content: bytes) -> bool:
    """Whether the key stands at the top; of broken JSON, whether it stands anywhere."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return b'"tenken"' in content
    return isinstance(data, dict) and "tenken" in data
