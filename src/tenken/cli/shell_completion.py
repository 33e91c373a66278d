"""Completion for bash, zsh and fish: what a shell asks when Tab is pressed, and how it is told to ask.

Typer has no public names for the parts used here; `pyproject.toml` says which versions have them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from typer._click.shell_completion import CompletionItem
from typer._completion_classes import completion_init
from typer._completion_shared import Shells, _get_shell_name, get_completion_script, install

from tenken.cli.command_table import ALL_COMMANDS, CommandGroup, CommandRow
from tenken.cli.help_pages import translate_help
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.line_breaking import wrap_text
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import measure_terminal_size, print_data, print_talk

COMPLETION_VARIABLE = f"_{ALL_COMMANDS.name}_COMPLETE".upper()
"""Set by the shell when it asks instead of the user."""

_ARGUMENTS = "_TYPER_COMPLETE_ARGS"
"""Holds the words so far where it is not bash that asks."""

_NAME_COLUMNS = 24
"""Columns that a shell may need for what stands before the help of a completion."""


def complete_command_names(rows: Iterable[CommandRow | CommandGroup], incomplete: str) -> list[CompletionItem]:
    return [
        CompletionItem(row.name, help=_shorten_help(phrase(row.summary)))
        for row in rows
        if row.name.startswith(incomplete)
    ]


def translate_completions(items: list[CompletionItem]) -> list[CompletionItem]:
    """What Typer completes, explained in the language in use."""
    for item in items:
        if item.value in ("-h", "--help"):
            item.help = phrase("Show this help and leave.")
        elif item.help:
            item.help = _shorten_help(translate_help(item.help))
    return items


def _shorten_help(said: str) -> str:
    """As much as stands on a line beside the name; zsh and fish have no second one for it."""
    columns, _ = measure_terminal_size()
    lines = wrap_text(said, columns - _NAME_COLUMNS)
    return lines[0] if len(lines) == 1 else lines[0] + "…"


def answer_shells() -> None:
    """Lets Typer answer every shell it knows; without this it answers none.

    Raises `Problems` if it is no shell that asks.
    """
    asked = os.environ[COMPLETION_VARIABLE]
    words, number = os.environ.get("COMP_WORDS"), os.environ.get("COMP_CWORD", "")
    is_heard = words is not None and number.isdecimal() if asked.endswith("bash") else _ARGUMENTS in os.environ
    if not (asked.startswith("source_") or (asked.startswith("complete_") and is_heard)):
        text = "this is set by a shell when Tab is pressed, with the words so far; unset it"
        raise Problems(Problem(Place(COMPLETION_VARIABLE), text))
    completion_init()


def install_completion() -> None:
    """Adds the completion to the files that the shell in use reads when it starts."""
    option = "--install-completion"
    home = Path.home()
    if not home.is_dir() or "'" in str(home) or home == Path("/"):
        text = "{home} is no folder it can be installed in; `tenken --show-completion` prints what it takes"
        raise Problems(Problem(Place(option), text, {"home": home}))
    try:
        shell, path = install(_find_shell(option), ALL_COMMANDS.name, COMPLETION_VARIABLE)
    except (OSError, UnicodeError) as error:
        text = "it could not be installed ({reason}); `tenken --show-completion` prints what it takes"
        raise Problems(Problem(Place(option), text, {"reason": error})) from None
    text = "Completion for {shell} is in {file}; it works in every terminal opened from now on."
    print_talk(phrase(text, shell=shell, file=path))


def show_completion() -> None:
    """Prints what the shell in use would read."""
    shell = _find_shell("--show-completion")
    print_data(get_completion_script(prog_name=ALL_COMMANDS.name, complete_var=COMPLETION_VARIABLE, shell=shell))


def _find_shell(option: str) -> str:
    """The shell that this was started from; raises `Problems` if it is not one that can complete."""
    shell = _get_shell_name()
    if shell not in list(Shells):
        text = "start this from bash, zsh or fish; elsewhere `{command}` prints what bash would read"
        raise Problems(Problem(Place(option), text, {"command": f"{COMPLETION_VARIABLE}=source_bash tenken"}))
    return shell
