"""A process that is about to be tenken, and becomes it as often as it is asked to, each time on another terminal.

Starting Python and loading the libraries takes several times as long as most of what a person does in a test on a
terminal. So one process starts once, loads all of it, reads the rules that ship, and forks: each fork is `tenken` with
arguments, a folder and a terminal of its own, and nothing else is shared. Run as a program it is that process, on the
socket whose number is its argument.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from support.paths import TENKEN, TESTS
from tenken.rules.loading import list_shipped_checklists, load_library

LONGEST_REQUEST = 65536
STILL_THERE = b"still there"


class ForkServer:
    """The process and the socket it is spoken to by."""

    def __init__(self) -> None:
        self.connection, theirs = socket.socketpair()
        command = [sys.executable, "-m", "support.fork_server", str(theirs.fileno())]
        hidden = ("NO_COLOR", "ACCESSIBLE")
        environment = {name: value for name, value in os.environ.items() if name not in hidden} | {"TERM": "xterm"}
        self.process = subprocess.Popen(command, cwd=TESTS, env=environment, pass_fds=[theirs.fileno()])
        theirs.close()

    def start_tenken(
        self, terminal: int, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> int:
        """The number of a new process that is tenken on a terminal."""
        request = {"arguments": arguments, "folder": str(folder), "environment": environment}
        socket.send_fds(self.connection, [json.dumps(request).encode()], [terminal])
        return int(self._receive(30))

    def wait_for_exit(self, pid: int, within: float) -> int:
        """The exit status of a process; raises `TimeoutError` if it takes longer."""
        self.connection.sendall(json.dumps({"pid": pid, "within": within}).encode())
        status = self._receive(within + 30)
        if status == STILL_THERE:
            raise TimeoutError
        return int(status)

    def stop(self) -> None:
        self.connection.close()
        self.process.wait()

    def _receive(self, within: float) -> bytes:
        self.connection.settimeout(within)
        return self.connection.recv(LONGEST_REQUEST)


@cache
def get_fork_server() -> ForkServer:
    return ForkServer()


def stop_fork_server() -> None:
    """Ends the process if it was ever needed; it is waited for, so that its work is counted."""
    if get_fork_server.cache_info().currsize:
        get_fork_server().stop()
        get_fork_server.cache_clear()


def load_everything() -> None:
    """All a conversation needs: what is loaded here is loaded in every fork, and not in the server's own caller."""
    for name in ("questionary", "tenken.cli.commands.assess", "tenken.interview.screen_prompt"):
        import_module(name)
    load_library()
    load_library(list_shipped_checklists())


def serve_requests(connection: socket.socket) -> None:
    """Forks and waits as it is told, until nobody is there any more; returns in each fork once it is tenken."""
    while True:
        message, handles, _, _ = socket.recv_fds(connection, LONGEST_REQUEST, 1)
        if not message:
            sys.exit()
        request = json.loads(message)
        if "pid" in request:
            connection.sendall(wait_for_status(request["pid"], request["within"]))
            continue
        (terminal,) = handles
        pid = os.fork()
        if pid == 0:
            connection.close()
            become_tenken(terminal, request)
            return
        os.close(terminal)
        connection.sendall(str(pid).encode())


def wait_for_status(pid: int, within: float) -> bytes:
    deadline = time.monotonic() + within
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return str(os.waitstatus_to_exitcode(status)).encode()
        if time.monotonic() > deadline:
            return STILL_THERE
        time.sleep(0.002)


def become_tenken(terminal: int, request: Mapping[str, Any]) -> None:
    """Takes a terminal, a folder and arguments as its own; starts anew if the environment is another, too."""
    os.login_tty(terminal)
    os.chdir(request["folder"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if request["environment"]:
        os.execve(TENKEN[0], [*TENKEN, *request["arguments"]], {**os.environ, **request["environment"]})
    sys.argv = ["tenken", *request["arguments"]]
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", buffering=1, errors="backslashreplace", closefd=False)


if __name__ == "__main__":
    load_everything()
    gc.collect()
    gc.freeze()
    serve_requests(socket.socket(fileno=int(sys.argv[1])))
    from tenken.__main__ import main

    main()
