"""The same work on many things in several processes, with what comes of it in the order of the things."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from itertools import islice
from threading import Thread
from typing import Any, TypeVar

from tenken.files.held_signals import HELD_SIGNALS, hold_back_signals
from tenken.files.problems import NOWHERE, Problem, Problems

Thing = TypeVar("Thing")
Made = TypeVar("Made")

_AHEAD = 2
"""How many things wait for each process: enough that none is idle, and so few that memory stays small."""

_work: Callable[[Any], Any] | None = None
"""What a process of its own does."""


def can_fork() -> bool:
    """Whether a process can be doubled with all it knows; on macOS that is there and breaks the system's libraries."""
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


def count_processors() -> int:
    """How many of them this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_processes(work: Callable[[Thing], Made], things: Iterable[Thing]) -> Iterator[Made]:
    """What `work` makes of each thing; what is made, and what is raised, comes back as a copy.

    Raises `Problems` if the system ends one of the processes.
    """
    waiting = iter(things)
    processes = count_processors()
    first = list(islice(waiting, _AHEAD * processes))
    if not first:
        return
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, fork, _begin_work, (work,)) as pool:
        try:
            with hold_back_signals():
                begun = deque(pool.submit(_do_work, thing) for thing in first)
            while begun:
                made: Made = begun.popleft().result()
                yield made
                begun.extend(pool.submit(_do_work, thing) for thing in islice(waiting, 1))
        except BrokenExecutor:
            text = "the system ended a process at work, as it does when memory runs out; try again with fewer files"
            raise Problems(Problem(NOWHERE, text)) from None
        except BaseException:
            _end_processes()
            raise


def _end_processes() -> None:
    with hold_back_signals():
        for process in multiprocessing.active_children():
            process.kill()


def _begin_work(work: Callable[[Any], Any]) -> None:
    """What comes from a terminal is for the process that began the others, and ends them; they do not outlive it."""
    global _work  # noqa: PLW0603 - a process does one work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD_SIGNALS)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _do_work(thing: object) -> Any:  # noqa: ANN401 - whatever the work makes
    assert _work is not None
    return _work(thing)
