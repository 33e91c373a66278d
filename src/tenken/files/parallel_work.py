"""The same work on many things in several processes, with what comes of it in the order of the things."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

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
    """What `work` makes of each thing; what is made, and what is raised, comes back as a copy."""
    waiting = iter(things)
    processes = count_processors()
    first = list(islice(waiting, _AHEAD * processes))
    if not first:
        return
    with multiprocessing.get_context("fork").Pool(processes, _begin_work, (work,)) as pool:
        begun = deque(pool.apply_async(_do_work, (thing,)) for thing in first)
        while begun:
            made: Made = begun.popleft().get()
            yield made
            begun.extend(pool.apply_async(_do_work, (thing,)) for thing in islice(waiting, 1))


def _begin_work(work: Callable[[Any], Any]) -> None:
    """Ctrl-C is for the process that began the others, and ends them."""
    global _work  # noqa: PLW0603 - a process does one work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _do_work(thing: object) -> Any:  # noqa: ANN401 - whatever the work makes
    assert _work is not None
    return _work(thing)
