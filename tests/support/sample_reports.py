"""Reports to look at: made from the small checklists in `golden/`, hostile on purpose, or very long.

`python -m support.sample_reports FOLDER` in `tests/` writes them all into a folder, for the tests in a browser.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from support.paths import GOLDEN
from tenken.assessment.findings import Assessment, assess_all
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.message_catalog import list_languages
from tenken.records import record_file
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import Evidence, GivenAnswer, Record
from tenken.records.record_file import RecordFile, open_record
from tenken.report.documents.material import DraftMaterial
from tenken.report.documents.pages import write_html_draft
from tenken.report.formats import ReportMaterial
from tenken.report.pages import render_html_report, write_html_forms
from tenken.report.view.report_types import ReportView
from tenken.report.view.whole_report import build_report_view
from tenken.rules import crosswalk, loading
from tenken.rules.library import Library
from tenken.rules.loading import load_library
from tenken.rules.logic import Situation
from tenken.rules.outline import find_outline

DAY = date(2026, 11, 23)
NAMES = ("empty", "typical", "all-gaps", "final", "soft", "shown")


@contextmanager
def golden_checklists() -> Iterator[None]:
    """The small checklists in `golden/` and their crosswalk in the place of those that ship."""

    def found(kind: str) -> Path:
        return GOLDEN if kind == "checklists" else find_shipped_folder(kind)

    with (
        mock.patch.object(loading, "find_shipped_folder", found),
        mock.patch.object(crosswalk, "find_shipped_folder", found),
    ):
        yield


def golden_view(name: str, day: date = DAY, language: str = "en") -> ReportView:
    """What a report on one of the records in `golden/` shows."""
    with golden_checklists():
        return {**view_of(GOLDEN / f"{name}.yaml", day, language), "tenken": "0.0.0"}


def golden_assessment(name: str, language: str = "en") -> tuple[Assessment, Record, Wording]:
    """One of the records in `golden/`, judged by the small checklists."""
    with golden_checklists():
        kept = open_record(GOLDEN / f"{name}.yaml").record
        checklists = load_library(kept.checklists, language=language)
    situation = Situation(read_answer_values(kept.answers, checklists), DAY)
    return assess_all(checklists, situation), kept, Wording(checklists, language)


def view_of(path: Path, day: date = DAY, language: str = "en") -> ReportView:
    """What a report on a record shows."""
    file = open_record(path)
    checklists = load_rules_for(file.record, language)
    situation = Situation(read_answer_values(file.record.answers, checklists), day)
    words = Wording(checklists, language)
    return build_report_view(assess_all(checklists, situation), file.record, words, path.name, "0123abcd")


def with_texts(plain: Any, change: Any) -> Any:
    """The same plain data with every text that is not empty changed."""
    if isinstance(plain, dict):
        return {key: with_texts(value, change) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [with_texts(value, change) for value in plain]
    return change(plain) if isinstance(plain, str) and plain else plain


HOSTILE = "\"><img src=x onerror=document.title='run'><script>document.title='run'</script>"


def hostile_view() -> ReportView:
    """A report on a record in which somebody wrote markup into everything that is free text."""

    def spoil(given: GivenAnswer) -> GivenAnswer:
        proof = (Evidence(f"javascript:alert(1)//{HOSTILE}", HOSTILE), Evidence("//evil.example/x", HOSTILE))
        texts = dict.fromkeys(("by", "ask", "note", "reason", "published", "owner"), HOSTILE)
        return replace_fields(given, evidence=proof, **texts)  # type: ignore[arg-type]

    def spoiled(path: Path) -> RecordFile:
        file = opened(path)
        answers = {id: spoil(given) for id, given in file.record.answers.items()}
        file.record = replace_fields(file.record, system=HOSTILE, organisation=HOSTILE, answers=answers)
        return file

    opened = open_record
    with mock.patch.object(record_file, "open_record", spoiled):
        return golden_view("typical")


def large_view(requirements: int = 300) -> ReportView:
    """A report on many requirements: the golden one, its law repeated under other ids."""
    with golden_checklists():
        file = open_record(GOLDEN / "all-gaps.yaml")
        law = load_library(["honest-machines"]).checklists["honest-machines"]
        profile = load_library(["honest-machines"]).profile
    items = list(law.requirements.values())
    many = {}
    answers = {id: given for id, given in file.record.answers.items() if not id.startswith("GM-")}
    for number in range(requirements):
        item = items[number % len(items)]
        id = f"HM-{number + 1}"
        checks = {key: replace_fields(check, id=f"{id}.{key}") for key, check in item.checks.items()}
        many[id] = replace_fields(item, id=id, checks=checks)
        answers |= {check.id: answers[f"{item.id}.{key}"] for key, check in checks.items()}
    checklists = Library(profile, {law.id: replace_fields(law, requirements=many)})
    known = {id: given for id, given in answers.items() if id in checklists.checks or id in checklists.questions}
    situation = Situation(read_answer_values(known, checklists), DAY)
    whole = replace_fields(file.record, answers=known)
    return build_report_view(assess_all(checklists, situation), whole, Wording(checklists), "large.yaml")


EXAMPLES = ("support-chatbot", "tokyo-company", "seoul-voices")
"""One law, two laws side by side, and a law on request; of the others a browser meets the first page only."""


def all_views() -> Iterator[tuple[str, ReportView]]:
    for name in NAMES:
        yield name, golden_view(name)
        yield f"{name}-ja", golden_view(name, language="ja")
    yield "early", golden_view("typical", date(2026, 7, 1))
    yield "late", golden_view("typical", date(2027, 3, 1))
    yield "hostile", hostile_view()
    yield "large", large_view()
    for example in EXAMPLES:
        yield f"example-{example}", view_of(find_shipped_folder("examples") / f"{example}.yaml")
    yield "example-tokyo-contracts-ja", view_of(find_shipped_folder("examples") / "tokyo-contracts.yaml", DAY, "ja")


def forms_page(name: str, language: str) -> str:
    """The official forms of an example, as a page."""
    file = open_record(find_shipped_folder("examples") / f"{name}.yaml")
    checklists = load_rules_for(file.record, language)
    assessment = assess_all(checklists, Situation(read_answer_values(file.record.answers, checklists), DAY))
    return write_html_forms(ReportMaterial(file, assessment, Wording(checklists, language)))


DRAFTS = {
    "training-summary": "open-weights-model",
    "transparency-notices": "shop-emotion-analytics",
    "ai-literacy-record": "support-chatbot",
}
"""Documents that are drafted, and the examples whose answers fill them."""


def draft_page(outline: str, language: str) -> str:
    """A document drafted from the answers of an example, as a page."""
    file = open_record(find_shipped_folder("examples") / f"{DRAFTS[outline]}.yaml")
    checklists = load_rules_for(file.record, language)
    situation = Situation(read_answer_values(file.record.answers, checklists), DAY)
    found, wording = find_outline(outline, language), Wording(checklists, language)
    return write_html_draft(DraftMaterial(found, file.record, checklists, situation, wording))


if __name__ == "__main__":
    from support.sample_portfolios import write_portfolio_pages

    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for name, shown in all_views():
        (target / f"{name}.html").write_text(render_html_report(shown), encoding="utf-8")
    for code in ("en", "ja"):
        (target / f"forms-{code}.html").write_text(forms_page("tokyo-contracts", code), encoding="utf-8")
        for outline in DRAFTS:
            (target / f"draft-{outline}-{code}.html").write_text(draft_page(outline, code), encoding="utf-8")
    with_letterhead = render_html_report(golden_view("typical"), find_shipped_folder("examples") / "letterhead")
    (target / "letterhead.html").write_text(with_letterhead, encoding="utf-8")
    (target / "full.html").write_text(render_html_report({**golden_view("typical"), "extent": "full"}), "utf-8")
    (target / "summary.html").write_text(render_html_report({**golden_view("typical"), "extent": "summary"}), "utf-8")
    write_portfolio_pages(target)
    (target / "examples").mkdir(exist_ok=True)
    for path in find_shipped_folder("examples").glob("*.yaml"):
        for language in list_languages():
            page = render_html_report(view_of(path, language=language))
            (target / "examples" / f"{path.stem}.{language}.html").write_text(page, "utf-8")
