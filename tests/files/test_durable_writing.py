"""Saves that meet every fault the system can make: the record is the old text or the new, and the person is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.injected_faults import (
    FAULTS,
    OLD_RECORD,
    SystemCall,
    check_faulty_saves,
    list_calls_of_save,
    run_faulty_save,
    run_save,
)
from support.killed_interviews import kill_interviews
from tenken.files.durable_writing import write_durably
from tenken.files.problems import Problems
from tenken.records.record_file import open_record

TALK = ("assess", "tower.yaml", "--plain", "--by", "Mia")
SAMPLE = ("write", "fsync", "rename")
"""The calls a save stands or falls with; `tests/fuzz.py faults` tries all the others, too."""
traced = pytest.mark.skipif(
    not shutil.which("strace") and not os.environ.get("TENKEN_SKIPS_NOTHING"), reason="strace is not installed"
)


@pytest.fixture(scope="module")
def saving(tmp_path_factory: pytest.TempPathFactory) -> list[SystemCall]:
    return list_calls_of_save(tmp_path_factory.mktemp("trace"))


@traced
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_a_call_leaves_the_old_record_or_the_new(
    tmp_path: Path, saving: list[SystemCall], fault: str
) -> None:
    calls = [call for call in saving if call.name in SAMPLE]
    assert [call.name for call in calls] == ["write", "fsync", "rename", "fsync"]
    check_faulty_saves(tmp_path, calls, fault)


@traced
def test_what_cannot_be_tidied_up_either_is_told_once_and_swept_by_a_later_save(tmp_path: Path) -> None:
    calls = (SystemCall("fsync", 1), SystemCall("unlink", 1))
    status, said, record = run_faulty_save(tmp_path, *((call, "error=EIO") for call in calls))
    assert (status, len(said.splitlines()), record) == (2, 1, OLD_RECORD)
    (left,) = tmp_path.glob(".tower.yaml.*.tmp")
    aged(left, hours=2)
    assert run_save(tmp_path).status == 0
    assert not left.exists()


@traced
@pytest.mark.parametrize("call", [SystemCall("fsync", 1), SystemCall("rename", 1), SystemCall("fsync", 2)])
def test_in_a_conversation_a_fault_is_told_and_tried_again(tmp_path: Path, call: SystemCall) -> None:
    status, said, _ = run_faulty_save(tmp_path, (call, "error=EIO"), arguments=TALK, typed="1\nyes\n1\n")
    assert "Attention: tower.yaml: Input/output error" in said
    assert "Your answers are kept in memory. What now?" in said
    assert said.index("What now?") < said.index("Saved: On a coast: Yes")
    assert (status, open_record(tmp_path / "tower.yaml").record.answers["coast"].answer) == (130, ("yes",))


def test_interviews_killed_at_random_moments_lose_no_acknowledged_answer() -> None:
    found = kill_interviews(6)
    assert sum(len(one.acknowledged) for one in found) > 3 * len(found)
    for one in found:
        assert one.is_whole
        assert one.acknowledged <= one.kept
        assert len(one.kept - one.acknowledged) <= 1


@traced
def test_an_answer_that_can_never_be_saved_is_printed_and_not_acknowledged(tmp_path: Path) -> None:
    fault = (SystemCall("rename", "1+"), "error=ENOSPC")
    _, said, record = run_faulty_save(tmp_path, fault, arguments=TALK, typed="1\nyes\n3\n")
    assert "Not saved anywhere." in said
    assert "Saved:" not in said
    assert record == OLD_RECORD


def aged(path: Path, hours: float) -> None:
    then = path.stat().st_mtime - hours * 3600
    os.utime(path, (then, then))


def test_a_save_sweeps_up_what_killed_saves_of_the_same_file_left(tmp_path: Path) -> None:
    target = tmp_path / "tower.yaml"
    left, mine = (
        ".tower.yaml.2b1fc9ab.tmp",
        [".other.yaml.2b1fc9ab.tmp", ".tower.yaml.tmp", ".tower.yaml.old.notes.tmp"],
    )
    for name in (left, *mine, ".tower.yaml.3b1fc9ab.tmp"):
        (tmp_path / name).write_text("half", "utf-8")
        aged(tmp_path / name, hours=0.5 if "3b1f" in name else 2)
    (tmp_path / ".tower.yaml.4b1fc9ab.tmp").mkdir()
    aged(tmp_path / ".tower.yaml.4b1fc9ab.tmp", hours=2)
    write_durably(target, "whole")
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {"tower.yaml", *mine, ".tower.yaml.3b1fc9ab.tmp", ".tower.yaml.4b1fc9ab.tmp"}


def test_a_save_made_by_another_at_the_same_time_is_not_swept_away(tmp_path: Path) -> None:
    """Eight processes save two files over and over; none finds its unfinished file gone."""
    script = (
        "import sys; from tenken.files.durable_writing import write_durably;"
        " [write_durably(sys.argv[1], 'x' * n) for n in range(200)]"
    )
    savers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path / f"{number % 2}.yaml")]) for number in range(8)
    ]
    assert [saver.wait() for saver in savers] == [0] * 8
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.yaml", "1.yaml"]


def test_a_symbolic_link_stays_one_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.yaml"
    link.symlink_to(tmp_path / "there" / "tower.yaml")
    write_durably(link, "whole")
    assert link.is_symlink()
    assert (tmp_path / "there" / "tower.yaml").read_text("utf-8") == "whole"


def test_what_the_system_refuses_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Problems):
        write_durably(tmp_path / "folder", "whole")
    with pytest.raises(Problems):
        write_durably(tmp_path / "gone" / "tower.yaml", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
