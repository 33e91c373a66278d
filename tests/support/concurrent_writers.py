"""Pairs of commands that answer one record at once: of what both say is saved, nothing may be lost."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from support.paths import LIGHTHOUSE, TENKEN
from tenken.files.problems import Problems
from tenken.records.files_beside import find_log_path
from tenken.records.log_checks import verify_log
from tenken.records.record_file import open_record

SETTINGS = ("coast=yes", "lamps=white", "keeper=no", "coast=no")
RECORD = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n"


def race_writers(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Pairs of writers, for ever, of a record that has a log every second time."""
    for with_log in cycle((False, True)):
        said = chance.sample(SETTINGS, 2)
        with tempfile.TemporaryDirectory() as name:
            yield " & ".join(said), _race(said, Path(name), with_log=with_log)


def _race(said: list[str], folder: Path, *, with_log: bool) -> str:
    """What was wrong after two writers came to their end."""
    path = folder / "tower.yaml"
    path.write_text(RECORD, "utf-8")
    if with_log:
        open_record(path).begin_log()
    writers = [
        subprocess.Popen([*TENKEN, "assess", path.name, "--set", each], cwd=folder, stderr=subprocess.PIPE)
        for each in said
    ]
    talks = [writer.communicate()[1].decode() for writer in writers]
    try:
        answers = {id: given.answer for id, given in open_record(path).record.answers.items()}
        faults = verify_log(path).faults if with_log else ()
    except Problems as found:
        return f"corrupt: {found}"
    saved = [each.split("=") for each, writer in zip(said, writers, strict=True) if writer.returncode == 0]
    lost = [id for id, word in saved if answers.get(id) != (word,) and [id for id, _ in saved].count(id) == 1]
    left = [entry.name for entry in folder.iterdir() if entry not in (path, find_log_path(path))]
    odd = [
        talk
        for writer, talk in zip(writers, talks, strict=True)
        if writer.returncode not in (0, 2) or "Traceback" in talk
    ]
    wrong = lost or left or odd or faults or not saved
    return f"lost {lost}, left {left}, said {odd}, {[str(fault) for fault in faults]}" if wrong else ""
