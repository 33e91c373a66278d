"""A save changes what was answered and nothing else, is read back before it counts, and loses nobody's answers."""

from __future__ import annotations

import json
import os
import random
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from tenken.files.file_reading import MAX_BYTES
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Problems
from tenken.records.record import (
    Acceptance,
    DocumentHead,
    DocumentVersion,
    Evidence,
    GivenAnswer,
    Record,
    RecordStage,
    SignOff,
    SignRole,
)
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
         ["  purpose: {answer: unsure, by: Mia}   # asked twice"]),
        ("where", {"by": "Mia"}, ["  where: [eu]     # and nowhere else"],
         ["  where:", "    answer: [eu]     # and nowhere else", "    by: Mia"]),
        ("purpose", {"note": "a, b"}, ["  purpose: {answer: none, by: Mia}   # asked twice"],
         ['  purpose: {answer: none, by: Mia, note: "a, b"}   # asked twice']),
        ("EU-50-1.told_by_design", {"note": ""}, ["    note: |", "      First line", "      - a bullet"], []),
        ("EU-50-1.told_by_design", {"evidence": (Evidence("b.png"), Evidence("a.png", "the first screen"))}, [],
         ["      - at: b.png"]),
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


HEAD = "tenken: 1\nsystem: X\nanswers:\n  where:\n    answer: eu\n"
MIA = {"by": "Mia"}


@pytest.mark.parametrize(
    ("name", "text", "change", "expected"),
    [
        ("mixed line breaks", "tenken: 1\r\nsystem: X\nanswers:\n  where:\n    note: |+\n      a\n  # kept\n", MIA,
         "tenken: 1\r\nsystem: X\nanswers:\n  where:\n    by: Mia\n    note: |+\n      a\n  # kept\n"),
        ("lone CR", HEAD.replace("\n", "\r") + "  # kept\r", MIA, HEAD.replace("\n", "\r") + "    by: Mia\r  # kept\r"),
        ("LF in a file with CRLF", "# ours\r\n" + HEAD, MIA, "# ours\r\n" + HEAD + "    by: Mia\n"),
        ("no line break at the end", HEAD.removesuffix("\n"), {"by": "Mia", "note": "n"},
         HEAD + "    by: Mia\n    note: n\n"),
        ("a block without an end", HEAD + "    note: |\n      last", MIA,
         HEAD + "    by: Mia\n    note: |\n      last"),
        ("something behind a block without an end", HEAD + "    note: |\n      last", {"reason": "r"},
         HEAD + "    note: |-\n      last\n    reason: r\n"),
        ("a key with its mark", "tenken: 1\nsystem: X\nanswers:\n  ? where # w\n  : eu # e\n", MIA,
         "tenken: 1\nsystem: X\nanswers:\n  ? where # w\n  :\n    answer: eu # e\n    by: Mia\n"),
        ("a dash alone", HEAD + "    evidence:\n      -\n        at: a # A\n",
         {"evidence": (Evidence("a"), Evidence("b"))},
         HEAD + "    evidence:\n      -\n        at: a # A\n      - at: b\n"),
        ("one item that becomes two", HEAD + "    evidence: # E\n      at: a # A\n      on: 2026-01-02 # O\n",
         {"evidence": (Evidence("a", on=date(2026, 1, 2)), Evidence("b"))},
         HEAD + "    evidence: # E\n      - at: a # A\n        on: 2026-01-02 # O\n      - at: b\n"),
        ("an item among others", HEAD + "    evidence:\n    - at: 'a' # A\n    - at: b # B\n    - at: c # C\n",
         {"evidence": (Evidence("a"), Evidence("c", "s"))},
         HEAD + "    evidence:\n    - at: 'a' # A\n    # B\n    - at: c # C\n      shows: s\n"),
        ("items in brackets", HEAD + "    evidence: [{at: a}, # A\n      {at: b}] # B\n",
         {"evidence": (Evidence("a"), Evidence("b"), Evidence("c"))},
         HEAD + "    evidence: [{at: a}, # A\n      {at: b},\n      {at: c}] # B\n"),
        ("a comment behind a block", HEAD + "    note: | # N\n      a\n      b\n", {"note": "c"},
         HEAD + "    # N\n    note: c\n"),
        ("a comment between a key and its value", HEAD + "    note: # N\n      a\n", {"note": "b"},
         HEAD + "    note: # N\n      b\n"),
        ("a comment behind quotes of two lines", HEAD + "    note: 'a\n      b' # N\n", {"note": "c"},
         HEAD + "    note: c # N\n"),
        ("a list in lines", "tenken: 1\nsystem: X\nanswers:\n  where: # W\n  - eu # E\n  - us # U\n", MIA,
         "tenken: 1\nsystem: X\nanswers:\n  where:\n    answer: # W\n    - eu # E\n    - us # U\n    by: Mia\n"),
        ("answers in brackets", "tenken: 1\nsystem: X\nanswers: { where: eu, # W\n  q: 'r' } # A\n",
         {"answer": ("us",)},
         "tenken: 1\nsystem: X\nanswers: { where: us, # W\n  q: 'r' } # A\n"),
        ("all in brackets", "{ tenken: 1, # T\n  system: X, answers: { where: eu } }\n", MIA,
         "{ tenken: 1, # T\n  system: X, answers: { where: {answer: eu, by: Mia} } }\n"),
        ("deeper comments behind what becomes a block", HEAD + "    note: n\n        # deep\n", {"note": "a\nb"},
         HEAD + '    note: "a\\nb"\n        # deep\n'),
        ("a block of nothing but full-width spaces", HEAD + "    note: |\n      \u3000\n\n", MIA,
         HEAD + "    by: Mia\n    note: |\n      \u3000\n\n"),
        ("behind a block of nothing but full-width spaces", HEAD + "    note: |\n      \u3000\n", {"reason": "r"},
         HEAD + "    note: |\n      \u3000\n    reason: r\n"),
        ("an emoji", HEAD, {"by": "😀 Mia"}, HEAD + "    by: 😀 Mia\n"),
    ],
)  # fmt: skip
def test_a_layout_keeps_its_comments_and_its_line_breaks(
    tmp_path: Path, name: str, text: str, change: dict[str, object], expected: str
) -> None:
    """Each was once lost, written anew, or refused."""
    answer = parse_record(text.encode(), "r.yaml").answers["where"]
    assert saved(tmp_path, text, {"where": replace_fields(answer, **change)}) == expected, name  # type: ignore[arg-type]


def test_answers_begin_where_there_are_none(tmp_path: Path) -> None:
    head = "tenken: 1\nsystem: X"
    for text in (head, head + "\n", head + "\nanswers:   # none yet\n  {}", head + "\nanswers: {} # none yet\n"):
        after = saved(tmp_path, text, {"answer": GivenAnswer(("eu",)), "q": GivenAnswer(("no",), by="Mia")})
        said = after.replace("# none yet\n", "").split()
        assert said == f"{head} answers: answer: eu q: answer: no by: Mia".split()
        assert after.count("# none yet") == text.count("# none yet")


def test_a_signed_record_is_a_draft_again_behind_a_block_that_keeps_its_blank_lines(tmp_path: Path) -> None:
    signed = "tenken: 1\nsystem: |+\n  X\nsigned_off: {by: Mia, on: 2026-01-02}\n\nanswers: {}\nstatus: final # sure\n"
    after = saved(tmp_path, signed, {"where": GivenAnswer(("eu",))})
    assert after == "tenken: 1\nsystem: |+\n  X\nanswers:\n  where: eu\nstatus: draft # sure\n"


JSON_RECORD = """\
{
\t"tenken": "1", "system": "caf\\u00e9",
\t"answers": {
\t\t"where": "eu",
\t\t"purpose": ["a", "b"]
\t}
}
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["r.json", "r.JSON"])
def test_json_is_changed_in_place_and_stays_json(tmp_path: Path, name: str, ending: str) -> None:
    path = tmp_path / name
    text = JSON_RECORD.replace("\n", ending)
    path.write_bytes(text.encode())
    record_file = open_record(path)
    record_file.take_answer("where", GivenAnswer(("eu",), by='"Mia"'))
    record_file.take_answer("new", GivenAnswer(("yes",)))
    record_file.save()
    after = path.read_bytes().decode()
    gone, new = changed_lines(text, after)
    assert gone == ['\t\t"where": "eu",', '\t\t"purpose": ["a", "b"]']
    assert new == [
        '\t\t"where": {"answer": "eu", "by": "\\"Mia\\""},',
        '\t\t"purpose": ["a", "b"],',
        '\t\t"new": "yes"',
    ]
    assert json.loads(after)["answers"]["new"] == "yes"
    assert after.count("\r") == text.count("\r") + (ending == "\r\n")


def test_a_new_file_with_the_ending_of_json_is_json(tmp_path: Path) -> None:
    for name in ("r.json", "r.JSON"):
        record_file = RecordFile(tmp_path / name, parse_record(WRITTEN.encode(), "r.yaml"))
        record_file.save()
        assert json.loads((tmp_path / name).read_text("utf-8"))["system"] == "The Tower"


def test_yaml_in_a_file_with_the_ending_of_json_stays_yaml(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(HEAD + "    # kept\n", "utf-8")
    record_file = open_record(path)
    record_file.take_answer("where", GivenAnswer(("us",)))
    record_file.save()
    assert path.read_text("utf-8") == HEAD.replace("eu", "us") + "    # kept\n"


def test_an_answer_that_moves_takes_its_text_along() -> None:
    text = """\
tenken: 1
system: X
answers:
  # about a
  'a': {answer: "yes", by: Mia} # A
  b:
      answer: no   # B
      note: |
        one

        two
  c: 'yes'  # C
status: draft
"""
    old = parse_record(text.encode(), "r")
    a, b, c = old.answers.values()
    new = replace_fields(old, answers={"a2": a, "c": c}, earlier={"b": b})
    assert change_record_text(text, old, new) == """\
tenken: 1
system: X
answers:
  # about a
  'a2': {answer: "yes", by: Mia} # A
  c: 'yes'  # C
status: draft
earlier:
  b:
      answer: no   # B
      note: |
        one

        two
"""  # fmt: skip
    again = change_record_text(text, old, replace_fields(old, answers={}, earlier={"c": c, "b": b, "a": a}))
    assert again.endswith("status: draft\nearlier:\n  c: 'yes'  # C\n" + text[text.index("  b:") : text.index("  c:")]
                          + text[text.index("  'a'") : text.index("  b:")])  # fmt: skip
    assert "answers: {}\n  # about a\nstatus" in again


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
histories = st.lists(
    st.builds(DocumentVersion, version=texts.filter(bool), on=st.dates(), what=texts, by=texts), max_size=2
).map(tuple)
records = st.builds(
    Record,
    tenken=st.just(RECORD_FORMAT),
    system=texts,
    organisation=texts,
    answers=st.dictionaries(st.sampled_from(["a", "b.c", "d"]), answers, max_size=3),
    signed_off=st.lists(
        st.builds(
            SignOff,
            by=texts.filter(bool),
            on=st.dates(),
            role=st.sampled_from(SignRole),
            position=texts,
        ),
        max_size=2,
    ).map(tuple),
    document=st.none() | st.builds(DocumentHead, company=texts.filter(bool), history=histories),
    status=st.sampled_from(RecordStage),
)


@pytest.mark.thorough
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
        RecordFile(path, new)._read_back(change_record_text(text, held, new).encode(), new)
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


MIA_SIGNS = {"status": RecordStage.FINAL, "signed_off": (SignOff("Mia", date(2026, 11, 23)),)}
JUN_SIGNS = {"status": RecordStage.FINAL, "signed_off": (SignOff("Jun", date(2026, 11, 23)),)}
SIGNED_BY_MIA = "status: final\nsigned_off: {by: Mia, on: 2026-11-23}\n"


def open_twice(folder: Path, more: str = "") -> tuple[RecordFile, RecordFile]:
    path = folder / "r.yaml"
    path.write_text(HEAD + more, "utf-8")
    return open_record(path), open_record(path)


def sign(record_file: RecordFile, signature: dict[str, Any]) -> None:
    record_file.record = replace_fields(record_file.record, **signature)


@pytest.mark.parametrize("more", ["", "status: final\n", SIGNED_BY_MIA])
@pytest.mark.parametrize("answered", ["where", "other"])
def test_what_somebody_signs_while_another_answers_is_a_draft(tmp_path: Path, more: str, answered: str) -> None:
    ours, theirs = open_twice(tmp_path, more)
    sign(theirs, JUN_SIGNS)
    theirs.save()
    ours.take_answer(answered, GivenAnswer(("us",)))
    ours.save()
    after = open_record(ours.path).record
    assert (after.status, after.signed_off, after.answers[answered].answer) == (RecordStage.DRAFT, (), ("us",))


@pytest.mark.parametrize("more", ["", "status: final\n", SIGNED_BY_MIA])
@pytest.mark.parametrize("answered", ["where", "other"])
def test_nobody_signs_what_another_changed_meanwhile(tmp_path: Path, more: str, answered: str) -> None:
    ours, theirs = open_twice(tmp_path, more)
    theirs.take_answer(answered, GivenAnswer(("us",)))
    theirs.save()
    before = ours.path.read_bytes()
    sign(ours, JUN_SIGNS)
    with pytest.raises(Problems, match=f"somebody else changed {answered} meanwhile; nothing was written"):
        ours.save()
    assert ours.path.read_bytes() == before


def test_a_signature_stays_where_the_answers_are_those_that_were_signed(tmp_path: Path) -> None:
    ours, theirs = open_twice(tmp_path)
    for record_file in (theirs, ours):
        record_file.take_answer("where", GivenAnswer(("us",)))
    sign(theirs, MIA_SIGNS)
    theirs.save()
    ours.record = replace_fields(ours.record, organisation="Ours")
    ours.save()
    both = open_record(ours.path).record
    assert (both.signed_off, both.organisation) == (MIA_SIGNS["signed_off"], "Ours")


def test_two_who_sign_at_once_are_told(tmp_path: Path) -> None:
    ours, theirs = open_twice(tmp_path)
    sign(theirs, MIA_SIGNS)
    theirs.save()
    sign(ours, JUN_SIGNS)
    with pytest.raises(Problems, match="somebody else changed signed_off meanwhile"):
        ours.save()
    sign(ours, MIA_SIGNS)
    ours.save()
    assert open_record(ours.path).record.signed_off == MIA_SIGNS["signed_off"]


def test_a_pipe_in_the_place_of_the_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    ours, _ = open_twice(tmp_path)
    ours.take_answer("where", GivenAnswer(("us",)))
    ours.path.unlink()
    os.mkfifo(ours.path)
    for record_file in (ours, RecordFile(ours.path, ours.record)):
        with pytest.raises(Problems, match="this is a device or a pipe"):
            record_file.save()


def test_a_record_that_could_not_be_read_again_for_its_size_is_refused(tmp_path: Path) -> None:
    ours, _ = open_twice(tmp_path, "".join(f"# {'x' * 1000}\n" for _ in range(MAX_BYTES // 1003 - 1)))
    before = ours.path.read_bytes()
    ours.take_answer("where", GivenAnswer(("us",), note="n" * 60_000))
    with pytest.raises(Problems, match=r"cannot be read again \(the file is larger than 16 MiB.*nothing was written"):
        ours.save()
    assert ours.path.read_bytes() == before


@pytest.mark.parametrize("text", [HEAD, HEAD.replace("where:\n    answer: eu", "where: {answer: eu}"),
                                  '{"tenken": "1", "system": "X", "answers": {"where": "eu"}}'])  # fmt: skip
def test_half_a_character_is_refused_in_every_layout(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(text, "utf-8")
    record_file = open_record(path)
    record_file.take_answer("where", GivenAnswer(("eu",), by="\ud800"))
    for each in (record_file, RecordFile(tmp_path / "new.json", record_file.record)):
        with pytest.raises(Problems, match=r"U\+D800 is not allowed here.*nothing was written"):
            each.save()
    assert path.read_text("utf-8") == text


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


@pytest.mark.parametrize("answers", [{}, {"where": GivenAnswer(("eu",), note="\nanswers: {}\n"), "b": GivenAnswer()}])
def test_a_file_that_is_gone_is_made_anew_with_all_that_stands_behind_the_answers(
    tmp_path: Path, answers: dict[str, GivenAnswer]
) -> None:
    accepted = {"EU-4": Acceptance("Jo", date(2027, 1, 1), "Why", date(2026, 11, 1), "0", "0")}
    record = Record(
        RECORD_FORMAT, "answers: {}", answers=answers, accepted=accepted, earlier={"gone": GivenAnswer(("yes",))}
    )
    path = tmp_path / "r.yaml"
    RecordFile(path, record).save()
    assert build_record_data(open_record(path).record) == build_record_data(record)
