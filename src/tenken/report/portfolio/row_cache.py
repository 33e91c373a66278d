"""Rows kept in a file, so that another run judges only what changed: by what a record holds, its rules and the day.

The file is a database of SQLite that holds the rows of one day and one state of the rules; those of others are dropped.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tenken.files.file_names import is_folder, is_there
from tenken.files.file_reading import build_access_problem
from tenken.files.problems import Place, Problem, Problems

_APPLICATION = 0x74656E6B
"""By which a cache of ours is known: `tenk`."""
_QUICK = 1
_LAYOUT = f"""
PRAGMA application_id = {_APPLICATION};
CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, row BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (told TEXT);
"""
_EMPTY = "DELETE FROM rows; DELETE FROM state;"


class RowCache:
    """`state` tells all that rows depend on besides their records; raises `Problems` for a file that is no cache."""

    def __init__(self, path: Path, state: str) -> None:
        self.path = path
        self._state = hashlib.sha256(state.encode()).hexdigest()
        self._connections: dict[int, sqlite3.Connection] = {}
        _refuse_unwritable(path)
        with self._tell_damage():
            self._take_over()

    @contextmanager
    def _tell_damage(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            text = "the cache cannot be used ({reason}); name another file with --cache, or leave it out"
            raise Problems(Problem(Place(str(self.path)), text, {"reason": str(error)})) from None
        except (sqlite3.Error, zlib.error, UnicodeDecodeError):
            text = "this is no cache of tenken, or it is damaged; name another file, or delete it"
            raise Problems(Problem(Place(str(self.path)), text)) from None

    def _take_over(self) -> None:
        rows = self._connect()
        if self.path.stat().st_size == 0:
            rows.executescript(_LAYOUT)
        if rows.execute("PRAGMA application_id").fetchone() != (_APPLICATION,):
            raise sqlite3.DatabaseError
        if rows.execute("SELECT told FROM state").fetchall() != [(self._state,)]:
            rows.executescript(_EMPTY)
            rows.execute("INSERT INTO state VALUES (?)", (self._state,))

    def _connect(self) -> sqlite3.Connection:
        """Each process has a connection of its own; that of another must not be used, nor closed."""
        process = os.getpid()
        if process not in self._connections:
            self._connections[process] = sqlite3.connect(self.path, isolation_level=None)
            self._connections[process].execute("PRAGMA synchronous = OFF")
        return self._connections[process]

    def build_key(self, content: bytes) -> bytes:
        """By which the row of a record is found again: another run may have begun another state of the same file."""
        return hashlib.sha256(self._state.encode() + content).digest()

    def find(self, key: bytes) -> str | None:
        """The row that was kept under a key, if one was."""
        with self._tell_damage():
            found = self._connect().execute("SELECT row FROM rows WHERE key = ?", (key,)).fetchone()
            return zlib.decompress(found[0]).decode() if found else None

    def keep(self, packed: Iterable[tuple[bytes, bytes]]) -> None:
        """Keeps rows that were packed, each under its key, all or none."""
        with self._tell_damage():
            rows = self._connect()
            rows.execute("BEGIN")
            rows.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?)", packed)
            rows.execute("COMMIT")


def _refuse_unwritable(path: Path) -> None:
    """Raises `Problems` where no file could be kept, and for one that is read-only, also where root could write it."""
    try:
        if is_there(path) and not is_folder(path) and not path.stat().st_mode & 0o222:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK, 0o666))
    except OSError as error:
        raise Problems(build_access_problem(path, error)) from None


def pack_row(text: str) -> bytes:
    return zlib.compress(text.encode(), _QUICK)
