"""What is different since an earlier time, and whose doing it is: the law's, the clock's or yours.

An earlier time is a record as it was, or a result (JSON) that was made of it then. Only a result knows what the rules
of its day made of the answers; from a record alone the law's part is what the checklists declare under `changes`.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tenken.assessment.findings import Assessment, Finding, assess_all
from tenken.assessment.judgement import Timing
from tenken.assessment.status import Status
from tenken.files.file_reading import read_file_bytes, read_stream
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.files.problems import Place, Problem, Problems, raise_problems
from tenken.files.strict_yaml import Node, parse_yaml
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import bind_record
from tenken.records.rule_updates import RecordUpdate, update_record
from tenken.rules.answer_kinds import AnswerValue, is_same_value
from tenken.rules.library import Library, list_mentioned_ids
from tenken.rules.logic import Situation, Truth
from tenken.rules.value_binding import FileReading, bind_day
from tenken.rules.yaml_binding import bind_node

RESULT_KEY = "schema_version"
"""The key by which a result is told from a record."""

READABLE_SCHEMAS = ("1", "2")
"""Schema 1 held the record as its file did and counted all requirements together; a comparison asks for neither."""

_RESULT_NULL = "null"
"""What the strict reader makes of JSON's null: text, like everything else."""


class EarlierState(Frozen):
    """A record as it was on a day, and the findings of that day by requirement if they are known."""

    record: Record
    day: date | None
    findings: Mapping[str, Mapping[str, Any]]


class MovedFinding(Frozen):
    """One requirement before and after, the days these were judged on, and the changed answers it depends on."""

    before: Finding
    after: Finding
    days: tuple[date, date]
    answers: tuple[str, ...] = ()


class ChangesSince(Frozen):
    """Everything that moved between two times; `answers` has the old and the new of what was answered otherwise.

    `systems` are the names of the system then and now, two where two systems are compared; `knew` says whether the
    earlier time came with the findings of its day.
    """

    then: date
    now: date
    update: RecordUpdate
    law: tuple[MovedFinding, ...]
    clock: tuple[MovedFinding, ...]
    you: tuple[MovedFinding, ...]
    answers: Mapping[str, tuple[GivenAnswer | None, GivenAnswer | None]]
    systems: tuple[str, str]
    knew: bool

    @property
    def is_of_another_system(self) -> bool:
        """Whether the two names differ by more than case and spaces."""
        one, two = ("".join(unicodedata.normalize("NFKC", name).casefold().split()) for name in self.systems)
        return one != two


def read_earlier_state(path: Path) -> EarlierState:
    """An earlier record or result, `-` from standard input; raises `Problems` with everything wrong in it."""
    content = read_stream(sys.stdin.buffer, "-") if str(path) == "-" else read_file_bytes(path)
    node = parse_yaml(content, str(path))
    if not isinstance(node.value, dict) or RESULT_KEY not in node.value:
        return EarlierState(bind_record(node, str(path)), None, {})
    _require_known_schema(node.value[RESULT_KEY], str(path))
    reading = FileReading(str(path))
    record = bind_node(Record, node.value.get("record", node), reading)
    day = bind_day(node.value.get("as_of", node), reading)
    raise_problems(reading.problems)
    try:
        return EarlierState(record, day, dict(_bind_result_findings(node.value["findings"])))
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Problems(Problem(Place(str(path)), "this is not a result as tenken makes it")) from None


def _require_known_schema(version: Node, path: str) -> None:
    if version.value not in READABLE_SCHEMAS:
        text = "this result is of a schema this tenken does not read; it reads the schemas {known}"
        raise Problems(Problem(Place(path), text, {"known": ", ".join(READABLE_SCHEMAS)}))


def _bind_result_findings(node: Node) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each finding of a result said, by requirement; raises KeyError and the like for what no result says."""
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
                **{key: _read_result_day(said[key]) for key in ("since", "since_latest") if key in said},
                "timing": None if said["timing"] == _RESULT_NULL else Timing(said["timing"]),
            },
        )


def _read_result_day(said: str) -> date | None:
    return None if said == _RESULT_NULL else date.fromisoformat(said)


def find_changes_since(earlier: EarlierState, record: Record, library: Library, as_of: date) -> ChangesSince:
    """What moved from an earlier time to a record answered against the rules at hand, judged on a day."""
    then = earlier.day or _find_record_day(earlier.record) or as_of
    update = update_record(earlier.record, library)
    old, new = _read_known_values(update.record, library), _read_known_values(record, library)
    answers = {
        id: _pair_answers(id, update.record, record)
        for id in library.order
        if not is_same_value(old.get(id), new.get(id))
    }
    # Only one thing differs between neighbours: first the day, then the answers.
    first, second, third = (
        assess_all(library, Situation(values, day)) for values, day in ((old, then), (old, as_of), (new, as_of))
    )
    return ChangesSince(
        then,
        as_of,
        update,
        tuple(_list_law_changes(earlier, first, then)),
        tuple(_list_moved_findings(first, second, (then, as_of), ())),
        tuple(_list_moved_findings(second, third, (as_of, as_of), answers)),
        answers,
        (earlier.record.system, record.system),
        bool(earlier.findings),
    )


def _find_record_day(record: Record) -> date | None:
    """The day a record speaks of: when it was signed off, else when it was answered last."""
    days = [given.at.date() for given in record.answers.values() if given.at]
    return record.approval.on if record.approval else max(days, default=None)


def _read_known_values(record: Record, library: Library) -> dict[str, AnswerValue]:
    """The answers that the checklists at hand know."""
    return read_answer_values({id: given for id, given in record.answers.items() if id in library.order}, library)


def _pair_answers(id: str, old: Record, new: Record) -> tuple[GivenAnswer | None, GivenAnswer | None]:
    return old.answers.get(id), new.answers.get(id)


def _list_law_changes(earlier: EarlierState, assessment: Assessment, day: date) -> Iterator[MovedFinding]:
    for finding in assessment.findings:
        if finding.requirement.id in earlier.findings:
            before = replace_fields(finding, **earlier.findings[finding.requirement.id])
            if _summarize_verdict(before) != _summarize_verdict(finding):
                yield MovedFinding(before, finding, (day, day))


def _summarize_verdict(finding: Finding) -> tuple[object, ...]:
    return finding.applies, finding.status, finding.set_aside, finding.timing, finding.since, finding.since_latest


def _list_moved_findings(
    before: Assessment, after: Assessment, days: tuple[date, date], answers: Collection[str]
) -> Iterator[MovedFinding]:
    for old, new in zip(before.findings, after.findings, strict=True):
        if _summarize_verdict(old) != _summarize_verdict(new):
            depends_on = set(list_mentioned_ids(new.requirement, after.library))
            yield MovedFinding(old, new, days, tuple(id for id in answers if id in depends_on))
