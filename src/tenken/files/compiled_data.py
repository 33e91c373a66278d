"""What was made of the shipped files when the wheel was built, so that a start need not read them as YAML.

A seal vouches for it: it names the version of tenken and has a checksum of each compiled file and of those it was made
from. What is not vouched for, damaged or changed or in a working copy not there at all, is made from those files anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from tenken import __version__
from tenken.files.shipped_files import find_shipped_folder

COMPILED_FOLDER = Path(__file__).parents[1] / "_data" / "compiled"
_SEAL_NAME = "seal.json"


def seal_compiled_files(folder: Path, sources: Mapping[str, Iterable[Path]], **versions: str) -> None:
    """Writes the seal of a folder, given what each compiled file in it was made from."""
    files = {
        name: {
            "checksum": crc32((folder / name).read_bytes()),
            "sources": {_name_source(path): crc32(path.read_bytes()) for path in paths if path.exists()},
        }
        for name, paths in sources.items()
    }
    content = json.dumps({"versions": versions, "files": files}, indent=1).encode()
    (folder / _SEAL_NAME).write_bytes(_build_seal_line(content) + content)


def read_compiled_file(name: str) -> bytes | None:
    """A compiled file, or None if the seal does not vouch for it."""
    said = _read_seal(COMPILED_FOLDER)["files"].get(name)
    if said is None:
        return None
    content = _read_if_unchanged(COMPILED_FOLDER / name, said["checksum"])
    unchanged = all(
        _read_if_unchanged(_find_source(source), checksum) is not None for source, checksum in said["sources"].items()
    )
    return content if unchanged else None


def get_compiled_version(library: str) -> str:
    """The version of a library the files were compiled with."""
    return str(_read_seal(COMPILED_FOLDER)["versions"].get(library, ""))


@cache
def load_shipped_yaml(path: Path) -> Any:
    """What a shipped YAML file holds as plain text, lists and mappings; shared, and so never to be changed."""
    if content := read_compiled_file(name_compiled_yaml(path)):
        return json.loads(content)
    from tenken.files.strict_yaml import read_yaml, unwrap_node

    return unwrap_node(read_yaml(path))


def name_compiled_yaml(path: Path) -> str:
    return f"{path.stem}.json"


@cache
def _read_seal(folder: Path) -> Mapping[str, Any]:
    """What the seal says; nothing if it is damaged, of another version or not there."""
    try:
        line, end, content = (folder / _SEAL_NAME).read_bytes().partition(b"\n")
    except OSError:
        line, end, content = b"", b"", b""
    seal: Mapping[str, Any] = {"versions": {}, "files": {}}
    return json.loads(content) if line + end == _build_seal_line(content) else seal


def _build_seal_line(content: bytes) -> bytes:
    return f"tenken {__version__} {crc32(content):08x}\n".encode()


def _read_if_unchanged(path: Path, checksum: int) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if crc32(content) == checksum else None


def _name_source(path: Path) -> str:
    """A shipped file by the folder it ships in and its place there."""
    folder = next(folder for folder in ("checklists", "templates") if path.is_relative_to(find_shipped_folder(folder)))
    return f"{folder}/{path.relative_to(find_shipped_folder(folder)).as_posix()}"


def _find_source(name: str) -> Path:
    folder, _, place = name.partition("/")
    return find_shipped_folder(folder) / place
