"""Names of files: whether one is there, whether two are of one file, and how one is written for a reader or a shell."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from tenken.files.problems import Place, Problem, Problems

_UNPRINTABLE = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""Compiled only for a name with something unusual in it: that takes a tenth of what starting Python does."""


def is_there(path: Path) -> bool:
    """Whether there is a file or folder of that name; not where the system will not say, as for a name too long."""
    return os.access(path, os.F_OK)


def follow_links(path: Path) -> Path:
    """The file itself if a path is a link; any other as it is written."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def is_folder(path: Path) -> bool:
    """Whether that is the name of a folder; not where the system will not say, as for a name too long."""
    return os.path.isdir(path)  # noqa: PTH112 - that of pathlib raises for such names


def is_plain_file(path: Path) -> bool:
    """Whether that is the name of a file and of nothing else; not where the system will not say."""
    return os.path.isfile(path)  # noqa: PTH113 - that of pathlib raises for such names


def find_yaml_file(path: Path) -> Path:
    """The YAML file of that name, which may end in .yml as well as in .yaml."""
    other = path.with_suffix(".yml" if path.suffix == ".yaml" else ".yaml")
    return other if not is_there(path) and is_there(other) else path


def refuse_input_as_output(target: Path, *inputs: Path) -> None:
    """Raises `Problems` if what is about to be written is one of the files that were read, by whatever name."""
    seen = find_file_state(target)
    if seen and any(os.path.samestat(seen, state) for state in map(find_file_state, inputs) if state):
        text = "this was read to make what would be written here, and is never replaced; name another file"
        raise Problems(Problem(Place(str(target)), text))


def find_file_state(path: Path) -> os.stat_result | None:
    """What the system says of a file, links followed; of `-`, what it says of standard input."""
    try:
        return os.fstat(sys.stdin.fileno()) if str(path) == "-" else path.stat()
    except (OSError, ValueError):
        return None


def quote_file_for_shell(path: Path | str) -> str:
    """The name of a file as a word for a shell, and never as an option."""
    name = str(path)
    return quote_for_shell(f"./{name}" if name.startswith("-") and name != "-" else name)


def quote_for_shell(word: str) -> str:
    """One word for a shell, whatever stands in it; bytes and control characters as bash, zsh and ksh read them."""
    if word.isprintable() or not re.search(_UNPRINTABLE, word):
        from shlex import quote  # noqa: PLC0415 - few commands print another

        return quote(word)
    return "$'" + "".join(map(_escape_for_shell, word)) + "'"


def _escape_for_shell(character: str) -> str:
    if character in "'\\":
        return f"\\{character}"
    if not re.match(_UNPRINTABLE, character):
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))


def find_relative_name(path: Path | str) -> str:
    """How a file is called from the folder we are in, with slashes; whole for one that is not below it."""
    name = Path(os.path.relpath(path))
    return Path(os.path.abspath(path) if os.pardir in name.parts else name).as_posix()  # noqa: PTH100 - links stay


def build_file_uri(path: Path | str) -> str:
    """The same as a reference that programs read: relative below the folder we are in, whole elsewhere."""
    from urllib.parse import quote  # noqa: PLC0415 - few commands name a file so

    name = find_relative_name(path)
    return Path(name).as_uri() if Path(name).is_absolute() else quote(os.fsencode(name))


def quote_address(address: str) -> str:
    """An address as programs take it, with what may not stand in one written as they write it."""
    from urllib.parse import quote  # noqa: PLC0415 - as above

    return quote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", address), safe="%:/?#@!$&'()*+,;=~")


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, links followed, or is known there by another name."""
    place, around = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    state = find_file_state(path)
    if place.is_relative_to(around) or state is None or state.st_nlink == 1:
        return place.is_relative_to(around)
    return any(os.path.samestat(state, other) for other in map(find_file_state, _list_files(around)) if other)


def _list_files(folder: Path) -> Iterable[Path]:
    return (Path(root, name) for root, _, names in os.walk(folder) for name in names)
