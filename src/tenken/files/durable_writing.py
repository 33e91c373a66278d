"""Files that are whole or not there: what a crash, a full disk or a kill leaves is the old text or the new."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from tenken.files.file_reading import build_access_problem
from tenken.files.problems import Place, Problem, Problems

_ABANDONED_SECONDS = 3600
"""Seconds after which an unfinished file is no other save still at work."""


def write_durably(path: str | Path, text: str | bytes) -> None:
    """Replaces a file whole and durably: after a crash at any moment there is the old text or the new, never half.

    Raises `Problems` when the system refuses; what it says tells whether the file is as it was or as it should be.
    """
    try:
        target = Path(os.path.realpath(path))
        _replace_file(target, text if isinstance(text, bytes) else text.encode())
    except OSError as error:
        raise Problems(build_access_problem(path, error)) from None
    try:
        _sync_folder(target.parent)
    except OSError as error:
        says = "{reason}; the file is written, but may not survive a power failure"
        raise Problems(Problem(Place(str(path)), says, {"reason": error.strerror})) from None
    _remove_abandoned_files(target)


def _replace_file(target: Path, content: bytes) -> None:
    unfinished = target.parent / f".{target.name}.{os.urandom(4).hex()}.tmp"
    try:
        with unfinished.open("xb") as file:
            os.fchmod(file.fileno(), _find_file_mode(target))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Makes the new name of a file last as its content does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_abandoned_files(target: Path) -> None:
    """Removes what killed saves of this file left beside it, as far as the system lets us.

    The age is told by the clock of the file system, which a save has just set the file by.
    """
    with suppress(OSError):
        before = target.stat().st_mtime - _ABANDONED_SECONDS
        for entry in _list_unfinished_files(target):
            if entry.stat(follow_symlinks=False).st_mtime < before:
                Path(entry.path).unlink()


def _list_unfinished_files(target: Path) -> list[os.DirEntry[str]]:
    ours = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.tmp")
    with os.scandir(target.parent) as entries:
        return [entry for entry in entries if ours.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)]


def _find_file_mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644
