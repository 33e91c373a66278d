"""The combinations of facts that each suffice for a condition: the rows of a decision table."""

from __future__ import annotations

from itertools import product

from tenken.rules.logic import All, AnyOf, Atom, Condition, Not, Term, Truth

DecisionFact = tuple[Atom | Term, Truth]
DecisionRow = tuple[DecisionFact, ...]


def list_decision_rows(condition: Condition, wanted: Truth = Truth.YES) -> list[DecisionRow]:
    """The combinations of facts that each suffice for a condition to have a verdict; a term counts as one fact."""
    match condition:
        case Not(part):
            return list_decision_rows(part, ~wanted)
        case All(parts) | AnyOf(parts):
            each = [list_decision_rows(part, wanted) for part in parts]
            if isinstance(condition, All) == (wanted is Truth.YES):
                return list(dict.fromkeys(_merge_decision_rows(combination) for combination in product(*each)))
            return list(dict.fromkeys(row for part in each for row in part))
        case _:
            return [((condition, wanted),)]


def _merge_decision_rows(combination: tuple[DecisionRow, ...]) -> DecisionRow:
    return tuple(dict.fromkeys(literal for row in combination for literal in row))
