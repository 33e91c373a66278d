"""Work on what others made, in a process of its own that has only its memory and its time, and writes no file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

_WAITS_LONGER = 10
"""How many times its seconds of work such a process may take by the clock, on a machine that has other things to do."""

_CHILD_COMMAND = (sys.executable, "-B", "-P", "-m", "tenken.files.bounded_child")


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
            _CHILD_COMMAND,
            input=json.dumps(asked).encode(),
            capture_output=True,
            check=False,
            env=_build_child_environment(environment),
            timeout=_WAITS_LONGER * limits.seconds,
        )
        answer: Mapping[str, Any] | None = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return answer


def run_bounded_each(
    work: str, requests: Sequence[Mapping[str, Any]], limits: Limits, shared: Mapping[str, Any]
) -> Iterator[Mapping[str, Any] | None]:
    """What a function answers to each of several requests, in their order; nothing for one that stopped the process.

    They share a process, which is begun anew after one that stopped it, and what is part of every request; the limits
    are those of each.
    """
    waiting = list(requests)
    while waiting:
        answered = 0
        waits = _WAITS_LONGER * limits.seconds
        asked = {"work": work, "requests": waiting, "shared": shared, "waits": waits, **limits._asdict()}
        for answer in _run_series(asked):
            answered += 1
            yield answer
        del waiting[:answered]
        if waiting:
            yield None
            del waiting[0]


def _run_series(asked: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The answers of one process, as they come, until it is done or stopped."""
    process = subprocess.Popen(
        _CHILD_COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_build_child_environment(None),
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        with suppress(BrokenPipeError), process.stdin:
            process.stdin.write(json.dumps(asked).encode())
        for line in process.stdout:
            if not line.endswith(b"\n"):
                return
            yield json.loads(line)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _build_child_environment(environment: Mapping[str, str] | None) -> Mapping[str, str]:
    return {**(environment or {}), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
