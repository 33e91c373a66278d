"""Saves that meet every fault the system can make: the record is the old text or the new, and the person is told."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from support.killed_interviews import kill_interviews
from support.paths import LIGHTHOUSE
from tenken.files.durable_writing import write_durably
from tenken.files.problems import Problems
from tenken.records.record_file import open_record

OLD = f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{keeper: no}}\n"
TENKEN = (sys.executable, "-m", "tenken")
SAVE = ("assess", "tower.yaml", "--set", "coast=yes", "--by", "Mia")
SETTLED = {"brk", "mmap", "munmap", "mremap", "futex", "getpid", "rt_sigaction"}
"""Calls that are about memory or cannot fail; when they come is not the same in every run."""

FAULTS = {
    "error=EIO": ".*",
    "signal=KILL": ".*",
    "error=ENOSPC": "openat|write|fsync|close|rename",
    "error=EINTR": "openat|read|write|fsync|close|fchmod|rename|getdents64",
}
"""What goes wrong at which calls: anywhere, or where the system is known to say so."""

traced = pytest.mark.skipif(
    not shutil.which("strace") and not os.environ.get("TENKEN_SKIPS_NOTHING"), reason="strace is not installed"
)


def run(folder: Path, *before: str, arguments: tuple[str, ...] = SAVE, said: str = "") -> tuple[int, str]:
    """The exit status of a command, run by another, and what it says to the person."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tower.yaml").write_text(OLD, "utf-8")
    done = subprocess.run(
        [*before, *TENKEN, *arguments], cwd=folder, input=said, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stderr


def kept(folder: Path) -> str:
    """The record as it is now, but for the moment of the answer."""
    return re.sub(r"\bat: .*", "at: …", (folder / "tower.yaml").read_text("utf-8"))


def calls(trace: str) -> Iterator[tuple[str, str]]:
    """The system calls of a trace, each with its name."""
    for line in trace.splitlines():
        if found := re.match(r"\d+ +(\w+)\(", line):
            yield found[1], line


def calls_of_a_save(folder: Path) -> list[tuple[str, int]]:
    """Each call a save makes, from looking whether somebody else wrote to telling what is open, with its number."""
    run(folder)
    run(folder, "strace", "-f", "--seccomp-bpf", "-o", "trace")
    counts: Counter[str] = Counter()
    numbered = []
    for name, line in calls((folder / "trace").read_text("utf-8")):
        counts[name] += 1
        numbered.append((name, counts[name], line))
    looks = [place for place, (name, _, line) in enumerate(numbered) if name == "openat" and '"tower.yaml"' in line]
    ends = next(place for place, (_, _, line) in enumerate(numbered) if '"Open: ' in line)
    return [(name, number) for name, number, _ in numbered[looks[-1] : ends] if name not in SETTLED]


@pytest.fixture(scope="module")
def saving(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    return calls_of_a_save(tmp_path_factory.mktemp("trace"))


def injected(folder: Path, *faults: tuple[str, int | str, str], **how: Any) -> tuple[int, str]:
    """The save with something going wrong at some of its calls."""
    names = ",".join({name for name, _, _ in faults})
    injections = [part for name, number, what in faults for part in ("-e", f"inject={name}:{what}:when={number}")]
    quick = [] if any("signal" in what for _, _, what in faults) else ["--seccomp-bpf"]  # which delivers no signals
    return run(folder, "strace", "-f", *quick, "-o", "/dev/null", "-e", f"trace={names}", *injections, **how)


@traced
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call_leaves_the_old_record_or_the_new(
    tmp_path: Path, saving: list[tuple[str, int]], fault: str
) -> None:
    assert {"fchmod", "write", "fsync", "rename"} <= {name for name, _ in saving}
    assert run(tmp_path / "whole") == (0, "Open: lamps\n")
    new = kept(tmp_path / "whole")

    concerned = [call for call in saving if re.fullmatch(FAULTS[fault], call[0])]

    def meets(call: tuple[str, int]) -> tuple[int, str, str]:
        folder = tmp_path / "-".join(map(str, call))
        return *injected(folder, (*call, fault)), kept(folder)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(meets, concerned))
    for call, (status, said, text) in zip(concerned, outcomes, strict=True):
        assert text in (OLD, new), (call, text)
        assert status == (-signal.SIGKILL if "KILL" in fault else 2 if said.startswith("tower.yaml: ") else 0), call
        assert len(said.splitlines()) == (0 if "KILL" in fault else 1), (call, said)
        assert status or text == new, call
        assert ("nothing was changed" in said) <= (text == OLD), (call, said)
    assert {text for _, _, text in outcomes} == {OLD, new}


@traced
def test_what_cannot_be_tidied_up_either_is_told_once_and_swept_by_a_later_save(tmp_path: Path) -> None:
    status, said = injected(tmp_path, ("fsync", 1, "error=EIO"), ("unlink", 1, "error=EIO"))
    assert (status, len(said.splitlines()), kept(tmp_path)) == (2, 1, OLD)
    (left,) = tmp_path.glob(".tower.yaml.*.tmp")
    aged(left, hours=2)
    assert run(tmp_path)[0] == 0
    assert not left.exists()


@traced
@pytest.mark.parametrize("call", [("fsync", 1), ("rename", 1), ("fsync", 2)])
def test_in_a_conversation_a_fault_is_told_and_tried_again(tmp_path: Path, call: tuple[str, int]) -> None:
    how = {"arguments": ("assess", "tower.yaml", "--plain", "--by", "Mia"), "said": "1\nyes\n1\n"}
    status, said = injected(tmp_path, (*call, "error=EIO"), **how)
    assert "Attention: tower.yaml: Input/output error" in said
    assert "Your answers are kept in memory. What now?" in said
    assert said.index("What now?") < said.index("Saved: On a coast: Yes")
    assert (status, open_record(tmp_path / "tower.yaml").record.answers["coast"].answer) == (130, ("yes",))


def test_interviews_killed_at_random_moments_lose_no_acknowledged_answer() -> None:
    found = kill_interviews(25)
    assert sum(len(one.acknowledged) for one in found) > 3 * len(found)
    for one in found:
        assert one.is_whole
        assert one.acknowledged <= one.kept
        assert len(one.kept - one.acknowledged) <= 1


@traced
def test_an_answer_that_can_never_be_saved_is_printed_and_not_acknowledged(tmp_path: Path) -> None:
    how = {"arguments": ("assess", "tower.yaml", "--plain", "--by", "Mia"), "said": "1\nyes\n3\n"}
    _, said = injected(tmp_path, ("rename", "1+", "error=ENOSPC"), **how)
    assert "Not saved anywhere." in said
    assert "Saved:" not in said
    assert kept(tmp_path) == OLD


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
