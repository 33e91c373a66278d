"""`tenken log verify`: says whether the log of a record holds."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.exit_statuses import GATE_FAILED
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import phrase, phrase_problem, phrase_some_items
from tenken.records.evidence import is_digest
from tenken.records.log_checks import verify_log
from tenken.terminal.output import print_data, print_talk


def run_log_verify(
    path: Annotated[Path, typer.Argument(metavar="RECORD", help="The answers file of one system.")],
    head: Annotated[
        str, typer.Option("--head", metavar="HASH", help="A digest that was told of this log before; 64 digits.")
    ] = "",
) -> None:
    """Say whether a log holds, or the first entry that does not and how; and whether its record says the same."""
    if head and not is_digest(head):
        raise Problems(Problem(Place("--head"), "{said} is no digest of 64 digits", {"said": head}))
    verdict = verify_log(path, head)
    for fault in verdict.faults:
        print_talk(phrase_problem(fault))
    if verdict.faults:
        raise typer.Exit(GATE_FAILED)
    if verdict.told:
        facts = {"count": verdict.told.entries, "later": verdict.entries - verdict.told.entries}
        print_data(
            phrase("Behind the digest that was told stand {count} entries, unchanged; {later} are not.", **facts)
        )
    if verdict.told and verdict.told.aside:
        text = "Above its own line, and not among them, as written elsewhere or added later: lines {lines}"
        print_data(phrase(text, lines=phrase_some_items([str(line) for line in verdict.told.aside], 5)))
    print_data(phrase("The log holds: {count} entries, head {head}", count=verdict.entries, head=verdict.head))
