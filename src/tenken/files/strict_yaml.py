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
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import yaml

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

    class YamlParser(Protocol):
        """What is used of either parser."""

        def get_event(self) -> yaml.Event | None: ...
        def dispose(self) -> None: ...


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
_FLOW_TRAP = "[?:,]"

_NO_KEYS: dict[str, YamlMark | None] = {}
"""Of all that has none, as a dictionary for each text would take more memory than most texts."""


class Node:
    """A piece of a file: text, a list of nodes, or a mapping of text to nodes with the place of each key.

    `mark` is where it begins and `end` where the parser says it ends, which for a block is after what follows it.
    """

    __slots__ = ("end", "flow", "keys", "mark", "plain", "value")

    def __init__(
        self, value: str | list[Node] | dict[str, Node], mark: YamlMark | None, *, plain: bool, flow: bool
    ) -> None:
        self.value = value
        self.mark = mark
        self.end = mark
        self.plain = plain
        self.flow = flow
        self.keys: dict[str, YamlMark | None] = {} if type(value) is dict else _NO_KEYS


def unwrap_node(node: Node) -> Any:  # noqa: ANN401 - the caller knows what it read
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


class _Stop(Exception):  # noqa: N818 - the mistake has been noted; what follows it cannot be read
    pass


class _EventReader:
    """One pass over the events of a file, building nodes and noting what is refused."""

    def __init__(self, text: str, path: str, parser: Callable[[str], YamlParser]) -> None:
        self.text = text
        self.path = path
        self.parser = parser
        self.problems: list[Problem] = []
        self.untold = 0
        self.nodes = 0
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.parent: Node | None = None
        self.key: str | None = None
        self.key_mark: YamlMark | None = None

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
            return self._build_tree(parser)
        except yaml.YAMLError as error:
            self._explain_error(error)
            return None
        except _Stop:
            return None
        finally:
            parser.dispose()

    def _build_tree(self, parser: YamlParser) -> Node | None:
        handle: Mapping[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._handle_scalar,
            yaml.MappingStartEvent: self._handle_start,
            yaml.SequenceStartEvent: self._handle_start,
            yaml.MappingEndEvent: self._handle_end,
            yaml.SequenceEndEvent: self._handle_end,
            yaml.AliasEvent: self._handle_alias,
            yaml.DocumentStartEvent: self._handle_document,
        }
        next_event = parser.get_event
        while (event := next_event()) is not None:
            if handler := handle.get(type(event)):
                handler(event)
        return self.root

    def _handle_scalar(self, event: yaml.ScalarEvent) -> None:
        parent = self.parent
        if parent is not None and self.key is None and type(parent.value) is dict:
            self._take_key(event, parent)
        else:
            self._add_node(self._build_scalar(event, parent))

    def _handle_start(self, event: yaml.CollectionStartEvent) -> None:
        self._screen_event(event)
        if self.parent is not None and self.key is None and type(self.parent.value) is dict:
            self._stop_reading(event.start_mark, "a key must be a word, not a list or a mapping")
        if len(self.stack) >= MAX_DEPTH:
            self._stop_reading(event.start_mark, "this is nested more than {most} deep", most=MAX_DEPTH)
        empty: Any = {} if type(event) is yaml.MappingStartEvent else []
        node = Node(empty, event.start_mark, plain=False, flow=bool(event.flow_style))
        self._add_node(node)
        self.stack.append(node)
        self.parent = node

    def _handle_end(self, event: yaml.CollectionEndEvent) -> None:
        self.stack.pop().end = event.end_mark
        self.parent = self.stack[-1] if self.stack else None

    def _handle_alias(self, event: yaml.AliasEvent) -> None:
        self._add_problem(
            self._find_event_place(event), "aliases (`*{name}`) are not used here; write it out", name=event.anchor
        )
        self._add_node(Node("", event.start_mark, plain=False, flow=False))

    def _handle_document(self, event: yaml.DocumentStartEvent) -> None:
        if self.root is not None:
            self._stop_reading(event.start_mark, "a second document starts here (`---`); one file holds one")

    def _add_node(self, node: Node) -> None:
        if self.parent is None:
            self.root = node
        elif type(self.parent.value) is list:
            self.parent.value.append(node)
        elif self.key is not None:
            self._put_in_mapping(self.parent, self.key, self.key_mark, node)
            self.key = None

    def _put_in_mapping(self, parent: Node, key: str, mark: YamlMark | None, node: Node) -> None:
        assert isinstance(parent.value, dict)
        if key in parent.value:
            first = mark_place(self.path, parent.keys[key]).line
            self._add_problem(
                mark_place(self.path, mark), "{key} stands here twice; first in line {first}", key=key, first=first
            )
            return
        parent.value[key] = node
        parent.keys[key] = mark

    def _take_key(self, event: yaml.ScalarEvent, parent: Node) -> None:
        key: str = event.value
        self._screen_event(event)
        if (mistake := _find_key_mistake(key, in_flow=parent.flow)) and _is_plain_scalar(event):
            self._add_problem(self._find_event_place(event), mistake[0], **mistake[1])
        elif key == "<<":
            self._add_problem(self._find_event_place(event), "merge keys (`<<`) are not used here; write it out")
        elif not key or len(key) > MAX_KEY:
            self._add_problem(self._find_event_place(event), "a key must have 1 to {most} characters", most=MAX_KEY)
        elif parent.flow and _is_plain_scalar(event) and re.search(_FLOW_TRAP, key):
            self._add_problem(self._find_event_place(event), _FLOW_TEXT_PROBLEM, said=_shorten_yaml_text(key))
        elif bad := find_forbidden_character(key):
            self._add_problem(
                self._find_event_place(event), CONTROL_CHARACTER_PROBLEM, character=format_code_point(bad.group())
            )
        self.key, self.key_mark = key, event.start_mark

    def _build_scalar(self, event: yaml.ScalarEvent, parent: Node | None) -> Node:
        self._screen_event(event)
        flow = parent is not None and parent.flow
        if len(event.value) > MAX_SCALAR:
            self._add_problem(
                self._find_event_place(event), "this text is longer than {most} characters", most=MAX_SCALAR
            )
        plain = _is_plain_scalar(event)
        if flow and plain and re.search(_FLOW_TRAP, event.value) and not re.search(_HARMLESS_FLOW_TEXT, event.value):
            self._add_problem(self._find_event_place(event), _FLOW_TEXT_PROBLEM, said=_shorten_yaml_text(event.value))
        if event.value and not plain and (bad := find_forbidden_character(event.value)):
            self._add_problem(
                self._find_event_place(event), CONTROL_CHARACTER_PROBLEM, character=format_code_point(bad.group())
            )
        node = Node(event.value, event.start_mark, plain=plain, flow=flow)
        node.end = event.end_mark
        return node

    def _screen_event(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop_reading(event.start_mark, "the file holds more than {most} values", most=MAX_NODES)
        if event.anchor is not None:
            self._add_problem(
                self._find_event_place(event), "anchors (`&{name}`) are not used here; write it out", name=event.anchor
            )
        if event.tag is not None:
            self._add_problem(
                self._find_event_place(event), "tags (`{tag}`) are not used here; write the value alone", tag=event.tag
            )

    def _find_event_place(self, event: yaml.Event) -> Place:
        return mark_place(self.path, event.start_mark)

    def _add_problem(self, where: Place, text: str, **facts: object) -> None:
        """Notes what is wrong; a file may be wrong at each of its values, and what follows the first is counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(where, text, facts))
        else:
            self.untold += 1

    def _stop_reading(self, mark: YamlMark | None, text: str, **facts: object) -> None:
        self._add_problem(mark_place(self.path, mark), text, **facts)
        raise _Stop

    def _explain_error(self, error: yaml.YAMLError) -> None:
        """Says in our words what is wrong, at the line that is, which need not be where the parser stumbled."""
        began, stopped = (getattr(error, name, None) for name in ("context_mark", "problem_mark"))
        at = stopped or began
        from tenken.files.yaml_mistakes import Spot, Stumble, find_yaml_mistake  # noqa: PLC0415 - only a mistake needs it

        said, context = (str(getattr(error, name, "")) for name in ("problem", "context"))
        where = Spot(at.line, at.column) if at else Spot(0, 0)
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
_HARMLESS_FLOW_TEXT = r"://|^\d{4}-\d\d-\d\dT[\d:]+Z$"
_TAB_PROBLEM = "a tab stands here; use spaces"


def find_forbidden_character(text: str) -> re.Match[str] | None:
    return None if text.isprintable() else re.search(_FORBIDDEN_CHARACTERS, text)


def _is_plain_scalar(event: yaml.ScalarEvent) -> bool:
    return event.style is None or event.style == ""


def format_code_point(character: str) -> str:
    return f"U+{ord(character):04X}" if len(character) == 1 else f"U+{character[2:].upper()}"


def _shorten_yaml_text(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
