"""What was made of the shipped files when the wheel was built, so that a start need not read them as YAML.

The first line of each such file is its seal: the version of tenken, a checksum of all the rest, its name, and checksums
of the files it was made from. What is damaged, changed or of another version, or in a working copy not there at all, is
as if it were not there: then those files are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from tenken import __version__
from tenken.files.shipped_files import find_shipped_folder

COMPILED_PACKAGE = "tenken._data.compiled"
COMPILED_FOLDER = Path(__file__).parents[1] / "_data" / "compiled"
_SEAL = f"# tenken {__version__} ".encode()
_CHECKSUM_LENGTH = 8


def seal_content(name: str, content: bytes, sources: Iterable[Path], library: str = "") -> bytes:
    """A compiled file, given what it was made from, and the version of the library that it is only good for, if any."""
    made_from = (f"{_name_source(path)}={_build_checksum(path.read_bytes()).decode()}" for path in sources)
    sealed = f" {' '.join((name, f'for={library}', *made_from))}\n".encode() + content
    return _SEAL + _build_checksum(sealed) + sealed


def read_compiled_file(name: str, library: str = "") -> bytes | None:
    """What a compiled file holds below its seal, or None if that does not fit."""
    content = _read_if_there(COMPILED_FOLDER / name)
    begin = len(_SEAL) + _CHECKSUM_LENGTH
    if content[:begin] != _SEAL + _build_checksum(memoryview(content)[begin:]):
        return None
    end = content.index(b"\n")
    said_name, said_library, *made_from = content[begin:end].decode().split()
    sources = (source.split("=") for source in made_from)
    unchanged = all(_build_checksum(_read_if_there(_find_source(source))).decode() == said for source, said in sources)
    is_meant = (said_name, said_library) == (name, f"for={library}")
    return content[end + 1 :] if is_meant and unchanged else None


def name_compiled_yaml(path: Path) -> str:
    return f"{path.stem}.sealed"


@cache
def load_shipped_yaml(path: Path) -> Any:  # noqa: ANN401 - the caller knows what it read
    """What a shipped YAML file holds as plain text, lists and mappings; shared, and so never to be changed."""
    if content := read_compiled_file(name_compiled_yaml(path)):
        return json.loads(content)
    from tenken.files.strict_yaml import read_yaml, unwrap_node  # noqa: PLC0415 - not where the wheel has it

    return unwrap_node(read_yaml(path))


def _read_if_there(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _build_checksum(content: bytes | memoryview) -> bytes:
    return f"{crc32(content):0{_CHECKSUM_LENGTH}x}".encode()


def _name_source(path: Path) -> str:
    """A shipped file by the folder it ships in and its place there."""
    folder = next(folder for folder in ("checklists", "templates") if path.is_relative_to(find_shipped_folder(folder)))
    return f"{folder}/{path.relative_to(find_shipped_folder(folder)).as_posix()}"


def _find_source(name: str) -> Path:
    folder, _, place = name.partition("/")
    return find_shipped_folder(folder) / place
