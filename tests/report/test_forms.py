"""Official forms: which there are, when a box is ticked, and what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from support.command_line import run_tenken
from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import parse_record
from tenken.report.view.forms import build_forms_page
from tenken.rules.logic import Situation

EXAMPLES = find_shipped_folder("examples")
FACTS = "where: japan, subject: ai_system, japan_role: business_user, japan_system: none, japan_hiroshima: none"


def text_of(checklists: str, answers: str, depth: str = "default") -> str:
    return f"tenken: 2\nsystem: X\nchecklists: [{checklists}]\ndepth: {depth}\nanswers: {{{FACTS}{answers}}}\n"


def page(checklists: str, answers: str, language: str = "en", depth: str = "default") -> Any:
    record = parse_record(text_of(checklists, answers, depth).encode(), "x.yaml")
    library = load_rules_for(record, language)
    situation = Situation(read_answer_values(record.answers, library), date(2026, 11, 23))
    return build_forms_page(assess_all(library, situation), record, Wording(library, language))


def row(shown: Mapping[str, Any], title: str) -> Any:
    return next(row for form in shown["forms"] for row in form["rows"] if row["title"] == title)


def test_the_forms_of_the_quick_check_have_their_nine_and_twelve_rows() -> None:
    shown = page("japan-quick-check", "")
    assert [len(form["rows"]) for form in shown["forms"]] == [9, 12]
    assert not any(row["is_done"] for form in shown["forms"] for row in form["rows"])
    assert row(shown, "Human rights")["state"] == "Not assessed"


@pytest.mark.parametrize(
    ("answer", "is_done", "state"),
    [
        ("yes", True, "Taken up"),
        ("partly", False, "Partly taken up"),
        ("no", False, "Not yet taken up"),
        ("unsure", False, "Not yet known"),
        ("{answer: explained, reason: Too few of us}", False, "Explained"),
        ("{answer: not_applicable, reason: We have none}", False, "Set aside by you"),
    ],
)
def test_a_row_is_ticked_by_yes_to_its_own_question_and_by_nothing_else(answer: str, is_done: bool, state: str) -> None:
    shown = row(page("japan-quick-check", f", JP-CK-A5.security: {answer}"), "Security")
    assert (shown["is_done"], shown["state"]) == (is_done, state)


PRIVACY, POLICY = "JP-C4-1a.privacy_policy", "JP-C7-5a.policies_published"


def test_a_row_is_ticked_where_all_it_sums_up_is_taken_up() -> None:
    shown = page(
        "japan-ai-guidelines",
        f", japan_effects: personal_data, {PRIVACY}: {{answer: yes, by: Mia, evidence: {{at: policy.pdf}}}}",
    )
    privacy = row(shown, "Privacy")
    assert (privacy["is_done"], privacy["state"], privacy["in_charge"]) == (True, "Taken up", ["Mia"])
    assert [item["at"] for item in privacy["proof"]] == ["policy.pdf"]


def test_a_row_of_which_some_is_not_taken_up_says_which() -> None:
    policies = row(page("japan-ai-guidelines", f", {PRIVACY}: yes, {POLICY}: {{answer: no, owner: Jun}}"), "Policies")
    assert not policies["is_done"]
    assert policies["in_charge"] == ["Jun"]
    assert any(re.fullmatch("JP-C7-5a .*: Not yet taken up", said) for said in policies["remarks"])


def test_a_row_is_not_ticked_as_long_as_part_of_it_is_not_assessed() -> None:
    answers = ", japan_effects: none, JP-C3-2b.bias_process: yes"
    assert not row(page("japan-ai-guidelines", answers), "Fairness")["is_done"]
    assert "3 not assessed" in row(page("japan-ai-guidelines", answers), "Fairness")["state"]
    assert "not assessed" not in row(page("japan-ai-guidelines", answers, depth="full"), "Fairness")["state"]


def test_a_row_of_which_nothing_applies_says_so() -> None:
    privacy = row(page("japan-ai-guidelines", ", japan_effects: none"), "Privacy")
    assert (privacy["is_done"], privacy["state"]) == (False, "Not relevant here")


@pytest.mark.parametrize(
    ("form", "official"), [("md", "プライバシーを尊重"), ("html", '<p lang="ja">プライバシーを尊重')]
)
def test_a_row_has_its_title_its_official_words_and_the_day_of_its_evidence(
    tmp_path: Path, form: str, official: str
) -> None:
    proof = "{at: policy.pdf, on: 2026-10-02}"
    record = tmp_path / "x.yaml"
    answers = f", japan_effects: personal_data, {PRIVACY}: {{answer: yes, evidence: {proof}}}"
    record.write_text(text_of("japan-ai-guidelines", answers), "utf-8")
    made = run_tenken("report", record, "--only", "forms", "--format", form, "-o", "-").stdout
    (line,) = (line for line in made.splitlines() if "プライバシーを尊重" in line)
    assert official in line
    assert "Privacy" in line
    assert "2 October 2026" in line


def test_each_item_says_in_which_rows_it_stands() -> None:
    items = {item["id"]: item for item in page("japan-ai-guidelines", "", "ja")["items"]}
    assert items["JP-C2-1d"]["rows"] == ["別添7A 項目2", "別添7A 項目7"]
    assert items["JP-HG-7"]["rows"] == ["別添7B ⑦"]


def test_a_record_of_other_laws_has_no_form() -> None:
    assert page("eu-transparency", "") == {"forms": [], "items": []}
    said = run_tenken("report", EXAMPLES / "support-chatbot.yaml", "--only", "forms", "--format", "md", "-o", "-")
    assert "No official form belongs to the checklists of this record." in said.stdout


def test_the_forms_do_not_take_the_place_of_the_report(tmp_path: Path) -> None:
    record = tmp_path / "acme.yaml"
    record.write_bytes((EXAMPLES / "tokyo-company.yaml").read_bytes())
    for part in ((), ("--only", "forms"), ("--only", "forms", "--format", "md")):
        assert run_tenken("report", record, *part).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "acme.yaml",
        "acme.html",
        "acme-forms.html",
        "acme-forms.md",
    }
