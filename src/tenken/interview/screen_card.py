"""A card on the screen, answered with the cursor keys, digits and letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples, to_formatted_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window
from questionary.prompts.common import Choice, InquirerControl

from tenken.files.frozen_classes import replace_fields
from tenken.interview.card_layout import POINTER, render_card_parts, render_choice_titles, shows_every_meaning
from tenken.interview.cramped_screen import guard_cramped_screen
from tenken.interview.prompt import DOUBT_KEY, PromptKey, QuestionCard
from tenken.interview.screen_application import (
    LEAVE_KEYS,
    MOVE_KEYS,
    ask_unless_closed,
    create_application,
    leave_application,
    suspend_application,
)
from tenken.messages.message_catalog import phrase
from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE
from tenken.terminal.output import measure_terminal_size


class _CardDraft(NamedTuple):
    """What was ticked, doubted and pointed at on a card that was left without an answer."""

    ticked: tuple[str, ...]
    doubted: frozenset[str]
    pointed_at: int


class ScreenCard:
    """Cards on the screen, one after the other: the text, the choices with what they mean, and the keys.

    One application draws them all; a new one for each would take most of the time between two questions.
    """

    card: QuestionCard
    choices: InquirerControl
    doubted: set[str]
    warning = ""
    number = ""
    """The first digits of a number that could still become a longer one."""

    def __init__(self) -> None:
        self.drafts: dict[QuestionCard, _CardDraft] = {}
        self.application: Application[tuple[str, ...] | PromptKey] = create_application(
            self._build_layout(), self._build_keys()
        )
        guard_cramped_screen(self.application, self._count_fewest_rows)

    def ask_card(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        self.card, self.choices, self.warning, self.number = card, _build_choices_control(card), "", ""
        self.doubted = {word.removesuffix(DOUBT) for word in card.chosen if word.endswith(DOUBT)}
        if not card.section:
            return ask_unless_closed(self.application)
        self._restore_draft()
        reply = ask_unless_closed(self.application)
        self._keep_draft()
        return reply

    def _restore_draft(self) -> None:
        if draft := self.drafts.get(_identify_card(self.card)):
            self.choices.selected_options[:], self.choices.pointed_at = draft.ticked, draft.pointed_at
            self.doubted = set(draft.doubted)

    def _keep_draft(self) -> None:
        """Keeps what a card shows until it is asked again, as long as the record says the same of it."""
        ticked, doubted = tuple(self.choices.selected_options), frozenset(self.doubted)
        self.drafts[_identify_card(self.card)] = _CardDraft(ticked, doubted, self.choices.pointed_at)

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
                    build_window("gap", "head", "ask", "why", "source", "suggestion", "kept"),
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
        for digit in "0123456789":
            keys.add(digit)(self._build_digit_handler(digit))
        for key in PromptKey:
            if key is not PromptKey.LEAVE:
                keys.add(key.value)(self._build_key_handler(key))
        for name in ("escape", "s-tab"):
            keys.add(name, eager=True)(self._build_key_handler(PromptKey.BACK))
        for name in (PromptKey.LEAVE.value, *LEAVE_KEYS):
            keys.add(name)(leave_application)
        for name in ("enter", "c-j"):  # typed ahead, Enter arrives as a line feed
            keys.add(name)(self._finish_number_or_accept)
        keys.add("backspace")(lambda _: self._forget_number())
        keys.add(" ")(lambda _: self._toggle_choice(self.choices.pointed_at))
        keys.add(DOUBT_KEY)(lambda _: self._toggle_doubt(self.choices.pointed_at))
        keys.add("c-z")(suspend_application)
        return keys

    def _build_move_handler(self, step: int) -> Callable[[KeyPressEvent], None]:
        def move_pointer(_: KeyPressEvent) -> None:
            self._forget_number()
            self.choices.pointed_at = (self.choices.pointed_at + step) % len(self.choices.choices)

        return move_pointer

    def _build_digit_handler(self, digit: str) -> Callable[[KeyPressEvent], None]:
        """A number answers at once, or ticks where several may be chosen; one that could become longer waits."""

        def take_digit(event: KeyPressEvent) -> None:
            begun, count = self.number, len(self.card.options)
            self._forget_number()
            if begun and int(begun + digit) > count and self.card.several:
                self._toggle_choice(int(begun) - 1)
                begun = ""
            number = int(begun + digit)
            if not 1 <= number <= count:
                return
            self.choices.pointed_at = number - 1
            if number * 10 <= count:
                self._await_digit(number)
            elif self.card.several:
                self._toggle_choice(number - 1)
            else:
                self._accept_choices(event)

        return take_digit

    def _await_digit(self, number: int) -> None:
        self.number = str(number)
        last = min(number * 10 + 9, len(self.card.options))
        text = "Enter takes {number} and goes on; one more digit makes it {first} to {last}."
        if last == number * 10:
            text = "Enter takes {number} and goes on; 0 makes it {first}."
        self.warning = phrase(text, number=number, first=number * 10, last=last)

    def _forget_number(self) -> None:
        self.number = self.warning = ""

    def _finish_number_or_accept(self, event: KeyPressEvent) -> None:
        """Enter: ends a number that could still become longer, and takes what is pointed at or ticked."""
        place = self.choices.pointed_at
        word = self.card.options[place].word
        if self.number and (word in self.doubted or word not in self.choices.selected_options):
            self._toggle_choice(place)
        self._accept_choices(event)

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
        self._forget_number()
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
        self._forget_number()
        if not self.card.several or word in (NONE, UNSURE):
            return
        is_doubted = word in self.doubted
        if is_doubted or word not in self.choices.selected_options:
            self.doubted.discard(word)
            self._toggle_choice(place)
        if not is_doubted:
            self.doubted.add(word)

    def _name_choices(self) -> None:
        """Says beside each choice whether nobody is sure of it and, where there is room, what it means."""
        columns, rows = measure_terminal_size()
        is_explained = shows_every_meaning(self.card, columns, rows)
        titles = render_choice_titles(self.card, columns, self.doubted, is_explained=is_explained)
        for place, (label, means) in enumerate(titles):
            style = "class:highlighted" if place == self.choices.pointed_at else "class:text"
            self.choices.choices[place].title = [(style, label), ("class:means", means)]

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
    choices = InquirerControl(
        [Choice("", word, checked=word in chosen) for word in words],
        initial_choice=chosen[0] if chosen else None,
        pointer=POINTER,
        use_indicator=card.several,
    )
    if not card.several:
        choices.selected_options.clear()  # one choice is only pointed at; questionary would also show it as ticked
    return choices


def _identify_card(card: QuestionCard) -> QuestionCard:
    """What makes a card the same when it is asked again: the question, its choices, and what is chosen or likely."""
    return replace_fields(card, progress="", why="", source="", suggestion="", kept=())
