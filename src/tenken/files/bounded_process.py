"""Work on what others made, in a process of its own that has only its memory and its time, and writes no file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

_WAITS_LONGER = 10
"""How many times its seconds of work such a process may take by the clock, on a machine that has other things to do."""


class Limits(NamedTuple):
    """What a process may take."""

    seconds: int
    megabytes: int


def run_bounded(
    work: str, request: Mapping[str, Any], limits: Limits, environment: Mapping[str, str] | None = None
) -> Mapping[str, Any] | None:
    """What a function, named as `module:function`, answers to a request, both plain data; nothing if it was stopped.

    The process knows of the environment only what it is given.
    """
    asked = {"work": work, "request": request, **limits._asdict()}
    try:
        done = subprocess.run(
            [sys.executable, "-B", "-P", "-m", "tenken.files.bounded_child"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            check=False,
            env={**(environment or {}), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            timeout=_WAITS_LONGER * limits.seconds,
        )
        answer: Mapping[str, Any] | None = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return answer
