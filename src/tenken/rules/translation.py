"""Lays the words of another language over a checklist: a sibling file of the same shape that holds words only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from tenken.files.file_names import find_yaml_file
from tenken.files.frozen_classes import Field, get_field_hints, list_fields, replace_fields
from tenken.files.problems import raise_problems, suggest_instead
from tenken.files.strict_yaml import Node, read_yaml
from tenken.rules.requirement import Prose
from tenken.rules.value_binding import MISSING_VALUE, FileReading, bind_prose

BASE_LANGUAGE = "en"


def find_translation_file(path: Path, language: str) -> Path:
    """The file with the words of a checklist in another language: `eu.yaml` has `eu.ja.yaml` beside it."""
    return find_yaml_file(path.with_suffix(f".{language}.yaml"))


def translate_item(item: Any, path: Path, language: str) -> Any:
    """The same checklist or profile in another language; what has no translation keeps its words.

    Raises `Problems` for whatever in the translation has no counterpart.
    """
    translation = find_translation_file(path, language)
    if language == BASE_LANGUAGE or not translation.exists():
        return item
    reading = FileReading(str(translation))
    over = _overlay_item(item, read_yaml(translation), reading)
    raise_problems(reading.problems)
    return over


@cache
def find_translatable_fields(cls: type) -> dict[str, tuple[Field, Any]]:
    """The fields of a class that hold words, or things that hold words."""
    hints = get_field_hints(cls)
    return {field.name: (field, hints[field.name]) for field in list_fields(cls) if _has_prose(hints[field.name])}


def _has_prose(hint: Any) -> bool:
    if hint is Prose:
        return True
    if list_fields(hint):
        return bool(find_translatable_fields(hint))
    within = get_args(hint) if get_origin(hint) in (tuple, Mapping) or _is_optional(hint) else ()
    return any(_has_prose(argument) for argument in within if argument is not Prose)


def _is_optional(hint: Any) -> bool:
    """Whether something of one class may stand there, or nothing."""
    arguments = get_args(hint)
    return get_origin(hint) is UnionType and len(arguments) == 2 and arguments[1] is NoneType


def _overlay_item(item: Any, node: Node, reading: FileReading) -> Any:
    if item is None:
        said = "there are no words for this in the original; take it out here"
        reading.refuse_value(reading.find_node_place(node), said)
        return None
    if isinstance(item, Mapping):
        return _overlay_mapping(item, node, reading)
    if isinstance(item, tuple):
        return _overlay_tuple(item, node, reading)
    if not list_fields(type(item)):
        said = bind_prose(node, reading)
        return item if said is MISSING_VALUE else said
    cls: Any = type(item)
    known = find_translatable_fields(cls)
    changes = {
        key: _overlay_item(getattr(item, key), child, reading)
        for key, child in _list_node_entries(node, reading)
        if _is_known_key(key, known, node, reading)
    }
    return replace_fields(item, **changes)


def _overlay_mapping(item: Mapping[str, Any], node: Node, reading: FileReading) -> Mapping[str, Any]:
    over = dict(item)
    for key, child in _list_node_entries(node, reading):
        if _is_known_key(key, item, node, reading):
            over[key] = _overlay_item(item[key], child, reading)
    return over


def _overlay_tuple(item: tuple[Any, ...], node: Node, reading: FileReading) -> tuple[Any, ...]:
    children = node.value if isinstance(node.value, list) else []
    if len(children) != len(item):
        said = "this list should have {count} entries, one for each of the original"
        reading.refuse_value(reading.find_node_place(node), said, count=len(item))
        return item
    return tuple(_overlay_item(one, child, reading) for one, child in zip(item, children, strict=True))


def _list_node_entries(node: Node, reading: FileReading) -> Iterator[tuple[str, Node]]:
    if isinstance(node.value, dict):
        yield from node.value.items()
    elif node.value:
        reading.refuse_value(reading.find_node_place(node), "`key: words` lines should stand here, as in the original")


def _is_known_key(key: str, known: Mapping[str, Any], node: Node, reading: FileReading) -> bool:
    if key not in known:
        said = "{key} has no words in the original; {hint}"
        reading.refuse_value(reading.find_key_place(node, key), said, key=key, hint=suggest_instead(key, known))
    return key in known


def list_translatable_texts(item: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a checklist a translator has to translate, under the keys that lead to it."""
    if isinstance(item, Mapping):
        for key, child in item.items():
            yield from list_translatable_texts(child, f"{path}.{key}")
    elif isinstance(item, tuple):
        for number, child in enumerate(item):
            yield from list_translatable_texts(child, f"{path}[{number}]")
    elif list_fields(type(item)):
        cls: Any = type(item)
        for key in find_translatable_fields(cls):
            yield from list_translatable_texts(getattr(item, key), f"{path}.{key}")
    elif item:
        yield path.lstrip("."), str(item)


def list_untranslated_keys(item: Any, path: Path, language: str) -> list[str]:
    """The keys of texts that a translation leaves out."""
    over = dict(_list_node_texts(read_yaml(find_translation_file(path, language))))
    return [key for key, _ in list_translatable_texts(item) if key not in over]


def _list_node_texts(node: Node, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _list_node_texts(child, f"{path}.{key}")
    elif isinstance(node.value, list):
        for number, child in enumerate(node.value):
            yield from _list_node_texts(child, f"{path}[{number}]")
    else:
        yield path.lstrip("."), node.value
