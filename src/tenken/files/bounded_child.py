"""The process that works within limits: a request comes in, an answer goes out, both JSON, and nothing else."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

_Work = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def main() -> None:
    """Reads what to do from standard input, does it within its limits, and answers on standard output."""
    asked = json.load(sys.stdin)
    module, _, function = asked["work"].partition(":")
    work: _Work = getattr(import_module(module), function)
    if "requests" in asked:
        _answer_each(work, asked)
        return
    _limit_resources(asked["seconds"], asked["megabytes"] << 20)
    sys.stdout.write(json.dumps(work(asked["request"])))


def _answer_each(work: _Work, asked: Mapping[str, Any]) -> None:
    """Answers in a line each; what takes longer than it may ends the process, whatever code is at work."""
    _limit_memory_and_files(asked["megabytes"] << 20)
    for request in asked["requests"]:
        _allow_time(asked["seconds"], asked["waits"])
        sys.stdout.write(json.dumps(work({**asked["shared"], **request})) + "\n")
        sys.stdout.flush()


def _allow_time(seconds: int, waits: int) -> None:
    """So many more seconds of work, and of the clock, until the system ends this process."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not every system has it

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    signal.setitimer(signal.ITIMER_REAL, waits)


def _limit_resources(seconds: int, octets: int) -> None:
    """What the system enforces: the first limit of time can still say where, the second cannot."""
    if sys.platform == "win32":  # has no such limits; there, whoever asked waits no longer than it said
        return
    import resource  # noqa: PLC0415 - not every system has it

    _limit_memory_and_files(octets)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    signal.signal(signal.SIGXCPU, _raise_timeout)


def _limit_memory_and_files(octets: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not every system has it

    with suppress(OSError, ValueError):  # a system that does not limit memory, such as macOS
        resource.setrlimit(resource.RLIMIT_AS, (octets, octets))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _raise_timeout(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
