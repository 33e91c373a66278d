"""Commands that get a signal at a random moment of their start, their questions, a save or their end."""

from __future__ import annotations

import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from support.paths import LIGHTHOUSE, TENKEN
from tenken.files.problems import Problems
from tenken.records.record_file import open_record

READY = "import os, tenken.__main__ as begun; os.write(1, b'r'); begun.main()"
"""From that moment on it is ours: the start of Python itself is not."""
RECORD = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{keeper: no}}\n"
COMMANDS = (
    ("report", "tower.yaml", "-o", "made.html"),
    ("assess", "tower.yaml", "--set", "coast=yes"),
    ("assess", "tower.yaml", "--plain", "--by", "Mia"),
    ("check", "tower.yaml"),
    ("portfolio", ".", "-o", "made.html"),
    ("portfolio", ".", "--format", "jsonl"),
    ("validate", "tower.yaml"),
    ("--help",),
)
TYPED = b"yes\n1\nyes\nyes\n"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)


def fuzz_signals(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Random signals at random moments, for ever."""
    while True:
        command, sent = chance.choice(COMMANDS), chance.choice(SIGNALS)
        pause = chance.uniform(0, _measure_whole_run(command) * 1.2)
        again = chance.uniform(0, 0.05) if chance.random() < 0.2 else None
        with tempfile.TemporaryDirectory() as name:
            wrong = _send_signal(command, sent, pause, again, Path(name))
        yield f"{' '.join(command)}: {sent.name} after {pause:.3f} s" + (f" and {again:.3f} s" if again else ""), wrong


@cache
def _measure_whole_run(command: tuple[str, ...]) -> float:
    """Seconds from the first moment that is ours to the end."""
    with tempfile.TemporaryDirectory() as name:
        running = _start(command, Path(name))
        begun = time.monotonic()
        running.communicate()
        return time.monotonic() - begun


def _start(command: tuple[str, ...], folder: Path) -> subprocess.Popen[bytes]:
    (folder / "tower.yaml").write_text(RECORD, "utf-8")
    pipe = subprocess.PIPE
    running = subprocess.Popen([TENKEN[0], "-c", READY, *command], cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe)
    assert running.stdin
    assert running.stdout
    running.stdin.write(TYPED)
    running.stdin.flush()
    running.stdout.read(1)
    return running


def _send_signal(
    command: tuple[str, ...], sent: signal.Signals, pause: float, again: float | None, folder: Path
) -> str:
    """What was wrong after a command got a signal, or two, some seconds after its first moment."""
    running = _start(command, folder)
    time.sleep(pause)
    running.send_signal(sent)
    if again is not None:
        time.sleep(again)
        running.send_signal(sent)
    said = running.communicate()[1].decode(errors="replace")
    allowed = {0, 1, 130, 128 + sent, -sent}
    wrong = [] if running.returncode in allowed else [f"status {running.returncode}"]
    wrong += [said[-1500:]] if "Traceback" in said or "Exception ignored" in said else []
    try:
        if "keeper" not in open_record(folder / "tower.yaml").record.answers:
            wrong.append("an answer is lost")
    except Problems as found:
        wrong.append(f"corrupt: {found}")
    left = {path.name for path in folder.iterdir()} - {"tower.yaml", "made.html"}
    return "; ".join([*wrong, *([f"left behind: {left}"] if left and sent != signal.SIGKILL else [])])
