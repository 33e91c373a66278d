"""A page of text on the screen, read and scrolled before going on."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Layout, Window

from tenken.interview.prompt import PromptKey
from tenken.interview.screen_application import LEAVE_KEYS, MOVE_KEYS, leave_application, suspend_application
from tenken.messages.line_breaking import wrap_text
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import measure_terminal_size


class ScreenPage:
    """A text to read before going on, in as much of it as the terminal shows at once."""

    def __init__(self, paragraphs: list[tuple[str, str]]) -> None:
        self.paragraphs = paragraphs
        self.first_line = 0

    @property
    def layout(self) -> Layout:
        return Layout(Window(FormattedTextControl(self._render_visible_lines), always_hide_cursor=True))

    @property
    def _rows(self) -> int:
        return measure_terminal_size()[1] - 3

    def _wrap_lines(self) -> list[tuple[str, str]]:
        """The lines as the terminal is now, each with the heading it begins with."""
        lines: list[tuple[str, str]] = []
        for heading, text in self.paragraphs:
            first, *others = wrap_text(text, measure_terminal_size()[0], "    ", heading + "  ")
            lines += [(heading, first.removeprefix(heading)), *(("", line) for line in others)]
        return lines

    def _render_visible_lines(self) -> StyleAndTextTuples:
        lines = self._wrap_lines()
        self.first_line = max(min(self.first_line, len(lines) - self._rows), 0)
        tokens: StyleAndTextTuples = [("", "\n")]
        for heading, text in lines[self.first_line : self.first_line + self._rows]:
            tokens += [("class:ask", heading), ("", f"{text}\n")]
        more = phrase("↑↓ scroll") + "  " if len(lines) > self._rows else ""
        return [*tokens, ("", "\n" + more + phrase("Enter: back"))]

    @property
    def keys(self) -> KeyBindings:
        keys = KeyBindings()
        for name, step in {**MOVE_KEYS, "pagedown": self._rows, " ": self._rows, "pageup": -self._rows}.items():
            keys.add(name)(self._build_scroll_handler(step))
        for name in ("enter", "c-j", "escape", "s-tab", *(key.value for key in PromptKey)):
            keys.add(name)(lambda event: event.app.exit(result=None))
        for name in LEAVE_KEYS:
            keys.add(name)(leave_application)
        keys.add("c-z")(suspend_application)
        return keys

    def _build_scroll_handler(self, step: int) -> Callable[[KeyPressEvent], None]:
        def scroll_page(_: KeyPressEvent) -> None:
            self.first_line = max(min(self.first_line + step, len(self._wrap_lines()) - self._rows), 0)

        return scroll_page
