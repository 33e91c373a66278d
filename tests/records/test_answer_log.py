"""A log tells who changed what, is written in the one save of its record, and finds what was done behind its back."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from support.changed_logs import ENTRIES, list_unfound_changes, write_long_log
from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from support.sample_logs import (
    TOWER,
    answer_questions,
    lengthen_log,
    read_log_lines,
    tick_by_minutes,
    write_logged_record,
)
from tenken.files.problems import Problems
from tenken.records.answer_log import render_log_line
from tenken.records.files_beside import find_log_path
from tenken.records.log_checks import verify_log
from tenken.records.log_reading import read_whole_log
from tenken.records.record import GivenAnswer
from tenken.records.record_file import open_record

SAID = [("coast", "yes", "Mia"), ("keeper", "yes", "Jun"), ("coast", "no", "Jun"), ("lamps", "white", "Mia")]


@pytest.fixture
def tower(tmp_path: Path) -> Path:
    return write_logged_record(tmp_path, SAID)


def fault_of(path: Path, head: str = "") -> str:
    """The first thing that does not hold, without the folder; nothing if all does."""
    return next((str(fault).removeprefix(f"{path.parent}/") for fault in verify_log(path, head).faults), "")


def rewrite_log(path: Path, lines: list[bytes]) -> None:
    find_log_path(path).write_bytes(b"".join(lines))


def test_each_save_appends_what_changed_and_the_digest_of_the_line_before(tower: Path) -> None:
    lines = read_log_lines(tower)
    entries = [json.loads(line) for line in lines]
    assert [entry["number"] for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry["before"] for entry in entries] == ["", *(sha256(line).hexdigest() for line in lines[:-1])]
    assert entries[3]["by"] == "Jun"
    (change,) = entries[3]["changes"]
    assert (change["kind"], change["name"]) == ("question", "coast")
    assert (change["from"]["answer"], change["to"]["answer"]) == ("yes", "no")
    assert [render_log_line(entry) for entry in entries] == lines
    log = open_record(tower).record.log
    assert log is not None
    assert (log.entries, log.head) == ("5", sha256(lines[-1]).hexdigest())
    assert fault_of(tower) == ""


def test_a_record_without_a_log_gets_none(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(TOWER, "utf-8")
    answer_questions(open_record(path), SAID)
    assert [entry.name for entry in tmp_path.iterdir()] == ["tower.yaml"]
    assert open_record(path).record.log is None


def test_the_file_of_a_record_stays_as_it_is_written_but_for_what_changed(tower: Path) -> None:
    tower.write_text("# ours\n" + tower.read_text("utf-8"), "utf-8")
    before = tower.read_text("utf-8")
    answer_questions(open_record(tower), [("keeper", "no", "Mia")])
    after = tower.read_text("utf-8")
    assert after.startswith("# ours\n")
    changed = set(before.splitlines()) ^ set(after.splitlines())
    assert {line.split(":")[0].strip() for line in changed} == {"entries", "head", "answers"}
    assert fault_of(tower) == ""


FIRST = "the first entry that does not hold: "
EDITED, CUT = FIRST + "it was edited: ", "the log was cut off: its record knows of 5 entries"


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        (lambda lines: [*lines[:2], lines[2].replace(b"Jun", b"Mia"), *lines[3:]], 3,
         EDITED + "the entry after it was written after another"),
        (lambda lines: [*lines[:2], *lines[3:]], 3,
         FIRST + "what stood before it was removed: entries 3 to 3"),
        (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], 3,
         FIRST + "it is out of order: the entry it follows stands below it"),
        (lambda lines: [*lines[:2], lines[1], *lines[2:]], 3,
         FIRST + "it was put in: the same entry stands above it"),
        (lambda lines: [*lines[:2], lines[2].replace(b'"number":3', b'"number":7'), *lines[3:]], 3,
         EDITED + "its number is 7"),
        (lambda lines: [*lines[:2], b"{}\n", *lines[2:]], 3,
         EDITED + "it is no entry any more"),
        (lambda lines: [*lines[:2], b"<<<<<<< HEAD\n", *lines[2:]], 3,
         FIRST + "two logs were merged here; keep both, and delete the three marks"),
        (lambda lines: lines[:-1], 5, CUT),
        (lambda lines: [*lines[:-1], lines[-1][:40]], 5, CUT),
        (lambda lines: [*lines[:-1], lines[-1].replace(b"Mia", b"Jun")], 5,
         FIRST + "the record knows it by another digest"),
        (lambda lines: [*lines, b"{"], 6, "behind the last entry stands what is none"),
        (lambda _: [], 1, CUT),
    ],
)  # fmt: skip
def test_the_first_entry_that_does_not_hold_is_named(
    tower: Path, wrong: Callable[[list[bytes]], list[bytes]], line: int, says: str
) -> None:
    rewrite_log(tower, wrong(read_log_lines(tower)))
    assert fault_of(tower) == f"tower.yaml.log.jsonl:{line}: {says}"
    done = run_tenken("log", "verify", tower)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("answer: yes", "answer: no", "the record was changed outside tenken: keeper"),
        ("entries: 5", "entries: 4", "the record was changed outside tenken: log"),
        ("log:", "earlier: {}\nlog:", ""),
    ],
)
def test_a_record_that_says_otherwise_is_named(tower: Path, old: str, new: str, says: str) -> None:
    text = tower.read_text("utf-8")
    assert old in text
    tower.write_text(text.replace(old, new), "utf-8")
    assert fault_of(tower).partition(": ")[2] == says


def test_a_head_that_was_told_is_still_there_or_was_cut_off(tower: Path) -> None:
    heads = [sha256(line).hexdigest() for line in read_log_lines(tower)]
    assert [fault_of(tower, head) for head in heads] == [""] * 5
    assert "cut off or written anew" in fault_of(tower, "0" * 64)
    done = run_tenken("log", "verify", tower, "--head", "1234")
    assert (done.returncode, done.stderr) == (2, "--head: 1234 is no digest of 64 digits\n")


def test_hand_edits_are_logged_as_such_at_the_next_start(tower: Path) -> None:
    text = tower.read_text("utf-8")
    tower.write_text(text.replace("answer: white", "answer: red"), "utf-8")
    done = run_tenken("assess", tower, "--set", "keeper=no", "--by", "Mia")
    assert done.stderr.startswith("Changed outside tenken, and logged as that: lamps\n")
    outside, ours = (json.loads(line) for line in read_log_lines(tower)[-2:])
    assert (outside["what"], outside["by"]) == ("changed outside tenken", "")
    assert [(change["name"], change["to"]["answer"]) for change in outside["changes"]] == [("lamps", "red")]
    assert [change["name"] for change in ours["changes"] if change["kind"] == "question"] == ["keeper"]
    assert fault_of(tower) == ""


def test_a_record_that_is_one_entry_behind_is_completed_and_one_that_is_older_is_told(tower: Path) -> None:
    states = [tower.read_bytes()]
    record_file = open_record(tower)
    for word in ("no", "yes"):
        answer_questions(record_file, [("keeper", word, "Mia")])
        states.append(tower.read_bytes())
    tower.write_bytes(states[1])
    assert "one entry behind" in fault_of(tower)
    behind = open_record(tower)
    assert behind.catch_up_with_log() == ["The last save was interrupted, and is completed from the log: keeper"]
    assert tower.read_bytes() == states[2]
    tower.write_bytes(states[0])
    older = open_record(tower)
    assert older.catch_up_with_log() == ["Changed outside tenken, and logged as that: keeper"]
    assert (fault_of(tower), open_record(tower).record.answers) == ("", open_record(tower).record.answers)
    assert older.catch_up_with_log() == []


def test_a_fork_is_named_and_joined_by_an_entry_that_names_both_heads(tower: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "tower.yaml"
    shutil.copytree(tmp_path, other.parent, ignore=shutil.ignore_patterns("other"))
    answer_questions(open_record(tower), [("keeper", "no", "Mia"), ("coast", "yes", "Mia")])
    answer_questions(open_record(other), [("lamps", "red", "Jun")])
    ours, theirs = read_log_lines(tower), read_log_lines(other)
    rewrite_log(tower, [*ours, *theirs[5:]])
    assert fault_of(tower).startswith("tower.yaml.log.jsonl:5: a fork")
    joined = open_record(tower)
    joined.clock = tick_by_minutes()
    assert joined.catch_up_with_log() == [
        "The log had two ends, as two copies put together have; an entry joins them.",
        "Other than one of the copies says, the record has: lamps. Look whether that is meant",
    ]
    entry = json.loads(read_log_lines(tower)[-1])
    assert set(entry["joins"]) == {sha256(ours[-1]).hexdigest(), sha256(theirs[-1]).hexdigest()}
    assert fault_of(tower) == ""
    answer_questions(open_record(tower), [("lamps", "white", "Mia")])
    assert fault_of(tower) == ""


@pytest.mark.parametrize("wrong", ["edited", "gone", "other"])
def test_nothing_is_saved_upon_a_log_that_does_not_hold(tower: Path, wrong: str) -> None:
    log = find_log_path(tower)
    if wrong == "gone":
        log.unlink()
    else:
        log.write_bytes(log.read_bytes().replace(b"white", b"red") if wrong == "edited" else b"")
    before = tower.read_bytes()
    done = run_tenken("assess", tower, "--set", "keeper=no")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert tower.read_bytes() == before


def test_a_record_saved_elsewhere_has_no_log_yet(tower: Path, tmp_path: Path) -> None:
    copy = open_record(tower).with_record(open_record(tower).record)
    copy.path, copy.seen, copy._held = tmp_path / "copy.yaml", None, None
    copy.save()
    assert open_record(copy.path).record.log is None


def test_two_who_answer_at_once_lose_nothing_and_keep_the_log_whole(tower: Path) -> None:
    ours, theirs = open_record(tower), open_record(tower)
    answer_questions(theirs, [("lamps", "red", "Jun")])
    answer_questions(ours, [("keeper", "no", "Mia")])
    theirs.take_answer("keeper", GivenAnswer(("yes",), by="Jun"))
    with pytest.raises(Problems, match="somebody else changed keeper"):
        theirs.save()
    assert fault_of(tower) == ""
    assert [json.loads(line)["by"] for line in read_log_lines(tower)[-2:]] == ["Jun", "Mia"]


def test_a_log_that_began_and_was_not_noted_goes_on(tmp_path: Path) -> None:
    path = write_logged_record(tmp_path)
    path.write_text(TOWER, "utf-8")
    assert fault_of(path).endswith("the record says nothing of its log, which is there")
    assert run_tenken("log", "begin", path).returncode == 0
    assert fault_of(path) == ""
    assert run_tenken("log", "begin", path).stderr.endswith("this record has a log already\n")


def test_it_says_which_names_it_keeps_and_takes_roles_instead(tmp_path: Path) -> None:
    text = TOWER.replace("keeper: no", "keeper: {answer: no, by: Mia Berg, owner: Jun}")
    (tmp_path / "tower.yaml").write_text(text, "utf-8")
    done = run_tenken("log", "begin", tmp_path / "tower.yaml", "--by", "Legal", "--role", "Mia Berg=Product")
    assert "It keeps these names for good: Jun, Product." in done.stderr
    assert b"Berg" not in b"".join(read_log_lines(tmp_path / "tower.yaml"))
    assert fault_of(tmp_path / "tower.yaml") == ""
    assert run_tenken("log", "begin", tmp_path / "tower.yaml", "--role", "Mia").returncode == 2


def test_it_is_told_in_lines_who_changed_what(tower: Path) -> None:
    lines = run_tenken("log", "show", tower).stdout.splitlines()
    assert lines[0].startswith("1  2026-11-23 10:00:00 UTC  Mia  log begun"), lines
    assert "    coast: yes → no" in lines
    about = run_tenken("log", "show", tower, "coast").stdout.splitlines()
    assert [line for line in about if line.startswith(" ")] == ["    coast: yes", "    coast: yes → no"]
    done = run_tenken("log", "show", tower, "cost")
    assert (done.returncode, done.stderr.count("did you mean coast?")) == (2, 1)


HOSTILE = "Mia\x1b[31m\u202e\n{“<b>"


def test_hostile_names_are_told_in_one_harmless_line(tmp_path: Path) -> None:
    path = write_logged_record(tmp_path)
    lines = read_log_lines(path)
    entry = json.loads(lines[0])
    entry["by"] = HOSTILE
    entry["changes"][0]["name"] = HOSTILE
    rewrite_log(path, [render_log_line(entry)])
    for command in ("show", "verify"):
        done = run_tenken("log", command, path)
        assert "\x1b" not in done.stdout + done.stderr
        assert len(done.stderr.splitlines()) == (1 if command == "verify" else 0), done.stderr


@pytest.mark.parametrize("key", ["at", "by", "changes", "number", "rules", "what", "before"])
@pytest.mark.parametrize("value", [None, 1, [], {}, [1], [{"kind": "question", "name": "coast", "to": 1}]])
def test_what_tenken_would_not_write_is_no_traceback(tmp_path: Path, key: str, value: object) -> None:
    path = write_logged_record(tmp_path, SAID[:1])
    lines = read_log_lines(path)
    rewrite_log(path, [lines[0], render_log_line(json.loads(lines[1]) | {key: value})])
    for command in (("log", "show"), ("log", "verify"), ("assess", "--set", "keeper=no")):
        done = run_tenken(*command, path)
        assert done.returncode in (0, 1, 2)
        assert "Traceback" not in done.stderr


@pytest.mark.thorough
def test_in_200_entries_a_changed_bit_at_every_position_is_found_and_named(tmp_path: Path) -> None:
    """One bit of each byte; `tests/fuzz.py logs` changes all of them."""
    lines = read_log_lines(write_long_log(tmp_path))
    assert len(lines) == ENTRIES
    assert list(list_unfound_changes(lines, [2])) == []


@pytest.mark.thorough
def test_in_200_entries_every_removal_swap_and_truncation_is_found(tmp_path: Path) -> None:
    path = write_long_log(tmp_path)
    lines = read_log_lines(path)
    numbers = range(len(lines))
    removed = ([*lines[:one], *lines[one + 1 :]] for one in numbers)
    swapped = ([*lines[:one], lines[one + 1], lines[one], *lines[one + 2 :]] for one in numbers[:-1])
    far = (
        [*lines[:one], lines[-1 - one], *lines[one + 1 : -1 - one], lines[one]] for one in numbers[: len(lines) // 2]
    )
    cut = (lines[:one] for one in numbers)
    for changed in (*removed, *swapped, *far, *cut):
        rewrite_log(path, changed)
        assert fault_of(path) != ""
    content = b"".join(lines)
    for place in range(0, len(content), 97):
        find_log_path(path).write_bytes(content[:place])
        assert fault_of(path) != ""


TOOLS = pytest.mark.skipif(
    not (shutil.which("sha256sum") and shutil.which("node")) and not os.environ.get("TENKEN_SKIPS_NOTHING"),
    reason="sha256sum or node is not installed",
)
BY_NODE = """
const {createHash} = require('crypto'), [file, head] = process.argv.slice(1)
const lines = require('fs').readFileSync(file, 'utf8').split('\\n').slice(0, -1)
const before = lines.map(line => createHash('sha256').update(line + '\\n').digest('hex'))
const holds = lines.every((line, n) => JSON.parse(line).before === (n ? before[n - 1] : ''))
console.log(holds && before.at(-1) === head)
"""


@TOOLS
def test_a_log_is_verified_by_sha256sum_and_node_alone(tower: Path) -> None:
    log = find_log_path(tower)
    last = subprocess.run("tail -n 1 | sha256sum", shell=True, input=log.read_bytes(), capture_output=True, check=True)
    head = last.stdout.decode().split()[0]
    assert f"head: {head}" in tower.read_text("utf-8")
    assert tell_by_node(log, head) == "true"
    log.write_bytes(log.read_bytes().replace(b"white", b"red"))
    assert tell_by_node(log, head) == "false"


def tell_by_node(log: Path, head: str) -> str:
    done = subprocess.run(["node", "-e", BY_NODE, log, head], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


@pytest.mark.thorough
def test_to_verify_a_long_log_costs_little_more_than_to_read_and_digest_it(tmp_path: Path) -> None:
    """The best of several tries of each, by turns; what is kept of an entry is its digest."""
    log = lengthen_log(write_logged_record(tmp_path, [("coast", word, "Mia") for word in ("yes", "no", "yes")]), 20_000)

    def read_bare() -> None:
        with log.open("rb") as file:
            for line in file:
                json.loads(line)
                sha256(line).hexdigest()

    def verify() -> None:
        reading = read_whole_log(log)
        assert (reading.trouble, len(reading.digests)) == (None, 20_000)

    costs = [(measure_cost(verify), measure_cost(read_bare)) for _ in range(5)]
    ours, bare = map(min, zip(*costs, strict=True))
    assert ours < 1.5 * bare
    tracemalloc.start()
    try:
        verify()
        assert tracemalloc.get_traced_memory()[1] < 20_000 * 1000
    finally:
        tracemalloc.stop()


def measure_cost(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "tower.yaml", "--set", "lamps=red", "--by", "Ada"),
        ("assess", "tower.yaml", "--merge", "filled.yaml", "--by", "Ada"),
        ("assess", "tower.yaml", "--from", "filled.yaml"),
        ("update", "tower.yaml", "--write"),
    ],
)
def test_every_command_that_saves_says_when_in_the_log(tower: Path, arguments: tuple[str, ...]) -> None:
    (tower.parent / "filled.yaml").write_text(TOWER.replace("{keeper: no}", "{lamps: red}"), "utf-8")
    text = tower.read_text("utf-8").replace("answer: white", "answer: none")
    tower.write_text(text.replace("lighthouse: 2026.11", "lighthouse: 2026.10"), "utf-8")
    done = run_tenken(*arguments, cwd=tower.parent)
    assert done.stderr.startswith("Changed outside tenken"), done.stderr
    assert all(json.loads(line)["at"] for line in read_log_lines(tower))
    assert fault_of(tower) == ""


def test_a_record_in_json_or_behind_a_link_has_its_log_beside_itself(tmp_path: Path) -> None:
    path = tmp_path / "tower.json"
    path.write_text('{"tenken": "1", "system": "Tower", "answers": {"where": "eu"}}\n', "utf-8")
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.json"
    link.symlink_to(path)
    assert run_tenken("log", "begin", link).returncode == 0
    assert run_tenken("assess", link, "--set", "where=elsewhere").returncode == 0
    assert [entry["what"] for entry in map(json.loads, read_log_lines(path))] == ["begun", "saved"]
    assert (fault_of(path), fault_of(link)) == ("", "")
    assert [entry.name for entry in link.parent.iterdir()] == ["link.json"]
    assert json.loads(path.read_bytes())["log"]["entries"] == "2"


@pytest.mark.skipif(os.name != "posix", reason="a system without modes")
def test_a_log_may_be_read_and_written_by_those_who_may_its_record(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(TOWER, "utf-8")
    path.chmod(0o660)
    assert run_tenken("log", "begin", path).returncode == 0
    assert find_log_path(path).stat().st_mode & 0o777 == 0o660


SAVING = ("durable_writing.py", "log_writing.py", "record_file.py")


def interrupt_at_line(number: int, work: Callable[[], None]) -> bool:
    """Does some work with an interrupt, as a signal makes it, at one line of what saves; whether it came to that."""
    passed = count(1)

    def follow(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if not frame.f_code.co_filename.endswith(SAVING):
            return None
        if event == "line" and next(passed) == number:
            sys.settrace(None)
            raise KeyboardInterrupt
        return follow

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def test_an_interrupt_at_any_line_of_a_save_is_made_good_by_the_next(tmp_path: Path) -> None:
    for number in count(1):
        path = write_logged_record(tmp_path / str(number), SAID[:1])
        record_file = open_record(path)
        record_file.clock = tick_by_minutes()
        record_file.catch_up_with_log()
        record_file.take_answer("keeper", GivenAnswer(("yes",), by="Mia", at=record_file.clock()))
        if not interrupt_at_line(number, record_file.save):
            break
        assert not [fault for fault in verify_log(path).faults if "one entry behind" not in fault.text], number
        record_file.save()
        assert fault_of(path) == "", number
        assert open_record(path).record.answers["keeper"].answer == ("yes",)
    assert number > 100


def test_lines_that_end_as_on_windows_are_told_as_that(tower: Path) -> None:
    log = find_log_path(tower)
    log.write_bytes(log.read_bytes().replace(b"\n", b"\r\n"))
    assert "its line ends as on Windows (CRLF)" in run_tenken("log", "verify", tower).stderr


@pytest.mark.parametrize("content", [b"", b"half"])
def test_upon_a_log_without_a_whole_entry_nothing_is_saved(tower: Path, content: bytes) -> None:
    find_log_path(tower).write_bytes(content)
    with pytest.raises(Problems, match="the log was cut off: its record knows of 5 entries"):
        open_record(tower).catch_up_with_log()


def test_a_log_that_is_gone_is_told_as_that(tower: Path) -> None:
    find_log_path(tower).unlink()
    done = run_tenken("log", "verify", tower)
    assert (done.returncode, "there is no such file" in done.stderr) == (1, True)


def test_what_was_put_before_a_head_that_was_told_is_named(tower: Path) -> None:
    lines = read_log_lines(tower)
    head = sha256(lines[-1]).hexdigest()
    early = {**json.loads(lines[1]), "by": "Eve", "changes": []}
    find_log_path(tower).write_bytes(b"".join((lines[0], render_log_line(early), *lines[1:])))
    open_record(tower).catch_up_with_log()
    done = run_tenken("log", "verify", tower, "--head", head)
    assert (done.returncode, done.stdout.splitlines()[:2]) == (
        0,
        [
            "Behind the digest that was told stand 5 entries, unchanged; 2 are not.",
            "Above its own line, and not among them, as written elsewhere or added later: lines 2",
        ],
    )


@pytest.mark.parametrize(("key", "value"), [("what", None), ("by", ["Eve"]), ("number", 2.0)])
def test_an_entry_that_tenken_does_not_write_does_not_hold(tower: Path, key: str, value: object) -> None:
    entries = [json.loads(line) for line in read_log_lines(tower)]
    entries[1][key] = value
    lines, digest = [], ""
    for entry in entries:
        lines.append(render_log_line({**entry, "before": digest}))
        digest = sha256(lines[-1]).hexdigest()
    find_log_path(tower).write_bytes(b"".join(lines))
    tower.write_text(re.sub("head: .*", f"head: {digest}", tower.read_text("utf-8")), "utf-8")
    done = run_tenken("log", "verify", tower)
    assert (done.returncode, ":2: tenken writes no such entry" in done.stderr) == (1, True)


def test_a_log_that_its_record_names_no_more_is_told_and_gone_on_with(tower: Path) -> None:
    text = re.sub("log:\n.*\n.*\n", "", tower.read_text("utf-8"))
    tower.write_text(text.replace("system: Tower", "system: Keep"), "utf-8")
    (told,) = open_record(tower).catch_up_with_log()
    assert told.endswith(f"nothing is logged. To go on: tenken log begin {tower}")
    assert run_tenken("log", "begin", tower).stderr.startswith("Gone on with the log that lay there")
    assert not verify_log(tower).faults
    assert "system: Tower → Keep" in run_tenken("log", "show", tower, "system").stdout


def test_a_log_never_grows_so_large_that_it_could_not_be_read(tower: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = find_log_path(tower)
    monkeypatch.setattr("tenken.records.log_writing.MOST_LOG_BYTES", log.stat().st_size + 9)
    before = tower.read_bytes(), log.read_bytes()
    with pytest.raises(Problems, match="begin another"):
        answer_questions(open_record(tower), [("lamps", "red", "Mia")])
    assert (tower.read_bytes(), log.read_bytes()) == before


def test_a_role_stands_for_a_name_wherever_that_stands(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(
        f"""tenken: 2
system: Tower
checklists: [{LIGHTHOUSE}]
signed_off: [{{by: Mia, on: 2026-11-01}}]
document: {{history: [{{version: 1, on: 2026-11-01, what: First, by: Mia}}]}}
answers: {{keeper: {{answer: no, by: Mia, owner: Mia, ask: Mia, evidence: [{{at: a.txt, by: Mia}}]}}}}
accepted: {{L-1: {{by: Mia, until: 2026-12-01, because: No sensor}}}}
""",
        "utf-8",
    )
    done = run_tenken("log", "begin", path, "--role", "Nia=Keeper")
    assert (done.returncode, done.stderr) == (2, "--role: the record names no Nia; did you mean Mia?\n")
    assert run_tenken("log", "begin", path, "--role", "Mia=Keeper").returncode == 0
    assert "Mia" not in path.read_text("utf-8") + find_log_path(path).read_text("utf-8")


def test_a_log_that_is_edited_between_two_saves_is_not_written_upon(tower: Path) -> None:
    ours = open_record(tower)
    answer_questions(ours, [("lamps", "red", "Mia")])
    log = find_log_path(tower)
    edited = log.read_bytes().replace(b'"by":"Jun"', b'"by":"Eve"')
    log.write_bytes(edited)
    with pytest.raises(Problems, match="this entry of the log does not hold"):
        answer_questions(ours, [("lamps", "white", "Mia")])
    assert log.read_bytes() == edited
