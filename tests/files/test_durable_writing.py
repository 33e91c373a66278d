"""Saves that meet every fault the system can make: the record is the old text or the new, and the person is told."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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


@pytest.mark.thorough
@traced
@pytest.mark.parametrize("fault", ["error=EIO", "signal=KILL"])
def test_with_a_log_a_fault_leaves_both_as_they_were_or_as_they_should_be(tmp_path: Path, fault: str) -> None:
    calls = [call for call in list_calls_of_save(tmp_path / "trace", with_log=True) if call.name in SAMPLE]
    assert [call.name for call in calls] == ["write", "fsync", "write", "fsync", "rename", "fsync"]
    check_faulty_saves(tmp_path, calls, fault, with_log=True)


@traced
def test_what_cannot_be_tidied_up_either_is_told_once_and_swept_by_a_later_save(tmp_path: Path) -> None:
    calls = (SystemCall("fsync", 1), SystemCall("unlink", 1))
    status, said, record, _ = run_faulty_save(tmp_path, *((call, "error=EIO") for call in calls))
    assert (status, len(said.splitlines()), record) == (2, 1, OLD_RECORD)
    (left,) = tmp_path.glob(".tower.yaml.*.tmp")
    aged(left, hours=2)
    assert run_save(tmp_path).status == 0
    assert not left.exists()


@traced
@pytest.mark.parametrize("call", [SystemCall("fsync", 1), SystemCall("rename", 1), SystemCall("fsync", 2)])
def test_in_a_conversation_a_fault_is_told_and_tried_again(tmp_path: Path, call: SystemCall) -> None:
    status, said, *_ = run_faulty_save(tmp_path, (call, "error=EIO"), arguments=TALK, typed="1\nyes\n1\n")
    assert "Attention: tower.yaml: Input/output error" in said
    assert "Your answers are kept in memory. What now?" in said
    assert said.index("What now?") < said.index("Saved: On a coast: Yes")
    assert (status, open_record(tmp_path / "tower.yaml").record.answers["coast"].answer) == (130, ("yes",))


@pytest.mark.thorough
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
    _, said, record, _ = run_faulty_save(tmp_path, fault, arguments=TALK, typed="1\nyes\n3\n")
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


MIA, JUN, TEAM, STRANGERS = 61_001, 61_002, 61_200, 61_300
as_root = pytest.mark.skipif(
    os.geteuid() != 0 and not os.environ.get("TENKEN_SKIPS_NOTHING"), reason="only root can be somebody else"
)


def write_as(user: int, groups: list[int], target: Path, text: str) -> str:
    """Writes as somebody else, and says what was told."""
    script = (
        "import os, sys; from pathlib import Path; from tenken.files.durable_writing import write_durably\n"
        "from tenken.files.problems import Problems\n"
        "user, groups = int(sys.argv[3]), [int(group) for group in sys.argv[4:]]\n"
        "os.umask(0o022); os.setgroups(groups); os.setgid(user); os.setuid(user)\n"
        "try: write_durably(Path(sys.argv[1]), sys.argv[2])\n"
        "except Problems as found: print(found)\n"
    )
    words = (target.name, text, str(user), *map(str, groups))
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=target.parent, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that everybody may write into, as what others cannot even reach says nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def make_file(folder: Path, owner: int, group: int, mode: int) -> Path:
    path = folder / "r.yaml"
    path.write_text("old", "utf-8")
    os.chown(path, owner, group)
    path.chmod(mode)
    return path


@as_root
@pytest.mark.parametrize(
    ("writer", "groups", "before", "after"),
    [
        (JUN, [TEAM], (MIA, TEAM, 0o660), (JUN, TEAM, 0o660)),
        (JUN, [TEAM], (MIA, TEAM, 0o2664), (JUN, TEAM, 0o2664)),
        (JUN, [TEAM], (JUN, TEAM, 0o640), (JUN, TEAM, 0o640)),
        (JUN, [], (JUN, STRANGERS, 0o640), (JUN, JUN, 0o600)),
        (JUN, [], (JUN, STRANGERS, 0o2664), (JUN, JUN, 0o644)),
        (0, [], (MIA, TEAM, 0o2660), (MIA, TEAM, 0o2660)),
    ],
)
def test_owner_group_and_mode_stay_as_far_as_the_system_lets_us(
    shared_folder: Path, writer: int, groups: list[int], before: tuple[int, int, int], after: tuple[int, int, int]
) -> None:
    path = make_file(shared_folder, *before)
    assert write_as(writer, groups, path, "new") == ""
    state = path.stat()
    assert (path.read_text("utf-8"), (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode))) == ("new", after)


@as_root
@pytest.mark.parametrize(("owner", "group", "mode"), [(MIA, MIA, 0o644), (MIA, TEAM, 0o640), (JUN, JUN, 0o444)])
def test_a_file_that_is_not_for_us_to_write_is_refused(shared_folder: Path, owner: int, group: int, mode: int) -> None:
    path = make_file(shared_folder, owner, group, mode)
    assert write_as(JUN, [TEAM], path, "new") == "r.yaml: no permission; nothing was changed\n"
    assert (path.read_text("utf-8"), path.stat().st_uid, list(shared_folder.iterdir())) == ("old", owner, [path])


def test_extended_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("old", "utf-8")
    try:
        os.setxattr(path, "user.origin", b"https://example.org/")
    except OSError:
        pytest.skip("this file system has none")
    write_durably(path, "new")
    assert (path.read_text("utf-8"), os.getxattr(path, "user.origin")) == ("new", b"https://example.org/")


def test_a_file_with_another_name_is_refused(tmp_path: Path) -> None:
    path, other = tmp_path / "r.yaml", tmp_path / "other.yaml"
    path.write_text("old", "utf-8")
    other.hardlink_to(path)
    with pytest.raises(Problems, match=r"r\.yaml: this file has 2 names \(hard links\)"):
        write_durably(path, "new")
    assert (path.read_text("utf-8"), path.stat().st_nlink, len(list(tmp_path.iterdir()))) == ("old", 2, 2)
    other.unlink()
    write_durably(path, "new")
    assert path.read_text("utf-8") == "new"


@pytest.mark.parametrize("name", ["n" * 250 + ".yaml", "点" * 83 + "検.md", "n" * 237 + ".yaml"])
def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for text in ("old", "new"):
        write_durably(path, text, is_new=text == "old")
    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()] == [(name, "new")]


def test_what_a_killed_save_left_of_a_long_name_is_swept_up(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".yaml")
    left = tmp_path / f".{'n' * 241}.2b1fc9ab.tmp"
    left.write_text("half", "utf-8")
    aged(left, hours=2)
    write_durably(path, "whole")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_what_comes_in_parts_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    write_durably(path, iter([b"one\n", b"two\n"]))
    assert path.read_bytes() == b"one\ntwo\n"

    def stop_midway() -> Iterator[bytes]:
        yield b"three\n" * 100_000
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_durably(path, stop_midway())
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("made.txt", b"one\ntwo\n")]
