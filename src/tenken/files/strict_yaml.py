"""Reads YAML (and JSON) strictly, with the position of everything.

Stock loaders turn `no` into False and 2026-08-02 into a date before anyone can object, let the last of two equal keys
win, and crash on brackets; so this reads PyYAML's event stream itself. Scalars stay text. There are no tags, anchors,
aliases, merge keys, duplicate keys, control or bidirectional characters. The C parser is used where PyYAML has it, the
pure-Python one elsewhere. A file with a mistake is read once more by the pure-Python one, which decides: the words and
the limits of libyaml change with its versions, and the same mistake should read the same everywhere.

Measured against it, msgspec, strictyaml and pydantic lose positions or mistakes; ruamel.yaml is ten times slower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import yaml
from yaml import ScalarEvent

from tenken.files.file_reading import decode_text, read_file_bytes
from tenken.files.problems import MOST_PROBLEMS, Place, Problem, Problems, count_more_problems

if TYPE_CHECKING:

    class YamlMark(Protocol):
        """Where something stands, in characters, lines and columns from 0: what the marks of both parsers share."""

        @property
        def index(self) -> int: ...
        @property
        def line(self) -> int: ...
        @property
        def column(self) -> int: ...


PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""PyYAML's binding to libyaml where it was built with it. Only its events are used; nothing is ever loaded by it."""

MAX_DEPTH = 32
MAX_NODES = 100_000
"""Twelve times what the longest checklist holds; a record of that many is read, changed and saved in two seconds."""
MAX_SCALAR = 64 << 10
MAX_KEY = 1000
MAX_REREAD = 1 << 18
"""Characters of a file that is read once more when it is refused; of the densest, pure Python takes a second."""

_FORBIDDEN_CHARACTERS = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""None of them is printable, which is told without compiling this, for as much as a tenth of what starting costs."""
_SURROGATE_ESCAPE = r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
_TAB_CHARACTER = "\t"

MOST_SOUND_KEYS = 5000
_SOUND_KEYS: dict[str, str] = {}
"""Keys that nothing is wrong with wherever they stand, as most stand in a file many times, and in many files."""
_VALUE_BEGINNINGS = frozenset((yaml.MappingStartEvent, yaml.SequenceStartEvent))
_VALUE_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))


class Node:
    """A piece of a file: text, a list of nodes, or a mapping of text to nodes.

    It keeps what the parser said of it, and makes of that what is asked for, which for most is nothing.
    """

    __slots__ = ("_begin", "_end", "flow", "key_mark", "value")

    def __init__(self, value: str | list[Node] | dict[str, Node], event: Any, flow: bool) -> None:
        self.value = value
        self._begin = self._end = event
        self.flow = flow
        self.key_mark: YamlMark | None = None
        """Where the key of it stands in its mapping."""

    @property
    def mark(self) -> YamlMark | None:
        """Where it begins."""
        return self._begin.start_mark if self._begin else None

    @property
    def end(self) -> YamlMark | None:
        """Where the parser says it ends, which for a block is after what follows it."""
        return self._end.end_mark if self._end else None

    @property
    def plain(self) -> bool:
        """Whether it is a text, and written without quotes."""
        return type(self._begin) is ScalarEvent and not self._begin.style

    @property
    def keys(self) -> dict[str, YamlMark | None]:
        """The keys of a mapping, and where each stands."""
        return {key: child.key_mark for key, child in self.value.items()} if isinstance(self.value, dict) else {}


def unwrap_node(node: Node) -> Any:
    """What a node holds as plain text, lists and mappings."""
    if isinstance(node.value, dict):
        return {key: unwrap_node(child) for key, child in node.value.items()}
    return [unwrap_node(child) for child in node.value] if isinstance(node.value, list) else node.value


def mark_place(path: str, mark: YamlMark | None) -> Place:
    return Place(path, mark.line + 1, mark.column + 1) if mark is not None else Place(path)


def read_yaml(path: str | Path) -> Node:
    """The content of a YAML or JSON file.

    Raises `Problems` for everything a user can mend: no such file, a folder, no permission, too large, not UTF-8, not
    YAML, or YAML that is refused on purpose.
    """
    return parse_yaml(read_file_bytes(path), str(path))


def parse_yaml(content: bytes, path: str) -> Node:
    """The content of a file as a tree of nodes; `path` is what problems are reported under."""
    text = decode_text(content, path)
    if path.lower().endswith(".json"):
        text = text.replace("\t", " ")
    reader = _EventReader(text, path, PARSER)
    root = reader.read_events()
    if reader.problems and PARSER is not yaml.BaseLoader and len(text) <= MAX_REREAD:
        reader = _EventReader(text, path, yaml.BaseLoader)
        root = reader.read_events()
    if reader.problems:
        raise Problems(*reader.problems, *count_more_problems(reader.untold))
    if root is None:
        raise Problems(Problem(Place(path, 1, 1), "the file is empty; it should hold `key: value` lines"))
    return root


class _Stop(Exception):  # noqa: N818
    """The mistake has been noted; what follows it cannot be read."""


class _EventReader:
    """One pass over the events of a file, building nodes and noting what is refused."""

    def __init__(self, text: str, path: str, parser: Callable[[str], Any]) -> None:
        self.text = text
        self.path = path
        self.parser = parser
        self.problems: list[Problem] = []
        self.untold = 0
        self.count = 0
        """How many values there are so far, keys among them."""

    def read_events(self) -> Node | None:
        suspicious = "\\u" in self.text or not self.text.replace("\n", "").isprintable()
        for forbidden in (_FORBIDDEN_CHARACTERS, _SURROGATE_ESCAPE, _TAB_CHARACTER) if suspicious else ():
            if bad := re.search(forbidden, self.text):
                before = self.text[: bad.start()]
                column = bad.start() - (before.rfind("\n") + 1) + 1
                where = Place(self.path, before.count("\n") + 1, column)
                self._add_problem(
                    where,
                    _TAB_PROBLEM if forbidden is _TAB_CHARACTER else CONTROL_CHARACTER_PROBLEM,
                    character=format_code_point(bad.group()),
                )
                return None
        parser = self.parser(self.text)
        try:
            return self._build_tree(parser.get_event)
        except yaml.YAMLError as error:
            self._explain_error(error)
            return None
        except _Stop:
            return None
        finally:
            parser.dispose()

    def _build_tree(self, next_event: Callable[[], Any]) -> Node | None:
        """What every value of every file goes through; what is rare is left to others."""
        held: Any = []
        key_event: Any = None
        key, in_mapping, flow = None, False, False
        stack, find_key = [Node(held, None, flow)], _SOUND_KEYS.get
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                self.count += 1
                if event.anchor is not None or event.tag is not None or self.count > MAX_NODES:
                    self._screen_event(event)
                if in_mapping and key is None:
                    key, key_event = find_key(event.value) or self._check_key(event, flow), event
                    continue
                if flow or event.style or len(event.value) > MAX_SCALAR:
                    self._check_text(event, flow)
                node = Node(event.value, event, flow)
            elif kind in _VALUE_ENDS:
                stack.pop()._end = event
                held, flow = stack[-1].value, stack[-1].flow
                in_mapping = type(held) is dict
                continue
            elif (node := self._begin_node(event, stack, wants_key=in_mapping and key is None)) is None:
                continue
            if not in_mapping:
                held.append(node)
            else:
                if held.setdefault(key, node) is not node:
                    self._refuse_second(key_event, held[key])
                node.key_mark, key = key_event.start_mark, None
            if kind is not ScalarEvent and kind in _VALUE_BEGINNINGS:
                stack.append(node)
                held, flow, in_mapping = node.value, node.flow, type(node.value) is dict
        return held[0] if held else None

    def _screen_event(self, event: Any) -> None:
        if self.count > MAX_NODES:
            self._stop_reading(event.start_mark, "the file holds more than {most} values", most=MAX_NODES)
        if event.anchor is not None:
            self._add_problem(
                event.start_mark, "anchors (`&{name}`) are not used here; write it out", name=event.anchor
            )
        if event.tag is not None:
            self._add_problem(
                event.start_mark, "tags (`{tag}`) are not used here; write the value alone", tag=event.tag
            )

    def _begin_node(self, event: Any, stack: list[Node], *, wants_key: bool) -> Any:
        """A list or a mapping with nothing in it yet; an empty text for an alias, and nothing for one as a key."""
        if type(event) is yaml.AliasEvent:
            self._add_problem(
                event.start_mark, "aliases (`*{name}`) are not used here; write it out", name=event.anchor
            )
            return None if wants_key else Node("", event, False)
        if type(event) not in _VALUE_BEGINNINGS:
            if type(event) is yaml.DocumentStartEvent and stack[0].value:
                self._stop_reading(event.start_mark, "a second document starts here (`---`); one file holds one")
            return None
        self.count += 1
        self._screen_event(event)
        if wants_key:
            self._stop_reading(event.start_mark, "a key must be a word, not a list or a mapping")
        if len(stack) > MAX_DEPTH:
            self._stop_reading(event.start_mark, "this is nested more than {most} deep", most=MAX_DEPTH)
        return Node({} if type(event) is yaml.MappingStartEvent else [], event, bool(event.flow_style))

    def _check_key(self, event: Any, flow: bool) -> str:
        """The key, with what is wrong with it noted."""
        key: str = event.value
        if _is_sound_key(key):
            if len(_SOUND_KEYS) >= MOST_SOUND_KEYS:
                _SOUND_KEYS.clear()
            _SOUND_KEYS[key] = key
        elif (mistake := _find_key_mistake(key, in_flow=flow)) and not event.style:
            self._add_problem(event.start_mark, mistake[0], **mistake[1])
        elif key == "<<":
            self._add_problem(event.start_mark, "merge keys (`<<`) are not used here; write it out")
        elif not key or len(key) > MAX_KEY:
            self._add_problem(event.start_mark, "a key must have 1 to {most} characters", most=MAX_KEY)
        elif flow and not event.style and _has_flow_trap(key):
            self._add_problem(event.start_mark, _FLOW_TEXT_PROBLEM, said=_shorten_yaml_text(key))
        else:
            self._check_characters(key, event.start_mark)
        return key

    def _check_text(self, event: Any, flow: bool) -> None:
        text, mark = event.value, event.start_mark
        if len(text) > MAX_SCALAR:
            self._add_problem(mark, "this text is longer than {most} characters", most=MAX_SCALAR)
        if event.style:
            self._check_characters(text, mark)
        elif flow and _is_trapped(text):
            self._add_problem(mark, _FLOW_TEXT_PROBLEM, said=_shorten_yaml_text(text))

    def _check_characters(self, text: str, mark: YamlMark) -> None:
        if bad := find_forbidden_character(text):
            self._add_problem(mark, CONTROL_CHARACTER_PROBLEM, character=format_code_point(bad.group()))

    def _refuse_second(self, event: Any, first: Node) -> None:
        text, line = "{key} stands here twice; first in line {first}", mark_place(self.path, first.key_mark).line
        self._add_problem(event.start_mark, text, key=event.value, first=line)

    def _add_problem(self, where: Place | YamlMark | None, text: str, **facts: object) -> None:
        """Notes what is wrong; a file may be wrong at each of its values, and what follows the first is counted."""
        if len(self.problems) < MOST_PROBLEMS:
            place = where if isinstance(where, Place) else mark_place(self.path, where)
            self.problems.append(Problem(place, text, facts))
        else:
            self.untold += 1

    def _stop_reading(self, mark: YamlMark | None, text: str, **facts: object) -> None:
        self._add_problem(mark, text, **facts)
        raise _Stop

    def _explain_error(self, error: yaml.YAMLError) -> None:
        """Says in our words what is wrong, at the line that is, which need not be where the parser stumbled."""
        began, stopped = (getattr(error, name, None) for name in ("context_mark", "problem_mark"))
        from tenken.files.yaml_mistakes import Spot, Stumble, find_yaml_mistake  # noqa: PLC0415 - only a mistake needs it

        said, context = (str(getattr(error, name, "")) for name in ("problem", "context"))
        where = Spot(at.line, at.column) if (at := stopped or began) else Spot(0, 0)
        opened = Spot(began.line, began.column) if began else None
        searched = self.text if len(self.text) <= MAX_REREAD else ""
        line, column, text, facts = find_yaml_mistake(searched, Stumble(where, said, context, opened))
        problem = Problem(Place(self.path, line, column), text, facts)
        self.problems += [] if problem in self.problems else [problem]


def _find_key_mistake(key: str, *, in_flow: bool) -> tuple[str, Mapping[str, object]] | None:
    """What is wrong with a key that took in what should stand beside it."""
    if key.isascii() and ":" not in key:
        return None
    from tenken.files.yaml_mistakes import find_key_mistake  # noqa: PLC0415 - most files have no such key

    return find_key_mistake(key, in_flow=in_flow)


CONTROL_CHARACTER_PROBLEM = "the character {character} is not allowed here; delete it"
_FLOW_TEXT_PROBLEM = "{said}: a text with `,` `:` or `?` inside {{ }} or [ ] needs quotes, or a line of its own"
_TAB_PROBLEM = "a tab stands here; use spaces"


def find_forbidden_character(text: str) -> re.Match[str] | None:
    return None if text.replace("\n", "").isprintable() else re.search(_FORBIDDEN_CHARACTERS, text)


def _is_sound_key(key: str) -> bool:
    """Whether a key is right wherever it stands, as nearly all are."""
    return 0 < len(key) <= MAX_KEY and key.isascii() and key.isprintable() and key != "<<" and not _has_flow_trap(key)


def _has_flow_trap(text: str) -> bool:
    return ":" in text or "," in text or "?" in text


def _is_trapped(text: str) -> bool:
    """Whether a text in brackets may have taken in what should stand beside it, and is no address and no moment."""
    return _has_flow_trap(text) and "://" not in text and not _find_moment_pattern().search(text)


@cache
def _find_moment_pattern() -> re.Pattern[str]:
    return re.compile(r"^\d{4}-\d\d-\d\dT[\d:]+Z$")


def format_code_point(character: str) -> str:
    return f"U+{ord(character):04X}" if len(character) == 1 else f"U+{character[2:].upper()}"


def _shorten_yaml_text(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
