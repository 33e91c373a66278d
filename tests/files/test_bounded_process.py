"""Work in a process of its own: what it answers, and that it takes no more than it may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenken.files.bounded_process import Limits, run_bounded, run_bounded_each

LIMITS = Limits(seconds=5, megabytes=300)
WORK = """
import os, sys, time

def answer(request): return {"request": request, "environment": sorted(os.environ), "process": os.getpid()}
def measure(request): return {"long": len(request["long"])}
def either(request): return globals()[request["do"]](request)
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


@pytest.fixture
def do_each(do: Any) -> Any:  # noqa: ARG001 - it lays the functions where the process finds them
    """Has one of the functions above done for each of several requests within limits."""
    limits = Limits(seconds=1, megabytes=300)
    return lambda requests, shared=None: list(run_bounded_each("others_work:either", requests, limits, shared or {}))


@pytest.mark.parametrize("fault", ["work", "grow", "call", "die", "leave", "is not there"])
def test_a_request_that_stops_the_process_costs_its_own_answer_only(do_each: Any, fault: str) -> None:
    requests = [{"do": "answer"}, {"do": fault}, {"do": "answer", "b": 2}, {"do": fault}, {"do": "answer", "c": 3}]
    answers = do_each(requests)
    assert [answer and answer["request"] for answer in answers] == [requests[0], None, requests[2], None, requests[4]]


def test_very_many_requests_share_a_process(do_each: Any) -> None:
    answers = do_each([{"do": "answer", "number": number, "long": "a" * 1000} for number in range(2000)])
    assert [answer["request"]["number"] for answer in answers] == list(range(2000))
    assert len({answer["process"] for answer in answers}) == 1


def test_what_the_requests_share_is_sent_once(do_each: Any) -> None:
    answers = do_each([{"do": "measure"}] * 1000, {"long": "a" * 1_000_000})
    assert answers == [{"long": 1_000_000}] * 1000
