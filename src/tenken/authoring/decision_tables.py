"""A checklist as decision tables: every combination of answers that makes a requirement apply, or exempts from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import NamedTuple

from tenken.assessment.wording import Wording
from tenken.authoring.decision_rows import DecisionFact, DecisionRow, list_decision_rows
from tenken.authoring.mark_test_lines import render_mark_test
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import phrase
from tenken.rules.answer_kinds import ANY_DAY, NEVER
from tenken.rules.checklist import Checklist
from tenken.rules.logic import (
    ALWAYS,
    All,
    AnyOf,
    Atom,
    Before,
    Condition,
    Is,
    Not,
    Only,
    OnOrAfter,
    Term,
    Truth,
    list_atoms,
)
from tenken.rules.reference_checks import list_checklist_conditions, list_mark_conditions, list_mark_tests
from tenken.rules.requirement import Basis, Check, LegalTerm, Requirement

MOST_FACTS = 20_000
"""How many facts the tables of a checklist name in all; somebody is to read them."""


class _TableSize(NamedTuple):
    """How many rows a condition makes, and how many facts stand in them together."""

    rows: int = 1
    facts: int = 1


def _measure_table(condition: Condition, wanted: Truth = Truth.YES) -> _TableSize:
    match condition:
        case Not(part):
            return _measure_table(part, ~wanted)
        case All(parts) | AnyOf(parts):
            each = [_measure_table(part, wanted) for part in parts]
            if isinstance(condition, All) == (wanted is Truth.YES):
                rows = prod(size.rows for size in each)
                return _TableSize(rows, sum(size.facts * rows // size.rows for size in each if size.rows))
            return _TableSize(sum(size.rows for size in each), sum(size.facts for size in each))
        case _:
            return _TableSize()


def refuse_large_tables(checklist: Checklist) -> None:
    """Raises `Problems` where a checklist is short and its tables without end: each `any` in an `all` multiplies."""
    facts = 0
    of_files = (part for test in list_mark_tests(checklist) for part in list_mark_conditions(test))
    for condition in (*list_checklist_conditions(checklist), *of_files):
        facts += _measure_table(condition).facts
        if facts > MOST_FACTS:
            place = next((atom.at for atom in list_atoms(condition) if isinstance(atom.at, Place)), checklist.at)
            text = "up to here the decision tables name more than {most} facts, and nobody would read them"
            raise Problems(Problem(place, text, {"most": MOST_FACTS}))


def render_decision_tables(checklist: Checklist, wording: Wording) -> Iterator[str]:
    """A checklist as a Markdown document, one decision table a requirement."""
    refuse_large_tables(checklist)
    yield f"# {checklist.title}"
    yield ""
    yield phrase("Made from the rules; change those, not this file.")
    yield ""
    yield phrase(
        "Everything below holds only in scope: {scope}.",
        scope=_render_alternatives(list_decision_rows(checklist.in_scope), checklist, wording),
    )
    yield ""
    for id, term in checklist.terms.items():
        name = wording.add_in_brackets(
            f"**{term.title}**", phrase("; ").join((id, wording.render_citations(term.cites)))
        )
        yield (
            wording.join_heading(name, _render_alternatives(list_decision_rows(term.when), checklist, wording))
            + wording.labels["marks"]["stop"].strip()
        )
        yield ""
    for requirement in checklist.requirements.values():
        yield from _render_requirement_table(requirement, checklist, wording)
        yield from _render_check_lines(requirement, checklist, wording)


def _render_requirement_table(requirement: Requirement, checklist: Checklist, wording: Wording) -> Iterator[str]:
    yield f"## {requirement.id} · {requirement.title}"
    yield ""
    yield f"{wording.render_citations(requirement.cites)}{wording.labels['marks']['stop']}{requirement.says}"
    yield ""
    yield phrase("| | If | Source |")
    yield "|---|---|---|"
    cites = wording.render_citations(requirement.cites)
    for row in list_decision_rows(requirement.applies_when):
        yield _render_decision_line(phrase("applies"), _render_combination(row, checklist, wording), cites)
    for exception in requirement.exceptions.values():
        name = wording.join_heading(phrase("unless"), exception.title)
        source = wording.render_citations(exception.cites) + (
            "" if exception.basis is Basis.TEXT else phrase(" (guidance)")
        )
        for row in list_decision_rows(exception.when):
            yield _render_decision_line(name, _render_combination(row, checklist, wording), source)
        if exception.shown_when != ALWAYS:
            shown = _render_alternatives(list_decision_rows(exception.shown_when), checklist, wording)
            yield _render_decision_line(phrase("which is shown by"), shown, source + phrase(" (guidance)"))
    for dated in requirement.applies_from:
        day = wording.find_answer_label("", NEVER) if isinstance(dated.date, str) else wording.render_day(dated.date)
        when = (
            phrase("otherwise")
            if dated.when == ALWAYS
            else _render_alternatives(list_decision_rows(dated.when), checklist, wording)
        )
        yield _render_decision_line(phrase("from {day}", day=day), when, wording.render_citations(dated.cites))
    if until := requirement.applies_until:
        source = wording.render_citations(until.cites) if until.cites else cites
        yield _render_decision_line(phrase("until {day}", day=wording.render_day(until.date)), "", source)
    yield ""


def _render_check_lines(requirement: Requirement, checklist: Checklist, wording: Wording) -> Iterator[str]:
    for check in requirement.checks.values():
        yield _render_check_line(requirement, check, checklist, wording)
        yield from render_mark_test(check.marks, wording)
    yield ""


def _render_check_line(requirement: Requirement, check: Check, checklist: Checklist, wording: Wording) -> str:
    """A check with what it rests on and whom it concerns; the text of soft law is no legal text."""
    source = wording.render_citations(check.cites)
    if requirement.is_law or check.basis is not Basis.TEXT:
        source = wording.join_heading(wording.labels["basis"][str(check.basis)], source)
    line = f"- {check.ask} *({source})*"
    if check.when == ALWAYS:
        return line
    when = _render_alternatives(list_decision_rows(check.when), checklist, wording)
    return line + phrase(" – only if {facts}", facts=when)


def _render_decision_line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _render_alternatives(alternatives: list[DecisionRow], checklist: Checklist, wording: Wording) -> str:
    return phrase(" **or** ").join(_render_combination(row, checklist, wording) for row in alternatives)


def _render_combination(row: DecisionRow, checklist: Checklist, wording: Wording) -> str:
    return phrase(" **and** ").join(_render_decision_fact(literal, checklist.terms, wording) for literal in row)


def _render_decision_fact(literal: DecisionFact, terms: Mapping[str, LegalTerm], wording: Wording) -> str:
    fact, wanted = literal
    if isinstance(fact, Term):
        said = f"*{terms[fact.id].title}*"
    else:
        said = wording.join_heading(wording.find_question_heading(fact.question), _render_fact_values(fact, wording))
    return said if wanted is Truth.YES else phrase("not ({said})", said=said)


def _render_fact_values(fact: Atom, wording: Wording) -> str:
    match fact:
        case Before(day=day):
            return phrase("before {day}", day=wording.render_day(day))
        case OnOrAfter(day=day):
            return phrase("{day} or later", day=wording.render_day(day))
        case Is(question, values) | Only(question, values):
            asked = (*wording.library.list_accepted_words(question), ANY_DAY)
            known = [word for word in asked if word in values]
            named = phrase(" or ").join(
                phrase("“{said}”", said=wording.find_answer_label(question, word)) for word in known
            )
            return phrase("only {named}", named=named) if isinstance(fact, Only) else named
