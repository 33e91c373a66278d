"""The same work on many things in several processes, with what comes of it in the order of the things."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from tenken.files.held_signals import ENDING_SIGNALS, hold_back_signals

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def can_fork() -> bool:
    """Whether a process can be doubled with all it knows; on macOS that is there and breaks the system's libraries."""
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


def count_processors() -> int:
    """How many of them this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_processes(work: Callable[[Thing], Made], things: Iterable[Thing]) -> Generator[Made, None, None]:
    """What `work` makes of each thing; what is made comes back as a copy.

    What a process leaves undone, since somebody ended it or it stumbled, is done in this one.
    """
    waiting = iter(things)
    workers: list[_Worker[Thing, Made]] = []
    try:
        for thing in islice(waiting, count_processors()):
            workers.append(_Worker(work, [worker.ours for worker in workers], thing))
        turns = deque(workers)
        while turns:
            worker = turns.popleft()
            made = worker.receive()
            for thing in islice(waiting, 1):
                worker.send(thing)
                turns.append(worker)
            yield made
    finally:
        for worker in workers:
            worker.end()


class _Worker(Generic[Thing, Made]):
    """A process that does one thing at a time, and is idle whenever it is sent the next."""

    def __init__(self, work: Callable[[Thing], Made], others: list[Connection], thing: Thing) -> None:
        self.work = work
        self.thing = thing
        fork = multiprocessing.get_context("fork")
        self.ours, theirs = fork.Pipe()
        self.process = fork.Process(target=_serve, args=(work, theirs, (*others, self.ours)), daemon=True)
        with hold_back_signals():
            self.process.start()
        theirs.close()
        self.send(thing)

    def send(self, thing: Thing) -> None:
        self.thing = thing
        with suppress(OSError):  # nobody is there any more, which `receive` finds as well
            self.ours.send(thing)

    def receive(self) -> Made:
        try:
            made: Made = self.ours.recv()
        except (EOFError, OSError):
            return self.work(self.thing)
        return made

    def end(self) -> None:
        self.ours.close()
        self.process.terminate()
        self.process.join()


def _serve(work: Callable[[Thing], Made], theirs: Connection, others: Iterable[Connection]) -> None:
    """Works until the process that began this one is gone; Ctrl-C is for that one."""
    for number in ENDING_SIGNALS:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)
    for other in others:
        other.close()
    with suppress(EOFError, BrokenPipeError):
        while True:
            theirs.send(work(theirs.recv()))
