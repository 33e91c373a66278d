"""Reads the bytes and the text of a file, or says in a person's words why not."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

from tenken.files.problems import Phrase, Place, Problem, Problems

MAX_BYTES = 16 << 20
_BEGINNING = 1 << 16
"""Bytes by which a large file is known."""

_PACKED_KINDS = {
    b"PK\x03\x04": "a spreadsheet or another packed file (.xlsx, .docx, .zip)",
    b"\xd0\xcf\x11\xe0": "an old file of Excel or Word (.xls, .doc)",
    b"\x1f\x8b": "a compressed file (.gz)",
    b"%PDF-": "a PDF",
}
"""What the first bytes of a file say it is, if it is no text."""

_CONFLICT_MARKS = ("<{7} ", "={7}\r?$", ">{7} ")
"""What stands at the beginning of three lines of a file that a merge left contradicting itself."""


def read_file_bytes(path: str | Path) -> bytes:
    try:
        # Asked before it is opened: a pipe that nobody writes into would let us wait for ever.
        found = os.stat(path)  # noqa: PTH116 - a path made anew takes longer than the rest, of many small files
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise Problems(Problem(Place(str(path)), "this is a device or a pipe; name a file, or `-` for a record"))
        if found.st_size > MAX_BYTES and stat.S_ISREG(found.st_mode):
            raise Problems(_build_size_problem(str(path)))
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return read_stream(file, str(path), found.st_size)
    except OSError as error:
        raise Problems(build_access_problem(path, error)) from None


def read_file_ends(path: Path) -> bytes:
    """The whole of a file that is not large; of a large one, its beginning."""
    try:
        return read_file_bytes(path)
    except Problems:
        if not path.is_file():
            raise
        with path.open("rb") as file:
            return file.read(_BEGINNING)


def read_stream(stream: BinaryIO, path: str, expected: int = MAX_BYTES) -> bytes:
    """All that comes from an open file or a pipe, of which no more is read than may be; `path` is what it is called.

    It may be more than is `expected`, which only spares making room for the most there can be.
    """
    content = stream.read(expected + 1)
    if len(content) > expected:
        content += stream.read(MAX_BYTES + 1 - len(content))
    if len(content) > MAX_BYTES:
        raise Problems(_build_size_problem(path))
    return content


def build_access_problem(path: str | Path, error: OSError) -> Problem:
    """What to say of a file the system will not let us read or write."""
    says = {
        FileNotFoundError: "there is no such file or folder",
        IsADirectoryError: "this is a folder; name a file in it",
        PermissionError: "no permission; nothing was changed",
    }.get(type(error), "{reason}; nothing was changed")
    return Problem(Place(str(path)), says, {"reason": error.strerror or str(error)})


def _build_size_problem(path: str) -> Problem:
    return Problem(Place(path), "the file is larger than {limit} MiB; is it the right one?", {"limit": MAX_BYTES >> 20})


def decode_text(content: bytes, path: str) -> str:
    """The text of a file; raises `Problems` that name it for what it is if it is none, or two versions in one."""
    _refuse_foreign_file(content, path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        where = Place(path, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        says = "this is not UTF-8; it looks like {encoding}. Save the file as UTF-8"
        raise Problems(Problem(where, says, {"encoding": Phrase(_guess_encoding(content))})) from None
    if "\n>>>>>>> " in text and (begins := _find_merge_conflict(text)) is not None:
        where = Place(path, text.count("\n", 0, begins) + 1, 1)
        says = "two versions were merged here and contradict (`<<<<<<<`); keep one of them, and delete the three marks"
        raise Problems(Problem(where, says))
    return text


def _find_merge_conflict(text: str) -> int | None:
    """Where two versions in one text begin; each mark is looked for once, behind the one before."""
    places = [0]
    for mark in _CONFLICT_MARKS:
        found = re.compile(f"^{mark}", re.MULTILINE).search(text, places[-1])
        if found is None:
            return None
        places.append(found.start())
    return places[1]


def _refuse_foreign_file(content: bytes, path: str) -> None:
    for begins, kind in _PACKED_KINDS.items():
        if content.startswith(begins):
            raise Problems(Problem(Place(path), "this is {kind}, not text; name a YAML file", {"kind": Phrase(kind)}))
    if path.lower().endswith((".csv", ".tsv")):
        text = "this is a table (CSV) and no record; take answers in it over with `tenken assess RECORD --merge FILE`"
        raise Problems(Problem(Place(path), text))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or _has_every_second_byte_empty(content[:16]):
        text = "this is UTF-16, as PowerShell writes it with `>`; save the file as UTF-8 (`Out-File -Encoding utf8`)"
        raise Problems(Problem(Place(path), text))


def _has_every_second_byte_empty(begins: bytes) -> bool:
    """Whether this is how UTF-16 without a mark of its own begins, which has two bytes for each letter."""
    return any(begins) and (not any(begins[::2]) or (len(begins) > 1 and not any(begins[1::2])))


def _guess_encoding(content: bytes) -> str:
    for codec, name in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if re.search("[\u3041-\u30ff\u4e00-\u9fff]", text):
            return name
    return "another encoding"


def digest_bytes(content: bytes) -> str:
    """A hash (SHA-256, 64 digits) by which a version of a file is told from any other."""
    from hashlib import sha256  # noqa: PLC0415 - it brings OpenSSL along, a quarter of what starting Python costs

    return sha256(content).hexdigest()
