"""`tenken verify`: says whether the signatures of a record are good, and what changed since."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.exit_statuses import GATE_FAILED
from tenken.files.file_names import quote_file_for_shell
from tenken.files.problems import Place, Problem
from tenken.messages.message_catalog import get_language, phrase, phrase_problem
from tenken.records.files_beside import find_signature_path
from tenken.records.record_file import open_record
from tenken.records.rule_updates import load_updated_rules
from tenken.records.signature_checks import verify_record_signatures
from tenken.terminal.output import print_lines, print_talk


def run_verify(
    path: Annotated[Path, typer.Argument(metavar="RECORD", help="The answers file of one system.")],
    signers: Annotated[
        Path, typer.Option("--signers", metavar="FILE", help="Whose keys count, as OpenSSH writes allowed signers.")
    ],
) -> None:
    """Say who signed a record, what exactly, and what changed since; needs no network."""
    record_file = open_record(path)
    signed_record = record_file.record
    library, _ = load_updated_rules(record_file, get_language())
    verdicts = verify_record_signatures(path, signed_record, library.versions, signers)
    for verdict in verdicts:
        print_lines(verdict.lines)
    faults = list(dict.fromkeys(fault for verdict in verdicts for fault in verdict.faults))
    for fault in faults:
        print_talk(phrase_problem(Problem(Place(str(find_signature_path(path))), "{fault}", {"fault": fault})))
    if faults:
        raise typer.Exit(GATE_FAILED)
    print_talk(phrase("Nothing changed since it was signed."))
    if any(item.sha256 for given in signed_record.answers.values() for item in given.evidence):
        command = f"tenken evidence {quote_file_for_shell(path)}"
        print_talk(phrase("The files of the evidence were not opened; to look at them: {command}", command=command))
