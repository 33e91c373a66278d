"""Keeps what the files that ship with tenken come to, so that they are read once and not at every start.

It is kept where Python keeps this module compiled: whoever can write there can change the program itself. It is used
only while it is whole and made by this very program from these very files; otherwise all is read again.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

CachedValue = TypeVar("CachedValue")
_SEAL_LENGTH = 32
"""Bytes of the hash a kept file begins with: of the program, the files it read, and what follows."""


def load_cached(name: str, files: Iterable[Path], make: Callable[[], CachedValue]) -> CachedValue:
    """What `make` makes of some files, made anew only after they or the program changed."""
    sources = tuple(files)
    state = _digest_sources(sources)
    place = _find_cache_path(name, sources)
    with suppress(OSError):
        content = place.read_bytes()
        if content[:_SEAL_LENGTH] == _build_seal(state, content[_SEAL_LENGTH:]):
            made: CachedValue = pickle.loads(content[_SEAL_LENGTH:])
            return made
    made = make()
    if state == _digest_sources(sources) and not sys.dont_write_bytecode:
        _save_cache(place, state, pickle.dumps(made))
    return made


def _find_cache_path(name: str, files: Iterable[Path]) -> Path:
    """Where it is kept, for one version of Python and one choice of files."""
    which = sha256("\0".join(map(str, files)).encode()).hexdigest()[:8]
    return Path(cache_from_source(str(Path(__file__).with_name(f"kept_{name}_{which}.py"))))


def _save_cache(place: Path, state: bytes, content: bytes) -> None:
    """Written without more care: what is half written, by this start or by two at once, does not match its seal."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_build_seal(state, content) + content)


def _build_seal(state: bytes, content: bytes) -> bytes:
    return sha256(state + content).digest()


def _digest_sources(files: Iterable[Path]) -> bytes:
    """A hash of the program and of the files there are, each with its place."""
    state = sha256(_digest_program())
    for file in files:
        with suppress(OSError):
            state.update(f"{file}\0".encode() + sha256(file.read_bytes()).digest())
    return state.digest()


@cache
def _digest_program() -> bytes:
    sources = sorted(Path(__file__).parents[1].rglob("*.py"))
    return sha256(b"\0".join(source.read_bytes() for source in sources)).digest()
