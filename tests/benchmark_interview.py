"""How long a person waits at a prompt: from key to redraw, and from answer to next question, with the durable save.

On a real pseudo-terminal that never says where its cursor is, with 300 and 3,000 questions, half of them answered. It
prints figures and judges nothing; `python -c pass` in the same run says how busy the machine is.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from support.fork_server import stop_fork_server
from support.many_rules import CHECK, HEADING, QUESTION, REQUIREMENT
from support.pseudo_terminal import PseudoTerminal
from tenken.interview.question_loop import MAX_DECLINED_DETAILS
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile
from tenken.rules.loading import read_library


def half_answered(count: int, folder: Path) -> Path:
    """A record with `count` questions and checks, ten to a requirement, the first half of them answered."""
    numbers = range(count // 10)
    requirements = (REQUIREMENT.format(n=n) + "".join(CHECK.format(n=n, k=k) for k in range(9)) for n in numbers)
    questions = "".join(QUESTION.format(n=n) for n in numbers)
    path = folder / f"many{count}.yaml"
    path.write_text(f"{HEADING}questions:\n{questions}requirements:\n{''.join(requirements)}", "utf-8")
    known = read_library([path])
    ids = [*known.checklists[path.stem].questions, *known.checks][: count // 2]
    given = GivenAnswer(("yes",), by="Mia", at=datetime(2026, 11, 23, tzinfo=UTC))
    file = RecordFile(folder / f"record{count}.yaml", Record(RECORD_FORMAT, "Many", checklists=(path.name,)))
    file.record = Record(RECORD_FORMAT, "Many", checklists=(path.name,), answers=dict.fromkeys(ids, given))
    file.save()
    return file.path


def until(terminal: PseudoTerminal, text: bytes) -> None:
    seen = len(terminal.output)
    while text not in terminal.output[seen:]:
        if not terminal.take(time.monotonic() + 30):
            raise AssertionError(terminal.screen)


def settle(terminal: PseudoTerminal) -> None:
    while terminal.take(time.monotonic() + 0.04):
        pass


def timed(rounds: int, terminal: PseudoTerminal, key: str, redrawn: Callable[[], None]) -> list[float]:
    times = []
    for _ in range(rounds):
        settle(terminal)
        begun = time.perf_counter()
        terminal.type(key)
        redrawn()
        times.append((time.perf_counter() - begun) * 1000)
    return times


def say(label: str, times: list[float]) -> None:
    print(
        f"{label:<34} median {statistics.median(times):6.1f} ms   p95 {sorted(times)[len(times) * 95 // 100]:6.1f} ms"
    )


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    bare = timed_bare(15)
    for count in (300, 3000):
        with tempfile.TemporaryDirectory() as name:
            path = half_answered(count, Path(name))
            arguments = ("assess", path.name, "--by", "Mia", "--no-report")
            with PseudoTerminal(*arguments, folder=path.parent, replies=False, shows=False) as terminal:
                until(terminal, b"What now?")
                settle(terminal)
                terminal.type("1")
                until(terminal, b"What next?")
                settle(terminal)
                terminal.type("1")
                until(terminal, b"? keys")
                for _ in range(MAX_DECLINED_DETAILS):
                    terminal.type("1")
                    until(terminal, b"Where can it be seen?")
                    settle(terminal)
                    terminal.type("\r")
                    until(terminal, b"? keys")
                say(f"{count}: key to redraw", timed(100, terminal, "j", lambda: until(terminal, b"\x1b")))
                say(f"{count}: answer to next question", timed(100, terminal, "1", lambda: until(terminal, b"? keys")))
    stop_fork_server()
    say("python -c pass", bare)


def timed_bare(rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        times.append((time.perf_counter() - begun) * 1000)
    return times


if __name__ == "__main__":
    main()
