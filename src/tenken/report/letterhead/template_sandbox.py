"""Templates nobody has to trust: plain data, few filters, files of one folder, and blocks of ours to fill."""

from __future__ import annotations

import re
import traceback
from collections.abc import Generator, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateAssertionError,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range

from tenken.report.letterhead.allowed_pictures import (
    NO_PICTURE,
    PICTURE_TYPES,
    find_content_fault,
    write_picture_address,
)
from tenken.report.letterhead.template_lines import OUR_SECTION, Fragment, LineMarks, write_block_mark
from tenken.report.templates import REPORT_FILTERS, TEMPLATE_SYNTAX, configure_markdown, read_template

OUR_TEMPLATES_PREFIX = "tenken/"
"""What our own templates are called by: `tenken/report.html.j2`."""

ALLOWED_FILTERS = (
    *("abs", "batch", "capitalize", "count", "d", "default", "e", "escape", "first", "groupby", "int", "join", "last"),
    *("length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select"),
    *("selectattr", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper"),
)
_NO_TEMPLATE_FILE = "there is no {name} here; a template takes files of its own folder"
_UNKNOWN_FILTER = re.compile(r"No filter named '(.*)'\.")
_KIB = 1024
_MAX_FILE_KIB = 200
"""How many KiB a file of the folder may have."""

_MAX_CHARACTERS = 2 << 20
"""How many characters a letterhead may have once it is filled in."""


class TemplateMistake(Exception):  # noqa: N818 - it is theirs, not ours
    """What is wrong, where it stands if that is known, and the facts its sentence names."""

    def __init__(self, text: str, path: str = "", line: int = 0, **facts: Any) -> None:
        super().__init__(text)
        self.text, self.path, self.line, self.facts = text, path, line, facts


class _UnknownName(UndefinedError):  # noqa: N818 - it is theirs, not ours
    def __init__(self, name: str, known: Iterable[str] | None) -> None:
        super().__init__(name)
        self.name, self.known = name, known


class _MissingName(StrictUndefined):
    """A name the data does not have; it knows what the data has instead."""

    __slots__ = ()

    def __init__(self, hint: Any = None, obj: Any = None, name: Any = None, exc: Any = UndefinedError) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:
            known = [str(key) for key in obj] if isinstance(obj, Mapping) else None
            self._undefined_exception = lambda _: _UnknownName(str(name), known)  # type: ignore[assignment]


class _ConfinedEnvironment(ImmutableSandboxedEnvironment):
    def __init__(self, main: str, folder: Path) -> None:
        super().__init__(loader=FunctionLoader(self._read_template_source), undefined=_MissingName, **TEMPLATE_SYNTAX)
        self.main, self.folder = main, folder
        self.marks = LineMarks()
        self.globals = {"range": safe_range}
        self.filters = {
            **{name: self.filters[name] for name in ALLOWED_FILTERS},
            **REPORT_FILTERS,
            "image": self._embed_image,
        }

    def _read_template_source(self, name: str) -> tuple[str, str, None]:
        if name == OUR_TEMPLATES_PREFIX + self.main:
            return _write_stand_in(list_blocks(self.main)), name, None
        path = str(self.folder / name)
        try:
            return read_folder_file(self.folder, name).decode("utf-8"), path, None
        except UnicodeDecodeError:
            raise TemplateMistake("this is not UTF-8; save the file as UTF-8", path) from None

    def _embed_image(self, name: str) -> str:
        """A picture of the folder as an address that holds it whole."""
        kind, begin = PICTURE_TYPES.get(Path(name).suffix.lower(), ("", b""))
        content = read_folder_file(self.folder, name)
        if not kind or not content.startswith(begin):
            raise TemplateMistake(NO_PICTURE, name=name)
        if fault := find_content_fault(kind, content):
            raise TemplateMistake(fault[0], str(self.folder / name), **fault[1])
        return write_picture_address(kind, content)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if name and not name.startswith(OUR_TEMPLATES_PREFIX):
            path = filename or name
            self._refuse_foreign_page(tree, name, path)
            tree.body = self.marks.mark_lines(tree.body, path)
            tree.set_environment(self)
        return tree

    def _refuse_foreign_page(self, tree: nodes.Template, name: str, path: str) -> None:
        """What is not Jinja's business to refuse but ours: another page than ours, and unescaped text."""
        for node in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
            raise TemplateMistake("text is always escaped here; leave out `autoescape`", path, node.lineno)
        if name != self.main:
            return
        if _find_extended_template(tree) != OUR_TEMPLATES_PREFIX + name:
            raise TemplateMistake('begin with {{% extends "{house}" %}}', path, 1, house=OUR_TEMPLATES_PREFIX + name)
        known = list_blocks(self.main)
        for block in tree.find_all(nodes.Block):
            if block.name not in known:
                facts = {"name": block.name, "known": sorted(known)}
                raise TemplateMistake("{name} is not a block; {hint}", path, block.lineno, **facts)


@cache
def list_blocks(name: str) -> Mapping[str, bool]:
    """The blocks of a template of ours in their order, and which of them hold a section of ours."""
    ours = Environment(**TEMPLATE_SYNTAX).parse(read_template(name))
    return {block.name: bool(block.body) for block in ours.find_all(nodes.Block)}


def _write_stand_in(blocks: Mapping[str, bool]) -> str:
    """A template with our blocks and nothing in them but a mark where our own section stands."""
    return "".join(
        f"{write_block_mark(name)}{{% block {name} %}}{OUR_SECTION if holds_ours else ''}{{% endblock %}}"
        for name, holds_ours in blocks.items()
    )


def _find_extended_template(tree: nodes.Template) -> str:
    """What a template extends, if that is the first thing in it."""
    for node in tree.body:
        if isinstance(node, nodes.Extends) and isinstance(node.template, nodes.Const):
            return str(node.template.value)
        if not (isinstance(node, nodes.Output) and all(_is_blank_node(part) for part in node.nodes)):
            break
    return ""


def _is_blank_node(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.TemplateData) and not node.data.strip()


def read_folder_file(folder: Path, name: str) -> bytes:
    """The content of a file of the folder; links are followed first and must not lead out of it."""
    try:
        path = (folder / name).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise TemplateMistake(_NO_TEMPLATE_FILE, name=name)
        with path.open("rb") as file:
            content = file.read(_MAX_FILE_KIB * _KIB + 1)
    except (OSError, ValueError, RuntimeError):
        raise TemplateMistake(_NO_TEMPLATE_FILE, name=name) from None
    if len(content) > _MAX_FILE_KIB * _KIB:
        raise TemplateMistake("{name} is larger than {most} KiB", name=name, most=_MAX_FILE_KIB)
    return content


def fill_blocks(name: str, folder: Path, view: Mapping[str, Any]) -> dict[str, Fragment]:
    """What a template of the folder fills each of our blocks with; raises `TemplateMistake` for whatever stopped it."""
    environment = _ConfinedEnvironment(name, folder)
    try:
        template = (configure_markdown(environment) if name.endswith(".md.j2") else environment).get_template(name)
        return environment.marks.read_blocks(_fill_template(template, view))
    except Exception as error:
        raise _build_template_mistake(error, folder, str(folder / name), view) from None


def _fill_template(filling: Template, view: Mapping[str, Any]) -> str:
    """The text; one that grows too long is stopped at the line that makes it so."""
    pieces, left = [], _MAX_CHARACTERS
    stream: Generator[str, None, None] = filling.generate(view)  # type: ignore[assignment]
    for piece in stream:
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            stream.throw(MemoryError())
    return "".join(pieces)


def _build_template_mistake(error: Exception, folder: Path, main: str, view: Mapping[str, Any]) -> TemplateMistake:
    path, line = _find_template_place(error, folder) or (main, 0)
    match error:
        case TemplateMistake():
            return TemplateMistake(error.text, error.path or path, error.line or line, **error.facts)
        case TemplateAssertionError() if named := _UNKNOWN_FILTER.search(str(error.message)):
            known = [*ALLOWED_FILTERS, *REPORT_FILTERS, "image"]
            text = "there is no filter {name}; {hint}"
            return TemplateMistake(text, error.filename or path, error.lineno, name=named[1], known=known)
        case TemplateSyntaxError():
            text = "this cannot be read as a template: {said}"
            return TemplateMistake(text, error.filename or path, error.lineno, said=error.message)
        case _UnknownName():
            known = sorted(view) if error.known is None else list(error.known)
            return TemplateMistake("the report has no {name} here; {hint}", path, line, name=error.name, known=known)
        case SecurityError():
            return TemplateMistake(
                "a template reads the data of the report and nothing else: {said}", path, line, said=str(error)
            )
        case TimeoutError() | MemoryError():
            return TemplateMistake("this takes more time or memory than a report may", path, line)
        case RecursionError():
            return TemplateMistake("this includes or calls itself without end", path, line)
        case _:
            return TemplateMistake("this does not work: {said}", path, line, said=str(error))


def _find_template_place(error: Exception, folder: Path) -> tuple[str, int] | None:
    """The last line of a template of the folder that was at work."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    own = [place for place in places if place[0].startswith(str(folder))]
    return own[-1] if own else None
