"""Work in a process of its own: what it answers, and that it takes no more than it may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenken.files.bounded_process import Limits, run_bounded

LIMITS = Limits(seconds=5, megabytes=300)
WORK = """
import os, sys, time

def answer(request): return {"request": request, "environment": sorted(os.environ)}
def work(_):
    while True: pass
def sleep(_): time.sleep(600)
def grow(_): return "a" * 10**9
def write(request): open(request["to"], "w").write("a")
def call(_): return call(_)
def leave(_): os._exit(0)
def die(_): os.kill(os.getpid(), 9)
"""


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Has one of the functions above done within limits."""
    (tmp_path / "others_work.py").write_text(WORK, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return lambda name, request, limits=LIMITS: run_bounded(f"others_work:{name}", request, limits)


def test_it_answers_and_knows_nothing_of_the_environment(do: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    answer = do("answer", {"a": ["\u9ede", 1]})
    assert answer["request"] == {"a": ["\u9ede", 1]}
    assert {name for name in answer["environment"] if not name.startswith("LC_")} == {"PYTHONPATH"}


@pytest.mark.parametrize("name", ["work", "sleep", "grow", "call", "leave", "die"])
def test_it_is_stopped_whatever_it_does(name: str, do: Any) -> None:
    assert do(name, {}, Limits(seconds=1, megabytes=300)) is None


def test_it_writes_no_file(do: Any, tmp_path: Path) -> None:
    target = tmp_path / "target"
    assert do("write", {"to": str(target)}) is None
    assert not target.read_bytes()
