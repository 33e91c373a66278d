"""The format written down, key by key: a page to look things up in, made from the schemas that editors use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from tenken import schema
from tenken.binding import instead
from tenken.problems import Place, Problem, Problems
from tenken.schema import KINDS, Schema, described

_REPEATS = "translation"
"""The kind whose keys are those of other files."""
_READ_ONLY = "result"
"""The kind that nobody writes by hand."""


def published(kind: str) -> str:
    """A schema, or the reference, as it ships; raises `Problems` for a kind there is not."""
    known = kinds()
    if kind not in known:
        facts = {"said": kind, "hint": instead(kind, known)}
        raise Problems(Problem(Place("KIND"), "{said} is not one of the choices; {hint}", facts))
    return known[kind]()


def kinds() -> Mapping[str, Callable[[], str]]:
    """What can be printed, and how it is made."""
    return {**{kind: partial(schema.text, kind) for kind in KINDS}, "reference": page}


def page() -> str:
    """The reference as a page of Markdown."""
    made = {kind: schema.schema(kind) for kind in KINDS if kind != _READ_ONLY}
    known: Schema = {}
    for kind, whole in made.items():
        known |= {name: part for name, part in whole["$defs"].items() if name not in known and kind != _REPEATS}
    rooms = {
        "files": {described()["files"][kind]["title"]: _file(kind, whole) for kind, whole in made.items()},
        "parts": {name: _part(part) for name, part in known.items() if name in described()["keys"]},
        "values": {value["title"]: _value(value) for value in described()["values"].values()},
        "words": {name: _words(name, part) for name, part in known.items() if name in described()["words"]},
    }
    return "\n".join(_lines(rooms)) + "\n"


def _lines(rooms: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[str]:
    say = described()["page"]
    yield from (f"# {say['title']}", "", say["begins"])
    yield from (f"- {say[room]}: {', '.join(map(_link, sections))}" for room, sections in rooms.items())
    for room, sections in rooms.items():
        yield from ("", f"## {say[room]}")
        for title, lines in sections.items():
            yield from ("", f"### {title}", "", *lines)


def _link(title: str) -> str:
    return f"[{title}](#{title.lower().replace(' ', '-')})"


def _file(kind: str, whole: Schema) -> Iterator[str]:
    place = described()["page"]["schema"].format(kind=kind, place=described()["files"][kind]["place"])
    yield f"{place} {whole['description']}"
    if kind != _REPEATS:
        yield from _keys(whole)


def _part(part: Schema) -> Iterator[str]:
    short = [described()["page"]["short"].format(form=_form(part["else"]))] if "else" in part else []
    yield " ".join([part["description"], *short])
    yield from _keys(part.get("then", part))


def _keys(whole: Schema) -> Iterator[str]:
    yield from _head("keys")
    for key, line in whole["properties"].items():
        name = f"**`{key}`**" if key in whole["required"] else f"`{key}`"
        usual = f"`{line['default']}`" if "default" in line else ""
        yield f"| {name} | {line['description']} | {_form(line)} | {usual} |"


def _value(value: Mapping[str, Any]) -> Iterator[str]:
    yield value["says"]
    yield from _head("examples")
    yield from (f"| `{example['line']}` | {example.get('says', '')} |" for example in value["examples"])


def _words(name: str, part: Schema) -> Iterator[str]:
    yield part["description"].partition(" `")[0]
    yield from _head("means")
    yield from (f"| `{word}` | {means} |" for word, means in described()["words"][name].items())


def _head(columns: str) -> Iterator[str]:
    head = described()["page"][columns]
    yield from ("", head, "|---" * (head.count("|") - 1) + "|")


def _form(value: Schema) -> str:
    """How a value is written: as one kind, one or several of it, some under names, or one of a few words."""
    say = described()["page"]
    if "if" in value:
        return str(say["several"].format(one=_form(value["else"])))
    if "additionalProperties" in value:
        return str(say["named"].format(one=_form(value["additionalProperties"])))
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"] if isinstance(word, str))
    name = next(schema.references(value))
    return _link(described()["values"].get(name, {}).get("title", name))
