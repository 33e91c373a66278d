"""The table of commands says what the commands are."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc
from pathlib import Path

import pytest

import tenken.cli.commands
from tenken.cli.command_table import ALL_COMMANDS, CommandGroup, CommandRow

FOLDER = Path(tenken.cli.commands.__file__).parent


def rows(group: CommandGroup) -> Iterator[tuple[tuple[str, ...], CommandRow]]:
    """Every command and the words it is called by."""
    for row in group.commands:
        if isinstance(row, CommandGroup):
            yield from (((row.name, *words), command) for words, command in rows(row))
        else:
            yield (row.name,), row


ROWS = dict(rows(ALL_COMMANDS))


@pytest.mark.parametrize("words", ROWS, ids=" ".join)
def test_a_command_is_where_the_table_says_and_for_what_it_says(words: tuple[str, ...]) -> None:
    row = ROWS[words]
    assert row.module == ".".join(("tenken.cli.commands", *words))
    module = import_module(row.module)
    assert getdoc(getattr(module, row.function)) == row.summary
    assert "annotations" not in vars(module)


def test_every_command_is_in_the_table() -> None:
    modules = {path.relative_to(FOLDER).with_suffix("").parts for path in FOLDER.rglob("*.py")}
    assert {words for words in modules if words[-1] != "__init__"} == set(ROWS)
