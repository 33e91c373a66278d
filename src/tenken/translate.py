"""Lays the words of another language over a checklist: a sibling file of the same shape that holds words only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from tenken import yamlfile
from tenken.binding import MISSING_VALUE, Reading, instead, prose
from tenken.model import Words
from tenken.problems import Problems

BASE_LANGUAGE = "en"


def sibling(path: Path, language: str) -> Path:
    """The file with the words of a checklist in another language: `eu.yaml` has `eu.ja.yaml` beside it."""
    return path.with_suffix(f".{language}.yaml")


def translated(item: Any, path: Path, language: str) -> Any:
    """The same checklist or profile in another language; what has no translation keeps its words.

    Raises `Problems` for whatever in the translation has no counterpart.
    """
    translation = sibling(path, language)
    if language == BASE_LANGUAGE or not translation.exists():
        return item
    reading = Reading(str(translation))
    over = _overlaid(item, yamlfile.read(translation), reading)
    if reading.problems:
        raise Problems(*sorted(reading.problems, key=lambda problem: problem.place))
    return over


@cache
def translatable(cls: type) -> dict[str, tuple[Field[Any], Any]]:
    """The fields of a class that hold words, or things that hold words."""
    hints = get_type_hints(cls)
    return {field.name: (field, hints[field.name]) for field in fields(cls) if _holds_words(hints[field.name])}


def _holds_words(hint: Any) -> bool:
    if hint is Words:
        return True
    if is_dataclass(hint):
        return isinstance(hint, type) and bool(translatable(hint))
    within = get_args(hint) if get_origin(hint) in (tuple, Mapping) else ()
    return any(_holds_words(argument) for argument in within if argument is not Words)


def _overlaid(item: Any, node: yamlfile.Node, reading: Reading) -> Any:
    if isinstance(item, Mapping):
        return _over_mapping(item, node, reading)
    if isinstance(item, tuple):
        return _over_list(item, node, reading)
    if not is_dataclass(item):
        said = prose(node, reading)
        return item if said is MISSING_VALUE else said
    cls: Any = type(item)
    known = translatable(cls)
    changes = {
        key: _overlaid(getattr(item, key), child, reading)
        for key, child in _entries(node, reading)
        if _is_known(key, known, node, reading)
    }
    return replace(item, **changes)  # type: ignore[type-var]


def _over_mapping(item: Mapping[str, Any], node: yamlfile.Node, reading: Reading) -> Mapping[str, Any]:
    over = dict(item)
    for key, child in _entries(node, reading):
        if _is_known(key, item, node, reading):
            over[key] = _overlaid(item[key], child, reading)
    return over


def _over_list(item: tuple[Any, ...], node: yamlfile.Node, reading: Reading) -> tuple[Any, ...]:
    children = node.value if isinstance(node.value, list) else []
    if len(children) != len(item):
        said = "this list should have {count} entries, one for each of the original"
        reading.refuse(reading.at(node), said, count=len(item))
        return item
    return tuple(_overlaid(one, child, reading) for one, child in zip(item, children, strict=True))


def _entries(node: yamlfile.Node, reading: Reading) -> Iterator[tuple[str, yamlfile.Node]]:
    if isinstance(node.value, dict):
        yield from node.value.items()
    elif node.value:
        reading.refuse(reading.at(node), "`key: words` lines should stand here, as in the original")


def _is_known(key: str, known: Mapping[str, Any], node: yamlfile.Node, reading: Reading) -> bool:
    if key not in known:
        said = "{key} has no words in the original; {hint}"
        reading.refuse(reading.key(node, key), said, key=key, hint=instead(key, known))
    return key in known


def words(item: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a checklist a translator has to translate, under the keys that lead to it."""
    if isinstance(item, Mapping):
        for key, child in item.items():
            yield from words(child, f"{path}.{key}")
    elif isinstance(item, tuple):
        for number, child in enumerate(item):
            yield from words(child, f"{path}[{number}]")
    elif is_dataclass(item):
        cls: Any = type(item)
        for key in translatable(cls):
            yield from words(getattr(item, key), f"{path}.{key}")
    elif item:
        yield path.lstrip("."), str(item)


def untranslated(item: Any, path: Path, language: str) -> list[str]:
    """The keys of texts that a translation leaves out."""
    over = dict(_said(yamlfile.read(sibling(path, language))))
    return [key for key, _ in words(item) if key not in over]


def _said(node: yamlfile.Node, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _said(child, f"{path}.{key}")
    elif isinstance(node.value, list):
        for number, child in enumerate(node.value):
            yield from _said(child, f"{path}[{number}]")
    else:
        yield path.lstrip("."), node.value
