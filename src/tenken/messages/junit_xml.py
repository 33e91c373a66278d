"""Outcomes as JUnit XML, which build machines read as tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from tenken.files.frozen_classes import Frozen
from tenken.messages.line_breaking import unify_line_breaks

_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


class JunitOutcome(StrEnum):
    """What became of a case, by the name of the element that says so; what passed has none."""

    PASSED = ""
    FAILURE = "failure"
    SKIPPED = "skipped"
    ERROR = "error"


class JunitCase(Frozen):
    """One thing that was looked at; `message` and `details` say why it did not pass."""

    classname: str
    name: str
    outcome: JunitOutcome = JunitOutcome.PASSED
    message: str = ""
    details: str = ""


class JunitSuite(Frozen):
    """The cases that belong together."""

    name: str
    cases: Sequence[JunitCase]


def render_junit_suite(suite: JunitSuite) -> str:
    """A document of one suite."""
    return "\n".join((_XML_HEAD, *_render_suite_lines(suite))) + "\n"


def render_junit_suites(suites: Sequence[JunitSuite]) -> str:
    """A document of any number of suites."""
    lines = (line for suite in suites for line in _render_suite_lines(suite))
    return "\n".join((_XML_HEAD, "<testsuites>", *lines, "</testsuites>")) + "\n"


def _render_suite_lines(suite: JunitSuite) -> Iterator[str]:
    outcomes = [case.outcome for case in suite.cases]
    errors = f' errors="{outcomes.count(JunitOutcome.ERROR)}"' if JunitOutcome.ERROR in outcomes else ""
    counts = f'failures="{outcomes.count(JunitOutcome.FAILURE)}" skipped="{outcomes.count(JunitOutcome.SKIPPED)}"'
    yield f'<testsuite name={_quote_attribute(suite.name)} tests="{len(outcomes)}" {counts}{errors}>'
    yield from map(_render_case, suite.cases)
    yield "</testsuite>"


def _render_case(case: JunitCase) -> str:
    head = f"<testcase classname={_quote_attribute(case.classname)} name={_quote_attribute(case.name)}>"
    if not case.outcome:
        return f"{head}</testcase>"
    fault = f"{case.outcome} message={_quote_attribute(case.message)}"
    details = escape(unify_line_breaks(case.details))
    return f"{head}<{fault}>{details}</{case.outcome}></testcase>" if details else f"{head}<{fault}/></testcase>"


def _quote_attribute(text: str) -> str:
    return quoteattr(unify_line_breaks(text))
