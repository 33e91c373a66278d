"""Which prompt asks on this terminal: the screen, plain lines, or none because nobody would answer."""

from __future__ import annotations

import os
import sys

from tenken.interview.card_layout import SCREEN_GLYPHS
from tenken.interview.plain_prompt import PlainPrompt
from tenken.interview.prompt import Prompt

NO_TERMINAL = (
    "there is no terminal to ask on; write the questions with `tenken questions --blank`, answer with "
    "`tenken assess {file} --set question=answer`, or edit the record itself"
)


def choose_terminal_prompt(*, plain: bool = False) -> Prompt | None:
    """Whoever can ask here: in plain lines if that is wanted or all there is; None if nobody would answer."""
    if plain:
        return PlainPrompt()
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    if os.environ.get("ACCESSIBLE", "0") not in ("", "0") or not _may_draw_screen():
        return PlainPrompt()
    # Only here, because it brings questionary and prompt_toolkit, which take longer to load than all the rest.
    from tenken.interview.screen_prompt import ScreenPrompt  # noqa: PLC0415

    return ScreenPrompt()


def is_person_there() -> bool:
    """Whether what is typed comes from a terminal, and not from a file or another program."""
    return sys.stdin.isatty()


def _may_draw_screen() -> bool:
    if os.name != "nt" and os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        return False
    try:
        SCREEN_GLYPHS.encode(sys.stderr.encoding)
    except UnicodeEncodeError:
        return False
    return True
