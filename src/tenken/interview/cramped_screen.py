"""What is done while a terminal is too small for a question: it is said, and no key answers what nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import ConditionalKeyBindings, KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import AnyContainer, DynamicContainer, FormattedTextControl, Window

from tenken.interview.screen_application import LEAVE_KEYS, leave_application
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import measure_terminal_size

_FEWEST_SCREEN_COLUMNS = 20
"""In fewer, lines would be cut off at their end."""


def guard_cramped_screen(application: Application[Any], count_rows: Callable[[], int]) -> None:
    """While the rows that are needed are not there, only the keys that leave do anything."""
    is_cramped = Condition(lambda: _is_cramped(count_rows()))
    notice = Window(FormattedTextControl(lambda: phrase("Make this window larger")), wrap_lines=True)
    drawn = application.layout.container

    def choose_drawn() -> AnyContainer:
        return notice if is_cramped() else drawn

    application.layout.container = DynamicContainer(choose_drawn)
    application.key_bindings = merge_key_bindings(
        [
            ConditionalKeyBindings(application.key_bindings or KeyBindings(), ~is_cramped),
            ConditionalKeyBindings(_build_leaving_keys(), is_cramped),
        ]
    )


def _is_cramped(rows_needed: int) -> bool:
    columns, rows = measure_terminal_size()
    return columns < _FEWEST_SCREEN_COLUMNS or rows_needed > rows


def _build_leaving_keys() -> KeyBindings:
    keys = KeyBindings()
    keys.add(Keys.Any, eager=True)(_ignore_key)
    for name in LEAVE_KEYS:
        keys.add(name, eager=True)(leave_application)
    return keys


def _ignore_key(_: KeyPressEvent) -> None:
    """Does nothing, and keeps the key from whatever else would take it."""
