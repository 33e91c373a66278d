"""The findings of files as documents: JSON, Markdown, HTML and JUnit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from tenken.files.frozen_classes import Frozen
from tenken.files.problems import escape_line_breaks
from tenken.marks.file_marks import FileMarks, encode_marks
from tenken.marks.mark_facts import tell_facts
from tenken.marks.mark_judging import JudgedPoint, MarkOutcome
from tenken.marks.mark_lines import MarkLabels, describe_counts, describe_file, describe_outcome
from tenken.messages.junit_xml import JunitCase, JunitOutcome, JunitSuite, render_junit_suite
from tenken.messages.line_breaking import unify_line_breaks
from tenken.messages.markdown_text import escape_markdown_line
from tenken.messages.message_catalog import get_language, phrase
from tenken.rules.answer_kinds import list_chosen_words
from tenken.rules.file_facts import SEVERAL_ANSWERS

_SCHEMA_VERSION = 1
_PAGE_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #8a8a8a;padding:.35rem .5rem;text-align:left;"
    "vertical-align:top}th{background:#f2f2f2}h2{margin-top:2rem}code{overflow-wrap:anywhere}"
    "ul{margin:0;padding-left:1.1rem}td,li{overflow-wrap:anywhere}"
)


class MarkReport(Frozen):
    """What is to be shown: the files, the points they were judged by, and the titles of the laws.

    `unmet` says of each check that was required and is not met, by its name, why.
    """

    files: Sequence[FileMarks]
    judged: Sequence[JudgedPoint]
    laws: Mapping[str, str]
    labels: MarkLabels
    unmet: Mapping[str, str] = {}

    def list_by_law(self) -> Iterator[tuple[str, list[JudgedPoint]]]:
        """The points with files for them, under the title of their law."""
        for law, title in self.laws.items():
            points = [each for each in self.judged if each.outcomes and each.point.requirement.checklist == law]
            if points:
                yield title, points


def render_marks_as_text(report: MarkReport) -> str:
    return "".join(f"{escape_line_breaks(' '.join(line.splitlines()))}\n" for line in _render_text_lines(report))


def _render_text_lines(report: MarkReport) -> Iterator[str]:
    """The files, then the laws, then what no file can show."""
    for marks in report.files:
        yield marks.path
        yield from (f"  - {line}" for line in describe_file(marks, report.labels))
    for title, points in report.list_by_law():
        yield from ("", title)
        for judged in points:
            yield f"  {judged.point.check.id}: {describe_counts(judged, report.labels)}"
            yield f"    {judged.point.check.ask}"
            if judged.point.test.says and not judged.is_shown:
                yield f"    {judged.point.test.says}"
    yield from ("", str(report.labels["reminder"]))


def render_marks_as_json(report: MarkReport) -> str:
    """All that was found, for programs: the marks of each file, its facts, and the outcome for each point."""
    held = {
        "schema": _SCHEMA_VERSION,
        "files": [{**encode_marks(marks), "facts": _tell_plain_facts(marks)} for marks in report.files],
        "points": [_tell_point(judged, report) for judged in report.judged],
        "reminder": report.labels["reminder"],
    }
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


def _tell_plain_facts(marks: FileMarks) -> dict[str, Any]:
    facts = tell_facts(marks).items()
    return {fact: said if fact in SEVERAL_ANSWERS else next(iter(list_chosen_words(said))) for fact, said in facts}


def _tell_point(judged: JudgedPoint, report: MarkReport) -> dict[str, Any]:
    point = judged.point
    return {
        "check": point.check.id,
        "requirement": point.requirement.id,
        "checklist": point.requirement.checklist,
        "law": report.laws[point.requirement.checklist],
        "ask": point.check.ask,
        "cites": list(point.test.cites),
        "certainty": point.test.certainty,
        "binds": point.binds,
        "says": point.test.says,
        "counts": {str(outcome): judged.count_outcome(outcome) for outcome in MarkOutcome},
        "outcomes": {path: str(outcome) for path, outcome in judged.outcomes.items()},
    }


def render_marks_as_markdown(report: MarkReport) -> str:
    return "\n".join(_render_markdown_lines(report)) + "\n"


def _render_markdown_lines(report: MarkReport) -> Iterator[str]:
    yield f"# {report.labels['title']}"
    yield from ("", f"| {phrase('File')} | {phrase('What machines can read in it')} |", "|---|---|")
    for marks in report.files:
        yield f"| {_escape_cell(marks.path)} | {_escape_cell('. '.join(describe_file(marks, report.labels)))} |"
    for title, points in report.list_by_law():
        yield from ("", f"## {title}", "")
        yield from (f"| {phrase('Point')} | {phrase('What the files show')} |", "|---|---|")
        for judged in points:
            shown = f"{describe_counts(judged, report.labels)}. {judged.point.test.says}".strip()
            yield f"| {judged.point.check.id}: {_escape_cell(judged.point.check.ask)} | {_escape_cell(shown)} |"
    yield from ("", str(report.labels["reminder"]))


def _escape_cell(text: str) -> str:
    return escape_markdown_line(unify_line_breaks(text))


def render_marks_as_html(report: MarkReport) -> str:
    title = escape(str(report.labels["title"]))
    language = get_language()
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_PAGE_STYLE}</style></head>\n'
        f"<body><main><h1>{title}</h1>\n"
        + "\n".join(_render_html_parts(report))
        + f"\n<p>{_escape_html(str(report.labels['reminder']))}</p></main></body></html>\n"
    )


def _render_html_parts(report: MarkReport) -> Iterator[str]:
    rows = (
        (f"<code>{_escape_html(marks.path)}</code>", _render_html_list(describe_file(marks, report.labels)))
        for marks in report.files
    )
    yield from _render_html_table((phrase("File"), phrase("What machines can read in it")), rows)
    for title, points in report.list_by_law():
        yield f"<h2>{_escape_html(title)}</h2>"
        heads = (phrase("Point"), phrase("What the files show"))
        yield from _render_html_table(heads, _list_html_points(points, report))


def _list_html_points(points: Sequence[JudgedPoint], report: MarkReport) -> Iterator[tuple[str, str]]:
    for judged in points:
        by_file = (
            f"{path}: {describe_outcome(outcome, report.labels)}"
            for path, outcome in judged.outcomes.items()
            if outcome is not MarkOutcome.MET
        )
        shown = f"<p>{_escape_html(describe_counts(judged, report.labels))}</p>"
        says = f"<p>{_escape_html(judged.point.test.says)}</p>" if judged.point.test.says else ""
        ask = _escape_html(judged.point.check.ask)
        yield f"<strong>{judged.point.check.id}</strong><br>{ask}", shown + says + _render_html_list(by_file)


def _render_html_table(heads: Sequence[str], rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    head = "".join(f'<th scope="col">{_escape_html(each)}</th>' for each in heads)
    yield f"<table><thead><tr>{head}</tr></thead><tbody>"
    for first, second in rows:
        yield f"<tr><td>{first}</td><td>{second}</td></tr>"
    yield "</tbody></table>"


def _render_html_list(lines: Iterator[str]) -> str:
    items = "".join(f"<li>{_escape_html(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _escape_html(text: str) -> str:
    return escape(unify_line_breaks(text))


def render_marks_as_junit(report: MarkReport) -> str:
    """A test case for each point and file: what is not found fails, what cannot be seen in a file is skipped.

    Where points are required, what cannot be seen fails as well, and so does a point that no file speaks of.
    """
    cases = [
        _build_junit_case(judged, path, outcome, report)
        for judged in report.judged
        for path, outcome in judged.outcomes.items()
    ]
    seen = {judged.point.check.id for judged in report.judged if judged.outcomes}
    unjudged = ((check, why) for check, why in report.unmet.items() if check not in seen)
    cases += [JunitCase(check, check, JunitOutcome.FAILURE, why) for check, why in unjudged]
    return render_junit_suite(JunitSuite("tenken marks", cases))


def _build_junit_case(judged: JudgedPoint, path: str, outcome: MarkOutcome, report: MarkReport) -> JunitCase:
    check = judged.point.check
    if outcome is MarkOutcome.MET:
        return JunitCase(check.id, path)
    is_passed_over = outcome is MarkOutcome.UNSEEN and check.id not in report.unmet
    fault = JunitOutcome.SKIPPED if is_passed_over else JunitOutcome.FAILURE
    return JunitCase(check.id, path, fault, f"{describe_outcome(outcome, report.labels)}: {check.ask}")


TEST_FORMAT = "junit"
"""The format that build machines read as tests, of which only what is required may fail."""

MARK_FORMATS = {
    "text": render_marks_as_text,
    "json": render_marks_as_json,
    "md": render_marks_as_markdown,
    "html": render_marks_as_html,
    TEST_FORMAT: render_marks_as_junit,
}
