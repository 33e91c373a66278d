"""Tries every fault at every system call of a save it can befall; fails if a record is spoiled or the person not told.

The test suite tries each fault at a few of the calls only.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from support.injected_faults import FAULTS, check_faulty_saves, list_calls_of_save


def main() -> None:
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        calls = list_calls_of_save(Path(name) / "trace")
        assert {"fchmod", "write", "fsync", "rename"} <= {call.name for call in calls}
        for fault in FAULTS:
            check_faulty_saves(Path(name) / fault, calls, fault)
    print(f"{len(FAULTS)} faults at {len(calls)} system calls in {time.perf_counter() - begun:.0f} s, nothing spoiled")


if __name__ == "__main__":
    main()
