"""The process that works within limits: a request comes in, an answer goes out, both JSON, and nothing else."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any


def main() -> None:
    """Reads what to do from standard input, does it within its limits, and answers on standard output."""
    asked = json.load(sys.stdin)
    _limit_resources(asked["seconds"], asked["megabytes"] << 20)
    module, _, function = asked["work"].partition(":")
    work: Callable[[Mapping[str, Any]], Mapping[str, Any]] = getattr(import_module(module), function)
    sys.stdout.write(json.dumps(work(asked["request"])))


def _limit_resources(seconds: int, octets: int) -> None:
    """What the system enforces: the first limit of time can still say where, the second cannot."""
    if sys.platform == "win32":  # has no such limits; there, whoever asked waits no longer than it said
        return
    import resource  # noqa: PLC0415 - not every system has it

    with suppress(OSError, ValueError):  # a system that does not limit memory, such as macOS
        resource.setrlimit(resource.RLIMIT_AS, (octets, octets))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGXCPU, _raise_timeout)


def _raise_timeout(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
