"""What a file can show of a check, as lines below it in a decision table."""

from __future__ import annotations

from collections.abc import Iterator

from tenken.assessment.wording import Wording
from tenken.authoring.decision_rows import DecisionFact, list_decision_rows
from tenken.messages.message_catalog import phrase
from tenken.rules.file_facts import FACT_WORDS
from tenken.rules.logic import ALWAYS, Condition, Is, Only, Truth
from tenken.rules.requirement import MarkTest


def render_mark_test(test: MarkTest | None, wording: Wording) -> Iterator[str]:
    """When a file shows that a check is met, and when that it is in part; no line of what no file shows."""
    if test is None:
        return
    source = wording.render_citations(test.cites)
    met = phrase("a file shows that it is met: {facts}", facts=_render_alternative_facts(test.met, wording))
    yield f"  - {met} *({source})*"
    if test.partly is not None:
        yield "  - " + phrase("in part: {facts}", facts=_render_alternative_facts(test.partly, wording))
    if test.when != ALWAYS:
        yield "  - " + phrase("only of files such as: {facts}", facts=_render_alternative_facts(test.when, wording))


def _render_alternative_facts(condition: Condition, wording: Wording) -> str:
    rows = list_decision_rows(condition)
    together = phrase(" **and** ")
    return phrase(" **or** ").join(together.join(_render_file_fact(fact, wording) for fact in row) for row in rows)


def _render_file_fact(literal: DecisionFact, wording: Wording) -> str:
    fact, wanted = literal
    assert isinstance(fact, Is | Only)
    labels = wording.labels["file_facts"][fact.question]
    known = {**wording.labels["answers"], **labels["words"]}
    words = (word for word in FACT_WORDS[fact.question] if word in fact.values)
    named = phrase(" or ").join(phrase("“{said}”", said=known[word]) for word in words)
    named = phrase("only {named}", named=named) if isinstance(fact, Only) else named
    said = wording.join_heading(labels["short"], named)
    return said if wanted is Truth.YES else phrase("not ({said})", said=said)
