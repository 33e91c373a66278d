"""The record of one system: reading its answers against the checklists, changing them, and saving them durably."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import starmap
from pathlib import Path
from textwrap import indent
from typing import Any

from tenken.files.durable_writing import write_durably
from tenken.files.problems import NOWHERE, Place, Problem, Problems
from tenken.files.strict_yaml import MAX_BYTES, build_access_problem, dump_yaml, parse_yaml, read_file_bytes
from tenken.records.record import GivenAnswer, Record, RecordStage
from tenken.rules.loading import Library
from tenken.rules.logic import NONE, UNSURE, AnswerValue
from tenken.rules.requirement import (
    CHECK_ANSWERS,
    EXPLAINED,
    PARTLY,
    SET_ASIDE,
    Explain,
    Question,
    QuestionKind,
    Requirement,
)
from tenken.rules.yaml_binding import FileReading, bind_node, parse_day, suggest_instead

RECORD_FORMAT = "1"


@dataclass
class RecordFile:
    """A record and the file it lives in; what was last seen on disk is never overwritten unseen."""

    path: Path
    record: Record
    seen: bytes | None = None
    tried: bytes | None = None
    """What was written last, even if the system did not confirm it."""

    @property
    def folder(self) -> Path:
        return self.path.parent

    def take_answer(self, id: str, given: GivenAnswer) -> None:
        """Takes an answer in; what was final is a draft again."""
        answers = {**self.record.answers, id: given}
        self.record = replace(self.record, answers=answers, status=RecordStage.DRAFT, signed_off=None)

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
            import json

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


def open_record(path: Path) -> RecordFile:
    content = read_file_bytes(path)
    return RecordFile(path, parse_record(content, str(path)), content)


def read_record_from_stdin() -> RecordFile:
    """A record from standard input; it has no file to be saved in."""
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    return RecordFile(Path("-"), parse_record(content, "-"), content)


def parse_answer_settings(said: Iterable[str]) -> dict[str, GivenAnswer]:
    """Answers given as `question=answer`, several choices separated by commas."""
    answers = {}
    for setting in said:
        id, equals, words = setting.partition("=")
        given = GivenAnswer(tuple(word.strip() for word in words.split(",")), place=Place("--set"))
        if not (id and equals and all(given.answer)):
            raise Problems(_build_answer_problem(given, "{said} is not of the form question=answer", said=setting))
        answers[id.strip()] = given
    return answers


def parse_record(content: bytes, path: str) -> Record:
    """A record from the content of a file; raises `Problems` with everything wrong in its form."""
    reading = FileReading(path)
    record = bind_node(Record, parse_yaml(content, path), reading)
    if not reading.problems and record.tenken != RECORD_FORMAT:
        text = "this record is of format {said}; this tenken reads format {known}"
        reading.refuse_value(record.at, text, said=record.tenken, known=RECORD_FORMAT)
    if reading.problems:
        raise Problems(*sorted(reading.problems, key=lambda problem: problem.place))
    assert isinstance(record, Record)
    return record


def build_record_data(record: Record) -> dict[str, Any]:
    """A record as plain text, lists and mappings, in the order of the file; what is empty is left out."""
    data = _build_plain_value(record)
    assert isinstance(data, dict)
    data["answers"] = {id: _build_answer_data(given) for id, given in record.answers.items()}
    return data


def render_record_yaml(record: Record) -> str:
    """A record as YAML; the text of an answer is kept, so that a save costs as much as what changed."""
    head = dump_yaml(build_record_data(replace(record, answers={})))
    if not record.answers:
        return head
    return head.removesuffix(" {}\n") + "\n" + "".join(starmap(_render_answer_yaml, record.answers.items()))


@cache
def _render_answer_yaml(id: str, given: GivenAnswer) -> str:
    return indent(dump_yaml({id: _build_answer_data(given)}), "  ")


def _build_answer_data(given: GivenAnswer) -> Any:
    data = _build_plain_value(given)
    if given.answer:
        data["answer"] = given.answer[0] if len(given.answer) == 1 else list(given.answer)
    return data["answer"] if list(data) == ["answer"] else data


def _build_plain_value(value: Any) -> Any:
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
        case _:
            fields = ((name, item) for name, item in vars(value).items() if not isinstance(item, Place))
            return {name: _build_plain_value(item) for name, item in fields if item not in ("", (), {}, None)}


def read_answer_values(answers: Mapping[str, GivenAnswer], library: Library) -> dict[str, AnswerValue]:
    """What the answers of a record mean to the checklists; raises `Problems` for all that mean nothing to them."""
    problems: list[Problem] = []
    meant: dict[str, AnswerValue] = {}
    for id, given in answers.items():
        if found := list(_check_answer(id, given, library)):
            problems += found
        elif given.answer:
            meant[id] = _read_answer_value(id, given, library)
    if problems:
        raise Problems(*problems)
    return meant


def _read_answer_value(id: str, given: GivenAnswer, library: Library) -> AnswerValue:
    if id in library.checks:
        requirement, _ = library.checks[id]
        unpublished = requirement.explain is Explain.PUBLISHED and not given.published
        return (PARTLY,) if given.answer == (EXPLAINED,) and unpublished else given.answer
    if library.questions[id].kind is QuestionKind.DATE and given.answer[0] not in library.questions[id].accepted_words:
        return parse_day(given.answer[0])
    return given.answer


def _check_answer(id: str, given: GivenAnswer, library: Library) -> Iterator[Problem]:
    if id in library.checks:
        requirement, _ = library.checks[id]
        yield from _check_answer_words(id, given, CHECK_ANSWERS)
        yield from _check_single_answer(id, given)
        yield from _check_deviating_answer(id, given, requirement)
    elif id in library.questions:
        yield from _check_question_answer(library.questions[id], given)
    else:
        known = (*library.questions, *library.checks)
        yield _build_answer_problem(
            given, "{id} is not a question here; {hint}", id=id, hint=suggest_instead(id, known)
        )


def _check_question_answer(question: Question, given: GivenAnswer) -> Iterator[Problem]:
    if question.kind is QuestionKind.DATE:
        yield from _check_day_answer(question, given)
    else:
        yield from _check_answer_words(question.id, given, question.accepted_words)
    if not question.several:
        yield from _check_single_answer(question.id, given)
    elif NONE in given.answer and len(given.answer) > 1:
        yield _build_answer_problem(given, "{id}: `none` stands alone; take it out or the others", id=question.id)


def _check_day_answer(question: Question, given: GivenAnswer) -> Iterator[Problem]:
    for word in given.answer:
        if word in question.accepted_words:
            continue
        try:
            parse_day(word)
        except ValueError:
            text = "{id}: {said} is not a day; write it as 2026-08-02, or {words}"
            yield _build_answer_problem(
                given, text, id=question.id, said=word, words=", ".join(question.accepted_words)
            )


def _check_answer_words(id: str, given: GivenAnswer, accepts: tuple[str, ...]) -> Iterator[Problem]:
    for word in given.answer:
        if word not in accepts:
            hint = suggest_instead(word, accepts)
            yield _build_answer_problem(given, "{id}: {said} is not an answer; {hint}", id=id, said=word, hint=hint)


def _check_single_answer(id: str, given: GivenAnswer) -> Iterator[Problem]:
    if len(given.answer) > 1:
        yield _build_answer_problem(given, "{id} takes one answer", id=id)


def _check_deviating_answer(id: str, given: GivenAnswer, requirement: Requirement) -> Iterator[Problem]:
    answer = given.answer[:1]
    if answer in ((SET_ASIDE,), (EXPLAINED,)) and not given.reason and given.place is not NOWHERE:
        yield _build_answer_problem(given, "{id}: {said} needs a `reason: …`", id=id, said=answer[0])
    if answer == (EXPLAINED,) and not requirement.may_be_explained:
        yield _build_answer_problem(given, "{id}: this cannot be explained away; answer yes, partly or no", id=id)


def _build_answer_problem(given: GivenAnswer, text: str, **facts: object) -> Problem:
    return Problem(given.place, text, facts)


def has_sure_answer(given: GivenAnswer | None) -> bool:
    return given is not None and bool(given.answer) and given.answer != (UNSURE,)


def parse_leading_comment(text: str) -> str:
    """The block of comment and blank lines a file begins with."""
    block = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    return block.group() if block else ""


def list_comment_lines(text: str) -> Iterator[int]:
    """The lines (from 1) of comments that stand on a line of their own."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#"):
            yield number
