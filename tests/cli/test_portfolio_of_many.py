"""`tenken portfolio` of more records than one process judges together: the same rows, from a cache too, whole files."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from support.command_line import run_tenken
from support.many_records import (
    MORE_THAN_TOGETHER,
    list_helpers,
    measure_peak_megabytes,
    start_portfolio,
    write_drawn_records,
    write_varied_examples,
)
from support.paths import LIGHTHOUSE
from support.sample_reports import DAY
from tenken.records.applicable_rules import HOUSE_RULES_FOLDER

pytestmark = pytest.mark.thorough
ON = ("--as-of", DAY.isoformat())
HOUSE = f"""title: Harbour policy
adds_to: {LIGHTHOUSE}
requirements:
  L-1:
    checks:
      seen:
        ask: Is it seen from the harbour?
        basis: house
        cites: Policy, section 3
"""
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up where Linux tells of them")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "records"
    write_drawn_records(folder, MORE_THAN_TOGETHER)
    return folder


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Some examples, with room beside them."""
    write_varied_examples(tmp_path / "records", 12)
    return tmp_path / "records"


def list_lines(*arguments: str | Path, status: int = 0) -> list[dict[str, Any]]:
    done = run_tenken("portfolio", *arguments, "--format", "jsonl", *(() if "--as-of" in arguments else ON))
    assert done.returncode == status, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        row.pop("made_by", None)
    return rows


def test_several_processes_tell_what_one_tells_in_the_same_order(many: Path) -> None:
    paths = sorted(many.iterdir())
    shards = [paths[begin : begin + 400] for begin in range(0, len(paths), 400)]
    alone = [row for shard in shards for row in list_lines(*shard, status=2 * (paths[-2] in shard))]
    assert list_lines(many, status=2) == alone
    assert [row["file"] for row in alone] == list(map(str, paths))


def test_what_is_kept_of_many_is_what_is_judged(many: Path, tmp_path: Path) -> None:
    plain = list_lines(many, status=2)
    for _ in range(2):
        assert list_lines(many, "--cache", tmp_path / "kept", status=2) == plain


@pytest.mark.parametrize("form", ["html", "md", "csv", "json", "jsonl"])
def test_every_form_says_of_kept_rows_what_it_says_of_others(few: Path, form: str) -> None:
    made = [
        run_tenken("portfolio", few, "--format", form, *ON, *more)
        for more in ((), ("--cache", few.parent / "kept"), ("--cache", few.parent / "kept"))
    ]
    assert made[0].stdout == made[1].stdout == made[2].stdout != ""


def test_an_edited_record_and_another_day_are_judged_anew(few: Path) -> None:
    kept = ("--cache", few.parent / "kept")
    before = list_lines(few, *kept)
    record = few / "000003.yaml"
    record.write_text(record.read_text("utf-8").replace("system: S3 ", "system: Renamed ", 1), "utf-8")
    after = list_lines(few, *kept)
    assert after == list_lines(few)
    assert [row["file"] for row, was in zip(after, before, strict=True) if row != was] == [str(record)]
    earlier = ("--as-of", "2025-06-01")
    assert list_lines(few, *kept, *earlier) == list_lines(few, *earlier) != after
    assert list_lines(few, *kept) == after


def test_a_record_under_another_name_has_that_name(few: Path) -> None:
    list_lines(few, "--cache", few.parent / "kept")
    (few / "000000.yaml").rename(few / "zero.yaml")
    assert list_lines(few, "--cache", few.parent / "kept") == list_lines(few)


def write_towers(folder: Path, count: int = 1) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = f"tenken: 2\nsystem: Tower {number}\nchecklists: [{LIGHTHOUSE}]\nanswers: {{coast: yes}}\n"
        (folder / f"tower-{number}.yaml").write_text(text, "utf-8")


def write_house_rules(folder: Path) -> None:
    (folder / HOUSE_RULES_FOLDER).mkdir()
    (folder / HOUSE_RULES_FOLDER / "harbour.yaml").write_text(HOUSE, "utf-8")


def test_rules_of_the_house_and_checklists_of_ones_own_are_always_read(tmp_path: Path) -> None:
    folder, kept = tmp_path / "records", ("--cache", tmp_path / "kept")
    folder.mkdir()
    own = tmp_path / "lighthouse.yaml"
    own.write_text(LIGHTHOUSE.read_text("utf-8"), "utf-8")
    text = "tenken: 2\nsystem: Own\nchecklists: [../lighthouse.yaml]\nanswers: {coast: yes}\n"
    (folder / "own.yaml").write_text(text, "utf-8")
    (before,) = list_lines(folder, *kept)
    own.write_text(own.read_text("utf-8").replace("force: obligation", "force: recommendation", 1), "utf-8")
    (after,) = list_lines(folder, *kept)
    assert (after, after != before) == (list_lines(folder)[0], True)
    write_towers(folder)
    list_lines(folder, *kept)
    write_house_rules(folder)
    assert list_lines(folder, *kept) == list_lines(folder)


def test_the_rows_of_two_runs_of_different_days_do_not_mix(few: Path) -> None:
    kept = few.parent / "kept"
    list_lines(few, "--cache", kept)
    with sqlite3.connect(kept) as rows:
        (today,) = rows.execute("SELECT told FROM state").fetchall()
    list_lines(few, "--cache", kept, "--as-of", "2025-06-01")
    with sqlite3.connect(kept) as rows:
        rows.execute("UPDATE state SET told = ?", today)  # as the slower of two runs at once leaves it
    assert list_lines(few, "--cache", kept) == list_lines(few)


def damage_pages(kept: Path) -> None:
    content = bytearray(kept.read_bytes())
    for place in range(8192, len(content) - 50, 1024):
        content[place : place + 50] = b"\xff" * 50
    kept.write_bytes(content)


def damage_rows(kept: Path) -> None:
    with sqlite3.connect(kept) as rows:
        rows.execute("UPDATE rows SET row = x'00'")


def cut_off(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:20_000])


def replace_by_text(kept: Path) -> None:
    kept.write_text("mine\n", "utf-8")


def replace_by_database(kept: Path) -> None:
    kept.unlink()
    with sqlite3.connect(kept) as other:
        other.execute("CREATE TABLE mine (thing)")


def forbid_writing(kept: Path) -> None:
    kept.chmod(0o444)


DAMAGED = "kept: this is no cache of tenken, or it is damaged; name another file, or delete it"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (damage_pages, DAMAGED),
        (damage_rows, DAMAGED),
        (cut_off, DAMAGED),
        (replace_by_text, DAMAGED),
        (replace_by_database, DAMAGED),
        (forbid_writing, "kept: no permission; nothing was changed"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_cache_that_cannot_be_used_is_one_line_and_stays_as_it_is(few: Path, spoil: Any, said: str) -> None:
    kept, made = few.parent / "kept", few.parent / "made.jsonl"
    list_lines(few, "--cache", kept)
    spoil(kept)
    held = kept.read_bytes()
    done = run_tenken("portfolio", few, *ON, "--cache", kept, "-o", made)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{few.parent}/{said}\n")
    assert (kept.read_bytes(), made.exists()) == (held, False)


@pytest.mark.parametrize(
    ("cache", "said"),
    [("nowhere/kept", "there is no such file or folder"), ("records", "this is a folder; name a file in it")],
)
def test_a_place_where_nothing_can_be_kept_is_told(few: Path, cache: str, said: str) -> None:
    done = run_tenken("portfolio", few, *ON, "--cache", few.parent / cache)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{few.parent / cache}: {said}\n")


def test_neither_a_record_becomes_a_cache_nor_a_cache_a_portfolio(few: Path) -> None:
    record, kept = few / "000001.yaml", few.parent / "kept"
    held = record.read_bytes()
    assert run_tenken("portfolio", few, *ON, "--cache", record).returncode == 2
    assert record.read_bytes() == held
    list_lines(few, "--cache", kept)
    done = run_tenken("portfolio", few, *ON, "--cache", kept, "-o", kept, "--format", "jsonl", "--force")
    assert (done.returncode, "never replaced" in done.stderr) == (2, True)
    assert list_lines(few, "--cache", kept) == list_lines(few)


def test_an_empty_file_becomes_a_cache(few: Path) -> None:
    kept = few.parent / "kept"
    kept.touch()
    assert list_lines(few, "--cache", kept) == list_lines(few)
    assert kept.stat().st_size


def test_what_another_process_learned_of_the_house_reaches_the_page(tmp_path: Path) -> None:
    write_drawn_records(tmp_path / "a", 600)
    write_towers(tmp_path / "b")
    write_house_rules(tmp_path / "b")
    answers = "coast: yes, lamps: white, keeper: no, lit: 2026-09-01, L-1.shines: yes, L-1.clean: yes, L-1.seen: no"
    tower = tmp_path / "b" / "tower-0.yaml"
    tower.write_text(tower.read_text("utf-8").replace("coast: yes", answers), "utf-8")
    page = run_tenken("portfolio", tmp_path, "--format", "csv", *ON).stdout
    assert "Is it seen from the harbour?" in page
    assert "L-1.seen" not in page


@needs_proc
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("whom", [os.kill, os.killpg])
def test_a_signal_to_several_processes_ends_all_and_leaves_no_half_file(
    tmp_path: Path, sent: signal.Signals, whom: Any
) -> None:
    running = begin_with_helpers(tmp_path, "-o", tmp_path / "made.jsonl", "--cache", tmp_path / "kept")
    whom(running.pid, sent)
    said = running.communicate(timeout=20)[1]
    assert (running.returncode, said) == (128 + sent, b"")
    assert list_helpers(running.pid) == []
    assert {path.name for path in tmp_path.iterdir()} <= {"records", "kept"}
    assert len(list_lines(tmp_path / "records", "--cache", tmp_path / "kept", status=2)) == 2 * MORE_THAN_TOGETHER


@needs_proc
def test_what_a_process_leaves_that_the_system_ends_is_done_all_the_same(tmp_path: Path) -> None:
    running = begin_with_helpers(tmp_path, "-o", tmp_path / "made.jsonl")
    os.kill(list_helpers(running.pid)[0], signal.SIGKILL)
    running.communicate(timeout=60)
    assert len((tmp_path / "made.jsonl").read_text("utf-8").splitlines()) == 2 * MORE_THAN_TOGETHER
    assert list_helpers(running.pid) == []


@needs_proc
def test_helpers_do_not_outlive_a_portfolio_that_is_killed(tmp_path: Path) -> None:
    running = begin_with_helpers(tmp_path, "--format", "html")
    running.kill()
    running.communicate(timeout=20)
    given_up = time.monotonic() + 10
    while list_helpers(running.pid):
        assert time.monotonic() < given_up


def begin_with_helpers(folder: Path, *more: str | Path) -> Any:
    """A portfolio that has begun other processes."""
    write_drawn_records(folder / "records", 2 * MORE_THAN_TOGETHER)
    running = start_portfolio(folder / "records", *more)
    while not list_helpers(running.pid):
        assert running.poll() is None, running.communicate()
    return running


@needs_proc
def test_where_nobody_reads_on_no_more_is_made(many: Path) -> None:
    running = start_portfolio(many, "--format", "jsonl")
    assert running.stdout
    assert running.stderr
    assert json.loads(running.stdout.readline())["file"].endswith("000000.yaml")
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait(20) == 0
    assert list_helpers(running.pid) == []


@needs_proc
@pytest.mark.parametrize("form", ["jsonl", "html"])
def test_four_times_the_records_take_no_more_memory(tmp_path: Path, form: str) -> None:
    peaks = []
    for count in (500, 2000):
        write_varied_examples(tmp_path / str(count), count)
        peaks.append(measure_peak_megabytes(tmp_path / str(count), "-o", tmp_path / f"made-{count}.{form}"))
    assert peaks[1] - peaks[0] <= 12, peaks
    assert peaks[1] <= 250
