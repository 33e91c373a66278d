"""Mistakes in a file that reads well but cannot work."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from datetime import date
from pathlib import Path

from tenken import crosswalk, house, library, lock, names, record, scenarios, translate, update, yamlfile
from tenken.binding import instead
from tenken.checklist import Checklist, Profile, RuleChange, What
from tenken.library import Library
from tenken.logic import ALWAYS, Condition, Truth, atoms, parts, terms
from tenken.model import AppliesFrom, Basis, Force, Requirement
from tenken.possible import Search, Wanted
from tenken.problems import Place, Problem, Problems

LONGEST_LABEL = 24


def validate(paths: Iterable[Path]) -> list[Problem]:
    """Everything wrong in some files; what each file is, it says by its keys."""
    return [problem for path in paths for problem in _validate(path)]


def _validate(path: Path) -> Iterator[Problem]:
    try:
        keys = _keys(path)
        if "scenarios" in keys:
            for outcome in scenarios.run(path):
                yield from outcome.differences
        elif "tenken" in keys:
            file = record.open_record(path)
            checklists, _ = update.bring_up(file, translate.BASE_LANGUAGE)
            record.values(file.record.answers, checklists)
        elif "." in path.stem:
            yield from _translation(path)
        elif "adds_to" in keys:
            rules = house.read(path)
            yield from house.wrong(rules, library.load([rules.adds_to], rules.at))
        elif "topics" in keys:
            yield from crosswalk.check(crosswalk.read(path))
        elif path.stem == library.PROFILE:
            known = library.read([])
            yield from _changes(known.profile, known)
        else:
            checklists = library.read([path])
            for checklist in checklists.checklists.values():
                yield from sorted(analyse(checklist, checklists), key=lambda problem: problem.place)
    except Problems as found:
        yield from found.problems


def _keys(path: Path) -> Container[str]:
    """What a file has on its first level, by which one knows what it is."""
    node = yamlfile.read(path)
    return node.value if isinstance(node.value, dict) else ()


def _translation(path: Path) -> Iterator[Problem]:
    """What a translation names that the original does not have, what it leaves out, and what it was not made from."""
    name, _, language = path.stem.partition(".")
    item = lock.original(path)
    original = path.with_name(f"{name}.yaml")
    for key in translate.untranslated(item, original, language):
        yield _problem(Place(str(path)), "the words of {key} are missing", key=key)
    yield from lock.stale(path, item)
    if isinstance(item, crosswalk.Crosswalk):
        crosswalk.read(original, language)
    else:
        library.read([] if name == library.PROFILE else [original], language)


def analyse(checklist: Checklist, known: Library) -> Iterator[Problem]:
    """What can never happen in a checklist: tried out with the answers its conditions tell apart."""
    conditions = [condition for item in checklist.requirements.values() for condition in _conditions(item)]
    search = Search(known.questions, conditions, checklist.reviewed)
    yield from _dates(checklist)
    yield from _questions(checklist)
    yield from _unused(checklist)
    for requirement in checklist.requirements.values():
        yield from _requirement(requirement, search)
        yield from _ways_out(requirement, search)
        yield from _measures(requirement, search)
        yield from _starts(requirement)
        yield from _pointless_dates(requirement, search)
    yield from _constant_parts(checklist, known)
    yield from _changes(checklist, known)


def _conditions(requirement: Requirement) -> Iterator[Condition]:
    yield requirement.applies
    for items in (requirement.exceptions, requirement.checks, requirement.notes):
        yield from (item.when for item in items.values())
    yield from (dated.when for dated in requirement.applies_from)


def _requirement(requirement: Requirement, search: Search) -> Iterator[Problem]:
    if search.example((requirement.applies, Truth.YES)) is None:
        yield _problem(requirement.at, "{id} can never apply", id=requirement.id)
    elif requirement.applies_when != ALWAYS and search.example((requirement.applies, Truth.NO)) is None:
        yield _problem(requirement.at, "{id} applies whatever is answered; is that meant?", id=requirement.id)
    for key, note in requirement.notes.items():
        if search.example((note.when, Truth.YES)) is None:
            yield _problem(note.at, "the note {key} can never be shown", key=key)


def _ways_out(requirement: Requirement, search: Search) -> Iterator[Problem]:
    for id, way in requirement.exceptions.items():
        concerned = (requirement.concerns, Truth.YES)
        if search.example(concerned, (way.when, Truth.YES)) is None:
            yield _problem(way.at, "the exception {id} can never be relied on", id=id)
        elif search.example(concerned, (way.when, Truth.NO)) is None:
            yield _problem(way.at, "the exception {id} swallows the rule", id=id)


def _measures(requirement: Requirement, search: Search) -> Iterator[Problem]:
    text = [check for check in requirement.checks.values() if check.basis is Basis.TEXT]
    for check in requirement.checks.values():
        if check.basis is Basis.HOUSE:
            yield _problem(check.at, "`basis: house` is for house rules beside a record; write text or guidance")
    if requirement.force is Force.PROHIBITION:
        if requirement.checks:
            yield _problem(requirement.at, "{id} is a prohibition; it has no checks", id=requirement.id)
        return
    if not text:
        yield _problem(
            requirement.at, "{id} has no check of basis text; it can be neither met nor missed", id=requirement.id
        )
        return
    applies = (requirement.applies, Truth.YES)
    for check in requirement.checks.values():
        if search.example(applies, (check.when, Truth.YES)) is None:
            yield _problem(check.at, "the check {id} can never be asked", id=check.id)
    if search.example(applies, *((check.when, Truth.NO) for check in text)) is not None:
        yield _problem(requirement.at, "{id} can apply with no check of basis text left", id=requirement.id)


def _starts(requirement: Requirement) -> Iterator[Problem]:
    binding = requirement.force in (Force.OBLIGATION, Force.PROHIBITION)
    general = [number for number, dated in enumerate(requirement.applies_from) if dated.when == ALWAYS]
    days = [dated.date for dated in requirement.applies_from if isinstance(dated.date, date)]
    if requirement.applies_until and days and min(days) > requirement.applies_until:
        yield _problem(requirement.at, "{id} ends before it begins", id=requirement.id)
    elif requirement.applies_until:
        for dated in requirement.applies_from:
            if isinstance(dated.date, date) and dated.date > requirement.applies_until:
                text = "{date} lies after the last day, {until}; say `never`"
                yield _problem(dated.at, text, date=dated.date, until=requirement.applies_until)
    if binding and not requirement.applies_from:
        yield _problem(requirement.at, "{id} does not say from when it applies", id=requirement.id)
    elif requirement.applies_from and general != [len(requirement.applies_from) - 1]:
        text = "{id}: the last date, and no other, stands without `when`"
        yield _problem(requirement.applies_from[-1].at, text, id=requirement.id)


def _pointless_dates(requirement: Requirement, search: Search) -> Iterator[Problem]:
    """Entries that no case reaches, and those without which the same day would follow in every case."""
    entries = requirement.applies_from
    for number, dated in enumerate(entries[:-1]):
        earlier = ((entry.when, Truth.NO) for entry in entries[:number])
        reached = ((requirement.concerns, Truth.YES), *earlier, (dated.when, Truth.YES))
        if search.example(*reached) is None:
            yield _problem(dated.at, "no case reaches this date")
        elif not _moves(dated, entries[number + 1 :], reached, search):
            yield _problem(dated.at, "this date changes nothing; without it the same day follows")


def _moves(dated: AppliesFrom, later: tuple[AppliesFrom, ...], reached: Wanted, search: Search) -> bool:
    """Whether a case that reaches an entry would have another day without it."""
    for number, entry in enumerate(later):
        between = ((passed.when, Truth.NO) for passed in later[:number])
        if entry.date != dated.date and search.example(*reached, *between, (entry.when, Truth.YES)) is not None:
            return True
    return False


def _constant_parts(checklist: Checklist, known: Library) -> Iterator[Problem]:
    """Parts of conditions that always hold or never; a condition as a whole is tried for what it is for."""
    tried: set[Condition] = set()
    meanings = library.Meanings(checklist.terms)
    for condition in names.conditions(checklist):
        for part in parts(condition):
            resolved = library.resolve(part, meanings)
            if resolved in tried or part == ALWAYS:
                continue
            tried.add(resolved)
            search = Search(known.questions, [resolved], checklist.reviewed)
            place = next((atom.at for atom in (*terms(part), *atoms(part))), checklist.at)
            assert isinstance(place, Place)
            if search.example((resolved, Truth.YES)) is None:
                yield _problem(place, "the part of a condition that begins here never holds")
            elif search.example((resolved, Truth.NO)) is None:
                yield _problem(place, "the part of a condition that begins here always holds")


def _unused(checklist: Checklist) -> Iterator[Problem]:
    """What is written down once for all and used by nothing."""
    used = {term.id for condition in names.conditions(checklist) for term in terms(condition)}
    used |= {name for item in checklist.requirements.values() for name in (*item.check_sets, item.penalty)}
    for id, entry in checklist.terms.items():
        if id not in used:
            yield _problem(entry.at, "nothing uses the term {id}", id=id)
    for id in (*checklist.check_sets, *checklist.penalties):
        if id not in used:
            yield _problem(checklist.at, "nothing uses {id}", id=id)


def _dates(checklist: Checklist) -> Iterator[Problem]:
    if checklist.review_by <= checklist.reviewed:
        yield _problem(checklist.at, "`review_by` should lie after `reviewed`")
    for id, source in checklist.sources.items():
        if source.state and source.state > checklist.reviewed:
            yield _problem(checklist.at, "the source {id} is newer than `reviewed`", id=id)


_ONE, _SEVERAL, _ANY, _NONE = range(1, 2), range(2, 99), range(1, 99), range(1)
_SIDES = {
    What.RENAMED: (_ONE, _ONE),
    What.SPLIT: (_ONE, _SEVERAL),
    What.MERGED: (_SEVERAL, _ONE),
    What.REDEFINED: (_ANY, _NONE),
    What.RETIRED: (_ANY, _NONE),
    What.ADDED: (_NONE, _ANY),
}
"""How many ids each kind of change has under `old` and `new`."""


def _changes(item: Checklist | Profile, known: Library) -> Iterator[Problem]:
    """Changes out of order, and ids that are not what a change says became of them."""
    there = update.names(known)
    last = update.number(item.version)
    for number, change in enumerate(item.changes):
        after = item.changes[number + 1 :]
        if not update.number(change.version) <= min((update.number(other.version) for other in after), default=last):
            text = "the change of {version} stands before an earlier one, or is later than the checklist"
            yield _problem(change.at, text, version=change.version)
        old, new = _SIDES[change.what]
        if len(change.old) not in old or len(change.new) not in new:
            text = "{what} does not fit {old} ids under `old` and {new} under `new`"
            yield _problem(change.at, text, what=change.what, old=len(change.old), new=len(change.new))
        yield from _named(change, there | {id for other in after for id in other.old})


def _named(change: RuleChange, there: Collection[str]) -> Iterator[Problem]:
    ours = change.old if change.what is What.REDEFINED else change.new
    for id in ours:
        if id not in there:
            yield _problem(change.at, "{id} is not there; {hint}", id=id, hint=instead(id, there))
    for id in set(change.old).difference(ours, change.new).intersection(there):
        yield _problem(change.at, "{id} is still there; {what} says it is gone", id=id, what=change.what)


def _questions(checklist: Checklist) -> Iterator[Problem]:
    used = set(_used(checklist))
    for id, question in checklist.questions.items():
        if id not in used:
            yield _problem(question.at, "nothing depends on the question {id}", id=id)
        for choice in question.choices.values():
            if len(choice.label) > LONGEST_LABEL:
                text = "{id}: the label {label} is longer than {most} characters; say more in `means`"
                yield _problem(question.at, text, id=id, label=choice.label, most=LONGEST_LABEL)


def _used(checklist: Checklist) -> Iterator[str]:
    """Every question some verdict or date depends on."""
    for requirement in checklist.requirements.values():
        conditions = [requirement.applies, *(check.when for check in requirement.checks.values())]
        conditions += [dated.when for dated in requirement.applies_from]
        for condition in conditions:
            yield from (atom.question for atom in atoms(condition))
        yield from requirement.not_before
    for penalty in checklist.penalties.values():
        for case in penalty.cases:
            yield from (atom.question for atom in atoms(case.when))


def _problem(where: Place, text: str, **facts: object) -> Problem:
    return Problem(where, text, facts)
