"""Tries to break the program in some ways, or in all; prints figures, and fails if anything broke.

    python tests/fuzz.py commands files --seed 1 --minutes 1

Each way takes so many minutes, but for `faults`, which tries every fault at every system call of a save once. The same
seed tries the same in the same order.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping

from support.changed_logs import fuzz_logs
from support.changed_tables import fuzz_tables
from support.concurrent_writers import race_writers
from support.fuzzed_commands import fuzz_commands
from support.fuzzed_streams import fuzz_streams
from support.hostile_files import measure_hostile_files
from support.injected_faults import fuzz_faults
from support.killed_interviews import fuzz_kills
from support.mutated_samples import fuzz_marks
from support.signalled_commands import fuzz_signals

FuzzedTry = tuple[str, str]
"""What was tried, and what was wrong with what came of it; empty if nothing was."""

WAYS: Mapping[str, Callable[[random.Random], Iterator[FuzzedTry]]] = {
    "commands": fuzz_commands,
    "streams": fuzz_streams,
    "signals": fuzz_signals,
    "files": measure_hostile_files,
    "writers": race_writers,
    "kills": fuzz_kills,
    "logs": fuzz_logs,
    "faults": fuzz_faults,
    "marks": fuzz_marks,
    "tables": fuzz_tables,
}
"""Each goes on for ever, but for `faults`."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ways", nargs="*", choices=[*WAYS, []], help="all of them if left out")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--minutes", type=float, default=1)
    options.add_argument("--tries", type=int, default=sys.maxsize, help="at most so many of each")
    said = options.parse_args()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup every program that this starts would ignore it
    broken = [fuzz_one_way(way, said.seed, said.minutes, said.tries) for way in said.ways or WAYS]
    sys.exit(sum(broken) > 0)


def fuzz_one_way(way: str, seed: int, minutes: float, most: int) -> int:
    """Tries one way until its time is over; returns how often something broke, each of which is printed."""
    begun = time.monotonic()
    tries = broken = 0
    for what, wrong in WAYS[way](random.Random(seed)):
        tries += 1
        if wrong:
            broken += 1
            print(f"{way}, seed {seed}, try {tries}: {what}\n  {wrong}", flush=True)
        if tries >= most or (way != "faults" and time.monotonic() - begun > minutes * 60):
            break
    print(f"{way}: {tries} tries in {time.monotonic() - begun:.0f} s, {broken} broken", flush=True)
    return broken


if __name__ == "__main__":
    main()
