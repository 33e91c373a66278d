"""What every kind of answer promises; a new kind is tried here as soon as it has a line in `QuestionKind`."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tenken
from tenken.rules.answer_kinds import (
    NONE,
    UNSURE,
    AnswerKind,
    AnswerValue,
    DateKind,
    QuestionKind,
    find_possible_days,
    is_same_value,
    list_chosen_words,
    write_answer,
)
from tenken.rules.logic import Before, Is, Only, OnOrAfter, Situation, Truth, evaluate
from tenken.rules.requirement import CHECK_ANSWERS, CHECK_KIND

SOURCE = Path(tenken.__file__).parent
AUGUST = date(2026, 8, 2)
CHOICES = ("white", "red", NONE)
KINDS = [
    kind.answer_kind(choices, several)
    for kind in QuestionKind
    for choices in ((), CHOICES)
    for several in (False, True)
]
KINDS += [CHECK_KIND]
kinds = st.sampled_from(KINDS)
days = st.dates(date(1990, 1, 1))


def label(word: str) -> str:
    return f"“{word}”"


def labels(kind: AnswerKind, value: AnswerValue) -> list[str]:
    return list(kind.list_labels(value, label, "{:%d %m %Y}".format))


def mistakes(kind: AnswerKind, *words: str) -> list[str]:
    return [text.format(id="q", **facts) for text, facts in kind.find_mistakes(words)]


def candidates(kind: AnswerKind, words: Collection[str], mentioned: Collection[date]) -> list[AnswerValue]:
    named = [word for word in words if word in kind.accepted_words and word != UNSURE]
    return list(kind.list_candidates(named, sorted(mentioned)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_accepted_word_is_read_shown_and_written_again(kind: AnswerKind) -> None:
    assert UNSURE in kind.accepted_words
    for word in kind.accepted_words:
        assert mistakes(kind, word) == []
        value = kind.parse_words((word,))
        assert write_answer(value) == list_chosen_words(value) == (word,)
        assert labels(kind, value) == [label(word)]
        assert kind.list_marked_choices(value) == (word,)


@given(kinds, st.sets(st.sampled_from(("white", "red", NONE, "yes", "no", "never"))), st.sets(days, max_size=3))
def test_what_is_tried_in_analysis_is_an_answer(kind: AnswerKind, words: set[str], mentioned: set[date]) -> None:
    for value in candidates(kind, words, mentioned):
        written = write_answer(value)
        assert UNSURE not in written
        assert not written or mistakes(kind, *written) == []
        assert not written or kind.parse_words(written) == value
        assert bool(labels(kind, value)) is bool(written)


@given(kinds, st.text(max_size=12) | days.map(str))
def test_what_can_be_typed_is_an_answer_that_leads_back_to_typing(kind: AnswerKind, said: str) -> None:
    word = kind.parse_typed(said)
    if word and word not in kind.accepted_words:
        assert mistakes(kind, word) == []
        value = kind.parse_words((word,))
        assert write_answer(value) == (word,)
        assert kind.list_marked_choices(value) == (kind.typed_choice,)
        assert kind.parse_typed(word) == word
        assert all(labels(kind, value))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_is_typed_says_how(kind: AnswerKind) -> None:
    said = [kind.typed_label, kind.typed_comment, kind.typed_refusal]
    assert all(said) if kind.typed_choice else not any(said)
    assert kind.typed_choice not in kind.accepted_words


def test_choices_are_words_one_or_several() -> None:
    one, several = (QuestionKind.CHOICE.answer_kind(CHOICES, many) for many in (False, True))
    assert one.accepted_words == (*CHOICES, UNSURE)
    assert QuestionKind.CHOICE.answer_kind().accepted_words == ("yes", "no", UNSURE)
    assert CHECK_KIND.accepted_words == CHECK_ANSWERS
    assert mistakes(several, "white", "red", UNSURE) == []
    assert several.parse_words(("white", UNSURE)) == ("white", UNSURE)
    assert labels(several, ("white", UNSURE)) == ["“white”", "“unsure”"]
    assert mistakes(one, "white", "red") == ["q takes one answer"]
    assert mistakes(several, "white", NONE) == ["q: `none` stands alone; take it out or the others"]
    assert mistakes(one, "whit") == ["q: whit is not an answer; did you mean white?"]
    assert one.list_marked_choices(None) == ()


def test_analysis_tries_what_conditions_mention_and_one_thing_they_do_not() -> None:
    choices = QuestionKind.CHOICE.answer_kind(("white", "red", "green", "blue", NONE), several=True)
    assert list(choices.list_candidates(("green", "red", NONE), ())) == [
        *(("green",), ("red",), ("white",), (NONE,)),
        *(("green", "red"), ("green", "white"), ("red", "white"), ("green", "red")),
    ]
    around = (date(2026, 8, 1), AUGUST)
    assert list(DateKind().list_candidates(("never",), [AUGUST])) == [*around, ("never",), ("not_yet",)]


@given(days)
def test_a_day_is_read_shown_compared_and_written_again(day: date) -> None:
    kind = DateKind()
    assert mistakes(kind, day.isoformat()) == []
    value = kind.parse_words((day.isoformat(),))
    assert value == day
    assert write_answer(value) == (day.isoformat(),)
    assert list_chosen_words(value) == ()
    assert labels(kind, value) == [f"{day:%d %m %Y}"]
    assert kind.list_marked_choices(value) == ("day",)
    assert find_possible_days(value, AUGUST) == (day, day)


def test_what_is_no_day_is_refused_with_what_would_be_right() -> None:
    kind = DateKind()
    assert mistakes(kind, "2026-02-30") == [
        "q: 2026-02-30 is not a day; write it as 2026-08-02, or not_yet, never, unsure"
    ]
    assert {kind.parse_typed(said) for said in ("2026/8/2", "２０２６年８月２日")} == {"2026-08-02"}
    assert {kind.parse_typed(said) for said in ("2026-02-30", "soon", "")} == {""}


@pytest.mark.parametrize(
    ("value", "expected"),
    [(("not_yet",), (AUGUST, None)), (("never",), None), ((UNSURE,), (None, None)), (None, (None, None))],
)
def test_words_say_between_which_days_something_lies(
    value: AnswerValue | None, expected: tuple[date | None, date | None] | None
) -> None:
    assert find_possible_days(value, AUGUST) == expected


@given(kinds, days, days, st.data())
def test_a_condition_can_be_asked_of_every_answer_and_sure_ones_decide_it(
    kind: AnswerKind, mentioned: date, as_of: date, data: st.DataObject
) -> None:
    """The two comparisons with a day exclude each other, and so do a word and its absence."""
    values = candidates(kind, kind.accepted_words, [mentioned])
    assume(values)
    value = data.draw(st.sampled_from(values))
    situation = Situation({"q": value}, as_of)
    word = data.draw(st.sampled_from(kind.accepted_words))
    taken = evaluate(Is("q", frozenset({word})), situation)
    assert taken is (Truth.YES if word in list_chosen_words(value) else Truth.NO)
    only = evaluate(Only("q", frozenset(kind.accepted_words)), situation)
    assert only is (Truth.YES if list_chosen_words(value) else Truth.NO)
    for day in (mentioned, mentioned + timedelta(days=1)):
        verdicts = [evaluate(ask("q", day), situation) for ask in (Before, OnOrAfter)]
        if isinstance(value, date):
            assert verdicts == [Truth.YES, Truth.NO] if value < day else verdicts == [Truth.NO, Truth.YES]
        else:
            assert verdicts != [Truth.YES, Truth.YES]


def test_no_other_module_tells_kinds_of_answers_apart() -> None:
    ladder = re.compile(r"(is|is not|==|!=|in) \(?QuestionKind|isinstance\(\w*(value|answer)\w*, date\)")
    found = [path.name for path in sorted(SOURCE.rglob("*.py")) if ladder.search(path.read_text("utf-8"))]
    assert found == ["answer_kinds.py"]


SURE_AND_NOT = AnswerKind(("a", "b", "c", NONE), several=True).parse_words(("a", "b?"))


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Is("q", frozenset("a")), Truth.YES),
        (Is("q", frozenset("b")), Truth.UNKNOWN),
        (Is("q", frozenset("c")), Truth.NO),
        (Is("q", frozenset(("c", "b"))), Truth.UNKNOWN),
        (Is("q", frozenset((NONE,))), Truth.NO),
        (Only("q", frozenset("ab")), Truth.YES),
        (Only("q", frozenset("ac")), Truth.UNKNOWN),
        (Only("q", frozenset("bc")), Truth.NO),
    ],
)
def test_of_several_choices_one_can_be_open_and_all_others_are_answered(fact: Is | Only, expected: Truth) -> None:
    assert evaluate(fact, Situation({"q": SURE_AND_NOT}, AUGUST)) is expected


def test_nothing_but_doubt_may_be_none_of_them() -> None:
    only_doubt = AnswerKind(("a", "b", NONE), several=True).parse_words(("b?",))
    situation = Situation({"q": only_doubt}, AUGUST)
    verdicts = [evaluate(Is("q", frozenset((word,))), situation) for word in ("a", "b", NONE)]
    assert verdicts == [Truth.NO, Truth.UNKNOWN, Truth.UNKNOWN]


def test_doubt_is_told_apart_and_written_as_it_was_said() -> None:
    kind = AnswerKind(("a", "b", NONE), several=True)
    assert kind.parse_words(("a", "b?")) != kind.parse_words(("a", UNSURE))
    assert write_answer(kind.parse_words(("a", "b?"))) == ("a", "b?")
    assert mistakes(kind, "a", "b?") == mistakes(kind, "a?") == []
    for words in (("a", "a?"), ("none?",), ("unsure?",), ("c?",), ("?",)):
        assert len(mistakes(kind, *words)) == 1, words
    assert len(mistakes(AnswerKind(("a", "b")), "a?")) == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [(("b?", UNSURE), (UNSURE,)), (("a", "b?", UNSURE), ("a", UNSURE)), ((UNSURE, UNSURE), (UNSURE,))],
)
def test_who_is_not_sure_of_the_rest_is_not_sure_of_one_of_it_either(
    said: tuple[str, ...], meant: tuple[str, ...]
) -> None:
    kind = AnswerKind(("a", "b", NONE), several=True)
    one, other = (Situation({"q": kind.parse_words(words)}, AUGUST) for words in (said, meant))
    for values in (("a",), ("b",), (NONE,), ("a", "b"), ("a", NONE)):
        for fact in (Is("q", frozenset(values)), Only("q", frozenset(values))):
            assert evaluate(fact, one) is evaluate(fact, other), fact


def test_the_order_of_choices_says_nothing() -> None:
    kind = AnswerKind(("a", "b", NONE), several=True)
    assert is_same_value(kind.parse_words(("a", "b?")), kind.parse_words(("b?", "a")))
    assert not is_same_value(kind.parse_words(("a", "b?")), kind.parse_words(("a", "b")))
    assert not is_same_value(None, ("a",))
