"""Names of files: whether one is there, whether two are of one file, and how one is written for a reader or a shell."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from tenken.files.problems import Place, Problem, Problems


def is_there(path: Path) -> bool:
    """Whether there is a file or folder of that name; not where the system will not say, as for a name too long."""
    return os.access(path, os.F_OK)


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


def render_file_name(path: Path | str) -> str:
    """A name as text may hold it: on one line, and a sign for each byte that is no UTF-8."""
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "\ufffd", str(path))


def quote_for_shell(word: Path | str) -> str:
    """One word for a shell, whatever stands in it; bytes and control characters as bash, zsh and ksh read them."""
    said = str(word)
    if not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", said):
        return shlex.quote(said)
    return "$'" + "".join(_escape_for_shell(os.fsencode(character)) for character in said) + "'"


def _escape_for_shell(character: bytes) -> str:
    if character in (b"'", b"\\"):
        return f"\\{character.decode()}"
    text = character.decode(errors="replace")
    return text if text.isprintable() and text != "\ufffd" else "".join(f"\\x{byte:02x}" for byte in character)


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, links followed, or is known there by another name."""
    place, around = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    state = find_file_state(path)
    if place.is_relative_to(around) or state is None or state.st_nlink == 1:
        return place.is_relative_to(around)
    return any(os.path.samestat(state, other) for other in map(find_file_state, _list_files(around)) if other)


def _list_files(folder: Path) -> Iterable[Path]:
    return (Path(root, name) for root, _, names in os.walk(folder) for name in names)
