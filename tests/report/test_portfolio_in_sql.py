"""What a portfolio answers in SQL, by the page for very many systems, word for word; and judged shard by shard."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from support.many_records import write_varied_examples
from support.portfolio_page import PAGE, list_blocks, run_shell
from tenken.assessment.system_row_types import SystemRow

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(
        not find_spec("duckdb") and not os.environ.get("TENKEN_SKIPS_NOTHING"),
        reason="DuckDB weighs 66 MB and is in no extra: pip install duckdb",
    ),
]

SYSTEMS = 60
SHARDS = 3
BINDING = ("obligation", "prohibition")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the page, made by its commands: of many systems, and of a record that cannot be read."""
    folder = tmp_path_factory.mktemp("page")
    write_varied_examples(folder / "records", SYSTEMS)
    (folder / "records" / "broken.yaml").write_text("tenken: [\n", "utf-8")
    made, shard, joined = list_blocks("sh")
    assert run_shell(made, folder).returncode == 2
    for number in range(1, SHARDS + 1):
        run_shell(shard, folder, SLURM_ARRAY_TASK_ID=str(number))
    assert run_shell(joined, folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def answers(folder: Path) -> list[list[tuple[Any, ...]]]:
    """What each question of the page is answered."""
    import duckdb  # noqa: PLC0415 - it is not always there

    before = Path.cwd()
    os.chdir(folder)
    try:
        connection = duckdb.connect()
        told = []
        for block in list_blocks("sql"):
            for statement in connection.extract_statements(block):
                result = connection.execute(statement)
                if str(statement.type).endswith(".SELECT"):
                    told.append(result.fetchall())
    finally:
        os.chdir(before)
    return told


def read_rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[SystemRow]:
    return [row for row in read_rows(folder / "systems.jsonl") if "system" in row]


def test_every_record_is_there_and_what_cannot_be_read_is_told(answers: Any, rows: list[SystemRow]) -> None:
    ((file, place, message),) = answers[0]
    assert (file, place) == ("records/broken.yaml", "records/broken.yaml:2:1")
    assert message
    assert len(rows) == SYSTEMS


def test_gaps_in_force_by_law(answers: Any, rows: list[SystemRow]) -> None:
    expected: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        for each in row["requirements"]:
            if each["status"] == "gap" and each["timing"] == "in force" and each["force"] in BINDING:
                expected.setdefault((each["law"], row["system"], row["file"]), []).append(each["id"])
    assert {key: gaps for *key, gaps, _ in answers[1] for key in [tuple(key)]} == {
        key: sorted(ids) for key, ids in expected.items()
    }
    assert len({law for law, *_ in expected}) > 2


def test_the_question_that_settles_most(answers: Any, rows: list[SystemRow]) -> None:
    expected = Counter(id for row in rows for id in {id for each in row["requirements"] for id in each["settled_by"]})
    assert {question: count for question, count, _ in answers[2]} == expected
    assert answers[2][0][1] == max(expected.values())


def test_what_is_due_next_month(answers: Any, rows: list[SystemRow]) -> None:
    expected = [
        (task["owner"], task["due"], row["system"], task["check"])
        for row in rows
        for task in row["in_hand"]
        if task["due"] and task["due"].startswith("2027-01-")
    ]
    assert [(owner, day.isoformat(), *more) for owner, day, *more in answers[3]] == sorted(expected)
    assert expected


def test_what_changes_on_a_day(answers: Any, folder: Path, rows: list[SystemRow]) -> None:
    later = {row["file"]: row for row in read_rows(folder / "a-day-later.jsonl")}
    expected: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for was, now in zip(row["requirements"], later[row["file"]]["requirements"], strict=True):
            if (was["standing"], was["timing"]) != (now["standing"], now["timing"]):
                expected[was["law"], was["id"]] += 1
    told: Counter[tuple[str, str]] = Counter()
    for law, id, *_, count in answers[4]:
        told[law, id] += count
    assert told == expected != Counter()


def test_what_is_only_said(answers: Any, rows: list[SystemRow]) -> None:
    expected = Counter(check for row in rows for check in row["proof"]["said"])
    assert dict(answers[5]) == expected != Counter()


def test_shards_together_are_the_whole(folder: Path) -> None:
    def read(name: str) -> dict[str, Any]:
        rows = {row["file"]: {**row, "made_by": ""} for row in read_rows(folder / name)}
        assert len(rows) == SYSTEMS + 1
        return rows

    assert read("all.jsonl") == read("systems.jsonl")


def test_every_link_of_the_page_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", PAGE.read_text("utf-8"))
    assert links
    assert all(link.startswith("https://") or (PAGE.parent / link).exists() for link in links)
