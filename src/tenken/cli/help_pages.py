"""Help pages, in the language and width of the terminal.

The pages are ours, because Typer's are English only, take a wide character for one cell, and with rich cost twice the
start of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from typer._click import Command, Context
from typer.core import TyperArgument, TyperOption

from tenken.cli.command_table import CommandGroup, CommandRow
from tenken.messages.line_breaking import measure_width, wrap_text
from tenken.messages.message_catalog import phrase, phrase_filled_in
from tenken.terminal.output import measure_terminal_size

HELP_OF_PARTS = "Only this part, as --format {names}."
"""The help of `--only`, which is filled in from the table of formats before anybody knows the language."""

_WIDEST_NAME = 30


def render_help_page(command: Command, context: Context, listed: Sequence[CommandRow | CommandGroup] = ()) -> str:
    """The help page of a command, or of a group with the commands listed in it."""
    columns, _ = measure_terminal_size()
    params = command.get_params(context)
    arguments = [_describe_parameter(param, context) for param in params if isinstance(param, TyperArgument)]
    options = [_describe_parameter(param, context) for param in params if isinstance(param, TyperOption)]
    lines = [*render_usage_line(context, columns), "", *wrap_text(phrase(command.help or ""), columns, "  ")]
    for heading, rows in (
        (phrase("Arguments:"), arguments),
        (phrase("Options:"), options),
        (phrase("Commands:"), [(row.name, phrase(row.summary)) for row in listed]),
    ):
        if rows:
            lines += ["", heading, *_render_help_table(rows, columns)]
    return "\n".join(lines)


def render_usage_line(context: Context, columns: int) -> list[str]:
    pieces = " ".join((context.command_path, *context.command.collect_usage_pieces(context)))
    return wrap_text(phrase("Usage: {usage}", usage=pieces), columns, "  ", "")


def translate_help(said: str) -> str:
    return phrase_filled_in(said, (HELP_OF_PARTS, said))


def _describe_parameter(param: TyperArgument | TyperOption, context: Context) -> tuple[str, str]:
    """How an option is written, and what it is for; Typer's own words about it replaced by ours."""
    if param.name == "help":
        return ", ".join(sorted(param.opts, key=len)), phrase("Show this help and leave.")
    name, said = param.get_help_record(context) or ("", "")
    more = said.removeprefix(param.help or "").strip()
    if usual := re.fullmatch(r"\[default: (.*)\]", more):
        more = phrase("[default: {value}]", value=usual[1])
    elif more == "[required]":
        more = phrase("[required]")
    return name, f"{translate_help(param.help or '')}  {more}".strip()


def _render_help_table(rows: list[tuple[str, str]], columns: int) -> Iterator[str]:
    """Names and what they mean beside each other, or below each other where the line is too short."""
    column = max(measure_width(name) for name, _ in rows if measure_width(name) <= _WIDEST_NAME) + 4
    if column * 2 > columns:
        column = 6
    for name, said in rows:
        begin = f"  {name}"
        if measure_width(begin) + 2 > column:
            yield begin
            begin = ""
        yield from wrap_text(said, columns, " " * column, begin + " " * (column - measure_width(begin)))
