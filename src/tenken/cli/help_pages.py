"""How the commands explain themselves: help pages and mistakes of usage, in the language and width of the terminal.

The pages are ours, because Typer's are English only, take a wide character for one cell, and with rich cost twice the
start of the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from inspect import getdoc
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group
from typer.models import CommandInfo

from tenken.messages.line_breaking import measure_width, wrap_text
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import measure_terminal_size

USAGE_MISTAKE: Any = typer.BadParameter.__base__
"""What Typer raises for a command line it cannot use; the class has no public name of its own."""

_WIDEST_NAME = 30
_TYPER_MESSAGES = (
    "Missing command.",
    "Missing argument '{name}'.",
    "No such command '{name}'.",
    "No such option: {name} (Possible options: {known})",
    "No such option: {name}",
    "Option '{name}' requires an argument.",
    "Option '{name}' does not take a value.",
    "Got unexpected extra argument ({name})",
    "Got unexpected extra arguments ({name})",
    "Got unexpected extra argument(s) ({name})",
    "Invalid value for '{name}': {said}",
)
"""What Typer says, as far as a command line of ours can make it."""


class _HelpCommand(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return render_help_page(self, ctx)


class _LazyGroup(TyperGroup):
    """Makes a command when it is asked for: making them all takes longer than the work of most."""

    offered: Mapping[str, Any] = {}

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {**self.offered}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        work = self.offered.get(cmd_name)
        if work is None or isinstance(work, App):
            return work and get_group(work)
        info = CommandInfo(cmd_name, cls=_HelpCommand, callback=work)
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

    def get_help(self, ctx: Any) -> str:
        return render_help_page(self, ctx)


class App(typer.Typer):
    """A Typer whose commands explain themselves in the language in use."""

    def __init__(self, **settings: Any) -> None:
        self.offered: dict[str, Callable[..., Any]] = {}
        group = type("Group", (_LazyGroup,), {"offered": self.offered})
        super().__init__(cls=group, add_completion=False, rich_markup_mode=None, **settings)

    def offer_command(self, name: str, work: Callable[..., Any]) -> None:
        """Lets a function, or the commands of another app, be called by a name."""
        self.offered[name] = work


def render_help_page(command: Any, context: Any) -> str:
    """The help page of a command."""
    columns, _ = measure_terminal_size()
    listed = getattr(command, "offered", {})
    arguments = [param for param in command.get_params(context) if param.param_type_name == "argument"]
    options = [param for param in command.get_params(context) if param.param_type_name == "option"]
    lines = [*_render_usage_line(context, columns), "", *wrap_text(phrase(command.help or ""), columns, "  ")]
    for heading, rows in (
        (phrase("Arguments:"), [_describe_parameter(param, context) for param in arguments]),
        (phrase("Options:"), [_describe_parameter(param, context) for param in options]),
        (phrase("Commands:"), [(name, phrase(_find_command_purpose(work))) for name, work in listed.items()]),
    ):
        if rows:
            lines += ["", heading, *_render_help_table(rows, columns)]
    return "\n".join(lines)


def _find_command_purpose(work: Callable[..., Any]) -> str:
    return str(work.info.help if isinstance(work, App) else getdoc(work))


def _render_usage_line(context: Any, columns: int) -> list[str]:
    pieces = " ".join((context.command_path, *context.command.collect_usage_pieces(context)))
    return wrap_text(phrase("Usage: {usage}", usage=pieces), columns, "  ", "")


def _describe_parameter(param: Any, context: Any) -> tuple[str, str]:
    """How an option is written, and what it is for; Typer's own words about it replaced by ours."""
    if param.name == "help":
        return ", ".join(sorted(param.opts, key=len)), phrase("Show this help and leave.")
    name, said = param.get_help_record(context)
    more = said.removeprefix(param.help or "").strip()
    if usual := re.fullmatch(r"\[default: (.*)\]", more):
        more = phrase("[default: {value}]", value=usual[1])
    elif more == "[required]":
        more = phrase("[required]")
    return name, f"{phrase(param.help or '')}  {more}".strip()


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


def render_usage_mistake(mistake: Any) -> Iterator[str]:
    """A mistake of usage: how the command is written, where to read more, and what was wrong."""
    if mistake.ctx is not None:
        columns, _ = measure_terminal_size()
        yield from _render_usage_line(mistake.ctx, columns)
        yield phrase("More: {command}", command=f"{mistake.ctx.command_path} --help")
    yield phrase("Mistake: {said}", said=_translate_typer_message(mistake.format_message()))


def _translate_typer_message(said: str) -> str:
    for text in _TYPER_MESSAGES:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*?)", re.escape(text))
        if found := re.fullmatch(pattern, said):
            return phrase(text, **found.groupdict())
    return said
