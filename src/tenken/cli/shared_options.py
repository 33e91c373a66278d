"""The options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.files.problems import Place, Problem, Problems

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
CsvDelimiter = Annotated[
    str, typer.Option("--delimiter", metavar="SIGN", help="What separates the cells of CSV: , or ; or tab.")
]
_DELIMITERS = {",": ",", ";": ";", "tab": "\t", "\t": "\t"}


def read_delimiter(said: str, ending: str) -> str:
    """The sign an option names, a comma if none; raises `Problems` for any other, and where no cells are separated."""
    if said and ending != "csv":
        raise Problems(Problem(Place("--delimiter"), "leave it out: only CSV (-o FILE.csv) has one"))
    if said and said not in _DELIMITERS:
        raise Problems(Problem(Place("--delimiter"), "write , or ; or tab"))
    return _DELIMITERS.get(said, ",")
