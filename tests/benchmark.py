"""How long commands take, as ratios to `python -c pass` in the same run, and how fast the parts are.

The commands are those of the wheel, installed in an environment of its own. Bytecode is compiled first and the runs are
interleaved, so that a busy machine disturbs both sides alike; where there is valgrind, it also counts the instructions
executed, which no other work disturbs. It prints figures and judges nothing.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import yaml

from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.files.file_reading import read_file_bytes
from tenken.files.strict_yaml import parse_yaml, read_yaml
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import SharedRules, load_rules_for
from tenken.records.record_file import bind_record, open_record
from tenken.records.rule_updates import load_updated_rules
from tenken.report.pages import render_html_report
from tenken.report.view.whole_report import build_report_view
from tenken.rules.loading import find_checklist_file, list_shipped_checklists, read_library
from tenken.rules.logic import Situation
from tenken.rules.translation import BASE_LANGUAGE

ROOT = Path(__file__).parents[1]
RECORD = ROOT / "examples" / "support-chatbot.yaml"
AIMS = {"--version": 2.0, "--help": 6.5, "check": 9.0, "report to HTML": 12.0}
INSTRUCTION_AIMS = {"--help": 6.6, "check": 11.5, "report to HTML": 16.0}
NOTHING = ("-c", "pass")


def install_wheel(folder: Path) -> Path:
    """A Python that has tenken as its wheel installs it, with the versions that passed, and everything compiled."""
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "-c", str(ROOT / "constraints.txt"), str(ROOT)]
    subprocess.run(pip, check=True)
    return folder / "bin" / "python"


def commands(folder: Path) -> dict[str, tuple[str, ...]]:
    tenken = ("-m", "tenken")
    return {
        "--version": (*tenken, "--version"),
        "--help": (*tenken, "--help"),
        "check": (*tenken, "check", str(RECORD)),
        "report to HTML": (*tenken, "report", str(RECORD), "-o", str(folder / "report.html")),
        "validate a record": (*tenken, "validate", str(RECORD)),
        "validate all checklists": (
            *tenken,
            "validate",
            *(str(find_checklist_file(id)) for id in list_shipped_checklists()),
        ),
    }


def run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONHASHSEED"] = "0"
    return subprocess.run(command, env=environment, capture_output=True, check=False)


def whole_commands(python: Path, each: Mapping[str, tuple[str, ...]], rounds: int) -> None:
    def clock(command: tuple[str, ...]) -> float:
        begun = time.perf_counter()
        run(python, *command)
        return time.perf_counter() - begun

    floor: list[float] = []
    times: dict[str, list[float]] = {label: [] for label in each}
    for _ in range(rounds):
        for label, command in each.items():
            floor.append(clock(NOTHING))
            times[label].append(clock(command))
    least = statistics.median(floor)
    print(f"python -c pass: {least * 1000:.1f} ms, median of {len(floor)}")
    for label, seconds in times.items():
        print(f"  {label:26} {statistics.median(seconds) / least:6.2f} times{told_aim(AIMS, label)}")


def instructions(python: Path, each: Mapping[str, tuple[str, ...]]) -> None:
    """The same on a busy machine and an idle one: how many instructions a command is, from the first to the last."""
    if not shutil.which("valgrind"):
        print("no valgrind, so instructions are not counted")
        return
    valgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", python)

    def count(command: tuple[str, ...]) -> int:
        said = run(*valgrind, *command).stderr.decode()
        return int(re.findall(r"Collected : (\d+)", said)[0])

    least = count(NOTHING)
    print(f"python -c pass: {least / 1e6:.1f} million instructions")
    for label in INSTRUCTION_AIMS:
        print(f"  {label:26} {count(each[label]) / least:6.2f} times{told_aim(INSTRUCTION_AIMS, label)}")


def told_aim(aims: Mapping[str, float], label: str) -> str:
    return f"  (aim {aims[label]})" if label in aims else ""


def rate(work: Callable[[], object], seconds: float = 0.5) -> float:
    work()
    begun, done = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        work()
        done += 1
    return done / (time.perf_counter() - begun)


def parts() -> None:
    file = open_record(RECORD)
    checklists = load_rules_for(file.record)
    situation = Situation(read_answer_values(file.record.answers, checklists), date(2026, 11, 23))
    speak = Wording(checklists)
    assessment = assess_all(checklists, situation)
    shown = build_report_view(assessment, file.record, speak)
    largest = max(
        (find_checklist_file(id) for id in list_shipped_checklists()),
        key=lambda path: path.stat().st_size,
    )
    print(f"evaluate: {rate(lambda: assess_all(checklists, situation)):.0f} assessments a second")
    print(f"view: {rate(lambda: build_report_view(assessment, file.record, speak)):.0f} a second")
    print(f"render: {rate(lambda: render_html_report(shown)):.0f} reports a second")
    print(f"read strictly: {rate(lambda: read_yaml(largest)) * largest.stat().st_size / 1e6:.1f} MB a second")


def three_hundred(source: Path) -> str:
    """A checklist of 300 requirements: those of another, again and again under other ids."""
    head, begin, body = source.read_text("utf-8").partition("\nrequirements:\n")
    requirements = re.split(r"(?m)^(?=\w+:$)", body)[0]
    blocks = re.split(r"(?m)^(?=  [A-Z][\w-]*:$)", requirements)[1:]
    again = (f"  {block.strip().replace(':', f'-{number}:', 1)}\n" for number, block in enumerate(cycle(blocks)))
    return head + begin + "".join(islice(again, 300))


def reading(rounds: int) -> None:
    """Reading a checklist and finding what it names, beside libyaml going through its events and nothing more."""
    largest = max(
        (find_checklist_file(id) for id in list_shipped_checklists()),
        key=lambda path: path.stat().st_size,
    )
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "three-hundred.yaml"
        path.write_text(three_hundred(largest), "utf-8")
        text = path.read_text("utf-8")

        def bare() -> None:
            for _ in yaml.parse(text, Loader=yaml.CBaseLoader):
                pass

        times: dict[str, list[float]] = {"bare": [], "ours": []}
        gc.disable()
        for _ in range(rounds):
            for label, work in {"bare": bare, "ours": lambda: read_library([path])}.items():
                begun = time.perf_counter()
                work()  # type: ignore[no-untyped-call]
                times[label].append(time.perf_counter() - begun)
        gc.enable()
    share = min(times["ours"]) / min(times["bare"])
    print(f"300 requirements, {len(text) // 1024} KB: reading and names take {share:.1f} times libyaml's bare events")


def reading_records(rounds: int) -> None:
    """Reading one of many records, part by part, beside libyaml going through its events and nothing more."""
    content = RECORD.read_bytes()
    text, node, shared = content.decode(), parse_yaml(content, ""), SharedRules()
    record_file = open_record(RECORD)
    rules = partial(load_updated_rules, language=BASE_LANGUAGE, load_rules=shared.load_rules_for)
    library, _ = rules(record_file)

    def bare() -> None:
        next_event = yaml.CBaseLoader(text).get_event
        while next_event() is not None:
            pass

    def whole() -> None:
        opened = open_record(RECORD)
        read_answer_values(opened.record.answers, rules(opened)[0])

    works: dict[str, Callable[[], object]] = {
        "bare events": bare,
        "bytes": lambda: read_file_bytes(RECORD),
        "tree": lambda: parse_yaml(content, ""),
        "record": lambda: bind_record(node, ""),
        "rules": lambda: rules(record_file),
        "values": lambda: read_answer_values(record_file.record.answers, library),
        "all of it": whole,
    }
    times: dict[str, list[float]] = {label: [] for label in works}
    gc.disable()
    for _ in range(rounds):
        for label, work in works.items():
            begun = time.perf_counter()
            for _ in range(5):
                work()
            times[label].append((time.perf_counter() - begun) / 5)
        gc.collect()
    gc.enable()
    least = min(times.pop("bare events"))
    print(f"one record of many, beside libyaml's bare events of {least * 1000:.3f} ms:")
    for label, seconds in times.items():
        print(f"  {label:26} {min(seconds) / least:6.2f} times")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        python = install_wheel(Path(name) / "venv")
        each = commands(Path(name))
        for command in each.values():
            run(python, *command)
        whole_commands(python, each, rounds)
        instructions(python, each)
    parts()
    reading(rounds)
    reading_records(rounds)
