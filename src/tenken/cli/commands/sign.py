"""`tenken sign`: signs a record off, and seals that with a key."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.clock import parse_day_or_today, read_clock
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.interview.typed_text import clean_signature
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.record import SignRole
from tenken.records.record_file import open_record_to_save
from tenken.records.signing import Signatory, sign_record
from tenken.terminal.output import print_talk


def run_sign(
    path: Annotated[Path, typer.Argument(metavar="RECORD", help="The answers file of one system.")],
    key: Annotated[
        Path, typer.Option("--key", metavar="KEY", help="An SSH key, or its public half if an agent has it.")
    ],
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who signs.")],
    role: Annotated[
        str, typer.Option("--role", metavar="drafted|checked|approved", help="What the person who signs stands for.")
    ] = "approved",
    position: Annotated[
        str, typer.Option("--position", metavar="TEXT", help="What that person is in the organisation.")
    ] = "",
    four_eyes: Annotated[
        bool, typer.Option("--four-eyes", help="Refuse if whoever signs has answered anything.")
    ] = False,
) -> None:
    """Sign a record off, and seal with an SSH key what exactly was signed."""
    if role not in [str(one) for one in SignRole]:
        facts = {"said": role, "hint": suggest_instead(role, [str(one) for one in SignRole])}
        raise Problems(Problem(Place("--role"), "{said} is no role; {hint}", facts))
    if not clean_signature(by):
        raise Problems(Problem(Place("--by"), "say who signs"))
    position = clean_signature(position, "--position")
    record_file = open_record_to_save(path, read_clock, print_talk)
    signatory = Signatory(clean_signature(by), SignRole(role), position, parse_day_or_today(""))
    sealed = sign_record(record_file, signatory, key, get_language(), four_eyes=four_eyes)
    print_talk(phrase("Signed off by {by} in {file}, and sealed in {sealed}.", by=by, file=path, sealed=sealed))
