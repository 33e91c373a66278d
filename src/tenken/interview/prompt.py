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

from tenken import terminal
from tenken.interview import sheet
from tenken.interview.card import Card, Key, Prompt, hinted
from tenken.interview.further import LONGEST, clean
from tenken.interview.plain import Plain
from tenken.lines import width, wrap
from tenken.logic import NONE
from tenken.phrases import phrase

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.layout import Layout
    from questionary.prompts.common import InquirerControl

Reply = TypeVar("Reply")
POINTER = "❯"
_GLYPHS = POINTER + sheet.RULE + "●○✔→·"
_STYLE = {
    "ask": "bold",
    "warning": "bold",
    "pointer": "bold ansicyan",
    "highlighted": "bold",
    "selected": "noinherit",
    "answer": "noinherit",
    "question": "bold",
}
_LEAVES = ("q", "c-c", "c-d", "c-s", "c-q", "<sigint>")
_MOVES = {"up": -1, "k": -1, "c-p": -1, "down": 1, "j": 1, "c-n": 1}


def for_terminal(*, plain: bool = False) -> Prompt | None:
    """Whoever can ask here: in plain lines if that is wanted or all there is; None if nobody would answer."""
    if plain:
        return Plain()
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return Plain() if os.environ.get("ACCESSIBLE", "0") not in ("", "0") or not _can_draw() else Screen()


def _can_draw() -> bool:
    if os.name != "nt" and os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        return False
    try:
        _GLYPHS.encode(sys.stderr.encoding)
    except UnicodeEncodeError:
        return False
    return True


class Screen:
    """Asks with cursor keys; what has been answered stays on the screen as one line."""

    def say(self, text: str = "", mark: str = "") -> None:
        for line in _paragraph(text, mark):
            terminal.say(line)

    def show(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        page = _Page(list(paragraphs))
        _unless_closed(_application(page.layout, page.keys).run)

    def choose(self, card: Card) -> tuple[str, ...] | Key:
        return self._sheet.ask(card)

    @cached_property
    def _sheet(self) -> _Sheet:
        return _Sheet()

    def write(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        import questionary

        question = questionary.text(
            "\n ".join(wrap(hinted(ask, hint), terminal.size()[0] - 2)) + f"\n {POINTER}",
            text,
            qmark="",
            validate=lambda typed: _refusal(typed, refuse) or True,
            validate_while_typing=False,
            key_bindings=_text_keys(),
            **_drawing(),
        )
        typed = _unless_closed(question.unsafe_ask)
        return None if typed is None else clean(typed)


def _paragraph(text: str, mark: str) -> list[str]:
    """A text begun with a mark, hanging from it; below it where the mark takes too much of the line."""
    columns, _ = terminal.size()
    begin = f"{mark} " if mark else ""
    if width(begin) * 3 > columns:
        return [*wrap(mark, columns), *wrap(terminal.safe(text), columns, "  ")]
    return wrap(terminal.safe(text), columns, " " * width(begin), begin)


def _unless_closed(ask: Callable[[], Reply]) -> Reply:
    """What was answered; a terminal that is closed meanwhile leaves, as Ctrl-C does."""
    try:
        return ask()
    except (EOFError, OSError):
        if terminal.hush_if_closed():
            raise KeyboardInterrupt from None
        raise


def _refusal(typed: str, refuse: Callable[[str], str]) -> str:
    if len(typed) > LONGEST:
        return phrase("This is too long; at most {count} characters.", count=LONGEST)
    return refuse(clean(typed))


def _text_keys() -> KeyBindings:
    """In a text, letters are letters: Escape or Shift-Tab goes back, Ctrl-C and Ctrl-D leave."""
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()
    for name in ("escape", "s-tab"):
        keys.add(name, eager=True)(lambda event: event.app.exit(result=None))
    for name in _LEAVES[1:]:
        keys.add(name, eager=True)(_leave)
    return keys


def _leave(event: KeyPressEvent) -> None:
    event.app.exit(exception=KeyboardInterrupt())


@cache
def _drawing() -> dict[str, Any]:
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
        "style": Style.from_dict(_STYLE),
        "include_default_pygments_style": False,
        "erase_when_done": True,
    }


def _application(layout: Layout, keys: KeyBindings) -> Application[Any]:
    from prompt_toolkit.application import Application

    return Application(layout=layout, key_bindings=keys, **_drawing())


def _choices(card: Card) -> InquirerControl:
    from questionary.prompts.common import Choice, InquirerControl

    words = [option.word for option in card.options]
    chosen = [word for word in card.chosen or card.likely if word in words]
    titles = sheet.titles(card, terminal.size()[0])
    choices = InquirerControl(
        [Choice(title, word, checked=word in chosen) for title, word in zip(titles, words, strict=True)],
        initial_choice=chosen[0] if chosen else None,
        pointer=POINTER,
        use_indicator=card.several,
    )
    if not card.several:
        choices.selected_options.clear()
    return choices


class _Page:
    """A text to read before going on, in as much of it as the terminal shows at once."""

    def __init__(self, paragraphs: list[tuple[str, str]]) -> None:
        self.lines: list[tuple[str, str]] = []
        for heading, text in paragraphs:
            first, *others = wrap(text, terminal.size()[0], "    ", heading + "  ")
            self.lines += [(heading, first.removeprefix(heading)), *(("", line) for line in others)]
        self.first = 0

    @property
    def layout(self) -> Layout:
        from prompt_toolkit.layout import FormattedTextControl, Layout, Window

        return Layout(Window(FormattedTextControl(self._shown), always_hide_cursor=True))

    @property
    def _rows(self) -> int:
        return terminal.size()[1] - 3

    def _shown(self) -> StyleAndTextTuples:
        tokens: StyleAndTextTuples = [("", "\n")]
        for heading, text in self.lines[self.first : self.first + self._rows]:
            tokens += [("class:ask", heading), ("", f"{text}\n")]
        more = phrase("↑↓ scroll") + "  " if len(self.lines) > self._rows else ""
        return [*tokens, ("", "\n" + more + phrase("Enter: back"))]

    @property
    def keys(self) -> KeyBindings:
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()
        for name, step in {**_MOVES, "pagedown": self._rows, " ": self._rows, "pageup": -self._rows}.items():
            keys.add(name)(self._scrolls(step))
        for name in ("enter", "c-j", "escape", "s-tab", *(key.value for key in Key)):
            keys.add(name)(lambda event: event.app.exit(result=None))
        for name in _LEAVES[1:]:
            keys.add(name)(_leave)
        return keys

    def _scrolls(self, step: int) -> Callable[[KeyPressEvent], None]:
        def scroll(_: KeyPressEvent) -> None:
            self.first = max(min(self.first + step, len(self.lines) - self._rows), 0)

        return scroll


class _Sheet:
    """Cards on the screen, one after the other: the text, the choices, what the pointed one means, and the keys.

    One application draws them all; a new one for each would take most of the time between two questions.
    """

    card: Card
    choices: InquirerControl
    warning = ""

    def __init__(self) -> None:
        self.application: Application[tuple[str, ...] | Key] = _application(self._layout(), self._keys())

    def ask(self, card: Card) -> tuple[str, ...] | Key:
        self.card, self.choices, self.warning = card, _choices(card), ""
        return _unless_closed(self.application.run)

    def _layout(self) -> Layout:
        from prompt_toolkit.formatted_text import to_formatted_text
        from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window

        def part(*names: str) -> Window:
            height = lambda: Dimension.exact(sum(len(self._parts[name]) for name in names))  # noqa: E731
            return Window(FormattedTextControl(lambda: self._drawn(*names)), height=height)

        listed = Window(
            FormattedTextControl(lambda: to_formatted_text(self.choices.text)),
            always_hide_cursor=True,
            dont_extend_height=True,
        )
        return Layout(
            HSplit([part("gap", "head", "ask", "why", "source", "suggestion"), listed, part("means", "keys")]),
            focused_element=listed,
        )

    def _drawn(self, *names: str) -> StyleAndTextTuples:
        return [(f"class:{name}", "".join(f"{line}\n" for line in self._parts[name])) for name in names]

    @property
    def _parts(self) -> Mapping[str, list[str]]:
        return sheet.parts(self.card, self.choices.pointed_at, self.warning, *terminal.size())

    def _keys(self) -> KeyBindings:
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()
        for name, step in _MOVES.items():
            keys.add(name)(self._moves(step))
        for place, digit in enumerate("123456789"):
            keys.add(digit)(self._takes(place))
        for key in Key:
            keys.add(key.value)(self._does(key))
        for name in ("escape", "s-tab"):
            keys.add(name, eager=True)(self._does(Key.BACK))
        for name in _LEAVES:
            keys.add(name)(_leave)
        for name in ("enter", "c-j"):  # typed ahead, Enter arrives as a line feed
            keys.add(name)(self._goes_on)
        keys.add(" ")(lambda _: self._tick(self.choices.pointed_at))
        keys.add("c-z")(lambda event: event.app.suspend_to_background())
        return keys

    def _moves(self, step: int) -> Callable[[KeyPressEvent], None]:
        def move(_: KeyPressEvent) -> None:
            self.choices.pointed_at = (self.choices.pointed_at + step) % len(self.choices.choices)

        return move

    def _takes(self, place: int) -> Callable[[KeyPressEvent], None]:
        """A digit answers at once, or ticks where several may be chosen."""

        def take(event: KeyPressEvent) -> None:
            if place >= len(self.card.options):
                return
            self.choices.pointed_at = place
            if self.card.several:
                self._tick(place)
            else:
                self._goes_on(event)

        return take

    def _does(self, key: Key) -> Callable[[KeyPressEvent], None]:
        def do(event: KeyPressEvent) -> None:
            if key in self.card.keys:
                event.app.exit(result=key)

        return do

    def _tick(self, place: int) -> None:
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

    def _goes_on(self, event: KeyPressEvent) -> None:
        words = [option.word for option in self.card.options]
        ticked = [word for word in words if word in self.choices.selected_options]
        if not self.card.several:
            event.app.exit(result=(words[self.choices.pointed_at],))
        elif ticked:
            event.app.exit(result=tuple(ticked))
        else:
            self.warning = phrase("Tick at least one with the space bar or its number. “Not sure” is an answer, too.")
