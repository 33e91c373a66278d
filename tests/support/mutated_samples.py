"""Changes sample files at random and lets them be read: each gets a row, and none stops the reader."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from support.paths import TESTS
from tenken.marks.inspection import inspect_files

SAMPLES = TESTS / "marks" / "samples"
_AT_ONCE = 200
_EXTREMES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\1", b"\1\0\0\0")


def _flip_bytes(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 12)):
        content[chance.randrange(len(content))] = chance.randrange(256)


def _cut_end(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _take_out(content: bytearray, chance: random.Random) -> None:
    begin = chance.randrange(len(content))
    del content[begin : begin + chance.randint(1, 64)]


def _say_twice(content: bytearray, chance: random.Random) -> None:
    begin = chance.randrange(len(content))
    content[begin:begin] = content[begin : begin + chance.randint(1, 4096)] * chance.randint(1, 4)


def _set_extreme(content: bytearray, chance: random.Random) -> None:
    begin = chance.randrange(len(content))
    content[begin : begin + 4] = chance.choice(_EXTREMES)


CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip_bytes,
    _cut_end,
    _take_out,
    _say_twice,
    _set_extreme,
)


def change_sample(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """The same file with a few changes, or its beginning and the end of another."""
    changed = bytearray(content)
    if chance.random() < 0.1:
        changed[chance.randrange(len(changed) + 1) :] = other[chance.randrange(len(other) + 1) :]
    for _ in range(chance.randint(1, 3)):
        if changed:
            chance.choice(CHANGES)(changed, chance)
    return bytes(changed)


def fuzz_marks(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Reads changed samples without end; wrong is one at which the reader crashed, hung or took too much."""
    samples = sorted(path for path in SAMPLES.iterdir() if path.stat().st_size)
    contents = {path: path.read_bytes() for path in samples}
    while True:
        with TemporaryDirectory() as folder:
            changed = list(_write_changed(Path(folder), contents, chance))
            for path, marks in zip(changed, inspect_files(changed), strict=True):
                wrong = f"stopped the reader; hex: {path.read_bytes().hex()}" if marks.unreadable == "stopped" else ""
                yield path.name, wrong


def _write_changed(folder: Path, contents: dict[Path, bytes], chance: random.Random) -> Iterator[Path]:
    for number in range(_AT_ONCE):
        source = chance.choice(list(contents))
        path = folder / f"{number}-{source.name}"
        path.write_bytes(change_sample(contents[source], contents[chance.choice(list(contents))], chance))
        yield path
