"""Saves in which the system makes a mistake at one of their calls, as strace can have it."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from support.paths import LIGHTHOUSE, TENKEN
from support.sample_logs import write_logged_record
from tenken.records.log_checks import verify_log
from tenken.records.record_file import open_record

OLD_RECORD = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{keeper: no}}\n"
SAVE = ("assess", "tower.yaml", "--set", "coast=yes", "--by", "Mia")
SETTLED = {"brk", "mmap", "munmap", "mremap", "futex", "getpid", "rt_sigaction"}
"""Calls that are about memory or cannot fail; when they come is not the same in every run."""
FAULTS = {
    "error=EIO": ".*",
    "signal=KILL": ".*",
    "error=ENOSPC": "openat|write|fsync|close|rename",
    "error=EINTR": "openat|read|write|fsync|close|fchmod|rename|getdents64",
}
"""What goes wrong at which calls: anywhere, or where the system is known to say so."""


class SystemCall(NamedTuple):
    """Which call of that name it is, counted from the start of the program."""

    name: str
    number: int | str


class FaultySave(NamedTuple):
    """What a save came to: its exit status, what it said to the person, and the record and its log as they are now."""

    status: int
    said: str
    record: str
    log_faults: tuple[str, ...]


def run_save(
    folder: Path, *before: str, arguments: tuple[str, ...] = SAVE, typed: str = "", with_log: bool = False
) -> FaultySave:
    """A save, run by another program; the moment of the answer and what follows from it are left out of the record."""
    path = write_old_record(folder, with_log=with_log)
    done = subprocess.run(
        [*before, *TENKEN, *arguments], cwd=folder, input=typed, capture_output=True, encoding="utf-8", check=False
    )
    faults = tuple(fault.text for fault in verify_log(path).faults) if with_log else ()
    return FaultySave(done.returncode, done.stderr, _read_timeless(path), faults)


def write_old_record(folder: Path, *, with_log: bool) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if with_log:
        return write_logged_record(folder, text=OLD_RECORD)
    path = folder / "tower.yaml"
    path.write_text(OLD_RECORD, "utf-8")
    return path


def _read_timeless(path: Path) -> str:
    return re.sub(r"\b(at|head): .*", r"\1: …", path.read_text("utf-8"))


def run_faulty_save(
    folder: Path,
    *faults: tuple[SystemCall, str],
    arguments: tuple[str, ...] = SAVE,
    typed: str = "",
    with_log: bool = False,
) -> FaultySave:
    """A save with something going wrong at some of its calls."""
    names = ",".join({call.name for call, _ in faults})
    injections = [part for call, what in faults for part in ("-e", f"inject={call.name}:{what}:when={call.number}")]
    quick = [] if any("signal" in what for _, what in faults) else ["--seccomp-bpf"]  # which delivers no signals
    tracing = ("strace", "-f", *quick, "-o", "/dev/null", "-e", f"trace={names}", *injections)
    return run_save(folder, *tracing, arguments=arguments, typed=typed, with_log=with_log)


def list_calls_of_save(folder: Path, *, with_log: bool = False) -> list[SystemCall]:
    """Each call a save makes, from keeping other writers away to telling what is open."""
    run_save(folder, with_log=with_log)
    run_save(folder, "strace", "-f", "--seccomp-bpf", "-o", "trace", with_log=with_log)
    counts: Counter[str] = Counter()
    calls = []
    for name, line in _read_trace((folder / "trace").read_text("utf-8")):
        counts[name] += 1
        calls.append((SystemCall(name, counts[name]), line))
    looks = [place for place, (call, line) in enumerate(calls) if call.name == "openat" and '"tower.yaml"' in line]
    ends = next(place for place, (_, line) in enumerate(calls) if '"1 question' in line)
    return [call for call, _ in calls[looks[-2] : ends] if call.name not in SETTLED]


def _read_trace(trace: str) -> Iterator[tuple[str, str]]:
    """The system calls of a trace, each with its name."""
    for line in trace.splitlines():
        if found := re.match(r"\d+ +(\w+)\(", line):
            yield found[1], line


def check_faulty_saves(folder: Path, calls: Sequence[SystemCall], fault: str, *, with_log: bool = False) -> None:
    """Tries a fault at each of the calls it can befall: the record is the old one or the new, and the person knows.

    A log that it has says the same; after a kill, the record may be behind it until the next start.
    """
    old = _read_timeless(write_old_record(folder / "old", with_log=with_log))
    whole = run_save(folder / "whole", with_log=with_log)
    assert whole[:2] == (0, "1 question is open next; see it: tenken questions tower.yaml\n")
    concerned = [call for call in calls if re.fullmatch(FAULTS[fault], call.name)]

    def save(call: SystemCall) -> FaultySave:
        return run_faulty_save(folder / f"{call.name}-{call.number}", (call, fault), with_log=with_log)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        saves = list(pool.map(save, concerned))
    for call, (status, said, record, log_faults) in zip(concerned, saves, strict=True):
        assert record in (old, whole.record), (call, record)
        assert status == (-signal.SIGKILL if "KILL" in fault else 2 if said.startswith("tower.yaml") else 0), call
        assert len(said.splitlines()) == (0 if "KILL" in fault else 1), (call, said)
        assert status or record == whole.record, call
        assert ("nothing was changed" in said) <= (record == old), (call, said)
        assert "KILL" in fault or not log_faults, (call, log_faults)
        if log_faults:
            check_completed_record(folder / f"{call.name}-{call.number}" / "tower.yaml", whole.record)
    assert {save.record for save in saves} == {old, whole.record}


def check_completed_record(path: Path, whole: str) -> None:
    """The next start makes a record and its log say the same: the new, or the old if no whole entry was written."""
    lines = open_record(path).catch_up_with_log()
    assert _read_timeless(path) == whole or not lines, path
    open_record(path).save()
    assert not verify_log(path).faults, path


def fuzz_faults(_: random.Random) -> Iterator[tuple[str, str]]:
    """Every fault at every call of a save it can befall, once; the test suite tries each at a few calls only."""
    with tempfile.TemporaryDirectory() as name:
        for with_log in (False, True):
            kind = "with a log" if with_log else "without"
            calls = list_calls_of_save(Path(name) / kind / "trace", with_log=with_log)
            assert {"fchmod", "write", "fsync", "rename"} <= {call.name for call in calls}
            for fault in FAULTS:
                try:
                    check_faulty_saves(Path(name) / kind / fault, calls, fault, with_log=with_log)
                except AssertionError as wrong:
                    yield f"{fault}, {kind}", str(wrong)
                else:
                    yield f"{fault} at {len(calls)} calls, {kind}", ""
