"""Which answers decide a condition, of one situation or of many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import repeat
from operator import or_
from typing import TypeVar

from tenken.rules.logic import (
    All,
    AnyOf,
    Atom,
    Condition,
    Not,
    Situation,
    Situations,
    Split,
    Term,
    split_situations,
)

Item = TypeVar("Item")
Groups = Iterable[tuple[int, Item]]
"""Situations, a bit each, for which the same is true; each situation is in one group."""
Facts = tuple[Atom, ...]


def list_deciding_facts(condition: Condition, situation: Situation) -> Facts:
    """The facts that decide a condition or, while it is unknown, the facts that leave it open.

    One part that decides alone (a NO in `all`, a YES in `any`) is enough; the first is taken.
    """
    return get_only(group_deciding_facts(condition, situation, situation.everyone))


def get_only(groups: Groups[Item]) -> Item:
    """What is true of the one situation there is."""
    ((_, item),) = groups
    return item


def group_deciding_facts(
    condition: Condition, situations: Situation | Situations, among: int
) -> Sequence[tuple[int, Facts]]:
    """The same for each of the situations that are `among` these, as groups."""
    if isinstance(condition, All):
        return _group_by_parts(condition.parts, 1, situations, among)
    if isinstance(condition, AnyOf):
        return _group_by_parts(condition.parts, 0, situations, among)
    if isinstance(condition, Not):
        return group_deciding_facts(condition.part, situations, among)
    if isinstance(condition, Term):
        return [(among, ())] if condition.when is None else group_deciding_facts(condition.when, situations, among)
    return [(among, (condition,))]


def _group_by_parts(
    parts: tuple[Condition, ...], alone: int, situations: Situation | Situations, among: int
) -> Sequence[tuple[int, Facts]]:
    """What decides several parts of which one is enough whose verdict is `alone`: 0 if it holds, 1 if it fails."""
    groups: list[tuple[int, Facts]] = []
    splits: list[Split] = []
    for part in parts:
        split = split_situations(part, situations)
        if decided := among & split[alone]:
            if decided == among and not groups:
                return group_deciding_facts(part, situations, decided)
            groups += group_deciding_facts(part, situations, decided)
            among ^= decided
            if not among:
                return groups
        splits.append(split)
    unknown = [among & ~(yes | no) for yes, no in splits]
    doubtful = reduce(or_, unknown, 0)
    if doubtful:
        groups += join_deciding_facts(zip(parts, unknown, strict=True), situations, doubtful)
    if settled := among ^ doubtful:
        # Where nothing is open, the parts decide it together: all of them hold, or none does.
        groups += join_deciding_facts(zip(parts, repeat(settled)), situations, settled)
    return groups


def join_deciding_facts(
    conditions: Iterable[tuple[Condition, int]], situations: Situation | Situations, among: int
) -> list[tuple[int, Facts]]:
    """The facts of several conditions one after the other, of each where it is wanted."""
    joined: list[tuple[int, list[Atom]]] = [(among, [])]
    for condition, wanted in conditions:
        if not wanted & among:
            continue
        found = group_deciding_facts(condition, situations, wanted & among)
        before, joined = joined, []
        for mask, facts in before:
            joined += _split_group(mask, facts, found)
    return [(mask, tuple(facts)) for mask, facts in joined]


def _split_group(mask: int, facts: list[Atom], found: Iterable[tuple[int, Facts]]) -> Iterator[tuple[int, list[Atom]]]:
    """A group with the facts found for each part of it; one that stays whole keeps its list, which may be long."""
    left = mask
    for others, more in found:
        both = left & others
        if both == mask:
            facts.extend(more)
            break
        if both:
            yield both, [*facts, *more]
            left ^= both
            if not left:
                return
    if left:
        yield left, facts
