"""What a status means is said once, and the words for it are there in every language."""

from __future__ import annotations

import re

import pytest

from support.paths import SMALL
from tenken.assessment.status import GateVerdict, Standing, Status
from tenken.assessment.wording import SOFT_FORCES, Wording, build_label_key
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.loading import read_library

LIBRARY = read_library([SMALL])
ONLY_SOFT = {Standing.PARTLY}
"""What is said of recommendations alone."""


def test_the_order_of_urgency_is_one_and_begins_with_what_is_open() -> None:
    order = sorted(Status, key=lambda status: status.meaning.urgency)
    assert [status.meaning.urgency for status in order] == list(range(len(Status)))
    assert [status.is_open for status in order] == sorted((status.is_open for status in Status), reverse=True)


def test_every_status_is_counted_in_its_own_column_with_all_that_makes_it_finer() -> None:
    assert {standing.column for standing in Standing} == {status.meaning.standing for status in Status} | ONLY_SOFT


def test_what_needs_nothing_passes_the_gate() -> None:
    assert {status.meaning.gate for status in Status if not status.is_open} == {GateVerdict.PASSES}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_there_are_words_for_every_standing_and_for_nothing_else(language: str) -> None:
    labels = Wording(LIBRARY, language).labels
    assert set(labels["status"]) == {*Standing} - ONLY_SOFT
    for force in SOFT_FORCES:
        assert set(labels["status_by_force"][build_label_key(force)]) == {*Standing}, force


@pytest.mark.parametrize("language", ["en", "ja"])
def test_whatever_is_shown_in_full_says_what_would_change_it(language: str) -> None:
    only_counted = {status.meaning.standing for status in Status if not status.meaning.is_told}
    for tone in Wording(LIBRARY, language).labels["tone"].values():
        assert set(tone["change"]) == {*Standing, "prohibited"} - only_counted


def test_the_style_sheet_colours_no_standing_that_is_not_there_and_has_a_colour_for_any_other() -> None:
    css = (find_shipped_folder("templates") / "report.css").read_text("utf-8")
    rules = re.findall(r"(?:\.st|article|rect)(?:\.soft)?(?:\.(\w+)|:is\(([^)]*)\))", css)
    named = {name.strip(" .") for one, several in rules for name in (one or several).split(",")}
    assert {Standing.GAP, Standing.MET} < named <= {*Standing}
    assert ".st { color:" in css
    assert ".st::before { content:" in css
