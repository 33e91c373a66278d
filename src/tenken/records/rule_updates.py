"""Carries a record over to newer rules: what was renamed moves along, what changed its meaning is asked again.

Nothing is reinterpreted and nothing lost: an answer that cannot be carried over is kept under `earlier`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.messages.message_catalog import phrase
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import GivenAnswer, Record, RecordStage
from tenken.records.record_file import RecordFile
from tenken.rules.answer_kinds import DOUBT
from tenken.rules.checklist import ChangeKind, RuleChange
from tenken.rules.checklist_names import CROSSWALKS, tell_names_in_place
from tenken.rules.library import Library, is_same_state, shorten_state
from tenken.rules.outline import find_text_questions
from tenken.rules.requirement import MET, SET_ASIDE

LONGEST_VERSION = 40
MOST_STATES = 100
"""Of so many states that records were answered against, what changed since is kept."""

AnswersById = Mapping[str, GivenAnswer]


class CarriedAnswer(Frozen):
    """What became of one answer: where it went, nowhere if it is asked again or no longer asked."""

    change: RuleChange
    id: str
    to: tuple[str, ...]
    is_asked: bool = False
    """Whether the rules of today still ask it."""


class RecordUpdate(Frozen):
    """A record as the rules of today read it, and how it came to that."""

    record: Record
    moved: Mapping[str, tuple[str, str]]
    steps: tuple[CarriedAnswer, ...]
    added: tuple[RuleChange, ...]
    undated: tuple[CarriedAnswer, ...] = ()
    """Answers that may be older than what they mean today, as the record does not say against which rules they are."""
    unknown: tuple[str, ...] = ()
    """The ids of answers that no rule asks for, and of which no change says what became of them."""

    @property
    def is_substantial(self) -> bool:
        """Whether more than words moved."""
        return bool(self.steps or self.added)


def update_record(record: Record, library: Library) -> RecordUpdate:
    """The record carried over to the rules at hand, change by change in the order they came."""
    versions = library.versions
    against = record.answered_against
    moved = {
        id: (shorten_state(against[id]), shorten_state(now))
        for id, now in versions.items()
        if id in against and not is_same_state(against[id], now)
    }
    pending = _find_pending_changes(record, library)
    is_touched = pending.changes.touch(record.answers)
    updated_record, steps = _carry_record(record, pending.changes, library) if is_touched else (record, ())
    return RecordUpdate(
        updated_record,
        moved,
        steps,
        pending.added,
        undated=tuple(_list_undated_answers(record, pending.redefined)),
        unknown=_list_unknown_answers(updated_record, library),
    )


def _list_unknown_answers(record: Record, library: Library) -> tuple[str, ...]:
    """The answers that neither a rule asks for nor a document."""
    unknown = [id for id in record.answers if id not in library.order]
    texts = find_text_questions(library.language) if unknown else {}
    return tuple([id for id in unknown if id not in texts])


def _carry_record(
    record: Record, changes: Iterable[RuleChange], library: Library
) -> tuple[Record, tuple[CarriedAnswer, ...]]:
    """A record after some changes, and what became of each answer that they touched."""
    answers, earlier = _AnswersOnTheirWay(record.answers, changes), dict(record.earlier)
    steps: list[CarriedAnswer] = []
    for change in changes:
        for id, carried in list(_carry_answers(change, answers, library)):
            if not carried:
                earlier[id] = answers[id]
                steps.extend(_ask_again(change, answers, earlier, library))
            answers.replace(id, carried)
            steps.append(CarriedAnswer(change, id, tuple(carried), id in library.order))
    # The stamp stays: until something is saved, the answers are still those that were given against older rules.
    carried_record = replace_fields(record, answers=answers.in_order, earlier=earlier)
    if steps and record.status is RecordStage.FINAL:
        carried_record = replace_fields(carried_record, status=RecordStage.DRAFT, signed_off=())
    return carried_record, tuple(steps)


def _list_undated_answers(record: Record, changes: _Changes) -> Iterator[CarriedAnswer]:
    """Answers to what was redefined, in a record that does not say against which rules it was answered."""
    if not changes.touch(record.answers):
        return
    answers = _AnswersOnTheirWay(record.answers, changes)
    for change in changes:
        ids = [id for old in change.old for id, _ in _find_touched_answers(old, answers)]
        yield from (CarriedAnswer(change, id, ()) for id in dict.fromkeys(ids))


def load_updated_rules(
    record_file: RecordFile, language: str, load_rules: Callable[[Record, str], Library] = load_rules_for
) -> tuple[Library, RecordUpdate]:
    """The checklists of a record, and the record in memory carried over to them."""
    path, seen = str(record_file.path), record_file.seen
    with tell_names_in_place(path, CROSSWALKS, seen), tell_names_in_place(path, "checklists", seen):
        library = load_rules(record_file.record, language)
    update = update_record(record_file.record, library)
    record_file.record = update.record
    record_file.versions = library.versions
    return library, update


class _Changes(tuple[RuleChange, ...]):
    """Changes in their order, and quickly known of each record whether one of its answers is touched by them."""

    def __init__(self, changes: Iterable[RuleChange]) -> None:
        self._old = frozenset(old for change in changes for old in change.old)
        self._choices: dict[str, set[str]] = {}
        for old in self._old:
            question, _, choice = old.rpartition(".")
            self._choices.setdefault(question, set()).update((choice, choice + DOUBT))

    def touch(self, answers: AnswersById) -> bool:
        """Whether an answer is to what a change names, or takes a choice it names."""
        return (
            not self._old.isdisjoint(answers)
            or any("." in id and not self._old.isdisjoint(_list_names_of(id)) for id in answers)
            or any(not self._choices[id].isdisjoint(answers[id].answer) for id in self._choices.keys() & answers.keys())
        )


class _PendingChanges:
    """What changed in some rules since a record was answered, the same for all that were answered against the same."""

    def __init__(self, record: Record, library: Library) -> None:
        pending = [change for id in library.parts for change in _list_pending_changes(id, record, library)]
        undated = (item for part, item in library.parts.items() if part not in record.answered_against)
        self.changes = _Changes(pending)
        self.added = tuple(change for change in pending if change.what is ChangeKind.ADDED)
        self.redefined = _Changes(
            [change for item in undated for change in item.changes if change.what is ChangeKind.REDEFINED]
        )
        """Of what does not say when it was answered, and so perhaps in another sense."""


def _find_pending_changes(record: Record, library: Library) -> _PendingChanges:
    states = tuple([record.answered_against.get(part) for part in library.parts])
    known = library.worked_out.setdefault(_PendingChanges, {})
    if states not in known:
        if len(known) >= MOST_STATES:
            known.clear()
        known[states] = _PendingChanges(record, library)
    return known[states]  # type: ignore[no-any-return]


def _list_pending_changes(id: str, record: Record, library: Library) -> Iterator[RuleChange]:
    """The changes since a record was answered; of one that does not say when, those whose old ids are gone."""
    changes = library.parts[id].changes
    if then := record.answered_against.get(id, "").partition(" ")[0]:
        answered = parse_version_number(then)
        return (change for change in changes if parse_version_number(change.version) > answered)
    there = library.rule_names
    return (change for change in changes if change.old and there.isdisjoint(change.old))


@lru_cache(maxsize=1000)
def parse_version_number(version: str) -> tuple[int, ...]:
    """A version as something that can be compared; it is the year and month of the law, perhaps with a count."""
    return tuple(int(part) for part in version[:LONGEST_VERSION].split(".") if part.isdecimal())


class _AnswersOnTheirWay(dict[str, GivenAnswer]):
    """Answers that changes carry over: found by what a change may call them, and kept in the order they were given."""

    def __init__(self, answers: AnswersById, changes: Iterable[RuleChange]) -> None:
        super().__init__(answers)
        self._old = {old for change in changes for old in change.old}
        self._places: dict[str, tuple[int, ...]] = {}
        self._named: dict[str, list[str]] = {}
        if self._old:
            for number, id in enumerate(answers):
                self._note(id, (number,))

    def _note(self, id: str, place: tuple[int, ...]) -> None:
        self._places[id] = place
        for name in self._old.intersection(_list_names_of(id)):
            self._named.setdefault(name, []).append(id)

    def find(self, old: str) -> list[str]:
        """The answers to an id or, for a requirement, to its checks."""
        found = {id for id in self._named.get(old, ()) if id in self}
        return sorted(found, key=self._places.__getitem__)

    def replace(self, id: str, carried: AnswersById) -> None:
        """Puts answers in the place of one; what was answered already stays."""
        del self[id]
        place = self._places[id]
        for number, (new, given) in enumerate(carried.items()):
            if new not in self:
                self[new] = given
                self._note(new, (*place, number) if len(carried) > 1 else place)

    @property
    def in_order(self) -> dict[str, GivenAnswer]:
        return {id: self[id] for id in sorted(self, key=self._places.__getitem__)} if self._old else dict(self)


def _ask_again(
    change: RuleChange, answers: _AnswersOnTheirWay, earlier: dict[str, GivenAnswer], library: Library
) -> Iterator[CarriedAnswer]:
    """Sets aside what was answered in the light of an answer that no longer stands."""
    for id in change.asks_again:
        if id in answers:
            earlier[id] = answers[id]
            answers.replace(id, {})
            yield CarriedAnswer(change, id, (), id in library.order)


@lru_cache(maxsize=10_000)
def _list_names_of(id: str) -> tuple[str, ...]:
    """An id, and those of what it may be a part of."""
    return id, *(id[:end] for end, character in enumerate(id) if character == ".")


def _carry_answers(
    change: RuleChange, answers: _AnswersOnTheirWay, library: Library
) -> Iterator[tuple[str, dict[str, GivenAnswer]]]:
    """For each answer a change touches, the answers it becomes."""
    match change.what:
        case ChangeKind.RENAMED:
            yield from _carry_renamed_answers(change.old[0], change.new[0], answers)
        case ChangeKind.SPLIT:
            for id, tail in _find_answers_to_id(change.old[0], answers):
                parts = [new + tail for new in change.new if new + tail in library.checks]
                whole = answers[id].answer[:1] in ((MET,), (SET_ASIDE,))
                kept = dict.fromkeys(parts, answers[id]) if whole else {}
                yield id, _carry_deciding_answer(change, answers[id]) or kept
        case ChangeKind.MERGED:
            given_answers = [answers[id] for id in change.old if id in answers]
            alike = len(given_answers) == len(change.old) and len({given.answer for given in given_answers}) == 1
            joined = {change.new[0]: _join_agreeing_answers(given_answers)} if alike else {}
            for id in change.old:
                if id in answers:
                    yield id, joined
        case ChangeKind.REDEFINED | ChangeKind.RETIRED:
            for old in change.old:
                for id, _ in _find_touched_answers(old, answers):
                    yield id, _carry_deciding_answer(change, answers[id])


def _carry_deciding_answer(change: RuleChange, given: GivenAnswer) -> dict[str, GivenAnswer]:
    """What a change says an answer of one word settles today; nothing if it does not say."""
    settled = change.carries.get(given.answer[0], {}) if len(given.answer) == 1 else {}
    return {id: replace_fields(given, answer=words) for id, words in settled.items()}


def _carry_renamed_answers(
    old: str, new: str, answers: _AnswersOnTheirWay
) -> Iterator[tuple[str, dict[str, GivenAnswer]]]:
    for id, tail in _find_answers_to_id(old, answers):
        yield id, {new + tail: answers[id]}
    for id, choice in _find_answers_with_choice(old, answers):
        choices = {choice: new.rpartition(".")[2], choice + DOUBT: new.rpartition(".")[2] + DOUBT}
        words = tuple(choices.get(word, word) for word in answers[id].answer)
        yield id, {id: replace_fields(answers[id], answer=words)}


def _find_touched_answers(old: str, answers: _AnswersOnTheirWay) -> list[tuple[str, str]]:
    """The answers to an id, or in which it was chosen."""
    return [*_find_answers_to_id(old, answers), *_find_answers_with_choice(old, answers)]


def _find_answers_to_id(old: str, answers: _AnswersOnTheirWay) -> list[tuple[str, str]]:
    """The answers to an id or, for a requirement, to its checks; each with what follows the id."""
    return [(id, id.removeprefix(old)) for id in answers.find(old)]


def _find_answers_with_choice(old: str, answers: AnswersById) -> list[tuple[str, str]]:
    """The question whose answer took a choice, and the choice."""
    question, _, choice = old.rpartition(".")
    taken = answers[question].answer if question in answers else ()
    return [(question, choice)] if choice in taken or choice + DOUBT in taken else []


def _join_agreeing_answers(given_answers: list[GivenAnswer]) -> GivenAnswer:
    """Answers that agree as one: by whoever answered last, with every note and all the evidence."""
    last = max(given_answers, key=lambda given: given.at.timestamp() if given.at else 0)
    notes = "; ".join(dict.fromkeys(given.note for given in given_answers if given.note))
    return replace_fields(last, note=notes, evidence=tuple(item for given in given_answers for item in given.evidence))


def render_update_lines(update: RecordUpdate) -> Iterator[str]:
    """What an update does, for a person to read before it is done."""
    for id, (then, now) in update.moved.items():
        yield phrase("{id}: answered against {then}, now {now}", id=id, then=then, now=now)
    for step in update.steps:
        because = phrase(
            "{version}: {because} ({cites})",
            version=step.change.version,
            because=step.change.because,
            cites="; ".join(step.change.cites),
        )
        yield "  " + _render_carried_answer(step)
        yield "    " + because
    for change in update.added:
        yield phrase("  new: {ids}", ids=", ".join(change.new))
        yield f"    {change.because}"
    for step in update.undated:
        facts = {"id": step.id, "version": step.change.version, "because": step.change.because}
        yield phrase("{id}: look at it again; since {version} it means something else. {because}", **facts)
    for id in update.unknown:
        text = "{id}: no rule asks for it, and no change says what became of it; take it out, or name its checklist"
        yield phrase(text, id=id)


def _render_carried_answer(step: CarriedAnswer) -> str:
    if step.to:
        return phrase("{id} is carried over to {ids}", id=step.id, ids=", ".join(step.to))
    if step.change.what is ChangeKind.RETIRED and not step.is_asked:
        return phrase("{id} is no longer asked; the answer is kept under `earlier`", id=step.id)
    return phrase("{id} is asked again; the answer is kept under `earlier`", id=step.id)
