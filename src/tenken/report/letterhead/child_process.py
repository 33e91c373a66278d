"""The process in which a template of somebody's own is rendered: request in, text or one mistake out, nothing else."""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from tenken.report.letterhead.template_sandbox import TemplateMistake, render_in_sandbox


def main() -> None:
    """Reads a request from standard input and answers on standard output, both JSON."""
    request = json.load(sys.stdin)
    _limit_resources(request["seconds"], request["megabytes"] << 20)
    try:
        answer: dict[str, Any] = {"page": render_in_sandbox(request["name"], Path(request["folder"]), request["view"])}
    except TemplateMistake as found:
        answer = {"path": found.path, "line": found.line, "text": found.text, "facts": found.facts}
    sys.stdout.write(json.dumps(answer))


def _limit_resources(seconds: int, octets: int) -> None:
    """What the system enforces: the first time limit can still say where, the second cannot."""
    resource.setrlimit(resource.RLIMIT_AS, (octets, octets))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGXCPU, _raise_timeout)


def _raise_timeout(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
