"""Does something with one record, or with each of several, each under its heading, and counts them at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tenken.cli.exit_statuses import FINE, GATE_FAILED, MISTAKE
from tenken.files.file_names import is_folder
from tenken.files.problems import Problems
from tenken.messages.message_catalog import phrase, phrase_count, phrase_problem
from tenken.records.record_paths import list_record_paths
from tenken.terminal.output import print_data, print_talk


def means_one_record(paths: Sequence[Path]) -> bool:
    """Whether a single file is named, which is told of without a heading."""
    return len(paths) == 1 and not is_folder(paths[0])


def render_record_counts(statuses: Sequence[int]) -> str:
    """How many there were, and how many ended how."""
    parts = (
        phrase_count(len(statuses), "1 record", "{count} records"),
        phrase("{count} fine", count=statuses.count(FINE)),
        phrase("{count} with something to mend", count=statuses.count(GATE_FAILED)),
        phrase("{count} that cannot be read", count=statuses.count(MISTAKE)),
    )
    return phrase(", ").join(parts)


def run_for_records(
    paths: Sequence[Path], run: Callable[[Path], int], tell: Callable[[Sequence[int]], str] = render_record_counts
) -> int:
    """The worst of the exit statuses; of several records, what is wrong with one stops none of the others.

    `tell` says at the end what they came to.
    """
    if means_one_record(paths):
        return run(paths[0])
    statuses = [_run_under_heading(path, run) for path in list_record_paths(paths)]
    print_talk(tell(statuses))
    return max(statuses, default=FINE)


def _run_under_heading(path: Path, run: Callable[[Path], int]) -> int:
    print_data(f"{path}:")
    try:
        return run(path)
    except Problems as found:
        for problem in found.problems:
            print_talk(phrase_problem(problem))
        return MISTAKE
