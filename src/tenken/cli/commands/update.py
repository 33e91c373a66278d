"""`tenken update`: shows what newer rules make of a record, and carries its answers over."""

from typing import Annotated

import typer

from tenken.cli.clock import read_clock
from tenken.cli.judged_record import open_record_or_stdin
from tenken.cli.shared_options import STDIN, RecordPath
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.record_file import open_record_to_save
from tenken.records.rule_updates import load_updated_rules, render_update_lines
from tenken.terminal.output import print_data, print_talk


def run_update(
    path: RecordPath,
    write: Annotated[bool, typer.Option("--write", help="Carry the answers over in the file.")] = False,
) -> None:
    """Show what newer rules make of a record, and with --write carry its answers over."""
    writes = write and path != STDIN
    record_file = open_record_to_save(path, read_clock, print_talk) if writes else open_record_or_stdin(path)
    _, done = load_updated_rules(record_file, get_language())
    for line in render_update_lines(done):
        print_data(line)
    if not record_file.record.answered_against and not done.steps:
        print_talk(phrase("The record does not say against which rules it was answered; the next answer notes it."))
    elif not done.moved and not done.steps and done.unknown:
        print_talk(phrase("Nothing was carried over."))
    elif not done.moved and not done.steps:
        print_talk(phrase("Nothing moved; the record is answered against the rules of today."))
    elif writes:
        record_file.stamp_versions()
        record_file.save()
        print_talk(phrase("Everything is saved in {file}.", file=path))
    else:
        print_talk(phrase("Nothing was written; --write carries the answers over."))
