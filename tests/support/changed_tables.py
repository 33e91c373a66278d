"""Changes tables of answers at random, in their bytes, parts or cells: taking one over never breaks, and one that is
refused leaves the record as it was."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from support.command_line import run_tenken
from support.filled_tables import fill_csv, fill_workbook
from support.mutated_samples import change_sample
from support.paths import LIGHTHOUSE

_TEXTS = (
    "",
    "Yes",
    "No",
    "Not sure",
    "=1+1",
    "'=1",
    "\u202e",
    "2026-08-02",
    "nobody",
    "x" * 40_000,
    "\r\n",
    "None of these",
)
_PARTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml")
_IDS = ("coast", "lamps", "keeper", "lit", "L-1.clean", "nix", "")


def fuzz_tables(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Merges changed tables without end; wrong is a crash, a hang, or a record changed by what was refused."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        record = folder / "tower.yaml"
        record.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8")
        before = record.read_bytes()
        contents = {ending: _write_filled(folder / f"t.{ending}") for ending in ("csv", "xlsx")}
        while True:
            ending = chance.choice(("csv", "xlsx"))
            way = chance.choice((_change_bytes, _change_cells))
            changed = way(contents[ending], ending, chance)
            (folder / f"t.{ending}").write_bytes(changed)
            done = run_tenken("assess", "tower.yaml", "--merge", f"t.{ending}", cwd=folder)
            yield f"{way.__name__} {ending}", _find_wrong(done.returncode, done.stderr, record.read_bytes() != before)
            record.write_bytes(before)


def _write_filled(path: Path) -> bytes:
    done = run_tenken("questions", path.with_name("tower.yaml"), "--blank", "-o", path)
    assert done.returncode == 0, done.stderr
    fill = fill_workbook if path.suffix == ".xlsx" else fill_csv
    fill(path, {("coast", "", "answer"): "Yes", ("lamps", "red", "answer"): "Yes", ("lit", "", "by"): "Mia"})
    return path.read_bytes()


def _find_wrong(status: int, told: str, is_changed: bool) -> str:
    if status not in (0, 2) or "Traceback" in told:
        return f"status {status}: {told[-300:]}"
    if status == 2 and (is_changed or not told):
        return f"refused, and the record is changed or nobody is told: {told[-300:]}"
    return ""


def _change_bytes(content: bytes, ending: str, chance: random.Random) -> bytes:
    """A few bytes anywhere; of a workbook more often within a part, as a broken archive is soon told."""
    if ending == "csv" or chance.random() < 0.3:
        return change_sample(content, content, chance)
    return _change_part(content, chance, lambda part: change_sample(part, part, chance))


def _change_cells(content: bytes, ending: str, chance: random.Random) -> bytes:
    """Texts that nobody expects, in cells or in place of ids."""

    def change(text: str) -> str:
        for _ in range(chance.randint(1, 4)):
            old = chance.choice((*_IDS[:-1], "Yes", "Mia", "Answer", "Question id"))
            text = text.replace(old, chance.choice((*_TEXTS, *_IDS)), chance.randint(1, 3))
        return text

    if ending == "csv":
        return change(content.decode("utf-8-sig")).encode()
    return _change_part(content, chance, lambda part: change(part.decode()).encode())


def _change_part(content: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook in which one part says something else."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        changed = chance.choice(_PARTS)
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == changed else part)
    return out.getvalue()
