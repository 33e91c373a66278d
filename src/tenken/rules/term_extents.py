"""How large the conditions of a checklist become once every term in them is written out, and what is too large.

A term may use other terms, and each may use two: eighteen short lines then stand for a quarter of a million conditions,
and whatever follows terms into terms would never come back. So this is counted, not tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from tenken.files.problems import MOST_PROBLEMS, Place, Problem
from tenken.rules.logic import All, AnyOf, Condition, Not, Term, list_terms
from tenken.rules.requirement import LegalTerm

MOST_NESTING = 64
MOST_CONDITIONS = 2000
MOST_CONDITIONS_IN_ALL = 500_000

TermUses = Mapping[str, frozenset[str]]


class WrittenOut(NamedTuple):
    """How many conditions a condition stands for, and how deep they are nested."""

    size: int = 1
    depth: int = 1


def check_terms(terms: Mapping[str, LegalTerm], conditions: Iterable[Condition]) -> Iterator[Problem]:
    """Terms that are defined by themselves, and what is too large or too deep once it is written out.

    `conditions` are those of the checklist outside its terms.
    """
    uses = {
        id: frozenset(term.id for term in list_terms(entry.when) if term.id in terms) for id, entry in terms.items()
    }
    order = _order_terms(uses)
    for id in _list_circular_terms(uses, order):
        yield Problem(terms[id].at, "the term {id} is defined by itself", {"id": id})
    extents: dict[str, WrittenOut] = {}
    for id in order:
        if uses[id] <= extents.keys():
            extent = _measure_condition(terms[id].when, extents)
            if extent.depth > MOST_NESTING:
                text = "the term {id} is nested more than {most} deep, with the terms it uses written out"
                yield Problem(terms[id].at, text, {"id": id, "most": MOST_NESTING})
            elif extent.size > MOST_CONDITIONS:
                text = "the term {id} stands for more than {most} conditions, with the terms it uses written out"
                yield Problem(terms[id].at, text, {"id": id, "most": MOST_CONDITIONS})
            else:
                extents[id] = extent
    yield from _check_whole_size(conditions, extents)


def _check_whole_size(conditions: Iterable[Condition], extents: Mapping[str, WrittenOut]) -> Iterator[Problem]:
    """Conditions that are too large though each of their terms is not, and where all of them together become so."""
    total = 0
    for condition in conditions:
        size = _measure_condition(condition, extents).size
        total += size
        place = next((term.at for term in list_terms(condition) if isinstance(term.at, Place)), None)
        if place and size > MOST_CONDITIONS:
            text = "this stands for more than {most} conditions, with its terms written out"
            yield Problem(place, text, {"most": MOST_CONDITIONS})
        elif place and total > MOST_CONDITIONS_IN_ALL:
            text = "up to here the file stands for more than {most} conditions, with all terms written out"
            yield Problem(place, text, {"most": MOST_CONDITIONS_IN_ALL})
            return


def _measure_condition(condition: Condition, terms: Mapping[str, WrittenOut]) -> WrittenOut:
    match condition:
        case All(parts) | AnyOf(parts):
            within = [_measure_condition(part, terms) for part in parts]
        case Not(part):
            within = [_measure_condition(part, terms)]
        case Term(id=id):
            within = [terms.get(id, WrittenOut())]
        case _:
            return WrittenOut()
    return WrittenOut(1 + sum(part.size for part in within), 1 + max((part.depth for part in within), default=0))


def _order_terms(uses: TermUses) -> list[str]:
    """The terms so that each follows those it uses, but for those in a circle and those that use these."""
    sorter = TopologicalSorter(uses)
    with suppress(CycleError):
        sorter.prepare()
    order: list[str] = []
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    return order


def _list_circular_terms(uses: TermUses, order: Iterable[str]) -> list[str]:
    """The terms that are defined by themselves, the first of very many."""
    left = uses.keys() - set(order)
    users: dict[str, set[str]] = {id: set() for id in left}
    for id in left:
        for used in uses[id] & left:
            users[used].add(id)
    # What only leads into a circle is taken away too: following each of a long row would take its square.
    behind = set(_order_terms({id: frozenset(those) for id, those in users.items()}))
    between = [id for id in uses if id in left and id not in behind]
    return [id for id in between[:MOST_PROBLEMS] if id in find_reachable_terms(id, uses)]


def find_reachable_terms(start: str, uses: Mapping[str, Iterable[str]]) -> set[str]:
    """Every term that a term uses, and those use in their turn."""
    found: set[str] = set()
    todo = [start]
    while todo:
        new = set(uses.get(todo.pop(), ())) - found
        found |= new
        todo += new
    return found
