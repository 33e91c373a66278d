"""Asks in plain numbered lines: for screen readers, dumb terminals, pipes and logs. Nothing is ever drawn over."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable

from tenken import terminal
from tenken.interview.card import Card, Key, Option, hinted, key_names
from tenken.interview.further import LONGEST, clean
from tenken.lines import wrap
from tenken.logic import NONE
from tenken.phrases import phrase


class Plain:
    """Answers by number or word; the other keys are commands, written out or by their letter."""

    def say(self, text: str = "", mark: str = "") -> None:
        spoken = {"✔": phrase("Saved:"), "→": "", "!": phrase("Attention:")}.get(mark, mark).strip()
        if spoken and text and spoken[-1] != ".":
            spoken, text = "", phrase(": ").join((spoken.rstrip(":："), text))
        for line in wrap(terminal.safe(f"{spoken} {text}".strip()), terminal.size()[0]):
            terminal.say(line)

    def show(self, paragraphs: Iterable[tuple[str, str]]) -> None:
        for heading, text in paragraphs:
            self.say(text, mark=heading)

    def choose(self, card: Card) -> tuple[str, ...] | Key:
        self._show(card)
        while True:
            said = self._read(phrase("Numbers, separated by commas") if card.several else phrase("Number"))
            reply = _answers(said, card) or _command(said, card)
            if reply is Key.LEAVE:
                raise KeyboardInterrupt
            if reply:
                return reply
            words = phrase(", ").join(key_names()[key] for key in card.keys)
            number = phrase(
                "Type a number from 1 to {count}, or one of: {words}.", count=len(card.options), words=words
            )
            self.say(phrase(" ").join((phrase("That is not one of the answers."), number)))

    def _show(self, card: Card) -> None:
        self.say()
        if card.section:
            parts = (card.section, card.progress, card.subject)
            self.say("".join(part + phrase(". ") for part in parts if part).strip())
        self.say(card.ask)
        if card.why or card.source:
            self.say(phrase("Why we ask: {why} Source: {source}", why=card.why, source=card.source))
        if card.suggestion:
            self.say(card.suggestion)
        for number, option in enumerate(card.options, start=1):
            mark = phrase(" (likely)") if option.word in card.likely else ""
            mark = phrase(" (chosen so far)") if option.word in card.chosen else mark
            means = f" – {option.means}" if option.means else ""
            self.say(f"{option.label}{mark}{means}", mark=f"{number}.")

    def write(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        if text:
            hint = phrase("so far: {words}; Enter keeps it, - clears it", words=text)
        while True:
            said = self._read(hinted(ask, hint))
            if said.casefold() == phrase("back"):
                return None
            cleaned = clean(said) or text
            cleaned = "" if cleaned == "-" else cleaned
            wrong = refuse(cleaned) if len(cleaned) <= LONGEST else phrase("This is too long.")
            if not wrong:
                return cleaned
            self.say(wrong)

    def _read(self, ask: str) -> str:
        """One line; the end of the input leaves, as Ctrl-C does."""
        colon = "" if ask.endswith(("?", ":", "？", "：", "。")) else phrase(": ").strip()
        terminal.say("\n".join(wrap(terminal.safe(ask + colon), terminal.size()[0])), end=" ")
        try:
            line = sys.stdin.readline()
        except OSError:  # the terminal was closed
            line = ""
        if not line:
            terminal.say()
            raise KeyboardInterrupt
        return line.strip()


def _answers(said: str, card: Card) -> tuple[str, ...]:
    """The choices meant by numbers, words or labels; nothing unless every part means one."""
    if whole := _answer(said, card):
        return whole
    parts = [part for part in re.split(r"[\s,;、，]+", said) if part]
    found = [_answer(part, card) for part in parts]
    if not card.several or not found or not all(found):
        return ()
    words = tuple(dict.fromkeys(word for answer in found for word in answer))
    return () if NONE in words and len(words) > 1 else words


def _answer(said: str, card: Card) -> tuple[str, ...]:
    wanted = unicodedata.normalize("NFKC", said).casefold()
    for number, option in enumerate(card.options, start=1):
        if wanted and wanted in (str(number), *_names(option)):
            return (option.word,)
    return ()


def _names(option: Option) -> tuple[str, ...]:
    short = {"yes": ("y", "はい"), "no": ("n", "いいえ")}.get(option.word, ())
    return (option.word.casefold(), unicodedata.normalize("NFKC", option.label).casefold(), *short)


def _command(said: str, card: Card) -> Key | None:
    wanted = unicodedata.normalize("NFKC", said).casefold()
    return next((key for key in card.keys if wanted in (key.value, key_names()[key].casefold())), None)
