"""Makes a command when it is asked for: importing and making them all takes longer than the work of most."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer._click import Command, Context
from typer._click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from tenken.cli.command_table import CommandGroup, CommandRow
from tenken.cli.help_pages import render_help_page
from tenken.cli.shell_completion import complete_command_names, translate_completions
from tenken.terminal.signals import install_signal_handlers


class PagedCommand(TyperCommand):
    """A command that explains itself in the language in use."""

    def get_help(self, ctx: Context) -> str:
        return render_help_page(self, ctx)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        return translate_completions(super().shell_complete(ctx, incomplete))


class LazyGroup(TyperGroup):
    """A group that knows its commands from the table alone."""

    command_group: CommandGroup

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Typer's own, handed on as they come
        super().__init__(**settings)
        self.rows = {row.name: row for row in self.command_group.commands}
        self.commands = dict.fromkeys(self.rows, self)  # of these Typer takes the names, to say which one was meant

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - as Typer calls it
        row = self.rows.get(cmd_name)
        if isinstance(row, CommandRow):
            work = getattr(import_module(row.module), row.function)
            install_signal_handlers()
            return _build_command(row.name, work)
        return build_group_class(row)(name=row.name, help=row.summary, rich_markup_mode=None) if row else None

    def get_help(self, ctx: Context) -> str:
        return render_help_page(self, ctx, self.command_group.commands)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        options = super(TyperGroup, self).shell_complete(ctx, incomplete)  # TyperGroup's would make every command
        return complete_command_names(self.command_group.commands, incomplete) + translate_completions(options)


def build_group_class(command_group: CommandGroup) -> type[LazyGroup]:
    """What Typer makes a group of these commands with."""
    return type("TableGroup", (LazyGroup,), {"command_group": command_group})


def _build_command(name: str, work: Callable[..., None]) -> Command:
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, cls=PagedCommand)(work)
    return get_command(single)
