"""Checks that everything a crosswalk names is in its checklists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from tenken.files.problems import Problem, suggest_instead
from tenken.rules.crosswalk import Crosswalk, NamedRule, Suggestion, list_crosswalk_sides
from tenken.rules.loading import is_file_name, list_shipped_checklists, load_library
from tenken.rules.logic import Is
from tenken.rules.reference_checks import check_condition_names
from tenken.rules.requirement import Question


def check_crosswalk(crosswalk: Crosswalk) -> list[Problem]:
    """What a crosswalk names that its checklists, in full depth, do not have."""
    shipped = list_shipped_checklists()
    own = [name.id for names in list_crosswalk_sides(crosswalk) for name in names if is_file_name(name.id)]
    known = (*shipped, *own)
    problems = [
        problem
        for names in list_crosswalk_sides(crosswalk)
        for problem in _check_named_rules(names, known, "a checklist")
    ]
    left, right = (
        load_library([name.id for name in names if name.id in known] or shipped, crosswalk.at)
        for names in list_crosswalk_sides(crosswalk)
    )
    for topic in crosswalk.topics.values():
        problems += _check_named_rules(topic.left, left.requirements, "a requirement on the left")
        problems += _check_named_rules(topic.right, right.requirements, "a requirement on the right")
    for cover in crosswalk.covers.values():
        problems += _check_named_rules([NamedRule(cover.id, cover.at)], left.checks, "a check on the left")
        problems += _check_named_rules(
            (NamedRule(id, cover.at) for id in cover.checks), right.checks, "a check on the right"
        )
    for suggestion in crosswalk.suggests.values():
        problems += _check_suggestion(suggestion, {**left.questions, **right.questions})
    return sorted(problems, key=lambda problem: problem.place)


def _check_named_rules(names: Iterable[NamedRule], known: Collection[str], what: str) -> Iterator[Problem]:
    for name in names:
        if name.id not in known:
            facts = {"name": name.id, "what": what, "hint": suggest_instead(name.id, known)}
            yield Problem(name.at, "{name} is not {what} here; {hint}", facts)


def _check_suggestion(suggestion: Suggestion, known: Mapping[str, Question]) -> Iterator[Problem]:
    yield from check_condition_names(suggestion.when, known, {})
    for id, words in suggestion.likely.items():
        yield from check_condition_names(Is(id, frozenset(words), at=suggestion.at), known, {})
        if id in known and not known[id].several and len(words) > 1:
            yield Problem(suggestion.at, "{id} takes one answer", {"id": id})
