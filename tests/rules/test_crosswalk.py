"""Two laws side by side: what the crosswalks name exists, what they say is shown, and nothing is copied across."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tenken.assessment.findings import Assessment, assess_all
from tenken.assessment.law_comparison import list_law_comparisons
from tenken.assessment.wording import Wording
from tenken.authoring.lint import validate_files
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.line_breaking import measure_width
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import RecordFile, open_record
from tenken.report.export.comparison_text import render_comparison_text
from tenken.report.export.json_result import build_result
from tenken.report.formats import ReportMaterial, choose_report_format
from tenken.report.pages import render_html_report, render_markdown_report
from tenken.report.view.whole_report import build_report_view
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.crosswalk import Relation, SuggestedAnswer, load_crosswalks, read_crosswalk, suggest_answer
from tenken.rules.loading import load_library
from tenken.rules.logic import Situation, Truth, list_atoms
from tenken.rules.translation import find_translation_file, list_untranslated_keys

AS_OF = date(2026, 11, 23)
SHIPPED = [
    path for path in sorted((find_shipped_folder("checklists") / "crosswalks").glob("*.yaml")) if "." not in path.stem
]
EU_JAPAN = find_shipped_folder("checklists") / "crosswalks" / "eu-japan.yaml"
TOKYO = find_shipped_folder("examples") / "tokyo-company.yaml"
CHATBOT = find_shipped_folder("examples") / "support-chatbot.yaml"


@cache
def assessed(path: Path, language: str = "en") -> tuple[RecordFile, Assessment]:
    file = open_record(path)
    checklists = load_rules_for(file.record, language)
    return file, assess_all(checklists, Situation(read_answer_values(file.record.answers, checklists), AS_OF))


def said(path: Path, columns: int = 80, language: str = "en") -> str:
    _, assessment = assessed(path, language)
    return render_comparison_text(assessment, Wording(assessment.library, language), columns)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_a_crosswalk_names_exists(path: Path) -> None:
    assert [str(problem) for problem in validate_files([path])] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_its_words_are_translated_in_full(path: Path) -> None:
    assert list_untranslated_keys(read_crosswalk(path), path, "ja") == []
    assert validate_files([find_translation_file(path, "ja")]) == []
    english, japanese = read_crosswalk(path), read_crosswalk(path, "ja")
    for id, topic in english.topics.items():
        assert japanese.topics[id].one_work != topic.one_work
        assert japanese.topics[id].relation is topic.relation


def test_unknown_names_are_problems_with_their_place(tmp_path: Path) -> None:
    lines = [
        "title: Two",
        "left: [eu-transparency, eu-transparancy]",
        "right: [japan-ai-guidelines]",
        "topics:",
        "  telling:",
        "    title: Telling",
        "    left: [EU-50-1, EU-50-9]",
        "    right: [JP-C6-2a]",
        "    relation: lighter",
        "    difference: One",
        "    one_work: Two",
        "covers:",
        "  EU-50-1.no_such_check: [JP-C6-2a-1.fact_of_use]",
        "  EU-50-1.in_time: [JP-P6-2a.no_such_check]",
        "suggests:",
        "  role:",
        "    when: {eu_rolle: provider, term: big}",
        "    likely: {japan_role: deployer}",
        "    because: One",
        "  size:",
        "    when: {japan_role: producer}",
        "    likely: {size: [sme, larger]}",
        "    because: Two",
    ]
    path = tmp_path / "two.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [
        (problem.place.line, problem.place.column, next(iter(problem.facts.values())))
        for problem in validate_files([path])
    ]
    assert found == [
        (2, 25, "eu-transparancy"),
        (7, 21, "EU-50-9"),
        (13, 3, "EU-50-1.no_such_check"),
        (14, 3, "JP-P6-2a.no_such_check"),
        (16, 3, "japan_role"),
        (17, 12, "eu_rolle"),
        (17, 38, "big"),
        (20, 3, "size"),
        (21, 12, "japan_role"),
    ]
    path.write_text("\n".join(lines).replace("lighter", "smaller") + "\n", encoding="utf-8")
    with pytest.raises(Problems, match=r"two\.yaml:9:15: smaller is not a word for this"):
        read_crosswalk(path)


def test_a_crosswalk_is_read_only_where_both_of_its_sides_are_assessed() -> None:
    assert load_crosswalks(load_library(["eu-transparency"])) == ()
    assert load_crosswalks(load_library(["eu-transparency", "eu-prohibited"])) == ()
    (both,) = load_crosswalks(load_library(["eu-transparency", "japan-ai-guidelines"]))
    assert both.topics["telling_people"].relation is Relation.LIGHTER


def test_only_what_concerns_the_system_is_set_side_by_side() -> None:
    _, assessment = assessed(TOKYO)
    (both,) = list_law_comparisons(assessment, load_crosswalks(assessment.library))
    topics = {row.topic.id: row for row in both.rows}
    assert {"telling_people", "marking", "deep_fakes", "literacy", "training_data", "contact"} <= set(topics)
    assert "people_evaluated" not in topics
    assert all(row.left.findings or row.right.findings for row in both.rows)
    sides = [side for row in both.rows for side in (row.left, row.right)]
    assert all(found.applies is not Truth.NO for side in sides for found in side.findings)
    assert not topics["contact"].left.has_counterpart
    assert topics["training_data"].left.has_counterpart
    assert topics["training_data"].left.findings == ()


def test_one_law_alone_is_compared_with_nothing() -> None:
    file, assessment = assessed(CHATBOT)
    words = Wording(assessment.library)
    assert said(CHATBOT) == "There are no two laws here that can be set side by side.\n"
    assert 'id="comparison"' not in render_html_report(build_report_view(assessment, file.record, words))


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("columns", [40, 80])
def test_the_terminal_shows_each_topic_within_its_width(columns: int, language: str) -> None:
    text = said(TOKYO, columns, language)
    assert max(measure_width(line) for line in text.splitlines()) <= columns
    for topic in ("telling_people", "marking", "deep_fakes"):
        title = read_crosswalk(EU_JAPAN, language).topics[topic].title
        assert title.replace(" ", "") in "".join(text.split())


def test_the_comparison_is_a_part_of_the_report_with_a_form_of_its_own() -> None:
    file, assessment = assessed(TOKYO)
    words = Wording(assessment.library)
    text = choose_report_format("", "comparison").write_content(ReportMaterial(file, assessment, words))
    assert "    EU-50-1 " in str(text)
    shown = build_report_view(assessment, file.record, words)
    html = render_html_report(shown)
    assert html.index('id="plan"') < html.index('id="comparison"') < html.index('id="method"')
    assert html.count("One piece of work for both") == len(shown["comparison"][0]["rows"])


def test_markdown_and_json_compare_the_laws_too() -> None:
    file, assessment = assessed(TOKYO)
    words = Wording(assessment.library)
    shown = build_report_view(assessment, file.record, words)
    (table,) = shown["comparison"]
    assert render_markdown_report(shown).count("One piece of work for both") == len(table["rows"])
    (found,) = build_result(assessment, file.record)["comparisons"]
    assert [topic["title"] for topic in found["topics"]] == [row["title"] for row in table["rows"]]
    for topic, row in zip(found["topics"], table["rows"], strict=True):
        for side in ("left", "right"):
            assert topic[side]["findings"] == [each["id"] for each in row[side]["findings"]]
            assert topic[side]["has_counterpart"] or not topic[side]["findings"]


def test_a_recommendation_is_never_called_a_gap_beside_a_duty() -> None:
    _, assessment = assessed(TOKYO)
    (both,) = list_law_comparisons(assessment, load_crosswalks(assessment.library))
    words = Wording(assessment.library)
    soft = {words.render_status(found) for row in both.rows for found in row.right.findings}
    assert soft
    assert "Gap" not in soft


def likely(id: str, answers: dict[str, AnswerValue], path: Path = EU_JAPAN) -> SuggestedAnswer | None:
    return suggest_answer(id, Situation(answers, AS_OF), [read_crosswalk(path)])


def suggested(id: str, answers: dict[str, AnswerValue], path: Path = EU_JAPAN) -> tuple[str, ...]:
    found = likely(id, answers, path)
    return found.words if found else ()


@pytest.mark.parametrize(
    ("answers", "source"),
    [
        ({"EU-50-1.told_by_design": ("yes",)}, "EU-50-1.told_by_design"),
        ({"EU-50-1.told_by_design": ("partly",)}, ""),
        ({"EU-50-1.told_by_design": ("no",)}, ""),
        ({}, ""),
    ],
)
def test_only_a_yes_is_suggested_and_its_source_is_named(answers: dict[str, AnswerValue], source: str) -> None:
    found = likely("JP-P6-2a-1.ai_told", answers)
    assert found == (SuggestedAnswer(("yes",), {source: ("yes",)}, ()) if source else None)
    assert likely("JP-U7-1d.desk", answers) is None


def test_nothing_is_suggested_from_the_right_to_the_left() -> None:
    answers: dict[str, AnswerValue] = {"JP-P6-2a-1.ai_told": ("yes",)}
    assert likely("EU-50-1.told_by_design", answers) is None


MODEL: dict[str, AnswerValue] = {"subject": ("ai_model",)}


@pytest.mark.parametrize(
    ("answers", "role"),
    [
        ({"eu_role": ("provider",)}, ("provider",)),
        ({"eu_role": ("product_maker",)}, ("provider",)),
        ({"eu_role": ("provider",), "placed": ("never",)}, ("provider", "business_user")),
        ({"eu_role": ("deployer",)}, ("business_user",)),
        ({"eu_role": ("provider", "deployer")}, ("provider", "business_user")),
        ({"eu_role": ("provider", "unsure")}, ("provider",)),
        ({**MODEL, "eu_role": ("provider",)}, ("provider", "developer")),
        ({**MODEL, "model_role": ("provides",)}, ("developer",)),
        ({**MODEL, "model_role": ("modifies", "builds_in")}, ("developer",)),
        ({**MODEL, "model_role": ("hosts_or_uses",)}, ()),
        (MODEL, ()),
        ({}, ()),
        *(({"eu_role": (role,)}, ()) for role in ("importer", "distributor", "representative", "none", "unsure")),
    ],
)
def test_a_role_in_the_eu_makes_one_in_japan_likely(answers: dict[str, AnswerValue], role: tuple[str, ...]) -> None:
    assert suggested("japan_role", answers) == role
    assert suggested("japan_system", answers) == ()


@pytest.mark.parametrize(
    ("answers", "role"),
    [
        ({"japan_role": ("business_user",)}, ("deployer",)),
        ({"japan_role": ("provider", "business_user")}, ("deployer",)),
        *(({"japan_role": (role,)}, ()) for role in ("developer", "provider", "research_body", "none", "unsure")),
    ],
)
def test_the_other_way_round_only_the_business_user_has_one_role_in_the_eu(
    answers: dict[str, AnswerValue], role: tuple[str, ...]
) -> None:
    assert suggested("eu_role", answers) == role


@pytest.mark.parametrize(
    ("answers", "role"),
    [(("deployer",), ("user",)), (("provider", "deployer"), ()), (("provider",), ()), (("importer",), ())],
)
def test_only_the_mere_user_has_a_likely_role_in_korea(answers: AnswerValue, role: tuple[str, ...]) -> None:
    path = EU_JAPAN.with_name("eu-korea.yaml")
    assert suggested("kr_role", {"eu_role": answers, "does": ("makes_content",)}, path) == role
    assert suggested("kr_role", {"eu_role": answers, "does": ("talks_with_people",)}, path) == ()


def test_a_suggestion_names_the_answers_that_decided_it_and_why() -> None:
    found = likely("japan_role", {**MODEL, "eu_role": ("provider", "deployer", "importer")})
    assert found
    assert found.given == {"eu_role": ("provider", "deployer"), "subject": ("ai_model",)}
    assert len(found.because) == 3


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_suggestion_goes_from_the_facts_of_one_law_to_another_question_and_is_no_answer(path: Path) -> None:
    for suggestion in read_crosswalk(path).suggests.values():
        asked = {fact.question for fact in list_atoms(suggestion.when)}
        assert asked.isdisjoint(suggestion.likely)
        assert not {"none", "unsure"} & {word for words in suggestion.likely.values() for word in words}
