"""Asks on a terminal: with cursor keys where it can, in numbered lines where it cannot or should not.

The only module that imports questionary and prompt_toolkit, and only once a question is asked with cursor keys. All of
it speaks on standard error, as everything does that is meant for the person.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from tenken.interview.answer_details import MAX_TYPED_LENGTH, clean_typed_text
from tenken.interview.card_layout import HORIZONTAL_RULE, render_card_parts, render_choice_titles
from tenken.interview.plain_prompt import PlainPrompt
from tenken.interview.question_card import Prompt, PromptKey, QuestionCard, render_hinted_ask
from tenken.messages.line_breaking import measure_width, wrap_text
from tenken.messages.message_catalog import phrase
from tenken.rules.answer_kinds import NONE
from tenken.terminal.output import escape_control_characters, measure_terminal_size, print_talk, silence_closed_terminal

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.layout import Layout
    from questionary.prompts.common import InquirerControl

PromptReply = TypeVar("PromptReply")
POINTER = "❯"
_GLYPHS = POINTER + HORIZONTAL_RULE + "●○✔→·"
_PROMPT_STYLE = {
    "ask": "bold",
    "warning": "bold",
    "pointer": "bold ansicyan",
    "highlighted": "bold",
    "selected": "noinherit",
    "answer": "noinherit",
    "question": "bold",
}
_LEAVE_KEYS = ("q", "c-c", "c-d", "c-s", "c-q", "<sigint>")
_MOVE_KEYS = {"up": -1, "k": -1, "c-p": -1, "down": 1, "j": 1, "c-n": 1}


def choose_terminal_prompt(*, plain: bool = False) -> Prompt | None:
    """Whoever can ask here: in plain lines if that is wanted or all there is; None if nobody would answer."""
    if plain:
        return PlainPrompt()
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return (
        PlainPrompt()
        if os.environ.get("ACCESSIBLE", "0") not in ("", "0") or not _may_draw_screen()
        else ScreenPrompt()
    )


def _may_draw_screen() -> bool:
    if os.name != "nt" and os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        return False
    try:
        _GLYPHS.encode(sys.stderr.encoding)
    except UnicodeEncodeError:
        return False
    return True


class ScreenPrompt:
    """Asks with cursor keys; what has been answered stays on the screen as one line."""

    def say_paragraph(self, text: str = "", mark: str = "") -> None:
        for line in _wrap_marked_paragraph(text, mark):
            print_talk(line)

    def show_paragraphs(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        page = _ScreenPage(list(paragraphs))
        _ask_unless_closed(_create_application(page.layout, page.keys).run)

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        return self._sheet.ask_card(card)

    @cached_property
    def _sheet(self) -> _CardSheet:
        return _CardSheet()

    def ask_text(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        import questionary

        question = questionary.text(
            "\n ".join(wrap_text(render_hinted_ask(ask, hint), measure_terminal_size()[0] - 2)) + f"\n {POINTER}",
            text,
            qmark="",
            validate=lambda typed: _refuse_typed_text(typed, refuse) or True,
            validate_while_typing=False,
            key_bindings=_build_text_keys(),
            **_build_drawing_options(),
        )
        typed = _ask_unless_closed(question.unsafe_ask)
        return None if typed is None else clean_typed_text(typed)


def _wrap_marked_paragraph(text: str, mark: str) -> list[str]:
    """A text begun with a mark, hanging from it; below it where the mark takes too much of the line."""
    columns, _ = measure_terminal_size()
    begin = f"{mark} " if mark else ""
    if measure_width(begin) * 3 > columns:
        return [*wrap_text(mark, columns), *wrap_text(escape_control_characters(text), columns, "  ")]
    return wrap_text(escape_control_characters(text), columns, " " * measure_width(begin), begin)


def _ask_unless_closed(ask: Callable[[], PromptReply]) -> PromptReply:
    """What was answered; a terminal that is closed meanwhile leaves, as Ctrl-C does."""
    try:
        return ask()
    except (EOFError, OSError):
        if silence_closed_terminal():
            raise KeyboardInterrupt from None
        raise


def _refuse_typed_text(typed: str, refuse: Callable[[str], str]) -> str:
    if len(typed) > MAX_TYPED_LENGTH:
        return phrase("This is too long; at most {count} characters.", count=MAX_TYPED_LENGTH)
    return refuse(clean_typed_text(typed))


def _build_text_keys() -> KeyBindings:
    """In a text, letters are letters: Escape or Shift-Tab goes back, Ctrl-C and Ctrl-D leave."""
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()
    for name in ("escape", "s-tab"):
        keys.add(name, eager=True)(lambda event: event.app.exit(result=None))
    for name in _LEAVE_KEYS[1:]:
        keys.add(name, eager=True)(_leave_application)
    return keys


def _leave_application(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt())


@cache
def _build_drawing_options() -> dict[str, Any]:
    """How everything is drawn: on standard error, in sixteen colours or none, erased once it is answered.

    The terminal is never asked where its cursor is. Nothing here needs to know, and a terminal that does not reply
    would cost a second at every question.
    """
    from prompt_toolkit.output import ColorDepth
    from prompt_toolkit.output.defaults import create_output
    from prompt_toolkit.styles import Style

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


def _create_application(layout: Layout, keys: KeyBindings) -> Application[Any]:
    from prompt_toolkit.application import Application

    return Application(layout=layout, key_bindings=keys, **_build_drawing_options())


def _build_choices_control(card: QuestionCard) -> InquirerControl:
    from questionary.prompts.common import Choice, InquirerControl

    words = [option.word for option in card.options]
    chosen = [word for word in card.chosen or card.likely if word in words]
    titles = render_choice_titles(card, measure_terminal_size()[0])
    choices = InquirerControl(
        [Choice(title, word, checked=word in chosen) for title, word in zip(titles, words, strict=True)],
        initial_choice=chosen[0] if chosen else None,
        pointer=POINTER,
        use_indicator=card.several,
    )
    if not card.several:
        choices.selected_options.clear()
    return choices


class _ScreenPage:
    """A text to read before going on, in as much of it as the terminal shows at once."""

    def __init__(self, paragraphs: list[tuple[str, str]]) -> None:
        self.lines: list[tuple[str, str]] = []
        for heading, text in paragraphs:
            first, *others = wrap_text(text, measure_terminal_size()[0], "    ", heading + "  ")
            self.lines += [(heading, first.removeprefix(heading)), *(("", line) for line in others)]
        self.first = 0

    @property
    def layout(self) -> Layout:
        from prompt_toolkit.layout import FormattedTextControl, Layout, Window

        return Layout(Window(FormattedTextControl(self._render_visible_lines), always_hide_cursor=True))

    @property
    def _rows(self) -> int:
        return measure_terminal_size()[1] - 3

    def _render_visible_lines(self) -> StyleAndTextTuples:
        tokens: StyleAndTextTuples = [("", "\n")]
        for heading, text in self.lines[self.first : self.first + self._rows]:
            tokens += [("class:ask", heading), ("", f"{text}\n")]
        more = phrase("↑↓ scroll") + "  " if len(self.lines) > self._rows else ""
        return [*tokens, ("", "\n" + more + phrase("Enter: back"))]

    @property
    def keys(self) -> KeyBindings:
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()
        for name, step in {**_MOVE_KEYS, "pagedown": self._rows, " ": self._rows, "pageup": -self._rows}.items():
            keys.add(name)(self._build_scroll_handler(step))
        for name in ("enter", "c-j", "escape", "s-tab", *(key.value for key in PromptKey)):
            keys.add(name)(lambda event: event.app.exit(result=None))
        for name in _LEAVE_KEYS[1:]:
            keys.add(name)(_leave_application)
        return keys

    def _build_scroll_handler(self, step: int) -> Callable[[KeyPressEvent], None]:
        def scroll_page(_: KeyPressEvent) -> None:
            self.first = max(min(self.first + step, len(self.lines) - self._rows), 0)

        return scroll_page


class _CardSheet:
    """Cards on the screen, one after the other: the text, the choices, what the pointed one means, and the keys.

    One application draws them all; a new one for each would take most of the time between two questions.
    """

    card: QuestionCard
    choices: InquirerControl
    warning = ""

    def __init__(self) -> None:
        self.application: Application[tuple[str, ...] | PromptKey] = _create_application(
            self._build_layout(), self._build_keys()
        )

    def ask_card(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        self.card, self.choices, self.warning = card, _build_choices_control(card), ""
        return _ask_unless_closed(self.application.run)

    def _build_layout(self) -> Layout:
        from prompt_toolkit.formatted_text import to_formatted_text
        from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window

        def build_window(*names: str) -> Window:
            height = lambda: Dimension.exact(sum(len(self._parts[name]) for name in names))  # noqa: E731
            return Window(FormattedTextControl(lambda: self._render_parts(*names)), height=height)

        listed = Window(
            FormattedTextControl(lambda: to_formatted_text(self.choices.text)),
            always_hide_cursor=True,
            dont_extend_height=True,
        )
        return Layout(
            HSplit(
                [
                    build_window("gap", "head", "ask", "why", "source", "suggestion"),
                    listed,
                    build_window("means", "keys"),
                ]
            ),
            focused_element=listed,
        )

    def _render_parts(self, *names: str) -> StyleAndTextTuples:
        return [(f"class:{name}", "".join(f"{line}\n" for line in self._parts[name])) for name in names]

    @property
    def _parts(self) -> Mapping[str, list[str]]:
        return render_card_parts(self.card, self.choices.pointed_at, self.warning, *measure_terminal_size())

    def _build_keys(self) -> KeyBindings:
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()
        for name, step in _MOVE_KEYS.items():
            keys.add(name)(self._build_move_handler(step))
        for place, digit in enumerate("123456789"):
            keys.add(digit)(self._build_digit_handler(place))
        for key in PromptKey:
            keys.add(key.value)(self._build_key_handler(key))
        for name in ("escape", "s-tab"):
            keys.add(name, eager=True)(self._build_key_handler(PromptKey.BACK))
        for name in _LEAVE_KEYS:
            keys.add(name)(_leave_application)
        for name in ("enter", "c-j"):  # typed ahead, Enter arrives as a line feed
            keys.add(name)(self._accept_choices)
        keys.add(" ")(lambda _: self._toggle_choice(self.choices.pointed_at))
        keys.add("c-z")(lambda event: event.app.suspend_to_background())
        return keys

    def _build_move_handler(self, step: int) -> Callable[[KeyPressEvent], None]:
        def move_pointer(_: KeyPressEvent) -> None:
            self.choices.pointed_at = (self.choices.pointed_at + step) % len(self.choices.choices)

        return move_pointer

    def _build_digit_handler(self, place: int) -> Callable[[KeyPressEvent], None]:
        """A digit answers at once, or ticks where several may be chosen."""

        def take_choice(event: KeyPressEvent) -> None:
            if place >= len(self.card.options):
                return
            self.choices.pointed_at = place
            if self.card.several:
                self._toggle_choice(place)
            else:
                self._accept_choices(event)

        return take_choice

    def _build_key_handler(self, key: PromptKey) -> Callable[[KeyPressEvent], None]:
        def exit_with_key(event: KeyPressEvent) -> None:
            if key in self.card.keys:
                event.app.exit(result=key)

        return exit_with_key

    def _toggle_choice(self, place: int) -> None:
        """Ticks or unticks a choice; "none of these" stands alone."""
        if not self.card.several:
            return
        word = self.card.options[place].word
        ticked = self.choices.selected_options
        self.warning = ""
        if word in ticked:
            ticked.remove(word)
        elif word == NONE:
            ticked[:] = [NONE]
        else:
            ticked[:] = [*(other for other in ticked if other != NONE), word]

    def _accept_choices(self, event: KeyPressEvent) -> None:
        words = [option.word for option in self.card.options]
        ticked = [word for word in words if word in self.choices.selected_options]
        if not self.card.several:
            event.app.exit(result=(words[self.choices.pointed_at],))
        elif ticked:
            event.app.exit(result=tuple(ticked))
        else:
            self.warning = phrase("Tick at least one with the space bar or its number. “Not sure” is an answer, too.")
