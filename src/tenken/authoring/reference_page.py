"""The format written down, key by key: a page to look things up in, made from the schemas that editors use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from tenken.authoring.json_schema import (
    SCHEMA_KINDS,
    build_file_schema,
    list_schema_references,
    load_schema_descriptions,
    render_schema,
)
from tenken.authoring.value_schemas import JsonSchema
from tenken.files.problems import Place, Problem, Problems, suggest_instead

_TRANSLATION_KIND = "translation"
"""The kind whose keys are those of other files."""
_MADE_KINDS = ("result", "portfolio", "gate")
"""The kinds that nobody writes by hand."""


def render_schema_or_reference(kind: str) -> str:
    """A schema, or the reference, as it ships; raises `Problems` for a kind there is not."""
    known = list_printable_kinds()
    if kind not in known:
        facts = {"said": kind, "hint": suggest_instead(kind, known)}
        raise Problems(Problem(Place("KIND"), "{said} is not one of the choices; {hint}", facts))
    return known[kind]()


def list_printable_kinds() -> Mapping[str, Callable[[], str]]:
    """What can be printed, and how it is made."""
    return {**{kind: partial(render_schema, kind) for kind in SCHEMA_KINDS}, "reference": render_reference_page}


def render_reference_page() -> str:
    """The reference as a page of Markdown."""
    made = {kind: build_file_schema(kind) for kind in SCHEMA_KINDS if kind not in _MADE_KINDS}
    known: JsonSchema = {}
    for kind, whole in made.items():
        known |= {
            name: part for name, part in whole["$defs"].items() if name not in known and kind != _TRANSLATION_KIND
        }
    rooms = {
        "files": {
            load_schema_descriptions()["files"][kind]["title"]: _render_file_section(kind, whole)
            for kind, whole in made.items()
        },
        "parts": {
            name: _render_part_section(part)
            for name, part in known.items()
            if name in load_schema_descriptions()["keys"]
        },
        "values": {
            value["title"]: _render_value_section(value) for value in load_schema_descriptions()["values"].values()
        },
        "words": {
            name: _render_word_section(name, part)
            for name, part in known.items()
            if name in load_schema_descriptions()["words"]
        },
    }
    return "\n".join(_render_reference_lines(rooms)) + "\n"


def _render_reference_lines(rooms: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[str]:
    say = load_schema_descriptions()["page"]
    yield from (f"# {say['title']}", "", say["begins"])
    yield from (f"- {say[room]}: {', '.join(map(_render_section_link, sections))}" for room, sections in rooms.items())
    for room, sections in rooms.items():
        yield from ("", f"## {say[room]}")
        for title, lines in sections.items():
            yield from ("", f"### {title}", "", *lines)


def _render_section_link(title: str) -> str:
    return f"[{title}](#{title.lower().replace(' ', '-')})"


def _render_file_section(kind: str, whole: JsonSchema) -> Iterator[str]:
    place = load_schema_descriptions()["page"]["schema"].format(
        kind=kind, place=load_schema_descriptions()["files"][kind]["place"]
    )
    yield f"{place} {whole['description']}"
    if kind != _TRANSLATION_KIND:
        yield from _render_key_table(whole)


def _render_part_section(part: JsonSchema) -> Iterator[str]:
    short = (
        [load_schema_descriptions()["page"]["short"].format(form=_describe_value_form(part["else"]))]
        if "else" in part
        else []
    )
    yield " ".join([part["description"], *short])
    yield from _render_key_table(part.get("then", part))


def _render_key_table(whole: JsonSchema) -> Iterator[str]:
    yield from _render_table_head("keys")
    for key, line in whole["properties"].items():
        name = f"**`{key}`**" if key in whole["required"] else f"`{key}`"
        usual = f"`{line['default']}`" if "default" in line else ""
        yield f"| {name} | {line['description']} | {_describe_value_form(line)} | {usual} |"


def _render_value_section(value: Mapping[str, Any]) -> Iterator[str]:
    yield value["says"]
    yield from _render_table_head("examples")
    yield from (f"| `{example['line']}` | {example.get('says', '')} |" for example in value["examples"])


def _render_word_section(name: str, part: JsonSchema) -> Iterator[str]:
    yield part["description"].partition(" `")[0]
    yield from _render_table_head("means")
    yield from (f"| `{word}` | {means} |" for word, means in load_schema_descriptions()["words"][name].items())


def _render_table_head(columns: str) -> Iterator[str]:
    head = load_schema_descriptions()["page"][columns]
    yield from ("", head, "|---" * (head.count("|") - 1) + "|")


def _describe_value_form(value: JsonSchema) -> str:
    """How a value is written: as one kind, one or several of it, some under names, or one of a few words."""
    say = load_schema_descriptions()["page"]
    if "if" in value:
        return str(say["several"].format(one=_describe_value_form(value["else"])))
    if "additionalProperties" in value:
        return str(say["named"].format(one=_describe_value_form(value["additionalProperties"])))
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"] if isinstance(word, str))
    name = next(list_schema_references(value))
    return _render_section_link(load_schema_descriptions()["values"].get(name, {}).get("title", name))
