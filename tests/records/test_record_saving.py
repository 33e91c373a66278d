"""A save changes what was answered and nothing else, is read back before it counts, and loses nobody's answers."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Problems
from tenken.records.record import Evidence, GivenAnswer, Record, RecordStage, SignOff
from tenken.records.record_file import RECORD_FORMAT, RecordFile, open_record, parse_record
from tenken.records.record_text import build_record_data, change_record_text, render_record

WRITTEN = """\
# Ours, by hand.
tenken: 1   # the format

system:   "The Tower"
checklists: [eu-transparency]

answers:
  # where it is offered
  where: [eu]     # and nowhere else
  placed: '2026-09-01'
  purpose: {answer: none, by: Mia}   # asked twice
  EU-50-1.told_by_design:
    answer: no   # for now
    note: |
      First line

      - a bullet
    # who sees to it
    owner: Jun
    evidence:
      - at: a.png     # taken in May
        shows: the first screen
  subject:

# the end
"""


def saved(folder: Path, text: str, changes: dict[str, GivenAnswer]) -> str:
    path = folder / "r.yaml"
    path.write_bytes(text.encode())
    record_file = open_record(path)
    for id, answer in changes.items():
        record_file.take_answer(id, answer)
    record_file.save()
    assert open_record(path).record.answers.keys() >= changes.keys()
    return path.read_bytes().decode()


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def given_before(id: str) -> GivenAnswer:
    return parse_record(WRITTEN.encode(), "r.yaml").answers[id]


@pytest.mark.parametrize(
    ("id", "change", "gone", "new"),
    [
        ("where", {"answer": ("eu", "elsewhere")}, ["  where: [eu]     # and nowhere else"],
         ["  where: [eu, elsewhere]     # and nowhere else"]),
        ("placed", {"answer": ("2026-10-01",)}, ["  placed: '2026-09-01'"], ["  placed: 2026-10-01"]),
        ("subject", {"answer": ("ai_system",)}, ["  subject:"], ["  subject: ai_system"]),
        ("EU-50-1.told_by_design", {"answer": ("yes",)}, ["    answer: no   # for now"],
         ["    answer: yes   # for now"]),
        ("EU-50-1.told_by_design", {"owner": "Ada"}, ["    owner: Jun"], ["    owner: Ada"]),
        ("EU-50-1.told_by_design", {"owner": ""}, ["    owner: Jun"], []),
        ("EU-50-1.told_by_design", {"due": date(2026, 12, 1)}, [], ["    due: 2026-12-01"]),
        ("EU-50-1.told_by_design", {"evidence": (Evidence("a.png", "the first screen"), Evidence("b.png", ""))}, [],
         ["      - at: b.png"]),
        ("purpose", {"answer": ("unsure",)}, ["  purpose: {answer: none, by: Mia}   # asked twice"],
         ["  # asked twice", "  purpose:", "    answer: unsure", "    by: Mia"]),
        ("new.one", {"answer": ("yes",)}, [], ["  new.one: yes"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_what_changed_is_written(
    tmp_path: Path, id: str, change: dict[str, object], gone: list[str], new: list[str], *, ending: str
) -> None:
    answer = given_before(id) if id in parse_record(WRITTEN.encode(), "r").answers else GivenAnswer()
    text = WRITTEN.replace("\n", ending)
    after = saved(tmp_path, text, {id: replace_fields(answer, **change)})  # type: ignore[arg-type]
    assert changed_lines(text, after) == (gone, new)
    assert after.count("\r") == (after.count("\n") if ending == "\r\n" else 0)


def test_what_a_save_does_not_change_stays_to_the_byte(tmp_path: Path) -> None:
    for text in (WRITTEN, "\ufeff" + WRITTEN, WRITTEN.rstrip("\n"), "---\n" + WRITTEN, WRITTEN + "...\n"):
        assert saved(tmp_path, text, {}) == text
        after = saved(tmp_path, text, {"where": GivenAnswer(("eu",))})
        assert after == text


texts = st.text(st.characters(codec="utf-8"), max_size=60) | st.text(
    "a \t\n\r#:-'\"|>\u3000\u00a0\u0085\u2028", max_size=20
)
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))
answers = st.builds(
    GivenAnswer,
    answer=st.just(("yes",)),
    by=texts,
    at=st.none() | moments,
    note=texts,
    reason=texts,
    owner=texts,
    due=st.none() | st.dates(),
    evidence=st.lists(
        st.builds(Evidence, at=texts.filter(bool), shows=texts, on=st.none() | st.dates()), max_size=2
    ).map(tuple),
)
records = st.builds(
    Record,
    tenken=st.just(RECORD_FORMAT),
    system=texts,
    organisation=texts,
    answers=st.dictionaries(st.sampled_from(["a", "b.c", "d"]), answers, max_size=3),
    signed_off=st.none() | st.builds(SignOff, by=texts.filter(bool), on=st.dates()),
    status=st.sampled_from(RecordStage),
)


@settings(max_examples=600)
@given(records, records, st.booleans())
def test_a_save_holds_what_is_meant_or_is_refused(old: Record, new: Record, as_json: bool) -> None:
    """Over all that Unicode can hold: what is written is read back as it is meant, or not written at all."""
    path = Path("r.json" if as_json else "r.yaml")
    text = render_record(old, as_json=as_json)
    try:
        held = parse_record(text.encode(), str(path))
    except Problems:
        return
    if build_record_data(held) != build_record_data(old):
        return
    try:
        RecordFile(path, new)._read_back(change_record_text(text, held, new, as_json=as_json))
    except Problems as found:
        assert refused_by_the_reader(new), found


def refused_by_the_reader(record: Record) -> bool:
    """Whether a record holds a character that no file may hold, or no system at all."""
    said = str(build_record_data(record).values())
    marks = ("\\x", "\\u20", "\\ufeff", "\\ufff", "\\r", "\\t")
    return not said.isprintable() or any(mark in said for mark in marks) or not record.system


def test_a_save_that_would_not_read_the_same_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(WRITTEN, "utf-8")
    for by in ("\x1b[31m", "a\u202eb", "x" * 70_000):
        record_file = open_record(path)
        record_file.take_answer("where", GivenAnswer(("eu",), by=by))
        with pytest.raises(Problems, match="nothing was written"):
            record_file.save()
        assert path.read_text("utf-8") == WRITTEN
        assert record_file.record.answers["where"].by == by


def test_other_answers_are_taken_over_and_the_same_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(WRITTEN, "utf-8")
    ours, theirs = open_record(path), open_record(path)
    theirs.take_answer("subject", GivenAnswer(("ai_system",)))
    theirs.save()
    ours.take_answer("where", GivenAnswer(("elsewhere",)))
    ours.save()
    both = open_record(path).record.answers
    assert (both["subject"].answer, both["where"].answer) == (("ai_system",), ("elsewhere",))
    theirs.take_answer("where", GivenAnswer(("eu", "elsewhere")))
    before = path.read_bytes()
    with pytest.raises(Problems, match="somebody else changed where meanwhile; nothing was written"):
        theirs.save()
    assert path.read_bytes() == before


def test_a_file_that_is_gone_or_broken_keeps_the_answers_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(WRITTEN, "utf-8")
    record_file = open_record(path)
    record_file.take_answer("subject", GivenAnswer(("ai_system",)))
    path.write_text("tenken: [", "utf-8")
    with pytest.raises(Problems):
        record_file.save()
    assert path.read_text("utf-8") == "tenken: ["
    path.unlink()
    with pytest.raises(Problems, match="gone"):
        record_file.save()
    record_file.save()
    assert open_record(path).record.answers["subject"].answer == ("ai_system",)


def test_a_new_record_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    record_file = RecordFile(path, parse_record(WRITTEN.encode(), "r.yaml"))
    path.write_text("somebody else's", "utf-8")
    with pytest.raises(Problems, match="by now"):
        record_file.save()
    assert path.read_text("utf-8") == "somebody else's"


def test_mode_umask_links_and_read_only_flags_are_respected(tmp_path: Path) -> None:
    path, link = tmp_path / "r.yaml", tmp_path / "link.yaml"
    before = os.umask(0o077)
    try:
        assert run_tenken("assess", path, "--set", "where=eu").returncode == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    link.symlink_to(path.name)
    assert run_tenken("assess", link, "--set", "subject=ai_system").returncode == 0
    assert (link.is_symlink(), stat.S_IMODE(path.stat().st_mode)) == (True, 0o640)
    path.chmod(0o444)
    content = path.read_bytes()
    refused = run_tenken("assess", path, "--set", "where=elsewhere")
    assert (refused.returncode, path.read_bytes()) == (2, content)
    assert "no permission" in refused.stderr


def test_every_saved_answer_says_against_which_rules_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8")
    assert open_record(path).record.answered_against == {}
    assert run_tenken("assess", path, "--set", "coast=yes").returncode == 0
    assert set(open_record(path).record.answered_against) == {"profile", "lighthouse"}


WRITER = """
import sys
from pathlib import Path
from tenken.records.record import GivenAnswer
from tenken.records.record_file import open_record
for line in sys.stdin:
    path, id = line.split()
    record_file = open_record(Path(path))
    record_file.take_answer(id, GivenAnswer(("yes",), by="Mia"))
    record_file.save()
    print("saved", flush=True)
"""


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """200 pairs of programs that save at the same time; a larger number by hand, with the same seed."""
    pairs = int(os.environ.get("TENKEN_WRITER_PAIRS", "200"))
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    chance = random.Random(7)

    def write(writer: subprocess.Popen[str], path: Path, id: str) -> str:
        assert writer.stdin and writer.stdout
        writer.stdin.write(f"{path} {id}\n")
        writer.stdin.flush()
        return writer.stdout.readline()

    with ThreadPoolExecutor(2) as pool:
        for number in range(pairs):
            path = tmp_path / f"{number}.yaml"
            path.write_text("# ours\n" + "tenken: 1\nsystem: x\nanswers: {}\n" * 1, "utf-8")
            ids = chance.sample(["one", "two", "three"], 2)
            assert list(pool.map(write, writers, [path, path], ids)) == ["saved\n"] * 2
            assert set(open_record(path).record.answers) == set(ids), number
    for writer in writers:
        writer.communicate()
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []
