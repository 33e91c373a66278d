"""One report on two laws: both are in it, side by side, in words that fit each, and in one language."""

from __future__ import annotations

import html
import re
from functools import cache

import pytest

from support.command_line import collect_output
from support.page_text import ENGLISH_SENTENCE, HARD_WORDS, read_page_text
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import open_record
from tenken.rules.crosswalk import load_crosswalks

TOKYO = find_shipped_folder("examples") / "tokyo-company.yaml"
RECORD = open_record(TOKYO).record
OWN = " ".join(TOKYO.read_text("utf-8").split())
LANGUAGES = ("en", "ja")
LAWS = {"en": ("EU", "Japan"), "ja": ("EU", "日本")}
"""What each side is headed with, also where the table becomes a list."""
SOFT = re.compile(r'(?s)<article id="((?:full-)?JP-[^"]+)".*?</article>')


@cache
def page(language: str) -> str:
    return collect_output("report", TOKYO, "--as-of", "2026-11-23", "-o", "-", language=language)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", html.unescape(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_on_either_law_is_in_the_report(language: str) -> None:
    known = load_rules_for(RECORD, language)
    said = squeezed(read_page_text(page(language)))
    asks = {id: known.checks[id][1].ask for id in RECORD.answers if id in known.checks}
    asks |= {id: known.questions[id].short for id in RECORD.answers if id in known.questions}
    assert {id.partition("-")[0] for id in asks if "-" in id} == {"EU", "JP"}
    assert [id for id, ask in asks.items() if squeezed(ask) not in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_laws_stand_side_by_side(language: str) -> None:
    known = load_rules_for(RECORD, language)
    (both,) = load_crosswalks(known)
    part = re.search(r'(?s)<section id="comparison"[^>]*>(.*?)</section>', page(language))
    assert part
    said = squeezed(read_page_text(part.group(1)))
    sides = re.findall(r'<td data-side="([^"]+)', part.group(1))
    assert set(sides[::2]) == {LAWS[language][0]}
    assert set(sides[1::2]) == {LAWS[language][1]}
    for topic in ("telling_people", "marking", "deep_fakes", "literacy", "contact"):
        for words in (both.topics[topic].title, both.topics[topic].difference, both.topics[topic].one_work):
            assert squeezed(words) in said
    assert "EU-50-1" in said
    assert "JP-P6-2a-1" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_duties_recommendations_still_never_sound_like_a_breach(language: str) -> None:
    soft = {match.group(1): read_page_text(match.group()) for match in SOFT.finditer(page(language))}
    assert len(soft) > 20
    assert {
        id: HARD_WORDS[language].findall(said) for id, said in soft.items() if HARD_WORDS[language].search(said)
    } == {}
    assert not [id for id, said in soft.items() if re.search(r"\bGap\b|ギャップ", said)]


def test_the_japanese_report_holds_no_english_but_what_people_wrote() -> None:
    found = {" ".join(match.group().split()) for match in ENGLISH_SENTENCE.finditer(read_page_text(page("ja")))}
    assert {text for text in found if not all(part in OWN for part in re.split(r", |、", text))} == set()
