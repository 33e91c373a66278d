"""A checklist as decision tables: every combination of answers that makes a requirement apply, or exempts from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from tenken.checklist import Checklist
from tenken.logic import (
    ALWAYS,
    NEVER,
    All,
    AnyOf,
    Atom,
    Before,
    Condition,
    From,
    Is,
    Not,
    Only,
    Term,
    Truth,
)
from tenken.model import Basis, Requirement, TermEntry
from tenken.phrases import phrase
from tenken.words import Words

Literal = tuple[Atom | Term, Truth]
Row = tuple[Literal, ...]


def rows(condition: Condition, wanted: Truth = Truth.YES) -> list[Row]:
    """The combinations of facts that each suffice for a condition to have a verdict; a term counts as one fact."""
    match condition:
        case Not(part):
            return rows(part, ~wanted)
        case All(parts) | AnyOf(parts):
            each = [rows(part, wanted) for part in parts]
            if isinstance(condition, All) == (wanted is Truth.YES):
                return list(dict.fromkeys(_joined(combination) for combination in product(*each)))
            return list(dict.fromkeys(row for part in each for row in part))
        case _:
            return [((condition, wanted),)]


def _joined(combination: tuple[Row, ...]) -> Row:
    return tuple(dict.fromkeys(literal for row in combination for literal in row))


def markdown(checklist: Checklist, words: Words) -> Iterator[str]:
    """A checklist as a Markdown document, one decision table a requirement."""
    yield f"# {checklist.title}"
    yield ""
    yield phrase("Made from the rules; change those, not this file.")
    yield ""
    yield phrase(
        "Everything below holds only in scope: {scope}.", scope=_either(rows(checklist.in_scope), checklist, words)
    )
    yield ""
    for id, term in checklist.terms.items():
        name = words.beside(f"**{term.title}**", phrase("; ").join((id, words.cites(term.cites))))
        yield words.headed(name, _either(rows(term.when), checklist, words)) + words.labels["marks"]["stop"].strip()
        yield ""
    for requirement in checklist.requirements.values():
        yield from _requirement(requirement, checklist, words)


def _requirement(requirement: Requirement, checklist: Checklist, words: Words) -> Iterator[str]:
    yield f"## {requirement.id} · {requirement.title}"
    yield ""
    yield f"{words.cites(requirement.cites)}{words.labels['marks']['stop']}{requirement.says}"
    yield ""
    yield phrase("| | If | Source |")
    yield "|---|---|---|"
    cites = words.cites(requirement.cites)
    for row in rows(requirement.applies_when):
        yield _line(phrase("applies"), _both(row, checklist, words), cites)
    for way in requirement.exceptions.values():
        name = words.headed(phrase("unless"), way.title)
        source = words.cites(way.cites) + ("" if way.basis is Basis.TEXT else phrase(" (guidance)"))
        for row in rows(way.when):
            yield _line(name, _both(row, checklist, words), source)
    for dated in requirement.applies_from:
        day = words.label("", NEVER) if isinstance(dated.date, str) else words.day(dated.date)
        when = phrase("otherwise") if dated.when == ALWAYS else _either(rows(dated.when), checklist, words)
        yield _line(phrase("from {day}", day=day), when, words.cites(dated.cites))
    if requirement.applies_until:
        yield _line(phrase("until {day}", day=words.day(requirement.applies_until)), "", cites)
    yield ""
    for check in requirement.checks.values():
        basis = words.headed(words.labels["basis"][str(check.basis)], words.cites(check.cites))
        yield f"- {check.ask} *({basis})*"
    yield ""


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _either(alternatives: list[Row], checklist: Checklist, words: Words) -> str:
    return phrase(" **or** ").join(_both(row, checklist, words) for row in alternatives)


def _both(row: Row, checklist: Checklist, words: Words) -> str:
    return phrase(" **and** ").join(_literal(literal, checklist.terms, words) for literal in row)


def _literal(literal: Literal, terms: Mapping[str, TermEntry], words: Words) -> str:
    fact, wanted = literal
    if isinstance(fact, Term):
        said = f"*{terms[fact.id].title}*"
    else:
        said = words.headed(words.short(fact.question), _values(fact, words))
    return said if wanted is Truth.YES else phrase("not ({said})", said=said)


def _values(fact: Atom, words: Words) -> str:
    match fact:
        case Before(day=day):
            return phrase("before {day}", day=words.day(day))
        case From(day=day):
            return phrase("{day} or later", day=words.day(day))
        case Is(question, values) | Only(question, values):
            known = [word for word in words.library.accepts(question) if word in values]
            named = phrase(" or ").join(phrase("“{said}”", said=words.label(question, word)) for word in known)
            return phrase("only {named}", named=named) if isinstance(fact, Only) else named
