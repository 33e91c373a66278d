"""`tenken log show`: tells what the log of a record says."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.records.log_telling import list_log_lines
from tenken.terminal.output import print_lines


def run_log_show(
    path: Annotated[Path, typer.Argument(metavar="RECORD", help="The answers file of one system.")],
    id: Annotated[str, typer.Argument(metavar="[QUESTION]", help="Only what became of this answer.")] = "",
) -> None:
    """Tell who changed what in a record, when and from what."""
    print_lines(list_log_lines(path, id))
