"""Reads the bytes and the text of a file, or says in a person's words why not."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tenken.files.problems import Phrase, Place, Problem, Problems

MAX_BYTES = 16 << 20


def read_file_bytes(path: str | Path) -> bytes:
    try:
        with Path(path).open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                raise Problems(_build_size_problem(str(path)))
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Problems(build_access_problem(path, error)) from None
    if len(content) > MAX_BYTES:
        raise Problems(_build_size_problem(str(path)))
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


def decode_utf8(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        where = Place(path, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        text = "this is not UTF-8; it looks like {encoding}. Save the file as UTF-8"
        raise Problems(Problem(where, text, {"encoding": Phrase(_guess_encoding(content))})) from None


def _guess_encoding(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    for codec, name in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if re.search("[\u3041-\u30ff\u4e00-\u9fff]", text):
            return name
    return "another encoding"


def digest_bytes(content: bytes) -> str:
    """A short hash by which a version of a file is told from another."""
    from hashlib import sha256  # noqa: PLC0415 - it brings OpenSSL along, a quarter of what starting Python costs

    return sha256(content).hexdigest()[:8]
