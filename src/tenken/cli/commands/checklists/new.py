"""`tenken checklists new`: writes a checklist to begin with."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from tenken.authoring.starter_files import write_starter_files
from tenken.cli.clock import parse_day_or_today
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import print_data, print_talk


def create_checklist(
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as talking-exhibits.")],
    into: Annotated[Path, typer.Option("--in", metavar="DIR", help="The folder to write to.")] = Path(),
) -> None:
    """Write a checklist to begin with, its scenarios and its translation; no file is ever replaced."""
    rules, situations, words = (quote(str(path)) for path in write_starter_files(id, into, parse_day_or_today("")))
    print_talk(phrase("Three files are written; each says what to put where. After every change:"))
    print_data(f"tenken validate {rules} {situations} {words}")
    print_data(f"tenken checklists test {situations}")
