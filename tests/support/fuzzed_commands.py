"""Command lines of random words, options and names of files: whatever they are, a status of ours and no traceback.

Each runs in a fork of this process, where all is loaded; where Python starts anew is tried by `fuzzed_streams`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from support.paths import LIGHTHOUSE, SMALL
from tenken.__main__ import main
from tenken.cli.command_table import ALL_COMMANDS, CommandGroup
from tenken.rules.loading import load_library

STATUSES = (0, 1, 2, 130)
"""What the README says a command can end with, when nobody sends it a signal."""

_PATIENCE = 20
"""Seconds after which a command that is still there counts as broken."""

OPTIONS = (
    *("--set", "--by", "--as-of", "--within", "--format", "--only", "-o", "--output", "--since", "--template"),
    *("--merge", "--from", "--for", "--lang", "--in", "--title", "--language"),
)
FLAGS = ("--quick", "--plain", "--blank", "--write", "--force", "--allow-unknown", "--strict", "--coverage", "--help")
ODD_WORDS = (
    *("", "-", "--", "-x", "--x", "=", "a=b", "where=eu", "where=eu,eu", "placed=9999-12-31", "placed=0001-01-01"),
    *("0001-01-01", "9999-12-31", "2026-13-01", "30d", "9999d", "99999d", "-1d", "٣d", "html", "json", "ics", "dates"),
    *("{x}", "{0}", "%s", "$(x)", "`x`", "点検", "\u3000", "\u202e", "\x1b[31m", "a\nb", "\r", "\udcff", "\udce9.yaml"),
    *(
        "n" * 300,
        "n" * 5000,
        "a/" * 200,
        "eu-transparency",
        "where",
        "EU-50-2",
        "S-1",
        "en",
        "ja",
        "xx",
        "*",
        "~",
        "\\",
    ),
)
NAMES = (
    *("r.yaml", "r.json", "old.json", "small.yaml", "lighthouse.yaml", "house.yaml", "empty.yaml", "bytes.yaml"),
    *("folder", "folder.yaml", "loop.yaml", "pipe.yaml", "gone.yaml", "no/such.yaml", "r.html", "notes.md", "t"),
    *("caf\udce9.yaml", "a b.yaml", "-r.yaml", "a\nb.yaml", "\x1b.yaml", "/dev/full", "/dev/null", "/dev/zero", "."),
)


def fuzz_commands(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Random command lines in a folder of random files, for ever."""
    load_library()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "folder"
        while True:
            shutil.rmtree(folder, ignore_errors=True)
            fill_folder(folder, chance)
            for _ in range(25):
                arguments = make_command_line(chance)
                status, said = run_in_fork(arguments, folder)
                wrong = "" if status in STATUSES and "Traceback" not in said else f"status {status}: {said[-2000:]}"
                yield repr(arguments), wrong


def make_command_line(chance: random.Random) -> list[str]:
    rows = ALL_COMMANDS.commands
    words = [name := chance.choice([row.name for row in rows])]
    group = next(row for row in rows if row.name == name)
    if isinstance(group, CommandGroup):
        words.append(chance.choice([row.name for row in group.commands]))
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4))):
        match chance.choice("nnnnoofw"):
            case "n":
                words.append(chance.choice(NAMES))
            case "o":
                words += [chance.choice(OPTIONS), chance.choice((*NAMES, *ODD_WORDS, *ODD_WORDS))]
            case "f":
                words.append(chance.choice(FLAGS))
            case _:
                words.append(chance.choice(ODD_WORDS))
    return words if chance.random() < 0.95 else chance.sample(words, len(words))


def fill_folder(folder: Path, chance: random.Random) -> None:
    """Records, checklists, and what is neither."""
    folder.mkdir()
    for checklist in (SMALL, LIGHTHOUSE):
        shutil.copy(checklist, folder / checklist.name)
    answers = (
        f"answers: {{where: eu, subject: ai_system, placed: {chance.choice(('0001-01-01', '9999-12-31', 'unsure'))}}}"
    )
    record = f"tenken: 1\nsystem: x\nchecklists: [small.yaml]\n{answers}\n"
    for name in ("r.yaml", "caf\udce9.yaml", "a b.yaml", "-r.yaml", "a\nb.yaml", "\x1b.yaml"):
        (folder / name).write_text(record, "utf-8")
    (folder / "r.json").write_text(
        '{"tenken": "1", "system": "x", "checklists": ["small.yaml"], "answers": {}}', "utf-8"
    )
    (folder / "old.json").write_text('{"schema_version": 1, "record": {"tenken": "1", "system": "x"}}', "utf-8")
    (folder / "house.yaml").write_text("title: t\nadds_to: small.yaml\nrequirements: {}\n", "utf-8")
    (folder / "empty.yaml").touch()
    (folder / "bytes.yaml").write_bytes(chance.randbytes(300))
    (folder / "notes.md").write_text("Notes on tenken.\n", "utf-8")
    (folder / "folder").mkdir()
    (folder / "folder.yaml").mkdir()
    (folder / "t").mkdir()
    (folder / "t" / "report.html").write_text("{% block style %}x{% endblock %}", "utf-8")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(folder / "pipe.yaml")


def run_in_fork(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The exit status of a command, and what it said to the person."""
    with tempfile.TemporaryFile() as said, open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - three streams of one file
        pid = os.fork()
        if pid == 0:
            _become_command(arguments, folder, said.fileno(), nothing.fileno())
        _, status = os.waitpid(pid, 0)
        said.seek(0)
        return os.waitstatus_to_exitcode(status), said.read().decode(errors="replace")


def _become_command(arguments: list[str], folder: Path, said: int, nothing: int) -> None:
    status = 99
    try:
        import sys  # noqa: PLC0415 - what it holds is changed, in this process only

        signal.alarm(_PATIENCE)
        os.chdir(folder)
        os.environ |= {"HOME": str(folder), "LANG": "C.UTF-8"}
        for stream, handle in enumerate((nothing, nothing, said)):
            os.dup2(handle, stream)
        sys.stdin, sys.stdout, sys.stderr = (open(n, mode, closefd=False) for n, mode in enumerate("rww"))  # noqa: SIM115
        sys.argv = ["tenken", *arguments]
        main()
        status = 0
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 0 if left.code is None else 99
    except BaseException:
        import traceback  # noqa: PLC0415 - as above

        os.write(2, traceback.format_exc().encode(errors="replace"))
    finally:
        os._exit(status)
