"""Asks in plain numbered lines: for screen readers, dumb terminals, pipes and logs. Nothing is ever drawn over."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable

from tenken.interview.prompt import (
    ARROW_MARK,
    SAVED_MARK,
    WARNING_MARK,
    CardOption,
    PromptKey,
    QuestionCard,
    build_key_names,
    render_hinted_ask,
)
from tenken.interview.typed_text import MAX_TYPED_LENGTH, clean_typed_text, find_typed_command, refuse_typed_command
from tenken.messages.line_breaking import wrap_text
from tenken.messages.message_catalog import phrase
from tenken.rules.answer_kinds import DOUBT, NONE, UNSURE
from tenken.terminal.output import escape_control_characters, measure_terminal_size, print_talk

_LONGEST_LINE, _MOST_PIECES, _MOST_LINES = 64 << 10, 256, 5_000
"""What a pipe may send: characters of a line that are kept, how often as many follow, and lines in all."""


class PlainPrompt:
    """Answers by number or word; the other keys are commands, written out or by their letter.

    What goes without saying after the first time is typed once: the commands, and what a choice means that the next
    question has too.
    """

    def __init__(self) -> None:
        self.explained_options: dict[tuple[str, str], str] = {}
        self.has_named_keys = False
        self.has_named_doubts = False
        self.lines_read = 0

    def say_paragraph(self, text: str = "", mark: str = "") -> None:
        spoken = {SAVED_MARK: phrase("Saved:"), ARROW_MARK: "", WARNING_MARK: phrase("Attention:")}.get(
            mark, mark
        ).strip()
        if spoken and text and spoken[-1] != ".":
            spoken, text = "", phrase(": ").join((spoken.rstrip(":："), text))
        for line in wrap_text(escape_control_characters(f"{spoken} {text}".strip()), measure_terminal_size()[0]):
            print_talk(line)

    def show_paragraphs(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        for heading, text in paragraphs:
            self.say_paragraph(text, mark=heading)

    def choose(self, card: QuestionCard) -> tuple[str, ...] | PromptKey:
        self._show_card(card)
        while True:
            typed = self._read_line(phrase("Numbers, separated by commas") if card.several else phrase("Number"))
            reply = _parse_typed_choices(typed, card) or _parse_typed_command(typed, card)
            if reply is PromptKey.LEAVE:
                raise KeyboardInterrupt
            if reply:
                return reply
            number = phrase(
                "Type a number from 1 to {count}, or one of: {words}.",
                count=len(card.options),
                words=_render_card_commands(card),
            )
            self.say_paragraph(phrase(" ").join((phrase("That is not one of the answers."), number)))

    def _show_card(self, card: QuestionCard) -> None:
        self.say_paragraph()
        if card.section:
            parts = (card.section, card.progress, card.subject)
            self.say_paragraph("".join(part + phrase(". ") for part in parts if part).strip())
        self.say_paragraph(card.ask)
        if card.why or card.source:
            self.say_paragraph(phrase("Why we ask: {why} Source: {source}", why=card.why, source=card.source))
        if card.suggestion:
            self.say_paragraph(card.suggestion)
        for kept in card.kept:
            self.say_paragraph(kept)
        for number, option in enumerate(card.options, start=1):
            mark = phrase(" (likely)") if option.word in card.likely else ""
            mark = phrase(" (chosen so far)") if option.word in card.chosen else mark
            mark = phrase(" (not sure)") if option.word + DOUBT in card.chosen else mark
            first = self.explained_options.setdefault((option.label, option.means), card.ask) == card.ask
            means = f" – {option.means}" if option.means and first else ""
            self.say_paragraph(f"{option.label}{mark}{means}", mark=f"{number}.")
        if card.several and not self.has_named_doubts:
            self.has_named_doubts = True
            self.say_paragraph(phrase("A `?` behind a number says that you are not sure of that one."))
        if card.section and not self.has_named_keys:
            self.has_named_keys = True
            self.say_paragraph(phrase("You can also type: {words}.", words=_render_card_commands(card)))

    def ask_text(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        if text:
            keeps = "Enter takes {words}" if refuse("") else "so far: {words}; Enter keeps it, - clears it"
            hint = phrase(keeps, words=text)
        while True:
            typed = self._read_line(render_hinted_ask(ask, hint))
            match find_typed_command(typed):
                case PromptKey.BACK:
                    return None
                case PromptKey.LEAVE:
                    raise KeyboardInterrupt
            cleaned = clean_typed_text(typed) or text
            cleaned = "" if cleaned == "-" else cleaned
            wrong = refuse(cleaned) if len(cleaned) <= MAX_TYPED_LENGTH else phrase("This is too long.")
            wrong = refuse_typed_command(typed) or wrong
            if not wrong:
                return cleaned
            self.say_paragraph(wrong)

    def _read_line(self, ask: str) -> str:
        """One line; the end of the input leaves, as Ctrl-C does."""
        colon = "" if ask.endswith(("?", ":", "？", "：", "。")) else phrase(": ").strip()
        print_talk(
            "\n".join(wrap_text(escape_control_characters(ask + colon), measure_terminal_size()[0])),
            end=" ",
        )
        self.lines_read += 1
        try:
            line = _read_typed_line() if self.lines_read <= _MOST_LINES else ""
        except OSError:  # the terminal was closed
            line = ""
        if not line:
            print_talk()
            raise KeyboardInterrupt
        return line.strip()


def _read_typed_line() -> str:
    """A line, of one beyond all measure only its beginning; empty at the end, and where a line has none."""
    line = piece = sys.stdin.readline(_LONGEST_LINE)
    for _ in range(_MOST_PIECES):
        if len(piece) < _LONGEST_LINE or piece.endswith("\n"):
            return line
        piece = sys.stdin.readline(_LONGEST_LINE)
    return ""


def _render_card_commands(card: QuestionCard) -> str:
    """What can be typed besides a number."""
    return phrase(", ").join(build_key_names()[key] for key in card.keys)


def _parse_typed_choices(typed: str, card: QuestionCard) -> tuple[str, ...]:
    """The choices meant by numbers, words or labels; nothing unless every part means one."""
    if whole := _match_typed_choice(typed, card):
        return whole
    parts = [part for part in re.split(r"[\s,;、，]+", typed) if part]
    found = [_match_typed_choice(part, card) or _match_doubted_choice(part, card) for part in parts]
    if not card.several or not found or not all(found):
        return ()
    words = tuple(dict.fromkeys(word for answer in found for word in answer))
    is_contradictory = (NONE in words and len(words) > 1) or any(word + DOUBT in words for word in words)
    return () if is_contradictory else words


def _match_typed_choice(typed: str, card: QuestionCard) -> tuple[str, ...]:
    wanted = unicodedata.normalize("NFKC", typed).casefold()
    for number, option in enumerate(card.options, start=1):
        if wanted and wanted in (str(number), *_list_option_names(option)):
            return (option.word,)
    return ()


def _match_doubted_choice(typed: str, card: QuestionCard) -> tuple[str, ...]:
    """A choice with the sign of doubt behind it, as a record keeps it."""
    said = unicodedata.normalize("NFKC", typed)
    found = _match_typed_choice(said.removesuffix(DOUBT), card) if said.endswith(DOUBT) else ()
    return tuple(word + DOUBT for word in found if word not in (NONE, UNSURE))


def _list_option_names(option: CardOption) -> tuple[str, ...]:
    short = {"yes": ("y", "はい"), "no": ("n", "いいえ")}.get(option.word, ())
    return (option.word.casefold(), unicodedata.normalize("NFKC", option.label).casefold(), *short)


def _parse_typed_command(typed: str, card: QuestionCard) -> PromptKey | None:
    wanted = unicodedata.normalize("NFKC", typed).casefold()
    named = find_typed_command(typed)
    return named if named in card.keys else next((key for key in card.keys if wanted == key.value), None)
