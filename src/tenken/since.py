"""What is different since an earlier time, and whose doing it is: the law's, the clock's or yours.

An earlier time is a record as it was, or a result (JSON) that was made of it then. Only a result knows what the rules
of its day made of the answers; from a record alone the law's part is what the checklists declare under `changes`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tenken import binding, record, yamlfile
from tenken.answers import Given, Record
from tenken.assess import Assessment, Finding, Status, Timing, assess
from tenken.library import Library, mentioned
from tenken.logic import Situation, Truth, Value
from tenken.problems import Place, Problem, Problems
from tenken.update import Update, updated

RESULT = "schema_version"
"""The key by which a result is told from a record."""

_NULL = "null"


class Earlier(NamedTuple):
    """A record as it was on a day, and the findings of that day by requirement if they are known."""

    record: Record
    day: date | None
    findings: Mapping[str, Mapping[str, Any]]


class Moved(NamedTuple):
    """One requirement before and after, the days these were judged on, and the changed answers it depends on."""

    before: Finding
    after: Finding
    days: tuple[date, date]
    answers: tuple[str, ...] = ()


class Since(NamedTuple):
    """Everything that moved between two times; `answers` has the old and the new of what was answered otherwise.

    `knew` says whether the earlier time came with the findings of its day.
    """

    then: date
    now: date
    update: Update
    law: tuple[Moved, ...]
    clock: tuple[Moved, ...]
    you: tuple[Moved, ...]
    answers: Mapping[str, tuple[Given | None, Given | None]]
    knew: bool


def read(path: Path) -> Earlier:
    """An earlier record or result; raises `Problems` with everything wrong in it."""
    node = yamlfile.read(path)
    if not isinstance(node.value, dict) or RESULT not in node.value:
        return Earlier(record.open_record(path).record, None, {})
    reading = binding.Reading(str(path))
    made = binding.bind(Record, node.value.get("record", node), reading)
    day = binding.day(node.value.get("as_of", node), reading)
    if reading.problems:
        raise Problems(*reading.problems)
    try:
        return Earlier(made, day, dict(_verdicts(node.value["findings"])))
    except (KeyError, ValueError, AttributeError):
        raise Problems(Problem(Place(str(path)), "this is not a result as tenken makes it")) from None


def _verdicts(node: yamlfile.Node) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each finding of a result said, by requirement; raises KeyError or ValueError for what no result says."""
    for item in node.value if isinstance(node.value, list) else []:
        said: dict[str, Any] = (
            {key: child.value for key, child in item.value.items()} if isinstance(item.value, dict) else {}
        )
        yield (
            said["id"],
            {
                "applies": Truth[said["applies"].upper()],
                "status": Status(said["status"]),
                "set_aside": said["set_aside"] == "true",
                "since": None if said["since"] == _NULL else date.fromisoformat(said["since"]),
                "timing": None if said["timing"] == _NULL else Timing(said["timing"]),
            },
        )


def since(earlier: Earlier, now: Record, library: Library, as_of: date) -> Since:
    """What moved from an earlier time to a record answered against the rules at hand, judged on a day."""
    then = earlier.day or _day(earlier.record) or as_of
    update = updated(earlier.record, library)
    old, new = _values(update.record, library), _values(now, library)
    answers = {id: _pair(id, update.record, now) for id in (*library.order,) if old.get(id) != new.get(id)}
    first, second, third = (
        assess(library, Situation(values, day)) for values, day in ((old, then), (old, as_of), (new, as_of))
    )
    return Since(
        then,
        as_of,
        update,
        tuple(_of_law(earlier, first, then)),
        tuple(_moved(first, second, (then, as_of), ())),
        tuple(_moved(second, third, (as_of, as_of), answers)),
        answers,
        bool(earlier.findings),
    )


def _day(made: Record) -> date | None:
    """The day a record speaks of: when it was signed off, else when it was answered last."""
    days = [given.at.date() for given in made.answers.values() if given.at]
    return made.signed_off.on if made.signed_off else max(days, default=None)


def _values(made: Record, library: Library) -> dict[str, Value]:
    """The answers that the checklists at hand know."""
    return record.values({id: given for id, given in made.answers.items() if id in library.order}, library)


def _pair(id: str, old: Record, new: Record) -> tuple[Given | None, Given | None]:
    return old.answers.get(id), new.answers.get(id)


def _of_law(earlier: Earlier, first: Assessment, day: date) -> Iterator[Moved]:
    for found in first.findings:
        if found.requirement.id in earlier.findings:
            before = replace(found, **earlier.findings[found.requirement.id])
            if _standing(before) != _standing(found):
                yield Moved(before, found, (day, day))


def _standing(found: Finding) -> tuple[object, ...]:
    return found.applies, found.status, found.set_aside, found.timing, found.since


def _moved(before: Assessment, after: Assessment, days: tuple[date, date], answers: Collection[str]) -> Iterator[Moved]:
    for old, new in zip(before.findings, after.findings, strict=True):
        if _standing(old) != _standing(new):
            depends_on = set(mentioned(new.requirement, after.library))
            yield Moved(old, new, days, tuple(id for id in answers if id in depends_on))
