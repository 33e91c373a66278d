"""`tenken log begin`: begins the log of a record."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.clock import read_clock
from tenken.files.file_names import is_there
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.interview.typed_text import clean_signature
from tenken.messages.message_catalog import phrase
from tenken.records.files_beside import find_log_path
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
    given = _parse_roles(roles)
    _refuse_unknown_names(given, list_person_names(record_file.record))
    record_file.record = replace_person_names(record_file.record, given)
    record_file.clock = read_clock
    goes_on = is_there(find_log_path(path))
    record_file.begin_log(clean_signature(by))
    says = "Gone on with the log that lay there: {file}. Keep it beside the record, also in version control."
    begun = "Begun: {file}. Keep it beside the record, also in version control."
    print_talk(phrase(says if goes_on else begun, file=find_log_path(path)))
    if names := list_person_names(record_file.record):
        text = "It keeps these names for good: {names}. Roles instead: --role NAME=ROLE, and from now on --by ROLE"
        print_talk(phrase(text, names=", ".join(names)))


def _refuse_unknown_names(roles: Iterable[str], names: Collection[str]) -> None:
    for name in roles:
        if name not in names:
            facts = {"name": name, "hint": suggest_instead(name, names)}
            raise Problems(Problem(Place("--role"), "the record names no {name}; {hint}", facts))


def _parse_roles(said: list[str]) -> dict[str, str]:
    roles = {}
    for each in said:
        name, _, role = each.partition("=")
        if not (name.strip() and role.strip()):
            text = "{said} names nobody's role; write it as Mia='Product lead'"
            raise Problems(Problem(Place("--role"), text, {"said": each}))
        roles[name.strip()] = clean_signature(role, "--role")
    return roles
