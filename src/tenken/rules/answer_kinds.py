"""The kinds of answers: what each accepts, what it means, what conditions ask of it, and how it is typed and shown.

All that tells one kind from another stands here; a new kind is a class and a line in `QuestionKind`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from tenken.files.problems import NameHint, Phrase, find_near_name, suggest_instead

_MOST_IN_PAIRS = 4
"""Of more choices than these, a condition may want most and not the rest; pairs and all of them do not show that."""
UNSURE = "unsure"
NONE = "none"
NOT_YET = "not_yet"
NEVER = "never"

ANY_DAY = "any_day"
"""What a condition asks of a question for a day if any day will do; it is no answer."""

DOUBT = "?"
"""Follows a choice of several of which somebody is not sure, while all that is not named is not taken: `[x, z?]`."""


LONGEST_TEXT = 10_000
"""How many characters one paragraph of somebody's own words may have."""


def is_doubted_word(word: str) -> bool:
    """Whether a word of a record is a choice that somebody is not sure of; a sentence may be a question."""
    return word.endswith(DOUBT) and " " not in word


class DoubtfulChoices(tuple[str, ...]):
    """Choices taken, `unsure` among them, where it is known of which of the others nobody is sure."""

    said: tuple[str, ...]
    doubted: frozenset[str]

    def __new__(cls, said: tuple[str, ...]) -> DoubtfulChoices:
        choices = super().__new__(cls, (*(word for word in said if not word.endswith(DOUBT)), UNSURE))
        choices.said = said
        choices.doubted = frozenset(word.removesuffix(DOUBT) for word in said if word.endswith(DOUBT))
        return choices

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DoubtfulChoices) and self.said == other.said

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = tuple.__hash__


AnswerValue = tuple[str, ...] | date
"""What was answered: the words of a record (one or several choices, `unsure` among them) or the day they name."""

AnswerMistake = tuple[str, Mapping[str, object]]
"""What is wrong with an answer: a sentence with `{names}`, `{id}` among them, and the facts for the others."""

DaySpan = tuple[date | None, date | None]
"""The earliest and the latest day something can be; None where nothing is known."""


class AnswerKind:
    """What answers one question: words to choose from. The other kinds say what they do otherwise."""

    is_dated = False
    """Whether conditions may compare it with days."""
    is_judged = True
    """Whether anything depends on it; what does not is asked for a document only."""
    typed_choice = ""
    """The choice that leads to typing an answer; empty where there is nothing to type."""
    typed_label = ""
    """What that choice is called."""
    typed_hint = ""
    """What may be typed, beside the question."""
    typed_comment = ""
    """What may be written in a record, before the words that may stand there instead."""
    typed_refusal = ""
    """What is said to somebody who typed anything else."""

    def __init__(self, choices: Iterable[str] = (), several: bool = False) -> None:
        self.choices, self.several = choices, several

    @property
    def accepted_words(self) -> tuple[str, ...]:
        """The words that answer the question, `unsure` among them; besides what can be typed."""
        own = tuple(self.choices) or ("yes", "no")
        return own if UNSURE in own else (*own, UNSURE)

    @property
    def asked_words(self) -> tuple[str, ...]:
        """The words a condition may ask for."""
        return tuple(word for word in self.accepted_words if word != UNSURE)

    def hint_asked_word(self, word: str) -> Phrase | NameHint:
        """What a condition may ask for instead of a word."""
        return suggest_instead(word, self.asked_words)

    def find_mistakes(self, words: tuple[str, ...]) -> Iterator[AnswerMistake]:
        """What is wrong with the words of a record."""
        for word in words:
            if word not in self.accepted_words and not (self.several and self._is_doubted(word)):
                yield from self.find_typed_mistakes(word)
            elif word + DOUBT in words:
                yield "{id}: {said} is said to be sure and not sure; take one of them out", {"said": word}
        if len(words) > 1 and not self.several:
            yield "{id} takes one answer", {}
        elif len(words) > 1 and NONE in words:
            yield "{id}: `none` stands alone; take it out or the others", {}

    def _is_doubted(self, word: str) -> bool:
        choice = word.removesuffix(DOUBT)
        return choice != word and choice in self.accepted_words and choice not in (NONE, UNSURE)

    def find_typed_mistakes(self, word: str) -> Iterator[AnswerMistake]:
        """What is wrong with a word that is none of those to choose from."""
        hint = suggest_instead(word, self.accepted_words)
        yield "{id}: {said} is not an answer; {hint}", {"said": word, "hint": hint}

    def parse_words(self, words: tuple[str, ...]) -> AnswerValue:
        """What words without mistakes mean."""
        said = tuple(dict.fromkeys(words))
        sure = tuple(word for word in said if not word.endswith(DOUBT))
        if not self.several or sure == said:
            return said
        return sure if UNSURE in sure else DoubtfulChoices(said)  # who is not sure of the rest is not of one of it

    def parse_typed(self, _said: str, /) -> str:
        """The word of a record for what somebody typed; empty if that is no answer."""
        return ""

    def list_candidates(self, words: Iterable[str], _days: Iterable[date], /) -> Iterator[AnswerValue]:
        """The answers that conditions tell apart which mention these words and days, with one they do not mention."""
        mentioned = [word for word in words if word != NONE]
        others = [word for word in self.accepted_words if word not in (*mentioned, NONE, UNSURE)]
        yield from ((word,) for word in (*mentioned, *others[:1]))
        if NONE in self.accepted_words:
            yield (NONE,)
        if self.several:
            yield from combinations(mentioned, 2)
            yield from ((word, other) for word in mentioned for other in others[:1])
            yield tuple(mentioned)
            if len(mentioned) > _MOST_IN_PAIRS:
                yield from (left for few in (1, 2) for left in combinations(mentioned, len(mentioned) - few))

    def list_labels(
        self, value: AnswerValue, find_label: Callable[[str], str], _render_day: Callable[[date], str], /
    ) -> Iterable[str]:
        """What a reader sees of a value."""
        return map(find_label, write_answer(value))

    def list_marked_choices(self, value: AnswerValue | None) -> tuple[str, ...]:
        """The choices that were taken; what was typed is the choice that leads to typing."""
        words = write_answer(value) if value else ()
        return tuple(
            word if word in self.accepted_words or self._is_doubted(word) else self.typed_choice for word in words
        )


class DateKind(AnswerKind):
    """A day, or why there is none: it has not come yet, or never does."""

    is_dated = True
    typed_choice = "day"
    typed_label = "On a day that I know"
    typed_hint = "such as 2026-08-02"
    typed_comment = "a day such as 2026-08-02, or:"
    typed_refusal = "This is not a day; write it as 2026-08-02."
    accepted_words = (NOT_YET, NEVER, UNSURE)
    asked_words = (ANY_DAY, NEVER, NOT_YET)

    def find_typed_mistakes(self, word: str) -> Iterator[AnswerMistake]:
        try:
            parse_day(word)
        except ValueError:
            facts = {"said": word, "words": ", ".join(self.accepted_words)}
            yield "{id}: {said} is not a day; write it as 2026-08-02, or {words}", facts

    def parse_words(self, words: tuple[str, ...]) -> AnswerValue:
        return words if words[0] in self.accepted_words else parse_day(words[0])

    def parse_typed(self, said: str, /) -> str:
        day = parse_typed_day(said)
        return day.isoformat() if day else ""

    def list_candidates(self, _words: Iterable[str], days: Iterable[date], /) -> Iterator[AnswerValue]:
        for day in days:
            yield from (day - timedelta(days=1), day) if day > date.min else (day,)
        yield from ((NEVER,), (NOT_YET,))

    def hint_asked_word(self, word: str) -> Phrase | NameHint:
        text = "it can be {names}, or {{before: 2026-08-02}}, {{from: 2026-08-02}}"
        near = find_near_name(word, self.asked_words)
        return Phrase(text, {"names": ", ".join(self.asked_words)}) if near is None else suggest_instead(word, [near])

    def list_labels(
        self, value: AnswerValue, find_label: Callable[[str], str], render_day: Callable[[date], str], /
    ) -> Iterable[str]:
        return [render_day(value)] if isinstance(value, date) else map(find_label, value)


class TextKind(AnswerKind):
    """Words of one's own for a document, a paragraph or a list of them; nothing is ever judged by them."""

    accepted_words = (UNSURE,)
    asked_words = ()
    is_judged = False

    def find_mistakes(self, words: tuple[str, ...]) -> Iterator[AnswerMistake]:
        for word in words:
            if word not in self.accepted_words:
                yield from self.find_typed_mistakes(word)
        if UNSURE in words and len(words) > 1:
            yield "{id}: `unsure` stands alone; take it out or the others", {}

    def find_typed_mistakes(self, word: str) -> Iterator[AnswerMistake]:
        if len(word) > LONGEST_TEXT:
            yield "{id}: this is longer than {count} characters", {"count": LONGEST_TEXT}
        if not word.replace("\n", " ").isprintable():
            yield "{id} has characters that are not shown, or broken ones; type it anew", {}

    def parse_words(self, words: tuple[str, ...]) -> AnswerValue:
        return words

    def list_labels(
        self, value: AnswerValue, find_label: Callable[[str], str], _render_day: Callable[[date], str], /
    ) -> Iterable[str]:
        return [find_label(word) if word == UNSURE else word for word in write_answer(value)]


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice", AnswerKind
    DATE = "date", DateKind
    TEXT = "text", TextKind

    answer_kind: type[AnswerKind]

    def __new__(cls, word: str, answer_kind: type[AnswerKind]) -> QuestionKind:
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.answer_kind = answer_kind
        return kind


def is_day(value: AnswerValue | None) -> bool:
    """Whether a day was named."""
    return isinstance(value, date)


def list_chosen_words(value: AnswerValue | None) -> tuple[str, ...]:
    """The words that were chosen; where a day was answered, or nothing, there are none."""
    return value if isinstance(value, tuple) else ()


def find_possible_days(value: AnswerValue | None, as_of: date) -> DaySpan | None:
    """Between which days something lies, as far as an answer tells; None if it never comes.

    What has not come yet lies after the as-of date.
    """
    if isinstance(value, date):
        return value, value
    words = value or ()
    if NOT_YET in words:
        return as_of, None
    return None if NEVER in words else (None, None)


def write_answer(value: AnswerValue) -> tuple[str, ...]:
    """The words of a record for a value."""
    if isinstance(value, DoubtfulChoices):
        return value.said
    return (value.isoformat(),) if isinstance(value, date) else value


def is_same_value(one: AnswerValue | None, other: AnswerValue | None) -> bool:
    """Whether two answers say the same; in which order choices were taken says nothing."""
    if one is None or other is None:
        return one is other
    return set(write_answer(one)) == set(write_answer(other))


def parse_day(said: str) -> date:
    """A real day written as 2026-08-02; raises ValueError for anything else."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", said, re.ASCII):
        raise ValueError(said)
    return date.fromisoformat(said)


def parse_typed_day(said: str) -> date | None:
    """A day typed as 2026-08-02, 2026/8/2 or 2026年8月2日; None for anything else."""
    import unicodedata  # only who types a day waits for it  # noqa: PLC0415 - only typing needs it

    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", unicodedata.normalize("NFKC", said).strip())
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None
