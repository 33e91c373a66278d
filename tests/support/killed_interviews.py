"""Kills an interview at random moments, and looks whether its record is whole and every acknowledged answer in it.

The person answers forty questions as fast as they are asked; the kill comes within some milliseconds of one of the
first twenty answers being acknowledged, however fast the machine is.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from support.many_rules import CHECK, HEADING, QUESTION, REQUIREMENT
from support.paths import TENKEN
from tenken.files.problems import Problem, Problems
from tenken.records.log_checks import verify_log
from tenken.records.record_file import open_record

NUMBERS = range(40)
CHECKLIST = (
    f"{HEADING}questions:\n{''.join(QUESTION.format(n=n) for n in NUMBERS)}"
    f"requirements:\n{''.join(REQUIREMENT.format(n=n) + CHECK.format(n=n, k=1) for n in NUMBERS)}"
)
SAVED = re.compile(r"Saved: Fact (\d+): Yes\n")
LATEST_ANSWER = 20
LONGEST_PAUSE = 0.003
"""Seconds after an acknowledged answer within which the kill comes; the next answer takes about as long."""


@dataclass(frozen=True)
class Killed:
    """What one kill left: the answers that were acknowledged, those that are kept, and files that were not finished."""

    status: int
    acknowledged: frozenset[str]
    kept: frozenset[str]
    is_whole: bool
    unfinished: int

    @property
    def lost(self) -> int:
        return len(self.acknowledged - self.kept)


def kill_interview(
    folder: Path, answers: int, pause: float, by: signal.Signals = signal.SIGKILL, *, with_log: bool = False
) -> Killed:
    """One interview in an empty folder, ended by a signal some seconds after so many answers were acknowledged."""
    (folder / "many.yaml").write_text(CHECKLIST, "utf-8")
    path = folder / "record.yaml"
    path.write_text("tenken: 1\nsystem: Many\nchecklists: [many.yaml]\nanswers: {}\n", "utf-8")
    if with_log:
        open_record(path).begin_log()
    command = [*TENKEN, "assess", path.name, "--plain", "--by", "Mia"]
    interview = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert interview.stdin
    assert interview.stderr
    interview.stdin.write(b"yes\n" * len(NUMBERS))
    interview.stdin.flush()
    seen = b""
    while seen.count(b"Saved:") < answers:
        seen += os.read(interview.stderr.fileno(), 4096) or sys.exit(seen.decode())
    time.sleep(pause)
    interview.send_signal(by)
    seen += interview.communicate()[1]
    acknowledged = frozenset(f"q{number}" for number in SAVED.findall(seen.decode()))
    return Killed(interview.returncode, acknowledged, *_kept(path), len(list(folder.glob(".*"))))


def _kept(path: Path) -> tuple[frozenset[str], bool]:
    """The answers in a record, and whether it is whole and they are what was said, and its log says the same."""
    try:
        answers = open_record(path).record.answers
        open_record(path).catch_up_with_log()
        if open_record(path).record.log and not all(map(is_unfinished_line, verify_log(path).faults)):
            return frozenset(answers), False
    except Problems:
        return frozenset(), False
    return frozenset(answers), all((given.answer, given.by) == (("yes",), "Mia") for given in answers.values())


def is_unfinished_line(fault: Problem) -> bool:
    """Whether it is what an interrupted save left behind the last entry, which the next takes away."""
    return fault.text == "behind the last entry stands what is none"


def fuzz_kills(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Interviews that are killed or told to end, for ever, as many at a time as there are cores."""
    while True:
        by = chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP))
        for one in kill_interviews(2 * (os.cpu_count() or 1), by, chance.getrandbits(32)):
            in_order = by is signal.SIGKILL or (one.status == 128 + by and not one.unfinished)
            yield (
                f"{by.name}, {len(one.acknowledged)} acknowledged",
                "" if one.is_whole and not one.lost and in_order else str(one),
            )


def kill_interviews(count: int, by: signal.Signals = signal.SIGKILL, seed: int = 1) -> list[Killed]:
    """Kills that many interviews, as many at a time as there are cores."""
    chance = random.Random(seed)

    def one(moment: tuple[int, float]) -> Killed:
        with tempfile.TemporaryDirectory() as name:
            return kill_interview(Path(name), *moment, by, with_log=moment[0] % 2 == 0)

    moments = [(chance.randint(1, LATEST_ANSWER), chance.uniform(0, LONGEST_PAUSE)) for _ in range(count)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(one, moments))
