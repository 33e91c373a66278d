"""The record of one system: reading its answers against the checklists, changing them, and saving them durably."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import starmap
from pathlib import Path
from textwrap import indent
from typing import Any

from tenken.files.durable_writing import write_durably
from tenken.files.file_reading import MAX_BYTES, build_access_problem, read_file_bytes
from tenken.files.frozen_classes import Frozen, list_field_values, replace_fields
from tenken.files.problems import Place, Problem, Problems
from tenken.files.strict_yaml import parse_yaml
from tenken.files.yaml_writing import dump_yaml
from tenken.records.record import GivenAnswer, Record, RecordStage
from tenken.rules.loading import load_library
from tenken.rules.yaml_binding import bind_whole

RECORD_FORMAT = "1"

PlainValue = str | list["PlainValue"] | dict[str, "PlainValue"]
"""What stands in a file: text, lists and mappings."""


class RecordFile:
    """A record and the file it lives in; what was last seen on disk is never overwritten unseen."""

    def __init__(self, path: Path, record: Record, seen: bytes | None = None) -> None:
        self.path = path
        self.record = record
        self.seen = seen
        self.tried: bytes | None = None
        """What was written last, even if the system did not confirm it."""

    @property
    def folder(self) -> Path:
        return self.path.parent

    def with_record(self, record: Record) -> RecordFile:
        """The same file with other answers, which are not saved yet."""
        changed = RecordFile(self.path, record, self.seen)
        changed.tried = self.tried
        return changed

    def take_answer(self, id: str, given: GivenAnswer) -> None:
        """Takes an answer in; what was final is a draft again."""
        answers = {**self.record.answers, id: given}
        self.record = replace_fields(self.record, answers=answers, status=RecordStage.DRAFT, signed_off=None)

    @property
    def was_changed(self) -> bool:
        """Whether somebody else wrote to the file since it was read or saved here."""
        try:
            return self.path.read_bytes() not in (self.seen, self.tried)
        except FileNotFoundError:
            return self.seen is not None
        except OSError as error:
            raise Problems(build_access_problem(self.path, error)) from None

    def save(self) -> None:
        """Writes the record durably; raises `Problems` if it cannot, or if somebody else changed the file."""
        if self.was_changed:
            raise Problems(Problem(Place(str(self.path)), "somebody else changed this file; nothing was written"))
        text = self.text
        self.tried = text.encode()
        write_durably(self.path, text)
        self.seen = self.tried

    @property
    def text(self) -> str:
        """The record as its file holds it."""
        if self.path.suffix == ".json":
            import json  # noqa: PLC0415 - few records are JSON

            return json.dumps(build_record_data(self.record), ensure_ascii=False, indent=2) + "\n"
        heading = parse_leading_comment(self.seen.decode("utf-8-sig")) if self.seen else ""
        return heading + render_record_yaml(self.record)

    @property
    def loses_comments(self) -> bool:
        """Whether the file holds comments below its heading, which the next save would drop."""
        if not self.seen or self.path.suffix == ".json":
            return False
        text = self.seen.decode("utf-8-sig")
        heading = parse_leading_comment(text).count("\n")
        return any(line > heading for line in list_comment_lines(text))


def create_record(path: Path, system: str) -> RecordFile:
    """An empty record that names the checklists it will be answered against, and their versions."""
    library = load_library()
    checklists, against = tuple(library.checklists), library.versions
    at = Place(str(path))
    return RecordFile(path, Record(RECORD_FORMAT, system, checklists=checklists, answered_against=against, at=at))


def open_record(path: Path) -> RecordFile:
    content = read_file_bytes(path)
    return RecordFile(path, parse_record(content, str(path)), content)


def read_record_from_stdin() -> RecordFile:
    """A record from standard input; it has no file to be saved in."""
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    return RecordFile(Path("-"), parse_record(content, "-"), content)


def parse_record(content: bytes, path: str) -> Record:
    """A record from the content of a file; raises `Problems` with everything wrong in its form."""
    record = bind_whole(Record, parse_yaml(content, path), path)
    if record.tenken != RECORD_FORMAT:
        text = "this record is of format {said}; this tenken reads format {known}"
        raise Problems(Problem(record.at, text, {"said": record.tenken, "known": RECORD_FORMAT}))
    return record


def build_record_data(record: Record) -> dict[str, Any]:
    """A record as plain text, lists and mappings, in the order of the file; what is empty is left out."""
    data = _build_plain_value(record)
    assert isinstance(data, dict)
    data["answers"] = {id: _build_answer_data(given) for id, given in record.answers.items()}
    return data


def render_record_yaml(record: Record) -> str:
    """A record as YAML; the text of an answer is kept, so that a save costs as much as what changed."""
    head = dump_yaml(build_record_data(replace_fields(record, answers={})))
    if not record.answers:
        return head
    return head.removesuffix(" {}\n") + "\n" + "".join(starmap(_render_answer_yaml, record.answers.items()))


@cache
def _render_answer_yaml(id: str, given: GivenAnswer) -> str:
    return indent(dump_yaml({id: _build_answer_data(given)}), "  ")


def _build_answer_data(given: GivenAnswer) -> PlainValue:
    data = _build_plain_value(given)
    assert isinstance(data, dict)
    if given.answer:
        data["answer"] = given.answer[0] if len(given.answer) == 1 else list(given.answer)
    return data["answer"] if list(data) == ["answer"] else data


def _build_plain_value(value: object) -> PlainValue:
    match value:
        case StrEnum():
            return str(value)
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case tuple():
            return [_build_plain_value(item) for item in value]
        case Mapping():
            return {key: _build_plain_value(item) for key, item in value.items()}
        case str():
            return value
        case Frozen():
            fields = ((name, item) for name, item in list_field_values(value) if not isinstance(item, Place))
            return {name: _build_plain_value(item) for name, item in fields if item not in ("", (), {}, None)}
        case _:
            raise TypeError(f"a record holds no {type(value).__name__}")


def parse_leading_comment(text: str) -> str:
    """The block of comment and blank lines a file begins with."""
    block = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    return block.group() if block else ""


def list_comment_lines(text: str) -> Iterator[int]:
    """The lines (from 1) of comments that stand on a line of their own."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#"):
            yield number
