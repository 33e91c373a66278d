"""Work in several processes comes to what it comes to in one, whatever happens to them."""

from __future__ import annotations

import os
import signal
from itertools import count, islice

import pytest

from tenken.files.parallel_work import can_fork, map_in_processes

pytestmark = pytest.mark.skipif(not can_fork(), reason="the system cannot double a process")


def test_what_is_made_comes_in_the_order_of_the_things() -> None:
    assert list(map_in_processes(lambda number: (number, "x" * 100_000), range(20))) == [
        (number, "x" * 100_000) for number in range(20)
    ]
    assert list(map_in_processes(str, ())) == []


def test_no_more_things_are_taken_than_are_worked_on() -> None:
    things = count()
    assert list(islice(map_in_processes(str, things), 3)) == ["0", "1", "2"]
    assert next(things) <= 3 + 2 * (os.cpu_count() or 1)


def test_what_a_process_that_was_ended_leaves_undone_is_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if number % 3 == 1 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    assert list(map_in_processes(work, range(12))) == [number * number for number in range(12)]


def test_a_fault_in_the_work_is_raised_here() -> None:
    def work(number: int) -> int:
        return 12 // number

    with pytest.raises(ZeroDivisionError):
        list(map_in_processes(work, [3, 2, 0, 1]))


def test_processes_end_with_the_last_thing_or_when_nobody_goes_on() -> None:
    mapped = map_in_processes(lambda _: os.getpid(), range(9))
    others = {next(mapped), next(mapped)}
    mapped.close()
    for process in others - {os.getpid()}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
