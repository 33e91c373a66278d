"""The options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

STDIN = Path("-")

RecordPath = Annotated[
    Path, typer.Argument(metavar="RECORD", help="The answers file of one system; - reads it from a pipe.")
]
RecordPaths = Annotated[
    list[Path],
    typer.Argument(metavar="RECORD...", help="Answers files, or folders of them; - reads one from a pipe."),
]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DAY", help="Judge by this day, such as 2026-12-02; today if left out.")
]
SetAnswers = Annotated[
    list[str], typer.Option("--set", metavar="QUESTION=ANSWER", help="Answer a question; may be repeated.")
]
