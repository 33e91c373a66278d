"""What is said of a command line that Typer cannot use, in the language in use."""

from __future__ import annotations

from collections.abc import Iterator

from typer._click.exceptions import UsageError

from tenken.cli.help_pages import render_usage_line
from tenken.messages.message_catalog import phrase, phrase_filled_in
from tenken.terminal.output import measure_terminal_size

USAGE_MISTAKE = UsageError
"""What Typer raises for a command line it cannot use; it has no public name for it."""

_TYPER_MESSAGES = (
    "Missing command.",
    "Missing argument '{name}'.",
    "No such command '{name}'. Did you mean {known}?",
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


def render_usage_mistake(mistake: UsageError) -> Iterator[str]:
    """How the command is written, where to read more, and what was wrong."""
    if mistake.ctx is not None:
        columns, _ = measure_terminal_size()
        yield from render_usage_line(mistake.ctx, columns)
        yield phrase("More: {command}", command=f"{mistake.ctx.command_path} --help")
    yield phrase("Mistake: {said}", said=phrase_filled_in(mistake.format_message(), _TYPER_MESSAGES))
