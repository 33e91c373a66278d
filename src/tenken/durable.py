"""Files that are whole or not there: what a crash, a full disk or a kill leaves is the old text or the new."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tenken.problems import Problems
from tenken.yamlfile import unusable


def write(path: str | Path, text: str | bytes) -> None:
    """Replaces a file whole and durably: after a crash at any moment there is the old text or the new, never half.

    Raises `Problems` when the system refuses; the file is then as it was.
    """
    target = Path(os.path.realpath(path))
    try:
        _replace(target, text if isinstance(text, bytes) else text.encode())
    except OSError as error:
        raise Problems(unusable(path, error)) from None


def _replace(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), _mode(target))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644
