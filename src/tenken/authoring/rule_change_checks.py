"""Mistakes in what a new version says became of older ids and their answers."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator

from tenken.files.problems import Problem, suggest_instead
from tenken.records.rule_updates import LONGEST_VERSION, parse_version_number
from tenken.rules.checklist import ChangeKind, Checklist, Profile, RuleChange
from tenken.rules.library import Library

_ONE, _SEVERAL, _ANY, _NONE = range(1, 2), range(2, 99), range(1, 99), range(1)
_CHANGE_SIZES = {
    ChangeKind.RENAMED: (_ONE, _ONE),
    ChangeKind.SPLIT: (_ONE, _SEVERAL),
    ChangeKind.MERGED: (_SEVERAL, _ONE),
    ChangeKind.REDEFINED: (_ANY, _NONE),
    ChangeKind.RETIRED: (_ANY, _NONE),
    ChangeKind.ADDED: (_NONE, _ANY),
}
"""How many ids each kind of change has under `old` and `new`."""
_CARRYING = (ChangeKind.SPLIT, ChangeKind.REDEFINED, ChangeKind.RETIRED)


def check_rule_changes(item: Checklist | Profile, library: Library) -> Iterator[Problem]:
    """Changes out of order, and ids that are not what a change says became of them."""
    for versioned in (item, *item.changes):
        if len(versioned.version) > LONGEST_VERSION:
            text = "a version has at most {most} characters; write the year and month of the law, such as 2026.11"
            yield Problem(versioned.at, text, {"most": LONGEST_VERSION})
    names = library.rule_names
    earliest = parse_version_number(item.version)
    gone_later: set[str] = set()
    for change in reversed(item.changes):
        version = parse_version_number(change.version)
        if version > earliest:
            text = "the change of {version} stands before an earlier one, or is later than the checklist"
            yield Problem(change.at, text, {"version": change.version})
        old, new = _CHANGE_SIZES[change.what]
        if len(change.old) not in old or len(change.new) not in new:
            text = "{what} does not fit {old} ids under `old` and {new} under `new`"
            yield Problem(change.at, text, {"what": change.what, "old": len(change.old), "new": len(change.new)})
        yield from _check_changed_ids(change, names, gone_later)
        yield from _check_carried_answers(change, gone_later, library)
        earliest = min(version, earliest)
        gone_later.update(change.old)


def _check_changed_ids(change: RuleChange, names: Collection[str], gone_later: Container[str]) -> Iterator[Problem]:
    """What a change names is there, or was until a later change."""
    ours = change.old if change.what is ChangeKind.REDEFINED else change.new
    for id in ours:
        if id not in names and id not in gone_later:
            yield Problem(change.at, "{id} is not there; {hint}", {"id": id, "hint": suggest_instead(id, names)})
    for id in set(change.old).difference(ours, change.new):
        if id in names or id in gone_later:
            yield Problem(change.at, "{id} is still there; {what} says it is gone", {"id": id, "what": change.what})


def _check_carried_answers(change: RuleChange, gone_later: Container[str], library: Library) -> Iterator[Problem]:
    """Old answers that are to settle what is not asked, or with words that do not answer it."""
    if change.carries and change.what not in _CARRYING:
        text = "{what} takes no `carries`; it is for split, redefined and retired"
        yield Problem(change.at, text, {"what": change.what})
    carried = [pair for answers in change.carries.values() for pair in answers.items()]
    for id in (*change.asks_again, *(id for id, _ in carried)):
        if id not in gone_later and id not in library.order:
            facts = {"id": id, "hint": suggest_instead(id, library.order)}
            yield Problem(change.at, "{id} is not there; {hint}", facts)
    for id, words in carried:
        if id in gone_later or id not in library.order:
            continue
        for text, more in library.find_answer_kind(id).find_mistakes(words):
            yield Problem(change.at, text, {"id": id, **more})
