"""Streams that are closed, full, gone or of another encoding, under commands that read and write them."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from support.paths import SMALL, TENKEN

STATUSES = (0, 1, 2, 130, 141)
"""141 is the shell's own, of a program that writes into a pipe nobody reads."""

_PATIENCE = 20
"""Seconds after which a command that is still there is ended, and counts as broken."""

COMMANDS = (
    *("report r.yaml -o -", "report r.yaml -o o.html", "report r.yaml --only dates", "check r.yaml", "explain r.yaml"),
    *("questions", "questions r.yaml --blank", "diff r.yaml r.yaml", "validate r.yaml", "validate bad.yaml", "--help"),
    *("assess r.yaml --set size=sme", "assess r.yaml --plain", "assess - --set size=sme", "report -", "--version"),
    *("checklists list", "checklists show small.yaml", "assess --help", "nonsense", "update r.yaml", "assess r.yaml"),
    *("portfolio .", "portfolio . --format jsonl", "portfolio r.yaml bad.yaml -o o.csv", "portfolio - --set size=sme"),
)
INPUTS = ("", "<&-", "</dev/null", "<r.yaml", "</dev/zero", "<bytes", "<.")
OUTPUTS = ("", ">&-", ">/dev/full", ">/dev/null", "| true", "| head -c 1", ">out")
TALKS = ("", "2>&-", "2>/dev/full", "2>/dev/null", "2>&1", "2>talk")
SETTINGS = (
    "",
    "PYTHONIOENCODING=ascii",
    "PYTHONUTF8=0 LC_ALL=C",
    "LANG=ja_JP.UTF-8",
    "COLUMNS=1",
    "TERM=dumb",
    "HOME=",
)


def fuzz_streams(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Random streams under random commands, for ever; what is said of a mistake is to be a line and no traceback."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "small.yaml").write_bytes(SMALL.read_bytes())
        (folder / "bad.yaml").write_text("tenken: 1\nsystem: 点\nanswers: {点: 1}\n", "utf-8")
        while True:
            (folder / "r.yaml").write_text(
                "tenken: 1\nsystem: 点\nchecklists: [small.yaml]\nanswers: {where: eu}\n", "utf-8"
            )
            (folder / "bytes").write_bytes(chance.randbytes(999))
            pieces = [chance.choice(each) for each in (SETTINGS, COMMANDS, INPUTS, TALKS, OUTPUTS)]
            yield _run_line(pieces, folder)


def _run_line(pieces: list[str], folder: Path) -> tuple[str, str]:
    """One line of a shell: what it was, and what was wrong."""
    setting, command, takes, talks, gives = pieces
    line = f"env {setting} timeout {_PATIENCE} {' '.join(TENKEN)} {command} {takes} {talks} {gives}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    talk = folder / "talk"
    said = done.stdout + done.stderr + (talk.read_bytes() if talk.exists() else b"")
    talk.unlink(missing_ok=True)
    is_told = b"Traceback" not in said and b"Exception ignored" not in said
    wrong = "" if done.returncode in STATUSES and is_told else f"status {done.returncode}: {said[-1500:]!r}"
    return line, wrong
