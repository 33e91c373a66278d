"""`tenken evidence`: looks at the evidence of records, and pins what is there."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today, read_clock
from tenken.cli.exit_statuses import FINE, GATE_FAILED
from tenken.cli.several_records import run_for_records
from tenken.cli.shared_options import AsOf
from tenken.files.file_names import quote_file_for_shell
from tenken.interview.signed_off_warning import confirm_record_change
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.evidence_files import SeenEvidence, look_at_evidence
from tenken.records.evidence_lines import render_evidence_lines
from tenken.records.evidence_pins import pin_evidence
from tenken.records.record_file import RecordFile, open_record, open_record_to_save
from tenken.records.rule_updates import load_updated_rules
from tenken.rules.library import Library
from tenken.terminal.output import print_data, print_talk


def run_evidence(
    paths: Annotated[list[Path], typer.Argument(metavar="RECORD...", help="The answers files, or folders of them.")],
    pin: Annotated[bool, typer.Option("--pin", help="Note the hash (SHA-256) of each file that is there.")] = False,
    as_of: AsOf = "",
) -> None:
    """Look at what is named as evidence: whether it is there, as it was pinned, and still good."""
    if status := run_for_records(paths, lambda path: _look_at_record(path, as_of, pin=pin)):
        raise typer.Exit(status)


def _look_at_record(path: Path, as_of: str, *, pin: bool) -> int:
    record_file = open_record_to_save(path, read_clock, print_talk) if pin else open_record(path)
    library, _ = load_updated_rules(record_file, get_language())
    if pin:
        _pin(record_file, library, as_of)
    seen = _look(record_file, library, as_of)
    for line in render_evidence_lines(seen, record_file.record.system):
        print_data(line)
    if any(not one.item.sha256 and one.sha256 for one in seen):
        print_talk(phrase("To pin them: {command}", command=f"tenken evidence --pin {quote_file_for_shell(path)}"))
    return GATE_FAILED if any(one.faults for one in seen) else FINE


def _look(record_file: RecordFile, library: Library, as_of: str) -> list[SeenEvidence]:
    return list(look_at_evidence(record_file.record, library, record_file.folder, parse_day_or_today(as_of)))


def _pin(record_file: RecordFile, library: Library, as_of: str) -> None:
    was = record_file.record
    pinned = pin_evidence(record_file, _look(record_file, library, as_of))
    if pinned:
        confirm_record_change(was, Wording(library, get_language()), prompt=None)
        record_file.save()
    for one in pinned:
        anew, first = "Pinned anew, as it had changed: {file}", "Pinned: {file}"
        print_talk(phrase(anew if one.item.sha256 else first, file=one.item.at))
