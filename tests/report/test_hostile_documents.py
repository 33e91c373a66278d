"""A report that is filed: what somebody writes into its head, its signatures and its evidence stays text."""

from __future__ import annotations

import re
from functools import cache

import pytest
import yaml

from support.page_text import read_page_text
from support.sample_reports import DAY
from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import RecordFile, open_record, parse_record
from tenken.report.formats import ReportMaterial
from tenken.report.pages import write_html_forms, write_html_report, write_markdown_forms, write_markdown_report
from tenken.rules.logic import Situation

FILED = find_shipped_folder("examples") / "tokyo-contracts.yaml"
FREE = {
    *("system", "organisation", "release", "company", "department", "number", "version", "confidentiality", "what"),
    *("by", "position", "ask", "note", "reason", "published", "owner", "at", "shows"),
}
MAKERS = (write_html_report, write_html_forms, write_markdown_report, write_markdown_forms)
PAYLOADS = [
    '"><img src=x onerror=alert(1)><script>alert(1)</script>',
    '"} body { display: none } a { content: "',
    "![x](http://evil.example/x.png) [x](javascript:alert(1)) | <!-- `a` #",
    "# head\n\n---\n<b>x</b>",
]


def spoil(node: object, text: str, key: str = "") -> object:
    """The same with a text in the place of each that is free; days and moments have their own form."""
    if isinstance(node, dict):
        return {name: spoil(value, text, name) for name, value in node.items()}
    if isinstance(node, list):
        return [spoil(value, text, key) for value in node]
    is_moment = key == "at" and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", str(node))
    return text if key in (*FREE, "recipients") and not is_moment else node


def harmless(payload: str) -> str:
    """Words as wide, as what fits on the first page hangs on that."""
    return "plain ".ljust(len(payload), "x")


@cache
def make_all(text: str) -> tuple[str, ...]:
    spoiled = spoil(yaml.load(FILED.read_text("utf-8"), yaml.BaseLoader), text)
    file: RecordFile = open_record(FILED)
    file.record = parse_record(yaml.safe_dump(spoiled, allow_unicode=True).encode(), FILED.name)
    library = load_rules_for(file.record, "en")
    assessment = assess_all(library, Situation(read_answer_values(file.record.answers, library), DAY))
    return tuple(make(ReportMaterial(file, assessment, Wording(library))) for make in MAKERS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_filed_report_becomes_markup(payload: str) -> None:
    for page, plain in zip(make_all(payload)[:2], make_all(harmless(payload))[:2], strict=True):
        assert " ".join(payload.split()) in " ".join(read_page_text(page.partition("<body>")[2]).split())
        for tag in ("<img", "<script", "<b>", "<h1", "<h2", "<td", "<th", "<style"):
            assert page.count(tag) == plain.count(tag), tag
        assert not re.search(r'<[^>]*\son\w+=|href="(?!#|https://|mailto:)', page)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_filed_report_becomes_markdown(payload: str) -> None:
    for text, plain in zip(make_all(payload)[2:], make_all(harmless(payload))[2:], strict=True):
        assert not re.search(r"(?<![\\(])<[a-z/]|(?<!\\)\]\((?!<?https://|<?#)|(?<!\\)!\[", text)
        assert re.findall(r"^#+ ", text, re.MULTILINE) == re.findall(r"^#+ ", plain, re.MULTILINE)
        assert len(re.findall(r"^\|", text, re.MULTILINE)) == len(re.findall(r"^\|", plain, re.MULTILINE))
