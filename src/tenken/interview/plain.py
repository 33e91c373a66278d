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
    """Answers by number or word; the other keys are commands, written out or by their letter.

    What goes without saying after the first time is said once: the commands, and what a choice means that the next
    question has too.
    """

    def __init__(self) -> None:
        self.told: dict[tuple[str, str], str] = {}
        self.named_keys = False

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
            number = phrase(
                "Type a number from 1 to {count}, or one of: {words}.", count=len(card.options), words=_words(card)
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
            first = self.told.setdefault((option.label, option.means), card.ask) == card.ask
            means = f" – {option.means}" if option.means and first else ""
            self.say(f"{option.label}{mark}{means}", mark=f"{number}.")
        if card.section and not self.named_keys:
            self.named_keys = True
            self.say(phrase("You can also type: {words}.", words=_words(card)))

    def write(
        self, ask: str, text: str = "", *, hint: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> str | None:
        if text:
            keeps = "Enter takes {words}" if refuse("") else "so far: {words}; Enter keeps it, - clears it"
            hint = phrase(keeps, words=text)
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


def _words(card: Card) -> str:
    """What can be typed besides a number."""
    return phrase(", ").join(key_names()[key] for key in card.keys)


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
