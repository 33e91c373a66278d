"""The first page: the whole answer in few words, each gap once behind it, and an annex that is closed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from markupsafe import escape

from support.command_line import collect_output, run_tenken
from support.page_text import read_page_text
from support.sample_reports import DAY, golden_view, view_of
from tenken.assessment.wording import Wording
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.line_breaking import split_sentences
from tenken.report.export.summary_text import render_summary_text
from tenken.report.pages import render_html_report
from tenken.report.view.first_page import shorten_question
from tenken.report.view.report_types import ReportView
from tenken.rules.loading import list_shipped_checklists, load_library

EXAMPLES = sorted(find_shipped_folder("examples").glob("*.yaml"))
CHATBOT = find_shipped_folder("examples") / "support-chatbot.yaml"
TOKYO = find_shipped_folder("examples") / "tokyo-company.yaml"
MOST_WORDS, MOST_CHARACTERS = 220, 600
JAPANESE = re.compile("[぀-ヿ一-鿿ー、。「」（）]")
REQUIREMENT_ID = re.compile(r"\b(EU|JP|KR|HM|GM|CA|CN|US)-[A-Z0-9]+(-\w+)*\b|[a-z]+(-[a-z]+){2,}")
each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
each_language = pytest.mark.parametrize("language", ["en", "ja"])


@cache
def example_view(example: Path, language: str = "en") -> ReportView:
    return view_of(example, language=language)


def main_part(view: ReportView) -> str:
    return render_html_report(view).partition("<body>")[2].partition('<section id="annex"')[0]


def first_page(view: ReportView) -> str:
    """What stands on page one, as a reader sees it."""
    page = render_html_report({**view, "extent": "summary"})
    return read_page_text(page.partition("<header>")[2])


@each_language
@each_example
def test_page_one_has_few_words(example: Path, language: str) -> None:
    said = first_page({**example_view(example, language), "document": None})
    if language == "ja":
        assert len(JAPANESE.findall(said)) <= MOST_CHARACTERS
    else:
        assert sum(1 for word in said.split() if re.search(r"\w", word)) <= MOST_WORDS


@each_language
@each_example
def test_page_one_names_no_id(example: Path, language: str) -> None:
    assert not REQUIREMENT_ID.search(first_page(example_view(example, language)))


@each_example
def test_page_one_says_of_each_law_that_applies_what_it_makes_of_the_system(example: Path) -> None:
    view = example_view(example)
    said = " ".join(first_page(view).split())
    assert view["laws"]
    for law in view["laws"]:
        assert all(text in said for text in (law["title"], law["sentence"], law["not_assessed"]))
    assert view["first"][0]["action"] in said


def test_whether_it_is_high_risk_and_what_of_that_was_not_assessed_is_on_page_one() -> None:
    risky = " ".join(first_page(example_view(CHATBOT.with_name("recruiting-vendor.yaml"))).split())
    assert "High-risk." in risky
    assert "Not assessed here: What else high-risk systems need: risk management" in risky
    plain = first_page(example_view(CHATBOT))
    assert "Not high-risk." in plain
    assert "Not assessed here" not in plain


@pytest.mark.parametrize(
    ("example", "more", "timings"),
    [
        ("tokyo-company", "And 10 more, 8 of them voluntary.", ["since 2 February 2025", "since 2 August 2026"]),
        ("tokyo-contracts", "And 9 more, all voluntary.", ["voluntary"] * 3),
        ("recruiting-vendor", "And 7 more.", ["since 2 August 2026", "from 2 December 2026 (9 days)"]),
    ],
)
def test_what_to_do_first_tells_what_binds_from_what_is_voluntary(example: str, more: str, timings: list[str]) -> None:
    view = example_view(CHATBOT.with_name(f"{example}.yaml"))
    assert (view["more_gaps"], [gap["timing"] for gap in view["first"]]) == (more, timings)


def test_a_day_of_what_may_apply_is_told_as_such_and_after_what_does() -> None:
    view = example_view(CHATBOT.with_name("shop-emotion-analytics.yaml"))
    told = ["Tell the provider and the authorities of risks and serious incidents (if it applies, at the earliest)"]
    assert [row["starts"] for row in view["next_dates"]] == told
    assert "none met, the first since 2 February 2025; 1 more may apply." in view["laws"][0]["sentence"]


@each_example
def test_what_is_not_known_leads_to_the_points_that_wait_for_it(example: Path) -> None:
    page = main_part(example_view(example))
    for question in example_view(example)["settle"]:
        assert f'<a href="#{question["requirements"][0]}">{escape(question["ask"])}</a>' in page
        assert f'<article id="{question["requirements"][0]}"' in page


def test_a_day_that_is_not_set_is_told_in_the_plan() -> None:
    page = render_html_report(example_view(CHATBOT)).partition('<section id="plan">')[2].partition("</section>")[0]
    assert page.count("no date yet") == 1
    assert ">no date yet<" in page


def test_laws_of_other_places_are_not_mentioned() -> None:
    assert "Japan" not in main_part(example_view(CHATBOT))


def test_laws_of_which_nothing_applies_take_one_line() -> None:
    library = view_of(CHATBOT.with_name("seoul-voices.yaml"))
    assert len(library["laws"]) == len({law["title"] for law in library["laws"]})
    nothing = {**golden_view("empty"), "laws": [], "idle_laws": ""}
    assert "Nothing of what was checked applies." in first_page(nothing)  # type: ignore[arg-type]


@each_example
def test_each_gap_stands_once_behind_page_one(example: Path) -> None:
    view = example_view(example)
    points = [point for section in view["open_sections"] for point in section["points"]]
    page = main_part(view)
    assert points
    for point in points:
        assert page.count(f'<article id="{point["id"]}"') == 1
        assert page.count(f"<h3>{escape(point['title'])}") == 1
        texts = [action["text"] for action in point["todo"]]
        assert len(texts) == len(set(texts))


def test_that_nobody_is_named_is_said_once() -> None:
    page = main_part(golden_view("all-gaps"))
    assert "no owner yet" not in page
    assert "no date yet" not in page
    assert page.count("Nobody is named") == 2  # on page one and in the plan


@each_example
def test_the_annex_is_closed_unless_everything_is_wanted(example: Path) -> None:
    view = example_view(example)
    annex = render_html_report(view).partition('<section id="annex"')[2]
    assert annex.count("<details>") >= 6
    assert f"tenken report {example.name} --full" in annex
    full = render_html_report({**view, "extent": "full"})
    assert "<details>" not in full
    assert full.count("<details open>") == annex.count("<details>")


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_what_has_no_closed_annex_takes_no_full(form: str) -> None:
    done = run_tenken("report", CHATBOT, "--full", "--format", form, "-o", "-")
    said = "--full: leave it out: only html, pdf have an annex that can be closed\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_the_summary_is_page_one_and_nothing_else() -> None:
    alone = collect_output("report", CHATBOT, "--as-of", str(DAY), "--only", "summary", "--format", "html", "-o", "-")
    whole = collect_output("report", CHATBOT, "--as-of", str(DAY), "-o", "-")
    assert '<section id="answer">' in alone
    assert alone.count("<section") == 1
    words = read_page_text(alone.partition("<header>")[2]).split()
    assert read_page_text(whole.partition("<header>")[2]).split()[: len(words) - 1] == words[:-1]


@each_example
def test_the_summary_points_to_nothing_below(example: Path) -> None:
    assert not re.search(r"\bbelow\b", first_page(example_view(example)))


def test_a_summary_beside_the_record_leaves_the_report_alone(tmp_path: Path) -> None:
    record = tmp_path / "acme.yaml"
    record.write_bytes(CHATBOT.read_bytes())
    assert run_tenken("report", record).returncode == 0
    assert run_tenken("report", record, "--only", "summary", "--format", "html").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme-summary.html", "acme.html", "acme.yaml"]


@each_language
def test_the_summary_as_text_fits_the_screen_and_says_what_page_one_says(language: str) -> None:
    view = example_view(TOKYO, language)
    shown = render_summary_text(view, Wording(load_library(language=language), language), 80)
    said = "".join(shown.split())
    for law in view["laws"]:
        assert "".join(law["sentence"].split()) in said
    assert all("".join(gap["action"].split()) in said for gap in view["first"])
    assert len(shown.splitlines()) <= 45


def test_what_was_left_out_is_told_by_its_title_and_behind_page_one(tmp_path: Path) -> None:
    record = tmp_path / "acme.yaml"
    record.write_text(CHATBOT.read_text("utf-8").replace("\nanswers:", "\nleft_out: [japan-principle-code]\nanswers:"))
    page = collect_output("report", record, "--as-of", str(DAY), "-o", "-", language="en")
    assert "japan-principle-code" not in page
    assert "was left out on request: " in page.partition('id="annex"')[2]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("By Article 13(3), e.g. here.", ["By Article 13(3), e.g. here."]),
        ("伝える。続ける。", ["伝える。", "続ける。"]),
        ("「伝える。」と書く。", ["「伝える。」と書く。"]),
    ],
)
def test_a_text_is_told_apart_into_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.parametrize("language", ["en", "ja"])
def test_of_an_open_question_the_sentence_that_asks_is_shown(language: str) -> None:
    library = load_library(list_shipped_checklists(), language=language)
    wording = Wording(library, language)
    for question in library.questions.values():
        shown = shorten_question(str(question.ask), str(question.short), wording)
        assert shown.endswith("?") if language == "en" else re.search("か(（.*）)?。$", shown), shown
