"""`tenken log begin`: begins the log of a record."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.clock import read_clock
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.typed_text import clean_signature
from tenken.messages.message_catalog import phrase
from tenken.records.answer_log import find_log_path
from tenken.records.person_names import list_person_names, replace_person_names
from tenken.records.record_file import open_record
from tenken.terminal.output import print_talk


def run_log_begin(
    path: Annotated[Path, typer.Argument(metavar="RECORD", help="The answers file of one system.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who begins it; a role will do.")] = "",
    roles: Annotated[
        list[str], typer.Option("--role", metavar="NAME=ROLE", help="A role instead of a name; may be repeated.")
    ] = [],  # noqa: B006 - Typer reads the default and does not keep it
) -> None:
    """Begin a log beside a record: from then on every save appends who changed what, when and from what."""
    record_file = open_record(path)
    if record_file.record.log:
        raise Problems(Problem(record_file.record.at, "this record has a log already"))
    record_file.record = replace_person_names(record_file.record, _parse_roles(roles))
    record_file.clock = read_clock
    record_file.begin_log(clean_signature(by))
    print_talk(phrase("Begun: {file}. Keep it beside the record, also in version control.", file=find_log_path(path)))
    if names := list_person_names(record_file.record):
        text = "It keeps these names for good: {names}. Roles instead: --role NAME=ROLE, and from now on --by ROLE"
        print_talk(phrase(text, names=", ".join(names)))


def _parse_roles(said: list[str]) -> dict[str, str]:
    roles = {}
    for each in said:
        name, _, role = each.partition("=")
        if not (name.strip() and role.strip()):
            text = "{said} names nobody's role; write it as Mia='Product lead'"
            raise Problems(Problem(Place("--role"), text, {"said": each}))
        roles[name.strip()] = clean_signature(role)
    return roles
