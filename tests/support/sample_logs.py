"""Records with a log, written by the program with a clock that goes on by a minute for each entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count as count_up
from itertools import cycle
from pathlib import Path

from support.paths import LIGHTHOUSE
from tenken.records.answer_log import render_log_line
from tenken.records.files_beside import find_log_path
from tenken.records.record import GivenAnswer
from tenken.records.record_file import RecordFile, open_record

TOWER = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{keeper: no}}\n"
BEGUN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Said = tuple[str, str, str]
"""A question, the answer to it, and by whom."""


def tick_by_minutes() -> Callable[[], datetime]:
    minutes = count_up()
    return lambda: BEGUN + timedelta(minutes=next(minutes))


def write_logged_record(folder: Path, said: Iterable[Said] = (), text: str = TOWER) -> Path:
    """A record with a log of one entry for its beginning and one for each answer."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tower.yaml"
    path.write_text(text, "utf-8")
    record_file = open_record(path)
    record_file.clock = tick_by_minutes()
    record_file.begin_log("Mia")
    answer_questions(record_file, said)
    return path


def answer_questions(record_file: RecordFile, said: Iterable[Said]) -> None:
    """Answers one question after the other, each with a save of its own."""
    record_file.clock = record_file.clock or tick_by_minutes()
    for id, word, by in said:
        record_file.take_answer(id, GivenAnswer((word,), by=by, at=record_file.clock()))
        record_file.save()


def read_log_lines(path: Path) -> list[bytes]:
    return find_log_path(path).read_bytes().splitlines(keepends=True)


def lengthen_log(path: Path, count: int) -> Path:
    """Lets the last two entries of a log, of which each takes back the other, come again and again."""
    lines = read_log_lines(path)
    pair = [json.loads(line) for line in lines[-2:]]
    pair[0]["changes"][0]["from"] = pair[1]["changes"][0]["to"]
    digest = sha256(lines[-1]).hexdigest()
    for number, again in zip(range(len(lines) + 1, count + 1), cycle(pair)):
        lines.append(render_log_line({**again, "number": number, "before": digest}))
        digest = sha256(lines[-1]).hexdigest()
    log = find_log_path(path)
    log.write_bytes(b"".join(lines))
    return log
