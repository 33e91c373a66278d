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

from tenken import binding, durable, yamlfile
from tenken.answers import Given, Record, Stage
from tenken.library import Library
from tenken.logic import NONE, UNSURE, Value
from tenken.model import CHECK_ANSWERS, EXPLAINED, PARTLY, SET_ASIDE, Explain, Kind, Question, Requirement
from tenken.problems import NOWHERE, Place, Problem, Problems

FORMAT = "1"


@dataclass
class RecordFile:
    """A record and the file it lives in; what was last seen on disk is never overwritten unseen."""

    path: Path
    record: Record
    seen: bytes | None = None
    tried: bytes | None = None
    """What was written last, even if the system did not confirm it."""

    @property
    def beside(self) -> Path:
        return self.path.parent

    def answer(self, id: str, given: Given) -> None:
        """Takes an answer in; what was final is a draft again."""
        answers = {**self.record.answers, id: given}
        self.record = replace(self.record, answers=answers, status=Stage.DRAFT, signed_off=None)

    @property
    def was_changed(self) -> bool:
        """Whether somebody else wrote to the file since it was read or saved here."""
        try:
            return self.path.read_bytes() not in (self.seen, self.tried)
        except FileNotFoundError:
            return self.seen is not None
        except OSError as error:
            raise Problems(yamlfile.unusable(self.path, error)) from None

    def save(self) -> None:
        """Writes the record durably; raises `Problems` if it cannot, or if somebody else changed the file."""
        if self.was_changed:
            raise Problems(Problem(Place(str(self.path)), "somebody else changed this file; nothing was written"))
        text = self.text
        self.tried = text.encode()
        durable.write(self.path, text)
        self.seen = self.tried

    @property
    def text(self) -> str:
        """The record as its file holds it."""
        if self.path.suffix == ".json":
            import json

            return json.dumps(as_data(self.record), ensure_ascii=False, indent=2) + "\n"
        heading = leading_comment(self.seen.decode("utf-8-sig")) if self.seen else ""
        return heading + as_yaml(self.record)

    @property
    def loses_comments(self) -> bool:
        """Whether the file holds comments below its heading, which the next save would drop."""
        if not self.seen or self.path.suffix == ".json":
            return False
        text = self.seen.decode("utf-8-sig")
        heading = leading_comment(text).count("\n")
        return any(line > heading for line in comments(text))


def open_record(path: Path) -> RecordFile:
    content = yamlfile.read_bytes(path)
    return RecordFile(path, parse(content, str(path)), content)


def read_stdin() -> RecordFile:
    """A record from standard input; it has no file to be saved in."""
    content = sys.stdin.buffer.read(yamlfile.MAX_BYTES + 1)
    return RecordFile(Path("-"), parse(content, "-"), content)


def settings(said: Iterable[str]) -> dict[str, Given]:
    """Answers given as `question=answer`, several choices separated by commas."""
    answers = {}
    for setting in said:
        id, equals, words = setting.partition("=")
        given = Given(tuple(word.strip() for word in words.split(",")), place=Place("--set"))
        if not (id and equals and all(given.answer)):
            raise Problems(_problem(given, "{said} is not of the form question=answer", said=setting))
        answers[id.strip()] = given
    return answers


def parse(content: bytes, path: str) -> Record:
    """A record from the content of a file; raises `Problems` with everything wrong in its form."""
    reading = binding.Reading(path)
    record = binding.bind(Record, yamlfile.parse(content, path), reading)
    if not reading.problems and record.tenken != FORMAT:
        text = "this record is of format {said}; this tenken reads format {known}"
        reading.refuse(record.at, text, said=record.tenken, known=FORMAT)
    if reading.problems:
        raise Problems(*sorted(reading.problems, key=lambda problem: problem.place))
    assert isinstance(record, Record)
    return record


def as_data(record: Record) -> dict[str, Any]:
    """A record as plain text, lists and mappings, in the order of the file; what is empty is left out."""
    data = _plain(record)
    assert isinstance(data, dict)
    data["answers"] = {id: _given_data(given) for id, given in record.answers.items()}
    return data


def as_yaml(record: Record) -> str:
    """A record as YAML; the text of an answer is kept, so that a save costs as much as what changed."""
    head = yamlfile.dump(as_data(replace(record, answers={})))
    if not record.answers:
        return head
    return head.removesuffix(" {}\n") + "\n" + "".join(starmap(_answer_yaml, record.answers.items()))


@cache
def _answer_yaml(id: str, given: Given) -> str:
    return indent(yamlfile.dump({id: _given_data(given)}), "  ")


def _given_data(given: Given) -> Any:
    data = _plain(given)
    if given.answer:
        data["answer"] = given.answer[0] if len(given.answer) == 1 else list(given.answer)
    return data["answer"] if list(data) == ["answer"] else data


def _plain(value: Any) -> Any:
    match value:
        case StrEnum():
            return str(value)
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case str():
            return value
        case _:
            fields = ((name, item) for name, item in vars(value).items() if not isinstance(item, Place))
            return {name: _plain(item) for name, item in fields if item not in ("", (), {}, None)}


def values(answers: Mapping[str, Given], library: Library) -> dict[str, Value]:
    """What the answers of a record mean to the checklists; raises `Problems` for all that mean nothing to them."""
    problems: list[Problem] = []
    meant: dict[str, Value] = {}
    for id, given in answers.items():
        if found := list(_wrong(id, given, library)):
            problems += found
        elif given.answer:
            meant[id] = _value(id, given, library)
    if problems:
        raise Problems(*problems)
    return meant


def _value(id: str, given: Given, library: Library) -> Value:
    if id in library.checks:
        requirement, _ = library.checks[id]
        unpublished = requirement.explain is Explain.PUBLISHED and not given.published
        return (PARTLY,) if given.answer == (EXPLAINED,) and unpublished else given.answer
    if library.questions[id].kind is Kind.DATE and given.answer[0] not in library.questions[id].accepts:
        return binding.parse_day(given.answer[0])
    return given.answer


def _wrong(id: str, given: Given, library: Library) -> Iterator[Problem]:
    if id in library.checks:
        requirement, _ = library.checks[id]
        yield from _wrong_words(id, given, CHECK_ANSWERS)
        yield from _wrong_several(id, given)
        yield from _wrong_check(id, given, requirement)
    elif id in library.questions:
        yield from _wrong_question(library.questions[id], given)
    else:
        known = (*library.questions, *library.checks)
        yield _problem(given, "{id} is not a question here; {hint}", id=id, hint=binding.instead(id, known))


def _wrong_question(question: Question, given: Given) -> Iterator[Problem]:
    if question.kind is Kind.DATE:
        yield from _wrong_day(question, given)
    else:
        yield from _wrong_words(question.id, given, question.accepts)
    if not question.several:
        yield from _wrong_several(question.id, given)
    elif NONE in given.answer and len(given.answer) > 1:
        yield _problem(given, "{id}: `none` stands alone; take it out or the others", id=question.id)


def _wrong_day(question: Question, given: Given) -> Iterator[Problem]:
    for word in given.answer:
        if word in question.accepts:
            continue
        try:
            binding.parse_day(word)
        except ValueError:
            text = "{id}: {said} is not a day; write it as 2026-08-02, or {words}"
            yield _problem(given, text, id=question.id, said=word, words=", ".join(question.accepts))


def _wrong_words(id: str, given: Given, accepts: tuple[str, ...]) -> Iterator[Problem]:
    for word in given.answer:
        if word not in accepts:
            hint = binding.instead(word, accepts)
            yield _problem(given, "{id}: {said} is not an answer; {hint}", id=id, said=word, hint=hint)


def _wrong_several(id: str, given: Given) -> Iterator[Problem]:
    if len(given.answer) > 1:
        yield _problem(given, "{id} takes one answer", id=id)


def _wrong_check(id: str, given: Given, requirement: Requirement) -> Iterator[Problem]:
    answer = given.answer[:1]
    if answer in ((SET_ASIDE,), (EXPLAINED,)) and not given.reason and given.place is not NOWHERE:
        yield _problem(given, "{id}: {said} needs a `reason: …`", id=id, said=answer[0])
    if answer == (EXPLAINED,) and not requirement.may_be_explained:
        yield _problem(given, "{id}: this cannot be explained away; answer yes, partly or no", id=id)


def _problem(given: Given, text: str, **facts: object) -> Problem:
    return Problem(given.place, text, facts)


def answered(given: Given | None) -> bool:
    return given is not None and bool(given.answer) and given.answer != (UNSURE,)


def leading_comment(text: str) -> str:
    """The block of comment and blank lines a file begins with."""
    block = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    return block.group() if block else ""


def comments(text: str) -> Iterator[int]:
    """The lines (from 1) of comments that stand on a line of their own."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#"):
            yield number
