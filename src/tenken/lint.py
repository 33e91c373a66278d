"""Mistakes in a file that reads well but cannot work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tenken import library, record, scenarios, yamlfile
from tenken.problems import Problem, Problems


def validate(paths: Iterable[Path]) -> list[Problem]:
    """Everything wrong in some files; what each file is, it says by its keys."""
    return [problem for path in paths for problem in _validate(path)]


def _validate(path: Path) -> Iterator[Problem]:
    try:
        node = yamlfile.read(path)
        keys = node.value if isinstance(node.value, dict) else {}
        if "scenarios" in keys:
            for outcome in scenarios.run(path):
                yield from outcome.differences
        elif "tenken" in keys:
            file = record.open_record(path)
            record.values(file.record.answers, library.load(file.record.checklists, file.record.at))
        elif path.stem == library.PROFILE:
            library.read([])
        else:
            library.read([path])
    except Problems as found:
        yield from found.problems
