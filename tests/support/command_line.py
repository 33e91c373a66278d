"""Runs commands and collects what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run_tenken(
    *arguments: str | Path, stdin: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tenken", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


def collect_output(*arguments: str | Path, language: str = "ja", cwd: Path | None = None) -> str:
    """Everything a command says in a language, data and talk."""
    done = run_tenken("--lang", language, *arguments, cwd=cwd)
    return done.stdout + done.stderr
