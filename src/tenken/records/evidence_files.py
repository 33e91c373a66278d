"""Opens what is named as evidence: whether it is there, and whether it is what was pinned.

The hash of a folder is that of the list `sha256sum` prints of its files, each by its path from the folder, sorted by
the bytes of the path: `find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path

from tenken.files.file_names import is_inside, is_there
from tenken.files.frozen_classes import Frozen
from tenken.records.evidence import EvidenceFault, is_address, is_sentence, list_dated_faults
from tenken.records.files_beside import find_log_path, find_signature_path
from tenken.records.record import Evidence, Record
from tenken.rules.library import Library
from tenken.rules.requirement import ANY_AGE

MOST_PINNED_FILES = 100_000
"""How many files a folder may have that is pinned as a whole."""
MOST_PINNED_BYTES = 4 << 30
"""How large a file may be, or all files of a folder."""


class SeenEvidence(Frozen):
    """A piece of evidence as it was found: what is wrong with it, its hash now, and who else leans on it.

    `place` counts it among those of its answer. Addresses and sentences have no hash, nor has what cannot be read.
    """

    check: str
    place: int
    item: Evidence
    faults: tuple[EvidenceFault, ...]
    sha256: str
    is_outside: bool
    also_for: tuple[str, ...]


def look_at_evidence(record: Record, library: Library, folder: Path, as_of: date) -> Iterator[SeenEvidence]:
    """Every piece of evidence of a record, in the order of its answers; what is named twice is read once."""
    users = _group_users(record)
    pinned = {item.at for given in record.answers.values() for item in given.evidence if item.sha256}
    seen = {at: _look_at(at, folder, record) for at in users if _is_file(at, folder, is_pinned=at in pinned)}
    for id, given in record.answers.items():
        lasts = library.checks[id][1].evidence_lasts if id in library.checks else ANY_AGE
        for place, item in enumerate(given.evidence):
            digest, fault = seen.get(item.at, ("", None))
            if digest and item.sha256 and item.sha256.lower() != digest:
                fault = EvidenceFault.CHANGED
            yield SeenEvidence(
                check=id,
                place=place,
                item=item,
                faults=(*filter(None, [fault]), *list_dated_faults(item, given, lasts, as_of)),
                sha256=digest,
                is_outside=item.at in seen and _is_outside(folder / item.at, folder),
                also_for=tuple(other for other in users[item.at] if other != id),
            )


def _group_users(record: Record) -> Mapping[str, list[str]]:
    """Each place that is named as evidence, with the answers that name it."""
    users: dict[str, list[str]] = {}
    for id, given in record.answers.items():
        for at in dict.fromkeys(item.at for item in given.evidence):
            users.setdefault(at, []).append(id)
    return users


def _is_file(at: str, folder: Path, *, is_pinned: bool) -> bool:
    """Whether a place is that of a file; what was pinned was one, also if it is named like a sentence."""
    return not is_address(at) and (is_pinned or is_there(folder / at) or not is_sentence(at))


def _is_outside(path: Path, folder: Path) -> bool:
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _look_at(at: str, folder: Path, record: Record) -> tuple[str, EvidenceFault | None]:
    """The hash of what is there, or what is wrong with it."""
    if not at.strip():
        return "", EvidenceFault.MISSING
    if _holds_record(folder / at, Path(record.at.path)):
        return "", EvidenceFault.HOLDS_RECORD
    return try_hashing(folder / at)


def try_hashing(path: Path) -> tuple[str, EvidenceFault | None]:
    """The hash of a file or folder as evidence is pinned by, or what is wrong with it."""
    try:
        return _hash_place(path)
    except FileNotFoundError:
        return "", EvidenceFault.MISSING
    except OverflowError:
        return "", EvidenceFault.TOO_LARGE
    except (OSError, ValueError):
        return "", EvidenceFault.UNREADABLE


def _holds_record(path: Path, record_path: Path) -> bool:
    """Whether it is the record, its log or its signature, or a folder they lie in: what a save changes."""
    written = (record_path, find_log_path(record_path), find_signature_path(record_path))
    return any(is_inside(each, path) for each in written)


def _hash_place(path: Path) -> tuple[str, EvidenceFault | None]:
    """The hash of a file or a folder, if it holds anything; raises OverflowError if it holds too much."""
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        digest = _hash_folder(path)
    elif stat.S_ISREG(state.st_mode):
        _refuse_too_much(1, state.st_size)
        digest = _hash_file(path) if state.st_size else ""
    else:
        return "", EvidenceFault.UNREADABLE
    return (digest, None) if digest else ("", EvidenceFault.EMPTY)


def _refuse_too_much(count: int, size: int) -> None:
    if count > MOST_PINNED_FILES or size > MOST_PINNED_BYTES:
        raise OverflowError


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _hash_folder(folder: Path) -> str:
    """The hash of the list of a folder's files; nothing if there is none."""
    files: list[tuple[bytes, Path]] = []
    size = 0
    for path in (Path(root, name) for root, _, names in os.walk(folder, onerror=_raise_error) for name in names):
        state = path.lstat()
        if stat.S_ISREG(state.st_mode):
            files.append((os.fsencode(path.relative_to(folder)), path))
            size += state.st_size
            _refuse_too_much(len(files), size)
    listed = sha256()
    for name, path in sorted(files):
        listed.update(_render_listed_file(name, _hash_file(path)))
    return listed.hexdigest() if files else ""


def _raise_error(error: OSError) -> None:
    raise error


def _render_listed_file(name: bytes, digest: str) -> bytes:
    """A line as `sha256sum` prints it: with a sign at its beginning where the name has to be escaped."""
    escaped = name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    return (b"\\" if escaped != name else b"") + digest.encode() + b"  " + escaped + b"\n"
