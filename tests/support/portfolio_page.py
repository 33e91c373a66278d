"""The page that asks a portfolio in SQL: its commands and its questions, word for word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from support.paths import ROOT

PAGE = ROOT / "checklists" / "PORTFOLIO.md"


def list_blocks(language: str) -> list[str]:
    """What stands on the page in one language, in its order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def run_shell(block: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A block of the page in a shell that finds the tenken of these tests."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LANG": "C.UTF-8", **variables}
    return subprocess.run(
        ["bash", "-c", block], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
