"""What one of very many records costs in `tenken portfolio`, beside libyaml going through its events and nothing more.

Floor and command use the same processors. It prints figures and judges nothing.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import yaml

from benchmark import install_wheel
from support.varied_records import EXAMPLE, draw_records, write_varied_records
from tenken.assessment.judgement import judge_requirement
from tenken.files.parallel_work import count_processors
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import open_record
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.logic import Situations

DAY = date(2026, 11, 23)
LAST_DAY = date(2027, 12, 2)


def go_through_events(paths: Sequence[Path]) -> None:
    for path in paths:
        next_event = yaml.CBaseLoader(path.read_bytes()).get_event
        while next_event() is not None:
            pass


def clock(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def find_floor(folder: Path) -> float:
    """Seconds for the events of all files, shared out among all processors."""
    paths = sorted(folder.iterdir())
    shares = [paths[first :: count_processors()] for first in range(count_processors())]
    with get_context("fork").Pool(count_processors()) as pool:
        return min(clock(lambda: pool.map(go_through_events, shares, chunksize=1)) for _ in range(3))


def run_portfolio(python: Path, folder: Path, *options: str) -> tuple[float, float, int]:
    """Seconds until the first row and until the end, and the most memory of any process in kilobytes."""
    command = [str(python), "-m", "tenken", "portfolio", str(folder), "--format", "jsonl", *options]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        first = time.perf_counter() - begun
        while process.stdout.read(1 << 20):
            pass
    return first, time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def measure_run(python: Path, folder: Path, count: int) -> None:
    floor = find_floor(folder)
    print(f"{count} records; libyaml's bare events: {floor / count * 1000:.3f} ms a record on {count_processors()}")
    cache = f"--cache={folder.parent / 'rows.cache'}"
    for label, options in {"cold": (), "cache, filled": (cache,), "cache, again": (cache,)}.items():
        first, seconds, memory = run_portfolio(python, folder, *options)
        told = f"{seconds / count * 1000:.3f} ms a record, {seconds / floor:.2f} times; first row {first:.2f} s"
        print(f"  {label:14} {told}; at most {memory // 1024} MB")


def measure_what_if(count: int) -> None:
    """What judging all anew takes once they are loaded: on another day, and with one answer given by all."""
    library = load_rules_for(open_record(EXAMPLE).record)
    answers = [read_answer_values(record.answers, library) for record in draw_records(count)]
    asked: dict[str, tuple[date, dict[str, AnswerValue]]] = {
        "as they are": (DAY, {}),
        "another day": (LAST_DAY, {}),
        "an answer": (DAY, {"size": ("sme",)}),
    }
    for label, (day, given) in asked.items():
        situations = Situations(({**each, **given} for each in answers), day)
        begun = time.process_time()
        for requirement in library.requirements.values():
            judge_requirement(requirement, situations)
        print(f"what if, {count} systems, {label}: {(time.process_time() - begun) * 1000:.0f} ms")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, nargs="*", default=[100, 10_000])
    with tempfile.TemporaryDirectory() as name:
        python = install_wheel(Path(name) / "venv")
        for count in arguments.parse_args().records:
            folder = Path(name) / f"{count}" / "records"
            folder.mkdir(parents=True)
            write_varied_records(folder, count)
            measure_run(python, folder, count)
    measure_what_if(10_000)
