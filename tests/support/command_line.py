"""Runs commands and collects what they say.

In this process, where the libraries are loaded and the rules that ship are read already; in one of its own only where
the process is the point.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest import mock

from support.paths import TENKEN
from tenken.cli.application import run_command_line
from tenken.messages.message_catalog import get_language, parse_language_option, use_language


def run_tenken(
    *arguments: str | Path, stdin: str = "", cwd: Path | None = None, language: str = "en"
) -> subprocess.CompletedProcess[str]:
    """A command in this process, which speaks English unless told otherwise."""
    words, said = parse_language_option([str(word) for word in arguments], {"LANG": language})
    typed, data, talk = (TextIOWrapper(BytesIO(text.encode()), encoding="utf-8") for text in (stdin, "", ""))
    with (
        chdir(cwd or "."),
        mock.patch.object(sys, "stdin", typed),
        redirect_stdout(data),
        redirect_stderr(talk),
        _keep_process_state(),
    ):
        use_language(said)
        status = _get_exit_status(words, said)
    return subprocess.CompletedProcess(arguments, status, _read_written(data), _read_written(talk))


def start_tenken(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [*TENKEN, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, check=False)


def collect_output(*arguments: str | Path, language: str = "ja", cwd: Path | None = None) -> str:
    """Everything a command says in a language, data and talk."""
    done = run_tenken(*arguments, cwd=cwd, language=language)
    return done.stdout + done.stderr


def _get_exit_status(arguments: list[str], language: str) -> int:
    try:
        run_command_line(arguments, language)
    except SystemExit as left:
        assert left.code is None or isinstance(left.code, int)
        return left.code or 0
    return 0


@contextmanager
def _keep_process_state() -> Iterator[None]:
    """What a command changes for the rest of its process is as before afterwards."""
    language = get_language()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        use_language(language)
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _read_written(stream: TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, BytesIO)
    return written.getvalue().decode()
