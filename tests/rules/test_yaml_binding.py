"""What stands in a file becomes what the model says it is."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support.paths import SMALL
from tenken.files.problems import Problems
from tenken.files.strict_yaml import Node
from tenken.rules.loading import read_library
from tenken.rules.logic import Is, Situation, Truth, evaluate
from tenken.rules.value_binding import FileReading, bind_moment


def test_a_checklist_on_request_says_by_a_condition_to_whom_it_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    rules = SMALL.read_text("utf-8")
    path.write_text(f"starts_with: on request\noffered_when: {{where: eu}}\n{rules}", "utf-8")
    offered = read_library([path]).checklists["small"].offered_when
    assert isinstance(offered, Is)
    assert (offered.question, offered.values) == ("where", frozenset({"eu"}))


def test_a_term_that_says_to_whom_it_is_offered_carries_what_it_means(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    rules = SMALL.read_text("utf-8").replace("when: {small_outputs: images}", "when: {does: makes_content}")
    path.write_text(f"starts_with: on request\noffered_when: {{term: small_media}}\n{rules}", "utf-8")
    offered = read_library([path]).checklists["small"].offered_when
    assert offered is not None
    makes, talks = (Situation({"does": (word,)}, date(2026, 11, 23)) for word in ("makes_content", "talks_with_people"))
    assert (evaluate(offered, makes), evaluate(offered, talks)) == (Truth.YES, Truth.NO)


def test_a_translation_left_empty_is_a_mistake_and_no_title_of_no_words(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.read_text("utf-8"), "utf-8")
    path.with_suffix(".ja.yaml").write_text("title:\n", "utf-8")
    with pytest.raises(Problems, match="the text is missing here"):
        read_library([path], "ja")


@example("2026-W31-4T09:30:00Z")
@example("2026-08-02T24:00:00Z")
@example("2026-08-02T09:30:0\u0660Z")
@example("2026-02-30T09:30:00Z")
@given(st.from_regex(r"\A[0-9W\u0660]{4}.[0-9W+ ]{2}.[0-9 ]{2}.[0-9+]{2}.[0-9]{2}.[0-9]{2}.\Z") | st.text(max_size=21))
def test_a_moment_is_written_in_one_way_only(said: str) -> None:
    reading = FileReading("a.yaml")
    bound = bind_moment(Node(said, None, False), reading)
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said, re.ASCII) and not reading.problems:
        assert bound == datetime.fromisoformat(said)
    else:
        assert reading.problems
