"""The text of a record: made anew, or changed in place so that whatever else people wrote in it stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import starmap

from tenken.files.frozen_classes import Frozen, list_field_values, replace_fields
from tenken.files.problems import Place
from tenken.files.yaml_writing import PlainValue, dump_yaml, indent_yaml
from tenken.records.record import GivenAnswer, Record

_BARE = "answer"
"""The key of an answer that stands alone where there is nothing more to say."""
_BYTE_ORDER_MARK = "\ufeff"

EditFunction = Callable[[str, Mapping[str, PlainValue], Mapping[str, PlainValue], str], str]


def render_record(record: Record, *, as_json: bool) -> str:
    """A record as the text of a new file."""
    if as_json:
        return json.dumps(build_record_data(record), ensure_ascii=False, indent=2) + "\n"
    return render_record_yaml(record)


def load_editor() -> EditFunction:
    """What changes a text in place; loaded where answers change, before their file is touched."""
    from tenken.files.yaml_editing import edit_yaml  # noqa: PLC0415 - most commands save nothing

    return edit_yaml


def change_record_text(text: str, old: Record, new: Record) -> str:
    """The text of a file that holds `old` changed so that it holds `new`; what is the same in both stays as it is."""
    body = text.removeprefix(_BYTE_ORDER_MARK)
    changed = load_editor()(body, build_long_data(old), build_long_data(new), _BARE)
    return text[: len(text) - len(body)] + changed


def build_record_data(record: Record) -> dict[str, PlainValue]:
    """A record as plain text, lists and mappings, in the order of the file; what is empty is left out."""
    data: dict[str, PlainValue] = {}
    for name, item in list_field_values(record):
        if name == "answers":
            data[name] = {id: _build_answer_data(given) for id, given in record.answers.items()}
        elif not isinstance(item, Place) and item not in ("", (), {}, None):
            data[name] = _build_plain_value(item)
    return data


def build_uniform_record_data(record: Record) -> dict[str, PlainValue]:
    """The same for programs: every answer in the long form, with a list of words, however many there are."""
    data = build_record_data(record)
    for key in data.keys() & {"answers", "earlier"}:
        data[key] = {id: _build_plain_value(given) for id, given in getattr(record, key).items()}
    return data


def render_record_yaml(record: Record) -> str:
    """A record as YAML; the text of an answer is kept, so that a save costs as much as what changed."""
    head = dump_yaml(build_record_data(replace_fields(record, answers={})))
    if not record.answers:
        return head
    before, _, after = head.partition("\n" + dump_yaml({"answers": {}}))
    return f"{before}\nanswers:\n{''.join(starmap(_render_answer_yaml, record.answers.items()))}{after}"


@cache
def _render_answer_yaml(id: str, given: GivenAnswer) -> str:
    return indent_yaml(dump_yaml({id: _build_answer_data(given)}), 2)


def build_long_data(record: Record) -> dict[str, PlainValue]:
    """A record as plain data in which no answer is short."""
    data = build_record_data(record)
    for key in ("answers", "earlier"):
        data[key] = {id: _build_long_answer(given) for id, given in getattr(record, key).items()}
    return {key: value for key, value in data.items() if value != {} or key == "answers"}


def _build_answer_data(given: GivenAnswer) -> PlainValue:
    data = _build_long_answer(given)
    return data[_BARE] if list(data) == [_BARE] else data


@cache
def _build_long_answer(given: GivenAnswer) -> dict[str, PlainValue]:
    data = _build_plain_value(given)
    assert isinstance(data, dict)
    if given.answer:
        data[_BARE] = given.answer[0] if len(given.answer) == 1 else list(given.answer)
    return data


def render_moment(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _build_plain_value(value: object) -> PlainValue:
    match value:
        case bool():
            return "yes" if value else ""
        case StrEnum():
            return str(value)
        case datetime():
            return render_moment(value)
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
            return {name: _build_plain_value(item) for name, item in fields if item not in ("", (), {}, None, False)}
        case _:
            raise TypeError(f"a record holds no {type(value).__name__}")
