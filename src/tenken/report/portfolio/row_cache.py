"""Rows kept in a file, so that another run judges only what changed: by what a record holds, its rules and the day.

The file is a database of SQLite that holds the rows of one day and one state of the rules; those of others are dropped.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path

from tenken.files.file_names import is_there
from tenken.files.problems import Place, Problem, Problems

_APPLICATION = 0x74656E6B
"""By which a cache of ours is known: `tenk`."""
_QUICK = 1
_LAYOUT = f"""
PRAGMA application_id = {_APPLICATION};
CREATE TABLE rows (key BLOB PRIMARY KEY, row BLOB) WITHOUT ROWID;
CREATE TABLE state (told TEXT);
"""
_EMPTY = "DELETE FROM rows; DELETE FROM state;"


class RowCache:
    """`state` tells all that rows depend on besides their records; raises `Problems` for a file that is no cache."""

    def __init__(self, path: Path, state: str) -> None:
        self.path = path
        self._connections: dict[int, sqlite3.Connection] = {}
        try:
            self._take_over(state)
        except sqlite3.Error:
            text = "this is no cache of tenken, or it is damaged; name another file, or delete it"
            raise Problems(Problem(Place(str(path)), text)) from None

    def _take_over(self, state: str) -> None:
        is_new = not is_there(self.path)
        rows = self._connect()
        if is_new:
            rows.executescript(_LAYOUT)
        if rows.execute("PRAGMA application_id").fetchone() != (_APPLICATION,):
            raise sqlite3.DatabaseError
        if rows.execute("SELECT told FROM state").fetchall() != [(state,)]:
            rows.executescript(_EMPTY)
            rows.execute("INSERT INTO state VALUES (?)", (state,))

    def _connect(self) -> sqlite3.Connection:
        """Each process has a connection of its own; that of another must not be used, nor closed."""
        process = os.getpid()
        if process not in self._connections:
            self._connections[process] = sqlite3.connect(self.path, isolation_level=None)
            self._connections[process].execute("PRAGMA synchronous = OFF")
        return self._connections[process]

    def find(self, key: bytes) -> str | None:
        """The row that was kept under a key, if one was."""
        found = self._connect().execute("SELECT row FROM rows WHERE key = ?", (key,)).fetchone()
        return zlib.decompress(found[0]).decode() if found else None

    def keep(self, packed: Iterable[tuple[bytes, bytes]]) -> None:
        """Keeps rows that were packed, each under its key, all or none."""
        rows = self._connect()
        rows.execute("BEGIN")
        rows.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?)", packed)
        rows.execute("COMMIT")


def build_row_key(content: bytes) -> bytes:
    """By which the row of a record is found again."""
    return hashlib.sha256(content).digest()


def pack_row(text: str) -> bytes:
    return zlib.compress(text.encode(), _QUICK)
