"""Checks that everything a checklist refers to exists: questions, answers, terms, check sets, penalties."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tenken.binding import instead
from tenken.checklist import Checklist
from tenken.logic import ALWAYS, UNSURE, Atom, Before, Condition, From, Is, Only, atoms, terms
from tenken.model import Kind, Question, Requirement
from tenken.problems import Phrase, Place, Problem

if TYPE_CHECKING:
    from tenken.library import Library


def check(library: Library, left_out: Container[str] = ()) -> list[Problem]:
    """What is named but not there; names in `left_out` were there and broken, which has been said already."""
    found = list(_duplicates(library))
    for checklist in library.checklists.values():
        known = {**library.profile.questions, **checklist.questions}
        found += _checklist(checklist, known, left_out)
        for atom in atoms(checklist.offered_when or ALWAYS):
            found += _atom(atom, library.profile.questions, left_out)
    return found


def _duplicates(library: Library) -> Iterator[Problem]:
    seen: dict[str, Place] = {id: question.at for id, question in library.profile.questions.items()}
    for checklist in library.checklists.values():
        for items in (checklist.questions, checklist.requirements):
            for id, item in items.items():
                if id in seen:
                    text = "{id} is already taken in {where}; ids are unique over all checklists"
                    yield Problem(item.at, text, {"id": id, "where": seen[id]})
                seen[id] = item.at


def _checklist(checklist: Checklist, known: Mapping[str, Question], left_out: Container[str]) -> Iterator[Problem]:
    for condition in conditions(checklist):
        yield from facts(condition, known, checklist.terms, left_out)
    for start, entry in checklist.terms.items():
        if start in _reachable(start, checklist):
            yield Problem(entry.at, "the term {id} is defined by itself", {"id": start})
    for requirement in checklist.requirements.values():
        yield from _requirement(requirement, checklist, known, left_out)


def facts(
    condition: Condition, known: Mapping[str, Question], defined: Mapping[str, Any], left_out: Container[str] = ()
) -> Iterator[Problem]:
    """What a condition names that is not there: questions, their answers, terms."""
    for atom in atoms(condition):
        yield from _atom(atom, known, left_out)
    for term in terms(condition):
        yield from _missing(term.id, defined, term.at, "a term", left_out)


def _requirement(
    requirement: Requirement, checklist: Checklist, known: Mapping[str, Question], left_out: Container[str]
) -> Iterator[Problem]:
    at = requirement.at
    for name in requirement.check_sets:
        yield from _missing(name, checklist.check_sets, at, "a check set", left_out)
    if requirement.penalty:
        yield from _missing(requirement.penalty, checklist.penalties, at, "a penalty", left_out)
    for name in requirement.not_before:
        dates = {id: question for id, question in known.items() if question.kind is Kind.DATE}
        yield from _missing(name, dates, at, "a date question", left_out)


def conditions(checklist: Checklist) -> Iterator[Condition]:
    yield checklist.in_scope
    for holder in _holders(checklist):
        yield holder.when
    for requirement in checklist.requirements.values():
        yield requirement.applies_when


def _holders(checklist: Checklist) -> Iterator[Any]:
    """Everything in a checklist with a `when` of its own."""
    yield from checklist.terms.values()
    for checks in checklist.check_sets.values():
        yield from checks.values()
    for penalty in checklist.penalties.values():
        yield from penalty.cases
    for requirement in checklist.requirements.values():
        yield from requirement.exceptions.values()
        yield from requirement.applies_from
        yield from requirement.notes.values()
        yield from requirement.checks.values()


def _reachable(start: str, checklist: Checklist) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        entry = checklist.terms.get(todo.pop())
        new = {term.id for term in terms(entry.when)} - found if entry else set()
        found |= new
        todo += new
    return found


def _missing(name: str, known: Mapping[str, Any], at: object, what: str, left_out: Container[str]) -> Iterator[Problem]:
    if name not in known and name not in left_out:
        facts = {"name": name, "what": Phrase(what), "hint": instead(name, known)}
        yield Problem(_place(at), "{name} is not {what} here; {hint}", facts)


def _atom(atom: Atom, known: Mapping[str, Question], left_out: Container[str]) -> Iterator[Problem]:
    if atom.question not in known:
        yield from _missing(atom.question, known, atom.at, "a question", left_out)
        return
    question = known[atom.question]
    facts = {"question": question.id}
    match atom:
        case Before() | From() if question.kind is not Kind.DATE:
            yield Problem(_place(atom.at), "{question} is not answered with a day", facts)
        case Only() if not question.several:
            yield Problem(_place(atom.at), "`only` is for questions with several answers; {question} has one", facts)
        case Is(values=values) | Only(values=values):
            accepted = [word for word in question.accepts if word != UNSURE]
            for value in sorted(values.difference(accepted)):
                more = {**facts, "value": value, "hint": instead(value, accepted)}
                yield Problem(_place(atom.at), "{value} is not an answer to {question}; {hint}", more)


def _place(at: object) -> Place:
    assert isinstance(at, Place)
    return at
