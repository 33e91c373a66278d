"""Logs of which one bit was changed: every one is found, at the entry it was in."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from support.sample_logs import answer_questions, read_log_lines, write_logged_record
from tenken.records.log_reading import LogReading
from tenken.records.record_file import open_record

ENTRIES = 200


def write_long_log(folder: Path, seed: int = 1) -> Path:
    """A record with a log of 200 entries by many people."""
    chance = random.Random(seed)
    path = write_logged_record(folder)
    words = (("coast", "keeper"), ("yes", "no"))
    said = [(*map(chance.choice, words), f"P{number}") for number in range(ENTRIES - 1)]
    answer_questions(open_record(path), [(id, word, by) for id, word, by in said])
    return path


def list_unfound_changes(lines: list[bytes], bits: Iterable[int]) -> Iterator[str]:
    """Each of the changed bits, of every byte, that is not found, or at another entry; the ends are found by the head.

    What stands before a changed entry is read once, and what follows as far as it can matter.
    """
    bits, head, reading = list(bits), sha256(lines[-1]).hexdigest(), LogReading()
    for number, line in enumerate(lines):
        rest = b"".join(lines[number + 1 : number + 3])
        for place, bit in ((place, bit) for place in range(len(line)) for bit in bits):
            changed = bytearray(line)
            changed[place] ^= 1 << bit
            told = copy_reading(reading)
            list(told.take_lines((bytes(changed) + rest).splitlines(keepends=True), head))
            found = told.trouble.line if told.trouble else number + 1 if told.head != head else 0
            if found != number + 1 and not (found and number >= len(lines) - 3):
                yield f"entry {number + 1}, byte {place}, bit {bit}: found at {found}"
        list(reading.take_lines([line]))


def copy_reading(reading: LogReading) -> LogReading:
    """A reading that can go on by itself."""
    copied = LogReading()
    copied.head, copied.number, copied.last = reading.head, reading.number, reading.last
    copied.digests, copied.numbers, copied.state = [*reading.digests], [*reading.numbers], {**reading.state}
    return copied


def fuzz_logs(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Every bit of one log after the other."""
    while True:
        with tempfile.TemporaryDirectory() as name:
            lines = read_log_lines(write_long_log(Path(name), chance.getrandbits(32)))
        yield f"{len(b''.join(lines)) * 8} bits", "; ".join(list_unfound_changes(lines, range(8)))[:1000]
