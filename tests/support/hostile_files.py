"""Files made to take long: as large as may be read, or small and meaning much; each command has two seconds for one."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from support.many_rules import CHECK, HEADING, QUESTION, REQUIREMENT
from support.paths import SMALL, TENKEN
from tenken.files.file_reading import MAX_BYTES
from tenken.files.strict_yaml import MAX_NODES
from tenken.rules.value_binding import MOST_ENTRIES

MOST_SECONDS, MOST_MEGABYTES = 2, 300
"""Of processor time and of memory, for any file up to the limit."""
_PATIENCE = 10

_HEAD = "tenken: 1\nsystem: x\nchecklists: [small.yaml]\n"
_ANSWERS = "answers: {where: eu}\n"
_HALF, _MANY = MAX_NODES // 2 - 100, MOST_ENTRIES - 10


def fill(head: str, line: Callable[[int], str], tail: str = "") -> str:
    """As many lines between two texts as may be read."""
    lines, room, number = [head], MAX_BYTES - len((head + tail).encode()), 0
    while (room := room - len((new := line(number)).encode())) >= 0:
        lines.append(new)
        number += 1
    return "".join((*lines, tail))


def repeat(head: str, line: Callable[[int], str], count: int, tail: str = "") -> str:
    return "".join((head, *map(line, range(count)), tail))


RECORDS: Mapping[str, Callable[[], str]] = {
    "nested brackets": lambda: "a: " + "[" * (MAX_BYTES - 3),
    "nested dashes": lambda: "- " * (MAX_BYTES // 2),
    "nested lines": lambda: repeat("", lambda n: " " * n + "a:\n", 5000),
    "keys": lambda: fill(_HEAD, lambda n: f"k{n}: x\n"),
    "unknown ids": lambda: repeat(_HEAD + "answers:\n", lambda n: f"  k{n}: x\n", 240_000),
    "unknown ids, as many as are read": lambda: repeat(_HEAD + "answers:\n", lambda n: f"  k{n}: x\n", _MANY),
    "long unknown ids": lambda: fill(_HEAD + "answers:\n", lambda n: f"  k{n}{'x' * 990}: x\n"),
    "words of one answer": lambda: repeat(_HEAD + "answers:\n  where: [", lambda _: "eu, ", 100_000, "eu]\n"),
    "as many words as are read": lambda: repeat(_HEAD + "answers:\n  where: [", lambda _: "eu, ", _MANY, "eu]\n"),
    "wrong words": lambda: repeat(_HEAD + "answers:\n  where: [", lambda n: f"w{n}, ", _MANY, "eu]\n"),
    "anchors": lambda: fill(_HEAD + "answers:\n", lambda n: f"  k{n}: &a x\n"),
    "aliases": lambda: fill(_HEAD + "answers:\n", lambda n: f"  k{n}: *a\n"),
    "twice the same": lambda: fill(_HEAD + "answers:\n", lambda _: "  k: x\n"),
    "bad names": lambda: repeat(_HEAD + "answers:\n", lambda n: f"  {n}: x\n", _MANY),
    "bad days": lambda: repeat(_HEAD + "answers:\n", lambda n: f"  k{n}: {{answer: yes, due: x}}\n", _MANY),
    "one long text": lambda: _HEAD + "answers:\n  where:\n    note: " + "x " * (MAX_BYTES // 2 - 60),
    "long texts": lambda: repeat(_HEAD + _ANSWERS + "earlier:\n", lambda n: f"  k{n}: {'x ' * 32000}\n", 250),
    "texts of lines": lambda: repeat(
        _HEAD + _ANSWERS + "earlier:\n", lambda n: f"  k{n}:\n    answer: x\n    note: |\n" + "      x\n" * 25000, 80
    ),
    "earlier answers": lambda: repeat(_HEAD + _ANSWERS + "earlier:\n", lambda n: f"  k{n}: x\n", _MANY),
    "evidence": lambda: repeat(
        _HEAD + "answers:\n  where:\n    answer: eu\n    evidence:\n", lambda n: f"      - at: f{n}\n", _MANY
    ),
    "comments": lambda: fill(_HEAD + "answers:\n  where: eu\n", lambda _: "  # c\n"),
    "empty lines": lambda: fill(_HEAD, lambda _: "\n", _ANSWERS),
    "blanks": lambda: " " * MAX_BYTES,
    "tabs": lambda: _HEAD + "\t" * (MAX_BYTES - 100),
    "zeros": lambda: "\0" * MAX_BYTES,
    "a control character at the end": lambda: _HEAD + "# " + "x" * (MAX_BYTES - 100) + "\x01",
    "escapes": lambda: _HEAD + 'organisation: "' + "\\u0041" * (MAX_BYTES // 6 - 20) + '"\n',
    "a quote left open": lambda: fill(_HEAD + "organisation: 'x\n", lambda _: "x\n"),
    "quotes left open": lambda: fill(_HEAD, lambda _: "'x\n"),
    "full-width colons": lambda: fill(_HEAD, lambda _: "x：y\n"),
    "documents": lambda: fill("", lambda _: "---\n"),
    "dashes": lambda: fill("", lambda _: "-\n"),
    "versions begun": lambda: fill("", lambda _: "<<<<<<< x\n", "\n>>>>>>> x\n"),
    "versions not ended": lambda: fill("\n>>>>>>> x\n", lambda _: "<<<<<<< x\n=======\n"),
    "records in a list": lambda: fill("[", lambda _: '{"tenken": "1", "system": "x", "answers": {}}, ', "{}]"),
    "one line": lambda: fill('{"tenken": "1", "system": "x", "answers": {', lambda n: f'"k{n}": "x", ', '"k": "x"}}'),
    "the same checklist": lambda: repeat("tenken: 1\nsystem: x\nchecklists:\n", lambda _: "- small.yaml\n", _MANY),
    "checklists": lambda: repeat("tenken: 1\nsystem: x\nchecklists:\n", lambda n: f"- c{n}.yaml\n", _MANY),
    "versions": lambda: repeat(_HEAD + _ANSWERS + "answered_against:\n", lambda n: f"  k{n}: 1\n", _MANY),
    "a long version": lambda: _HEAD + _ANSWERS + "answered_against: {small: " + "1." * 32000 + "}\n",
    "findings of a result": lambda: repeat(
        '{"schema_version": 1, "as_of": "2026-11-23", "record": {"tenken": "1", "system": "x"}, "findings": [',
        lambda n: f'{{"id": "k{n}", "applies": "yes", "status": "met", "set_aside": "false"}}, ',
        MAX_NODES // 10,
        "{}]}",
    ),
}


def build_rules(questions: int = 1, requirements: int = 1, checks: int = 1, *, more: str = "", when: str = "") -> str:
    """A checklist of so many of each; `when` is what all its requirements apply for."""
    asked = "".join(QUESTION.format(n=n) for n in range(questions))
    rules = (REQUIREMENT.format(n=n).replace(f"{{q{n}: yes}}", when or f"{{q{n}: yes}}") for n in range(requirements))
    measures = ["".join(CHECK.format(n=n, k=k) for k in range(checks)) for n in range(requirements)]
    ruled = "".join(rule + measure for rule, measure in zip(rules, measures, strict=True))
    return f"{HEADING}{more}questions:\n{asked}requirements:\n{ruled}"


def build_pigeonholes(holes: int) -> str:
    """A condition that no answers meet, which takes for ever to find out by trying."""
    pigeons = range(holes + 1)
    sits = ["{any: [" + ", ".join(f"{{q{p * holes + h}: yes}}" for h in range(holes)) + "]}" for p in pigeons]
    alone = [
        f"{{any: [{{q{p * holes + h}: no}}, {{q{other * holes + h}: no}}]}}"
        for h in range(holes)
        for p in pigeons
        for other in range(p)
    ]
    return f"{{all: [{', '.join((*sits, *alone))}]}}"


def build_check_sets(sets: int, checks: int, requirements: int) -> str:
    """Few lines that stand for as many checks as the three numbers make when multiplied."""
    shared = "".join(
        f"  s{s}:\n" + "".join(f"    k{s}x{k}: {{ask: A, basis: text, cites: a}}\n" for k in range(checks))
        for s in range(sets)
    )
    used = f"    check_sets: [{', '.join(f's{s}' for s in range(sets))}]\n    checks:\n"
    return build_rules(requirements, requirements, 1, more=f"check_sets:\n{shared}").replace("    checks:\n", used)


def build_terms(count: int, when: Callable[[int], str]) -> str:
    terms = "".join(f"  t{n}: {{name: T, cites: x, when: {when(n)}}}\n" for n in range(count))
    return build_rules(more=f"terms:\n{terms}")


def build_changes(count: int, change: Callable[[int], str]) -> str:
    changes = (f"  - {{version: 1, because: x, cites: y, {change(n)}}}\n" for n in range(count))
    return build_rules(more=f"changes:\n{''.join(changes)}")


RULES: Mapping[str, Callable[[], str]] = {
    "requirements": lambda: build_rules(2000, 2000),
    "checks": lambda: build_rules(1, 1, _MANY),
    "check sets": lambda: build_check_sets(100, 50, 300),
    "terms in a row": lambda: build_terms(_MANY, lambda n: f"{{term: t{max(n - 1, 0)}}}"),
    "terms in a circle": lambda: build_terms(_MANY, lambda n: f"{{term: t{(n + 1) % _MANY}}}"),
    "terms doubled": lambda: build_terms(3000, lambda n: f"{{all: [{{term: t{n - 1}}}, {{term: t{n - 1}}}]}}"),
    "a condition of many facts": lambda: build_rules(
        4000, 1, when=f"{{all: [{', '.join(f'{{q{n}: yes}}' for n in range(4000))}]}}"
    ),
    "pigeons": lambda: build_rules(156, 1, when=build_pigeonholes(12)),
    "renamed in a row": lambda: build_changes(6000, lambda n: f"what: renamed, old: [k{n}], new: [k{n + 1}]"),
    "retired": lambda: build_changes(9, lambda _: f"what: retired, old: [{', '.join(f'k{k}' for k in range(9000))}]"),
    "merged": lambda: build_changes(
        9, lambda _: f"what: merged, old: [{', '.join(f'k{k}' for k in range(9000))}], new: [q0]"
    ),
    "a version without end": lambda: build_rules().replace("version: 1\n", f"version: {'9' * 5000}\n"),
    "long texts": lambda: build_rules(200, 200).replace("Does fact", "x " * 30000 + "Does fact"),
    "sources": lambda: build_rules().replace(
        "sources: {", "sources: {" + "".join(f"s{n}: {{title: T, link: 'https://x.example'}}, " for n in range(_MANY))
    ),
}
OTHERS: Mapping[str, Callable[[], str]] = {
    "house rules": lambda: repeat(
        "title: t\nadds_to: small.yaml\nrequirements:\n", lambda n: f"  S-{n}: {{remedy: x}}\n", _MANY
    ),
    "scenarios": lambda: repeat(
        "checklists: [small.yaml]\nscenarios:\n",
        lambda n: f"- {{name: n{n}, on: 2026-11-23, expect: {{S-1: met}}}}\n",
        _MANY,
    ),
    "topics": lambda: repeat(
        "title: t\nleft: eu-transparency\nright: korea-ai-basic-act\ntopics:\n",
        lambda n: f"  t{n}: {{title: T, left: a, right: b, relation: close, difference: d, one_work: o}}\n",
        _HALF // 7,
    ),
}

RECORD_COMMANDS = (
    *(
        "validate FILE",
        "report FILE -o o.html",
        "report FILE -o o.json",
        "check FILE",
        "explain FILE",
        "diff FILE r.yaml",
    ),
    *(
        "diff r.yaml FILE",
        "report r.yaml --since FILE -o o.html",
        "questions FILE",
        "update FILE --write",
        "report - <FILE",
    ),
    *(
        "assess FILE --set size=sme",
        "assess r.yaml --merge FILE",
        "assess r.yaml --from FILE",
        "assess - --set size=sme <FILE",
    ),
    *("validate FILE --format json", "portfolio FILE -o o.html", "portfolio FILE -o o.jsonl"),
    "portfolio r.yaml --since . -o o.html",
)
RULE_COMMANDS = (
    *("validate FILE", "checklists show FILE", "report k.yaml -o o.html", "report k.yaml -o o.json", "check k.yaml"),
    *(
        "explain k.yaml",
        "questions k.yaml --blank",
        "update k.yaml",
        "assess k.yaml --set where=eu",
        "diff k.yaml k.yaml",
        "portfolio k.yaml -o o.html",
        "portfolio r.yaml --with FILE -o o.html",
    ),
)


def measure_hostile_files(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Each hostile file under a command of its kind, in an order of chance, for ever."""
    kinds = ((RECORDS, RECORD_COMMANDS), (RULES, RULE_COMMANDS), (OTHERS, ("validate FILE",)))
    tries = [(files[name], f"{name}: {command}") for files, commands in kinds for name in files for command in commands]
    while True:
        for build, what in chance.sample(tries, len(tries)):
            with tempfile.TemporaryDirectory() as name:
                yield what, measure_hostile_file(build(), what.partition(": ")[2], Path(name))


_MEASURING = """
import json, os, subprocess, sys
running = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(running.pid, 0)
with open(sys.argv[1], "w") as told:
    json.dump([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024], told)
"""
"""A small process that measures another: what a process was as large as before it became another counts as its own."""


def measure_hostile_file(content: str, command: str, folder: Path) -> str:
    """What a command took too much of for a file, or how else it broke; empty if neither."""
    (folder / "small.yaml").write_bytes(SMALL.read_bytes())
    (folder / "r.yaml").write_text(_HEAD + _ANSWERS, "utf-8")
    known = "".join(f"  k{n}: yes\n" for n in range(9000)) if "\nchanges:" in content else "  q0: yes\n"
    (folder / "k.yaml").write_text(f"tenken: 1\nsystem: x\nchecklists: [hostile.yaml]\nanswers:\n{known}", "utf-8")
    name = "hostile.json" if content.startswith("{") else "hostile.yaml"
    (folder / name).write_bytes(content.encode()[:MAX_BYTES])
    words, _, stdin = command.replace("FILE", name).partition(" <")
    source = folder / (stdin or os.devnull)
    with source.open("rb") as takes, (folder / "said").open("wb") as said:
        subprocess.run(
            [sys.executable, "-c", _MEASURING, "used", *TENKEN, *words.split()],
            cwd=folder,
            stdin=takes,
            stdout=said,
            stderr=said,
            preexec_fn=_limit_time,
            check=False,
        )
    status, seconds, megabytes = json.loads((folder / "used").read_text("utf-8"))
    shown = (folder / "said").read_bytes()
    fine = status in (0, 1, 2) and b"Traceback" not in shown
    is_bounded = seconds <= MOST_SECONDS and megabytes <= MOST_MEGABYTES
    took = f"status {status}, {seconds:.2f} s, {megabytes:.0f} MB, {shown[-300:]!r}"
    return "" if fine and is_bounded else took


def _limit_time() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_PATIENCE, _PATIENCE))
