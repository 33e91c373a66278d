"""`tenken update`: shows what newer rules make of records, and carries their answers over."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.clock import read_clock
from tenken.cli.exit_statuses import FINE, MISTAKE
from tenken.cli.judged_record import open_record_or_stdin
from tenken.cli.several_records import run_for_records
from tenken.cli.shared_options import STDIN, RecordPaths
from tenken.messages.message_catalog import get_language, phrase, phrase_count
from tenken.records.record_file import open_record_to_save
from tenken.records.rule_updates import RecordUpdate, load_updated_rules, render_update_lines
from tenken.terminal.output import print_data, print_talk


def run_update(
    paths: RecordPaths,
    write: Annotated[bool, typer.Option("--write", help="Carry the answers over in the file.")] = False,
) -> None:
    """Show what newer rules make of records, and with --write carry their answers over."""
    moved: list[Path] = []

    def update(path: Path) -> int:
        if _update_record(path, writes=write and path != STDIN):
            moved.append(path)
        return FINE

    def tell(statuses: Sequence[int]) -> str:
        return _render_update_counts(statuses, len(moved), write=write)

    if status := run_for_records(paths, update, tell):
        raise typer.Exit(status)


def _update_record(path: Path, *, writes: bool) -> bool:
    """Tells what newer rules make of one record, and carries it over if that is wanted; whether anything moved."""
    record_file = open_record_to_save(path, read_clock, print_talk) if writes else open_record_or_stdin(path)
    _, done = load_updated_rules(record_file, get_language())
    for line in render_update_lines(done):
        print_data(line)
    if not done.moved and not done.steps:
        print_talk(_tell_nothing_moved(done))
        return False
    if not writes:
        print_talk(phrase("Nothing was written; --write carries the answers over."))
        return True
    record_file.stamp_versions()
    record_file.save()
    print_talk(phrase("Everything is saved in {file}.", file=path))
    return True


def _tell_nothing_moved(done: RecordUpdate) -> str:
    if not done.record.answered_against:
        return phrase("The record does not say against which rules it was answered; the next answer notes it.")
    if done.unknown:
        return phrase("Nothing was carried over.")
    return phrase("Nothing moved; the record is answered against the rules of today.")


def _render_update_counts(statuses: Sequence[int], moved: int, *, write: bool) -> str:
    parts = (
        phrase_count(len(statuses), "1 record", "{count} records"),
        phrase("{count} carried over" if write else "{count} to carry over", count=moved),
        phrase("{count} as they are", count=statuses.count(FINE) - moved),
        phrase("{count} that cannot be read", count=statuses.count(MISTAKE)),
    )
    return phrase(", ").join(parts)
