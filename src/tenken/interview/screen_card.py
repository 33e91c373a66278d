"""A card on the screen, answered with the cursor keys, digits and letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples, to_formatted_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window
from questionary.prompts.common import Choice, InquirerControl

from tenken.interview.card_layout import POINTER, render_card_parts, render_choice_titles
from tenken.interview.cramped_screen import guard_cramped_screen
from tenken.interview.prompt import DOUBT_KEY, PromptKey, QuestionCard
from tenken.interview.screen_application import (
    LEAVE_KEYS,
    MOVE_KEYS,
    ask_unless_closed,
    create_application,
    leave_application,
)
from tenken.messages.message_catalog import phrase
from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE
from tenken.terminal.output import measure_terminal_size


class ScreenCard:
    """Cards on the screen, one after the other: the text, the choices, what the pointed one means, and the keys.

    One application draws them all; a new one for each would take most of the time between two questions.
    """

    card: QuestionCard
    choices: InquirerControl
    doubted: set[str]
    warning = ""

    def __init__(self) -> None:
        self.application: Application[tuple[str, ...] | PromptKey] = create_application(
            self._build_layout(), self._build_keys()
        )
        guard_cramped_screen(self.application, self._count_fewest_rows)

    def ask_card(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        self.card, self.choices, self.warning = card, _build_choices_control(card), ""
        self.doubted = {word.removesuffix(DOUBT) for word in card.chosen if word.endswith(DOUBT)}
        return ask_unless_closed(self.application)

    def _build_layout(self) -> Layout:
        def build_window(*names: str) -> Window:
            # Asked anew at each drawing: the card changes, and so may the size of the terminal.
            height = lambda: Dimension.exact(sum(len(self._parts[name]) for name in names))  # noqa: E731
            return Window(FormattedTextControl(lambda: self._render_parts(*names)), height=height)

        choices_window = Window(
            FormattedTextControl(self._render_choices),
            always_hide_cursor=True,
            dont_extend_height=True,
        )
        return Layout(
            HSplit(
                [
                    build_window("gap", "head", "ask", "why", "source", "suggestion"),
                    choices_window,
                    build_window("means", "keys"),
                ]
            ),
            focused_element=choices_window,
        )

    def _render_choices(self) -> StyleAndTextTuples:
        self._name_choices()  # anew, as the size of the terminal may have changed
        return to_formatted_text(self.choices.text)

    def _render_parts(self, *names: str) -> StyleAndTextTuples:
        return [(f"class:{name}", "".join(f"{line}\n" for line in self._parts[name])) for name in names]

    def _count_fewest_rows(self) -> int:
        """The rows of what stays in the lowest terminal, and one for a choice."""
        return sum(map(len, self._parts.values())) + 1

    @property
    def _parts(self) -> Mapping[str, list[str]]:
        return render_card_parts(self.card, self.choices.pointed_at, self.warning, *measure_terminal_size())

    def _build_keys(self) -> KeyBindings:
        keys = KeyBindings()
        for name, step in MOVE_KEYS.items():
            keys.add(name)(self._build_move_handler(step))
        for place, digit in enumerate("123456789"):
            keys.add(digit)(self._build_digit_handler(place))
        for key in PromptKey:
            if key is not PromptKey.LEAVE:
                keys.add(key.value)(self._build_key_handler(key))
        for name in ("escape", "s-tab"):
            keys.add(name, eager=True)(self._build_key_handler(PromptKey.BACK))
        for name in (PromptKey.LEAVE.value, *LEAVE_KEYS):
            keys.add(name)(leave_application)
        for name in ("enter", "c-j"):  # typed ahead, Enter arrives as a line feed
            keys.add(name)(self._accept_choices)
        keys.add(" ")(lambda _: self._toggle_choice(self.choices.pointed_at))
        keys.add(DOUBT_KEY)(lambda _: self._toggle_doubt(self.choices.pointed_at))
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
        if word in self.doubted:  # now somebody is sure of it
            self.doubted.remove(word)
        elif word in ticked:
            ticked.remove(word)
        elif word == NONE:
            ticked[:] = [NONE]
        else:
            ticked[:] = [*(other for other in ticked if other != NONE), word]
        self.doubted.intersection_update(ticked)

    def _toggle_doubt(self, place: int) -> None:
        """Ticks a choice as one that nobody is sure of, or unticks it."""
        word = self.card.options[place].word
        if not self.card.several or word in (NONE, UNSURE):
            return
        is_doubted = word in self.doubted
        if is_doubted or word not in self.choices.selected_options:
            self.doubted.discard(word)
            self._toggle_choice(place)
        if not is_doubted:
            self.doubted.add(word)

    def _name_choices(self) -> None:
        """Says beside each choice whether nobody is sure of it."""
        titles = render_choice_titles(self.card, measure_terminal_size()[0], self.doubted)
        for choice, title in zip(self.choices.choices, titles, strict=True):
            choice.title = title

    def _accept_choices(self, event: KeyPressEvent) -> None:
        words = [option.word for option in self.card.options]
        signs = dict.fromkeys(self.doubted, DOUBT)
        ticked = [word + signs.get(word, "") for word in words if word in self.choices.selected_options]
        if not self.card.several:
            event.app.exit(result=(words[self.choices.pointed_at],))
        elif ticked:
            event.app.exit(result=tuple(ticked))
        else:
            self.warning = phrase("Tick at least one with the space bar or its number. “Not sure” is an answer, too.")


def _build_choices_control(card: QuestionCard) -> InquirerControl:
    words = [option.word for option in card.options]
    taken = [word.removesuffix(DOUBT) for word in card.chosen or card.likely]
    chosen = [word for word in taken if word in words]
    titles = render_choice_titles(card, measure_terminal_size()[0])
    choices = InquirerControl(
        [Choice(title, word, checked=word in chosen) for title, word in zip(titles, words, strict=True)],
        initial_choice=chosen[0] if chosen else None,
        pointer=POINTER,
        use_indicator=card.several,
    )
    if not card.several:
        choices.selected_options.clear()  # one choice is only pointed at; questionary would also show it as ticked
    return choices
