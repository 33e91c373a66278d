"""The application in which cards, pages and texts are drawn: its colours, and the keys that move and leave.

All of it speaks on standard error, as everything does that is meant for the person.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any, TypeVar

from prompt_toolkit.application import Application
from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import get_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Layout
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.styles import Attrs, Style

from tenken.terminal.output import silence_closed_terminal

PromptReply = TypeVar("PromptReply")
_PROMPT_STYLE = {
    "ask": "bold",
    "warning": "bold",
    "pointer": "bold ansicyan",
    "highlighted": "bold",
    "selected": "noinherit",
    "answer": "noinherit",
    "question": "bold",
    "means": "dim" if "dim" in Attrs._fields else "",  # older libraries draw nothing dim
}
LEAVE_KEYS = ("c-c", "c-d", "c-s", "c-q")
"""Ctrl-S too: whoever presses it to save need not know that everything is saved already."""
MOVE_KEYS = {"up": -1, "k": -1, "c-p": -1, "down": 1, "j": 1, "c-n": 1}


def create_application(layout: Layout, keys: KeyBindings) -> Application[Any]:
    return Application(layout=layout, key_bindings=keys, **build_drawing_options())


@cache
def build_drawing_options() -> dict[str, Any]:
    """How everything is drawn: on standard error, in sixteen colours or none, erased once it is answered.

    The terminal is never asked where its cursor is. Nothing here needs to know, and a terminal that does not reply
    would cost a second at every question.
    """
    output = create_output(sys.stderr)
    if hasattr(output, "enable_cpr"):
        output.enable_cpr = False
    return {
        "output": output,
        "color_depth": ColorDepth.from_env() or ColorDepth.DEPTH_4_BIT,
        "style": Style.from_dict(_PROMPT_STYLE),
        "include_default_pygments_style": False,
        "erase_when_done": True,
    }


def leave_application(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt())


def suspend_application(event: KeyPressEvent) -> None:
    event.app.suspend_to_background()


def ask_unless_closed(application: Application[PromptReply]) -> PromptReply:
    """What was answered; a terminal that is closed meanwhile leaves, as Ctrl-C does.

    What was typed before a question was there answers nothing: nobody had read it. An interruption from outside is not
    left to the application, which drops it once it has its answer.
    """
    try:
        _drop_typed_ahead(application.input)
        return application.run(handle_sigint=False)
    except (EOFError, OSError):
        if silence_closed_terminal():
            raise KeyboardInterrupt from None
        raise


def _drop_typed_ahead(keyboard: Input) -> None:
    """Forgets the keys that came before anything was asked, but for those that leave."""
    with keyboard.raw_mode():
        pressed = [*get_typeahead(keyboard), *keyboard.read_keys(), *keyboard.flush_keys()]
    if any(press.key in LEAVE_KEYS for press in pressed):
        raise KeyboardInterrupt
