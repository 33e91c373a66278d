"""Asks on the screen of a terminal: cards and pages that are drawn and erased, and lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import questionary
from prompt_toolkit.key_binding import KeyBindings

from tenken.interview.card_layout import POINTER
from tenken.interview.cramped_screen import guard_cramped_screen
from tenken.interview.prompt import PromptKey, QuestionCard, render_hinted_ask
from tenken.interview.screen_application import (
    LEAVE_KEYS,
    ask_unless_closed,
    build_drawing_options,
    create_application,
    leave_application,
    suspend_application,
)
from tenken.interview.screen_card import ScreenCard
from tenken.interview.screen_page import ScreenPage
from tenken.interview.typed_text import MAX_TYPED_LENGTH, clean_typed_text, refuse_typed_command
from tenken.messages.line_breaking import measure_width, wrap_text
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import escape_control_characters, measure_terminal_size, print_talk


class ScreenPrompt:
    """Asks with cursor keys; what has been answered stays on the screen as one line."""

    def say_paragraph(self, text: str = "", mark: str = "") -> None:
        for line in _wrap_marked_paragraph(text, mark):
            print_talk(line)

    def show_paragraphs(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        page = ScreenPage(list(paragraphs))
        ask_unless_closed(create_application(page.layout, page.keys))

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        return self._screen_card.ask_card(card)

    @cached_property
    def _screen_card(self) -> ScreenCard:
        return ScreenCard()

    def ask_text(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        def wrap_ask() -> list[str]:
            return wrap_text(render_hinted_ask(ask, hint), measure_terminal_size()[0] - 2)

        question = questionary.text(
            "\n ".join((*wrap_ask(), POINTER)),
            text,
            qmark="",
            validate=lambda typed: _refuse_typed_text(typed, refuse) or True,
            validate_while_typing=False,
            key_bindings=_build_text_keys(),
            **build_drawing_options(),
        )
        guard_cramped_screen(question.application, lambda: len(wrap_ask()) + 1)
        typed = ask_unless_closed(question.application)
        return None if typed is None else clean_typed_text(typed)


def _wrap_marked_paragraph(text: str, mark: str) -> list[str]:
    """A text begun with a mark, hanging from it; below it where the mark takes too much of the line."""
    columns, _ = measure_terminal_size()
    begin = f"{mark} " if mark else ""
    if measure_width(begin) * 3 > columns:
        return [*wrap_text(mark, columns), *wrap_text(escape_control_characters(text), columns, "  ")]
    return wrap_text(escape_control_characters(text), columns, " " * measure_width(begin), begin)


def _refuse_typed_text(typed: str, refuse: Callable[[str], str]) -> str:
    if len(typed) > MAX_TYPED_LENGTH:
        return phrase("This is too long; at most {count} characters.", count=MAX_TYPED_LENGTH)
    return refuse_typed_command(typed) or refuse(clean_typed_text(typed))


def _build_text_keys() -> KeyBindings:
    """In a text, letters are letters: Escape or Shift-Tab goes back, Ctrl-C and Ctrl-D leave, Ctrl-Z suspends."""
    keys = KeyBindings()
    keys.add("c-z")(suspend_application)
    for name in ("escape", "s-tab"):
        keys.add(name, eager=True)(lambda event: event.app.exit(result=None))
    for name in LEAVE_KEYS:
        keys.add(name, eager=True)(leave_application)
    return keys
